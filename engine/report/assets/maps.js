// Where: three maps, and the table of places that says the same in numbers.

/// Paths of all places in a drawing `width` wide: polygons where there are boundaries, else a grid of tiles.
function regionsIn(width) {
  return DATA.boundaries ? polygonsIn(width) : tilesIn(width);
}
function polygonsIn(width) {
  const every = DATA.boundaries.rings.flat();
  let west = 180, east = -180, south = 90, north = -90;
  for (const ring of every) {
    for (let i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]); east = Math.max(east, ring[i]);
      south = Math.min(south, ring[i + 1]); north = Math.max(north, ring[i + 1]);
    }
  }
  // Degrees of longitude as long as they are in the middle of the map.
  const squeeze = Math.cos((south + north) / 2 * Math.PI / 180);
  const scale = width / ((east - west) * squeeze);
  const x = (degree) => (degree - west) * squeeze * scale, y = (degree) => (north - degree) * scale;
  const regions = DATA.boundaries.rings.map((rings) => {
    const parts = rings.map((ring) => Array.from({length: ring.length / 2}, (_, i) => [x(ring[2 * i]), y(ring[2 * i + 1])]));
    const largest = parts.reduce((a, b) => Math.abs(areaOf(b)) > Math.abs(areaOf(a)) ? b : a);
    return {d: parts.map((part) => pathOf(part) + "Z").join(""), middle: middleOf(largest)};
  });
  return {regions, height: (north - south) * scale};
}
function areaOf(points) {
  return points.reduce((sum, [x, y], i) => { const [u, v] = points[(i + 1) % points.length]; return sum + x * v - u * y; }, 0) / 2;
}
function middleOf(points) {
  let x = 0, y = 0;
  points.forEach(([a, b], i) => {
    const [c, d] = points[(i + 1) % points.length], cross = a * d - c * b;
    x += (a + c) * cross; y += (b + d) * cross;
  });
  const area = areaOf(points);
  return [x / (6 * area), y / (6 * area)];
}
function tilesIn(width) {
  const columns = Math.ceil(Math.sqrt(PLACES.length)), size = width / columns;
  const regions = PLACES.map((_, p) => {
    const x = p % columns * size + 2, y = Math.floor(p / columns) * size + 2, s = size - 4;
    return {d: `M${x},${y}h${s}v${s}h${-s}Z`, middle: [x + s / 2, y + s / 2]};
  });
  return {regions, height: Math.ceil(PLACES.length / columns) * size};
}

/// One map. `fill(place)`: a colour, or a pattern's; `words(place)`: read out; `mark(place)`: written on it.
function mapFigure({title, width, fill, words, mark, defs, focusable, legend}) {
  const {regions, height} = regionsIn(width);
  const order = PLACES.map((_, p) => p).sort((a, b) => (a === state.place) - (b === state.place));
  const paths = order.map((p) => {
    const attributes = {d: regions[p].d, fill: fill(p), class: "region" + (fill(p).startsWith("url") ? " noise" : "") + (p === state.place ? " chosen" : ""), "fill-rule": "evenodd",
                        onclick: () => choose({place: p === state.place ? -1 : p})};
    if (focusable) {
      Object.assign(attributes, {tabindex: 0, role: "button", "aria-label": words(p), "aria-pressed": String(p === state.place), "data-place": p,
        onkeydown: (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          choose({place: p === state.place ? -1 : p});
        }});
    }
    return withTitle(svg("path", attributes), words(p));
  });
  const small = width < 260;
  const texts = mark ? PLACES.map((_, p) => label(regions[p].middle[0], regions[p].middle[1] + 4, mark(p), {
    "text-anchor": "middle", style: isDark(fill(p)) ? `fill:#fff;stroke:${fill(p)};stroke-width:3px;paint-order:stroke` : "", "font-size": small ? 9 : 11, "pointer-events": "none", "aria-hidden": "true"})) : [];
  const picture = svg("svg", {viewBox: `-2 -2 ${width + 4} ${height + 4}`, width, height, role: focusable ? "group" : "img", "aria-label": title}, defs ?? null, ...paths, ...texts);
  return element("figure", {class: "map"}, element("h3", {}, title), picture, legend);
}

/// A bar of colours with its ends and middle written under it.
function colourBar(width, colour, marks) {
  const cells = 60, step = width / cells;
  const rects = Array.from({length: cells}, (_, i) => svg("rect", {x: i * step, y: 0, width: step + 0.5, height: 9, fill: colour((i + 0.5) / cells)}));
  const texts = marks.map(([at, words]) => label(at * width, 22, words, {"text-anchor": at < 0.1 ? "start" : at > 0.9 ? "end" : "middle", class: "quiet", "font-size": 11}));
  return svg("svg", {viewBox: `0 0 ${width} 26`, width, height: 26, "aria-hidden": "true"}, ...rects, ...texts);
}

const NOISE_PATTERN = "noise-pattern";
function noisePattern() {
  return svg("defs", {}, svg("pattern", {id: NOISE_PATTERN, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)"},
    svg("rect", {width: 6, height: 6, fill: "#fff"}), svg("rect", {width: 1.2, height: 6, fill: "#a9b2ba"})));
}

function mapsSection() {
  const {indicator, scenario} = state, unit = INDICATORS[indicator].unit;
  if (!isByPlace(indicator)) return [element("p", {class: "note"}, t("onlyProvince"))];
  const year = yearOf(indicator);
  const values = PLACES.map((_, p) => numberAt(scenario, indicator, year, p));
  const levels = values.flatMap((v) => scenario < 0 ? [v.level] : [v.level, v.baseline]);
  const [low, high] = extent(levels, {air: 0});
  const level = formatter(unit, levels);
  const share = (value) => (value - low) / (high - low || 1);
  const levelFill = (value) => Number.isFinite(value) ? sequential(share(value)) : COLOURS.none;
  const levelWords = (p, value) => `${named(PLACES[p])}: ${withUnit(level(value), level.label)}`;
  const count = scenario < 0 ? 1 : 3;
  const width = panelWidth(count === 1 ? 2 : panelsAcross(3));
  const levelLegend = () => colourBar(width, sequential, [[0, level(low)], [1, withUnit(level(high), level.label)]]);
  const maps = [mapFigure({title: t("baseline"), width, fill: (p) => levelFill(values[p].baseline), words: (p) => levelWords(p, values[p].baseline),
                           mark: (p) => shortName(PLACES[p]), focusable: scenario < 0, legend: levelLegend()})];
  if (scenario >= 0) {
    const peak = Math.max(...values.map((v) => Math.abs(v.difference)).filter(Number.isFinite), 0);
    const format = formatter(unit, values.map((v) => v.difference), {difference: true});
    const wide = panelsAcross(3) === 2 ? panelWidth(1) : width;
    const words = (p) => {
      const texts = differenceTexts(values[p], unit);
      const noise = values[p].verdict === "noise" ? `; ${t("noise")}` : "";
      const range = Number.isFinite(values[p].half) ? ` (${texts.low}, ${texts.high})` : "";
      return `${named(PLACES[p])}: ${withUnit(texts.difference, texts.label)}${range}${noise}`;
    };
    const fill = (p) => {
      const of = values[p];
      if (!Number.isFinite(of.difference)) return COLOURS.none;
      return of.verdict === "noise" ? `url(#${NOISE_PATTERN})` : diverging(peak ? of.difference / peak : 0);
    };
    maps.push(mapFigure({title: scenarioName(scenario), width, fill: (p) => levelFill(values[p].level), words: (p) => levelWords(p, values[p].level), legend: levelLegend()}));
    maps.push(mapFigure({title: t("differences"), width: wide, fill, words, mark: (p) => format(values[p].difference), defs: noisePattern(), focusable: true,
                         legend: colourBar(wide, (s) => diverging(2 * s - 1), [[0, format(-peak)], [0.5, "0"], [1, withUnit(format(peak), format.label)]])}));
  }
  const made = [element("div", {class: "panels " + (count === 3 ? "three" : "two")}, ...maps)];
  if (scenario >= 0) {
    const hatch = svg("svg", {width: 26, height: 12, viewBox: "0 0 26 12", "aria-hidden": "true"}, svg("rect", {width: 26, height: 12, fill: `url(#${NOISE_PATTERN})`, stroke: "#a9b2ba"}));
    made.push(element("div", {class: "legend"}, element("span", {}, hatch, t("noise"))));
  }
  const source = DATA.boundaries ? t("schematic", {source: DATA.boundaries.source}) : t("tiles");
  made.push(element("p", {class: "note"}, source), placeTable(values, year));
  return made;
}

/// Places by effect: the same numbers as the maps, readable without them.
function placeTable(values, year) {
  const {indicator, scenario} = state, unit = INDICATORS[indicator].unit;
  const whole = numberAt(scenario, indicator, year, -1);
  const rows = PLACES.map((place, p) => ({p, name: named(place), of: values[p]}));
  const size = (row) => scenario < 0 ? row.of.level : Math.abs(row.of.difference);
  rows.sort((a, b) => (Number.isFinite(size(b)) ? size(b) : -1) - (Number.isFinite(size(a)) ? size(a) : -1));
  return numbersTable({id: "places", caption: t("placeTable", {indicator: indicatorName(indicator), year}), shared: true,
                       first: t("place"), rows: [{p: -1, name: t("province"), of: whole, whole: true}, ...rows].map((row) => ({...row, unit, chosen: row.p === state.place}))});
}
