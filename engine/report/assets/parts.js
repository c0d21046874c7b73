// Services over time, and what totals consist of: routes of settling, items of cost.

function servicesSection() {
  const names = BLOCKS.province.indicators.filter((name) => name.startsWith("coverage_"));
  const place = state.place >= 0 && names.every(isByPlace) ? state.place : -1;
  const across = panelsAcross(5), width = panelWidth(across), years = YEARS;
  const lowest = Math.min(...names.flatMap((name) => years.flatMap((year) => [-1, ...SCENARIOS.keys()].map((s) => numberAt(s, name, year, place).level))).filter(Number.isFinite));
  const floor = Math.max(0, Math.floor(10 * lowest - 1) / 10);
  const charts = names.map((name) => {
    const height = 150, top = 10, bottom = 128, left = textWidth(written(1, 1), 10) + 4, right = width - 34;
    const x = linear([FIRST, LAST], [left, right]), y = linear([floor, 1], [bottom, top]);
    const marks = ticks(floor, 1, 2).map((value) => [svg("line", {x1: left, x2: right, y1: y(value), y2: y(value), class: "grid"}), label(left - 4, y(value) + 3.5, written(value, 1), {class: "quiet tick", "text-anchor": "end", "font-size": 10})]).flat();
    const levels = (scenario) => years.map((year) => [x(year), y(numberAt(scenario, name, year, place).level)]);
    SCENARIOS.forEach((_, s) => { if (s !== state.scenario) marks.push(line(levels(s), {stroke: COLOURS.other, "stroke-width": 1})); });
    marks.push(line(levels(-1), {stroke: COLOURS.base, "stroke-width": 2, "stroke-dasharray": state.scenario >= 0 ? "5 3" : undefined}));
    if (state.scenario >= 0) marks.push(line(levels(state.scenario), {stroke: COLOURS.focus, "stroke-width": 2.5}));
    const ends = [{scenario: -1, colour: COLOURS.base}, ...(state.scenario >= 0 ? [{scenario: state.scenario, colour: COLOURS.focus}] : [])];
    for (const end of ends) { end.value = numberAt(end.scenario, name, state.year, place).level; end.y = y(end.value) + 4; }
    spread(ends, 13, top, bottom);
    marks.push(...ends.filter((end) => Number.isFinite(end.value)).map((end) => label(right + 3, end.y, written(end.value, 2), {"font-size": 11, style: `fill:${end.colour}`, "font-weight": end.colour === COLOURS.focus ? 700 : 400})));
    marks.push(svg("line", {x1: x(state.year), x2: x(state.year), y1: top, y2: bottom, stroke: "#b9c2ca", "stroke-dasharray": "2 3"}));
    marks.push(label(left, height - 6, String(FIRST), {class: "quiet", "font-size": 10}), label(right, height - 6, String(LAST), {class: "quiet", "font-size": 10, "text-anchor": "end"}));
    const title = capital(named(INDICATORS[name]).replace(/^coverage: /, ""));
    return element("figure", {}, element("h3", {}, title), drawing(width, height, `${indicatorName(name)}, ${state.year}: ${ends.map((end) => `${scenarioName(end.scenario)} ${written(end.value, 2)}`).join(", ")}`, marks));
  });
  const legend = [[COLOURS.base, state.scenario >= 0 ? "5 3" : undefined, 2, scenarioName(-1)]];
  if (state.scenario >= 0) legend.push([COLOURS.focus, undefined, 2.5, scenarioName(state.scenario)]);
  return [element("div", {class: "panels five"}, ...charts), lineLegend(legend)];
}

/// Bars of the parts of a total, with differences beside them.
function partsChart({block, blockByPlace, indicator, axis, noteKey}) {
  const rows = DATA.axes[axis], n = rows.length, unit = INDICATORS[indicator].unit, scenario = state.scenario;
  const place = state.place >= 0 && blockByPlace ? state.place : -1;
  const from = place < 0 ? block : blockByPlace;
  const year = from.nearest(Math.max(state.year, yearsOf(indicator)[0]));
  const parts = rows.map((row, r) => ({row, of: from.at(scenario, indicator, year, place < 0 ? r : place * n + r)}));
  const values = parts.flatMap(({of}) => [of.level, of.baseline]);
  const width = panelWidth(1), left = Math.min(150, 0.32 * width), narrow = width < 560, right = scenario < 0 ? 110 : narrow ? 150 : 370, step = 30;
  const x = linear([0, Math.max(...values.filter(Number.isFinite), 0) || 1], [left, width - right]);
  const length = (value) => Number.isFinite(value) ? Math.max(0, x(value) - x(0)) : 0;
  const height = parts.length * step + 24, marks = [];
  const level = formatter(unit, values);
  const effect = formatter(unit, parts.flatMap(({of}) => [of.difference]), {difference: true, halves: parts.map(({of}) => of.half)});
  const units = [level.label, ...(scenario >= 0 ? [`${t("difference")}, ${effect.label}`] : [])], head = {class: "quiet", "font-size": 11};
  if (narrow) marks.push(label(width, 12, units.join("; "), {...head, "text-anchor": "end"}));
  else units.forEach((words, i) => marks.push(label(width - right + [8, 130][i], 12, words, head)));
  parts.forEach(({row, of}, i) => {
    const y = 20 + i * step;
    marks.push(fittedLabel(0, y + 17, rowName(row), left - 8, {}, 2));
    marks.push(svg("rect", {x: x(0), y: y + 4, width: length(of.level), height: 18, fill: scenario < 0 ? "#c3cad1" : "#a6cde4"}));
    if (scenario >= 0) {
      marks.push(svg("rect", {x: x(0), y: y + 4, width: length(of.baseline), height: 18, fill: "none", stroke: COLOURS.base, "stroke-width": 1.3}));
      const range = Number.isFinite(of.half) && !narrow ? ` (${effect(of.low)}, ${effect(of.high)})` : "";
      const mark = of.verdict === "noise" ? " ~" : of.verdict === "identical" ? " =" : "";
      marks.push(label(width - right + (narrow ? 62 : 130), y + 17, effect(of.difference) + range + mark, {style: `fill:${effectColour(of.difference)}`}));
    }
    marks.push(label(width - right + 8, y + 17, level(of.level)));
  });
  const note = t(scenario < 0 ? "partsAlone" : noteKey, {year, where: placePhrase(place), scenario: scenarioName(scenario)});
  const signs = scenario < 0 ? null : element("p", {class: "note"}, `~ ${t("noise")}; = ${t("identical")}`);
  return [element("p", {class: "note"}, note), drawing(width, height, note, marks), signs];
}

function routesSection() {
  return partsChart({block: BLOCKS.routes, blockByPlace: BLOCKS.routes_by_place, indicator: "settled", axis: "route", noteKey: "routesNote"});
}

function costsSection() {
  const made = partsChart({block: BLOCKS.costs, blockByPlace: BLOCKS.costs_by_place, indicator: "fiscal_cost", axis: "cost_item", noteKey: "costsNote"});
  const names = ["fiscal_cost_low", "fiscal_cost", "fiscal_cost_high"];
  if (state.place < 0 && names.every((name) => BLOCKS.province.has(name))) {
    const year = yearOf("fiscal_cost");
    const levels = names.map((name) => numberAt(state.scenario, name, year, -1).level);
    const format = formatter(INDICATORS.fiscal_cost.unit, levels);
    const [low, mid, high] = levels.map(format);
    made.push(element("p", {}, t("costsRange", {low, mid, high, unit: format.label})));
  }
  return made;
}
