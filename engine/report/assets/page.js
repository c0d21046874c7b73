// The page itself: what is chosen, and the sections that show it.

/// Panels beside one another, as page.css has them.
function isNarrow() {
  return window.matchMedia("(max-width: 48rem)").matches;
}
function panelsAcross(count) {
  return isNarrow() ? (count === 2 ? 1 : 2) : count;
}
function panelWidth(across) {
  const whole = document.getElementById("sections").clientWidth || 1100;
  return Math.floor((whole - 24 * (across - 1)) / across);
}

/// [id, what fills it, block and rows of its CSV]; left out where the results do not have what it needs.
const SECTIONS = [
  {id: "answer", fill: answerSection, csv: () => blockRows("province", DATA.headline)},
  {id: "maps", fill: mapsSection, when: () => BLOCKS.places, note: () => mapsNote(), csv: () => isByPlace(state.indicator) ? blockRows("places", [state.indicator]) : blockRows("province", [state.indicator])},
  {id: "series", fill: seriesSection, note: () => t("seriesNote", {indicator: indicatorName(state.indicator), where: placePhrase(isByPlace(state.indicator) ? state.place : -1), confidence: confidenceText()}),
   csv: () => blockRows("province", [state.indicator])},
  {id: "multiples", fill: multiplesSection, when: () => BLOCKS.places && PLACES.length > 1,
   note: () => t(state.scenario < 0 ? "multiplesAlone" : "multiplesNote", {indicator: indicatorName(state.indicator), scenario: scenarioName(state.scenario), year: yearOf(state.indicator)})},
  {id: "flows", fill: flowsSection, when: () => BLOCKS.flows, csv: () => blockRows("flows")},
  {id: "ages", fill: agesSection, when: () => BLOCKS.ages && DATA.axes.sex, csv: () => blockRows(state.place < 0 || !BLOCKS.ages_by_place ? "ages" : "ages_by_place")},
  {id: "gap", fill: gapSection, when: () => ["urbanisation", "registered_urbanisation", "registered_urbanisation_gap"].every((name) => isByPlace(name)),
   note: () => t(state.scenario < 0 ? "gapAlone" : "gapNote", {year: state.year, scenario: scenarioName(state.scenario)}), csv: () => blockRows("places", ["urbanisation", "registered_urbanisation", "registered_urbanisation_gap"])},
  {id: "services", fill: servicesSection, when: () => BLOCKS.province.indicators.some((name) => name.startsWith("coverage_")), note: () => t("servicesNote", {where: placePhrase(state.place)}),
   csv: () => blockRows("province", BLOCKS.province.indicators.filter((name) => name.startsWith("coverage_")))},
  {id: "routes", fill: routesSection, when: () => BLOCKS.routes, csv: () => blockRows("routes")},
  {id: "costs", fill: costsSection, when: () => BLOCKS.costs, csv: () => blockRows("costs")},
  {id: "attribution", fill: attributionSection, when: () => DATA.attribution},
  {id: "scorecard", fill: scorecardSection, when: () => DATA.scorecard},
  {id: "measures", fill: measuresSection, when: () => SCENARIOS.length || DATA.work_points.length},
  {id: "methods", fill: methodsSection},
  {id: "downloads", fill: downloadsSection},
].filter((section) => !section.when || section.when());

function mapsNote() {
  const year = yearOf(state.indicator);
  const text = t(state.scenario < 0 ? "mapsOne" : "mapsNote", {indicator: indicatorName(state.indicator), year});
  return year === state.year ? text : `${text} ${t("noYear", {year})}`;
}

/// One sentence for each scenario, the chosen one first and large; then the headline in numbers.
function answerSection() {
  const made = [];
  if (DATA.alone) made.push(element("p", {class: "warning"}, t("aloneNote")));
  const isExpected = DATA.files.some((file) => file.method === "expectation");
  if (isExpected) made.push(element("p", {class: "warning"}, t("expectedNote")));
  else if (DATA.files.some((file) => file.replicates < 2)) made.push(element("p", {class: "warning"}, t("oneNote")));
  for (const scenario of SCENARIOS) {
    if (scenario.pairing === "unpaired") made.push(element("p", {class: "warning"}, t("unpairedNote", {scenario: named(scenario) || scenario.id, why: scenario.why_unpaired})));
  }
  const order = SCENARIOS.length ? [state.scenario, ...[...SCENARIOS.keys()].filter((s) => s !== state.scenario)] : [-1];
  made.push(...order.map((s, i) => sentence(s, i > 0)));
  const place = state.place;
  const names = DATA.headline.filter((name) => place < 0 || isByPlace(name));
  // A flow of the base year is not there: what stands in its place is marked, as `luohu run` does.
  const isLater = (name) => yearOf(name) !== state.year;
  const rows = names.map((name) => ({name: indicatorName(name) + (isLater(name) ? "*" : ""), unit: INDICATORS[name].unit, of: numberAt(state.scenario, name, yearOf(name), place), chosen: name === state.indicator, indicator: name}));
  const key = state.scenario < 0 ? "headlineAlone" : "headline";
  made.push(numbersTable({id: "headline", caption: t(key, {scenario: scenarioName(state.scenario), where: placePhrase(place), year: state.year}), first: t("indicator"), rows, shared: false}));
  if (names.some(isLater)) made.push(element("p", {class: "note"}, t("firstYear", {year: yearsOf(names.find(isLater))[0]})));
  return made;
}

function sentence(scenario, isQuiet) {
  const indicator = INDICATORS[state.indicator], year = yearOf(state.indicator);
  const place = state.place >= 0 && isByPlace(state.indicator) ? state.place : -1;
  const of = numberAt(scenario, state.indicator, year, place);
  const texts = scenario < 0 ? null : differenceTexts({...of, difference: Math.abs(of.difference)}, indicator.unit);
  const exact = scenario < 0 ? null : differenceTexts(of, indicator.unit);
  const bare = texts ? texts.difference.replace(/^\+/, "") : "";
  const same = scenario >= 0 && of.verdict === "identical";
  const key = scenario < 0 ? "sentenceAlone" : same ? "sentenceSame" : "sentence";
  let text = t(key, {year, indicator: indicatorName(state.indicator), where: placePhrase(place), level: levelText(of.level, indicator.unit),
    effect: scenario < 0 || same ? "" : t(of.difference < 0 ? "lower" : "higher", {value: `\u0001${withUnit(bare, texts.label)}\u0001`}), name: `\u0002${scenarioName(scenario)}\u0002`});
  if (scenario >= 0 && !same && Number.isFinite(of.half)) text += t("sentenceInterval", {confidence: confidenceText(), low: exact.low, high: withUnit(exact.high, exact.label)});
  if (scenario >= 0 && of.verdict === "noise") text += t("sentenceNoise");
  const paragraph = element("p", {class: "sentence" + (isQuiet ? " quiet" : ""), "data-scenario": scenario});
  // Marked parts become elements; the text of a scenario is never markup.
  (text + t("stop")).split(/([\u0001\u0002][^\u0001\u0002]*[\u0001\u0002])/).forEach((part) => {
    const kind = part[0] === "\u0001" ? "value" : part[0] === "\u0002" ? "name" : "";
    paragraph.append(kind ? element("span", {class: kind}, part.slice(1, -1)) : part);
  });
  return paragraph;
}

/// Rows of {name, of, unit}: numbers, intervals, and the intervals drawn.
function numbersTable({id, caption, first, rows, shared}) {
  const asDifference = state.scenario >= 0;
  const heads = asDifference ? [first, t("baseline"), scenarioName(state.scenario), "", t("difference"), t("interval", {confidence: confidenceText()}), "", t(shared ? "drawnShared" : "drawn")] : [first, t("levels"), ""];
  const split = rows.filter((row) => !row.whole);
  const all = {unit: shared && rows.length ? rows[0].unit : null};
  if (shared) {
    all.level = formatter(all.unit, split.flatMap((row) => [row.of.level, row.of.baseline]));
    all.difference = formatter(all.unit, split.map((row) => row.of.difference), {difference: true, halves: split.map((row) => row.of.half)});
    all.range = extent(split.flatMap((row) => [row.of.difference, row.of.low, row.of.high]), {zero: true});
  }
  const body = rows.map((row) => {
    const of = row.of, own = row.whole || !shared;
    const level = own ? formatter(row.unit, [of.level, of.baseline]) : all.level;
    const difference = own && asDifference ? differenceTexts(of, row.unit).format : all.difference;
    const attributes = {class: [row.whole ? "whole" : "", row.chosen ? "chosen" : ""].join(" ").trim() || null, "data-row": row.indicator ?? row.p};
    if (!asDifference) return element("tr", attributes, element("th", {scope: "row"}, row.name), element("td", {class: "number"}, level(of.level)), element("td", {class: "unit"}, level.label));
    const sign = of.verdict === "noise" ? "○ " : of.verdict === "differs" ? "● " : of.verdict === "identical" ? "= " : "";
    const range = Number.isFinite(of.half) ? `${difference(of.low)}, ${difference(of.high)}` : t("noInterval");
    return element("tr", attributes, element("th", {scope: "row"}, row.name), element("td", {class: "number before"}, level(of.baseline)), element("td", {class: "number"}, level(of.level)), element("td", {class: "unit"}, level.label),
      element("td", {class: "number effect"}, element("span", {class: "sign", title: t(of.verdict)}, sign), difference(of.difference)), element("td", {class: "number range"}, range), element("td", {class: "unit"}, difference.label),
      element("td", {class: "drawn"}, own && row.whole ? null : intervalDrawn(of, shared ? all.range : extent([of.difference, of.low, of.high], {zero: true, air: 0.1}))));
  });
  const heading = (words, i) => words ? element("th", {scope: "col", class: (asDifference ? [1, 2, 4, 5] : [1]).includes(i) ? "number" : null}, words) : element("td", {});
  return element("div", {class: "scroll"}, element("table", {id: `${id}-table`, class: "numbers"}, element("caption", {}, caption), element("thead", {}, element("tr", {}, ...heads.map(heading))), element("tbody", {}, ...body)),
                 asDifference ? hollowLegend() : null);
}
function intervalDrawn(of, range) {
  const width = 240, x = linear(range, [8, width - 8]);
  return svg("svg", {viewBox: `0 0 ${width} 18`, width, height: 18, "aria-hidden": "true"}, svg("line", {x1: x(0), x2: x(0), y1: 0, y2: 18, class: "axis"}), ...intervalMark(of, x, 9));
}

/// Builds the sections once; `render` fills them.
function build() {
  const main = document.getElementById("sections");
  for (const {id, csv, note} of SECTIONS) {
    main.append(element("section", {id, "aria-labelledby": `${id}-heading`}, element("h2", {id: `${id}-heading`}), note ? element("p", {class: "note", id: `${id}-note`}) : null,
      element("div", {id: `${id}-content`}), csv ? element("div", {class: "tools"}, element("button", {type: "button", id: `${id}-csv`, onclick: () => download(id, csv())})) : null));
  }
  document.getElementById("language").addEventListener("click", () => { language = 1 - language; describe(); show(); });
  for (const id of ["scenario", "indicator", "place", "year"]) {
    document.getElementById(id).addEventListener(id === "year" ? "input" : "change", (event) => choose({[id]: id === "indicator" ? event.target.value : Number(event.target.value)}));
  }
  document.getElementById("controls").addEventListener("submit", (event) => event.preventDefault());
}

/// What does not depend on the choice: words and the lists to choose from.
function describe() {
  document.documentElement.lang = ["en", "zh-CN"][language];
  for (const labelled of document.querySelectorAll("[data-text]")) labelled.textContent = t(labelled.dataset.text);
  document.getElementById("language").textContent = t("otherLanguage");
  document.getElementById("language").lang = ["zh-CN", "en"][language];
  const file = DATA.files[0];
  const how = t(file.method === "expectation" ? "howExpected" : file.scale === 1 ? "howEveryone" : "howSimulated", {runs: counted("runsOfEach", file.replicates), scale: file.scale});
  const title = t(DATA.alone ? "titleAlone" : "title");
  document.getElementById("title").textContent = title;
  document.title = `${title} – luohu`;
  document.getElementById("subtitle").textContent = t(DATA.alone ? "subtitleAlone" : "subtitle", {scenarios: counted("scenarios", SCENARIOS.length), baseline: scenarioName(-1), first: FIRST, last: LAST, how});
  const option = (value, words) => element("option", {value}, words);
  const indicators = (names, key) => element("optgroup", {label: t(key)}, ...names.map((name) => option(name, indicatorName(name))));
  const all = BLOCKS.province.indicators, headline = DATA.headline.filter(isByPlace);
  const byPlace = [...headline, ...all.filter((name) => isByPlace(name) && !headline.includes(name))];
  document.getElementById("scenario").replaceChildren(...(SCENARIOS.length ? SCENARIOS.map((_, s) => option(s, scenarioName(s))) : [option(-1, scenarioName(-1))]));
  document.getElementById("indicator").replaceChildren(...[indicators(byPlace, "byPlace"), indicators(all.filter((name) => !isByPlace(name)), "provinceOnly")].filter((group) => group.children.length));
  document.getElementById("place").replaceChildren(option(-1, t("province")), ...PLACES.map((place, p) => option(p, named(place))));
  Object.assign(document.getElementById("year"), {min: FIRST, max: LAST});
  for (const {id, csv} of SECTIONS) {
    document.getElementById(`${id}-heading`).textContent = t(id);
    if (csv) document.getElementById(`${id}-csv`).textContent = t("csv");
  }
  document.getElementById("footer").textContent = t("made", {version: file.version, files: DATA.files.map((f) => `${f.name} (${f.digest}, seed ${f.seed}, 1:${f.scale})`).join("; ")});
}

/// Fills one section, or all.
function render(only) {
  for (const {id, fill, note} of SECTIONS) {
    if (only && id !== only) continue;
    if (note) document.getElementById(`${id}-note`).textContent = note();
    const content = document.getElementById(`${id}-content`);
    const focused = content.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && (focused.id ? `#${focused.id}` : focused.dataset.place ? `[data-place="${focused.dataset.place}"]` : null);
    content.replaceChildren(...fill().filter(Boolean));
    if (again) content.querySelector(again)?.focus();
  }
}
function show() {
  for (const id of ["scenario", "indicator", "place", "year"]) document.getElementById(id).value = state[id];
  document.getElementById("year-shown").textContent = state.year;
  render();
  const of = state.scenario < 0 ? DATA.baseline : SCENARIOS[state.scenario];
  const place = state.place < 0 ? "" : `&place=${PLACES[state.place].id}`;
  history.replaceState(null, "", `#lang=${["en", "zh"][language]}&scenario=${encodeURIComponent(of.id)}&indicator=${state.indicator}&year=${state.year}${place}`);
}
function choose(change) {
  Object.assign(state, change);
  show();
}

/// The address says what was looked at; what it says that is not in the data is passed over.
function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  const lang = said.get("lang") ?? (navigator.language.startsWith("zh") ? "zh" : "en");
  language = lang === "zh" ? 1 : 0;
  const scenario = SCENARIOS.findIndex((s) => s.id === said.get("scenario"));
  if (scenario >= 0) state.scenario = scenario;
  if (BLOCKS.province.has(said.get("indicator"))) state.indicator = said.get("indicator");
  if (YEARS.includes(Number(said.get("year")))) state.year = Number(said.get("year"));
  const place = PLACES.findIndex((p) => p.id === said.get("place"));
  state.place = place;
}

state.indicator = DATA.headline.includes("registered_urbanisation") ? "registered_urbanisation" : DATA.headline[0] ?? BLOCKS.province.indicators[0];
build();
readAddress();
describe();
show();
// Paper shows what is folded away on a screen.
window.addEventListener("beforeprint", () => { for (const folded of document.querySelectorAll("#measures details")) folded.open = true; });
window.addEventListener("hashchange", () => { readAddress(); describe(); show(); });
let drawnAt = window.innerWidth;
window.addEventListener("resize", () => {
  if (window.innerWidth === drawnAt) return;
  drawnAt = window.innerWidth;
  render();
});
