// The numbers of the page, and how to ask for one.

const DATA = JSON.parse(document.getElementById("data").textContent);

/// Little-endian float32 in base64.
function unpacked(text) {
  if (!text) return null;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({length: bytes.length / 4}, (_, i) => view.getFloat32(4 * i, true));
}

/// Numbers over [indicator][year][cell] of the baseline and of every scenario.
class Block {
  constructor(raw) {
    this.indicators = raw.indicators;
    this.years = raw.years;
    this.by = raw.by;
    this.baseline = unpacked(raw.baseline);
    this.scenarios = raw.scenarios.map((s) => ({difference: unpacked(s.difference), half: unpacked(s.half)}));
    this.cells = this.baseline.length / (this.indicators.length * this.years.length);
  }
  has(indicator) {
    return this.indicators.includes(indicator);
  }
  /// The year itself, or the nearest there is.
  nearest(year) {
    return this.years.reduce((a, b) => Math.abs(b - year) < Math.abs(a - year) ? b : a);
  }
  /// One number of a scenario beside the baseline; scenario -1 is the baseline itself.
  at(scenario, indicator, year, cell = 0) {
    const i = (this.indicators.indexOf(indicator) * this.years.length + this.years.indexOf(year)) * this.cells + cell;
    const baseline = this.baseline[i];
    if (scenario < 0) return {baseline, level: baseline, difference: 0, half: NaN, verdict: "identical"};
    const of = this.scenarios[scenario];
    const difference = of.difference[i], half = of.half ? of.half[i] : NaN;
    return {baseline, difference, half, level: baseline + difference, low: difference - half, high: difference + half, verdict: verdict(difference, half)};
  }
}

/// What the runs say of a difference: as `luohu compare` calls it.
function verdict(difference, half) {
  if (Number.isNaN(half)) return "unknown";
  if (difference === 0 && half === 0) return "identical";
  return Math.abs(difference) > half ? "differs" : "noise";
}

const BLOCKS = {};
for (const name of ["province", "places", "flows", "ages", "ages_by_place", "routes", "routes_by_place", "costs", "costs_by_place"]) {
  if (!DATA[name]) continue;
  const block = new Block(DATA[name]);
  // An expectation has no markets: what they would say is there, without a value.
  if (name === "province" || block.baseline.some(Number.isFinite)) BLOCKS[name] = block;
}

const PLACES = DATA.axes.place;
const YEARS = DATA.years;
const FIRST = YEARS[0], LAST = YEARS[YEARS.length - 1];
const INDICATORS = Object.fromEntries(DATA.indicators.map((indicator) => [indicator.name, indicator]));
/// The scenarios beside the baseline; a file with one scenario has none.
const SCENARIOS = DATA.alone ? [] : DATA.scenarios;

/// What the user looks at; place -1 is the province, scenario -1 the baseline.
const state = {scenario: SCENARIOS.length ? 0 : -1, indicator: "", year: LAST, place: -1};

function scenarioName(scenario) {
  const of = scenario < 0 ? DATA.baseline : SCENARIOS[scenario];
  return named(of) || of.id;
}
function placeName(place) {
  return place < 0 ? t("province") : named(PLACES[place]);
}
function placePhrase(place) {
  return place < 0 ? t("whereProvince") : t("wherePlace", {place: named(PLACES[place])});
}
function isByPlace(indicator) {
  return Boolean(BLOCKS.places && BLOCKS.places.has(indicator));
}

/// One number of the chosen kind: province or place.
function numberAt(scenario, indicator, year, place) {
  return place < 0 ? BLOCKS.province.at(scenario, indicator, year) : BLOCKS.places.at(scenario, indicator, year, place);
}

const LEVEL_HALVES = [DATA.level_intervals.baseline, ...DATA.level_intervals.scenarios].map(unpacked);
/// Half the interval of a level itself; NaN where there is none, as for places.
function levelHalf(scenario, indicator, year, place) {
  const row = DATA.level_intervals.indicators.indexOf(indicator), of = LEVEL_HALVES[scenario + 1];
  return of && row >= 0 && place < 0 ? of[row * YEARS.length + YEARS.indexOf(year)] : NaN;
}

/// Flows are 0, and rates of them nothing, in the base year: the years that say something.
function yearsOf(indicator) {
  const atFirst = BLOCKS.province.at(-1, indicator, FIRST).baseline;
  return atFirst || YEARS.length === 1 ? YEARS : YEARS.slice(1);
}
function yearOf(indicator) {
  return Math.max(state.year, yearsOf(indicator)[0]);
}
