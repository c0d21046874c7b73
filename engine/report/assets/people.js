// Of what age people are, and the gap between where they live and where they are registered.

/// Residents by sex and age group: of the province in some years, of a place in the last.
function agesOf(place, scenario) {
  const groups = DATA.axes.age_group.length;
  const block = place < 0 ? BLOCKS.ages : BLOCKS.ages_by_place;
  const year = block.nearest(state.year);
  const offset = place < 0 ? 0 : place * 2 * groups;
  const sex = (s) => Array.from({length: groups}, (_, g) => block.at(scenario, "residents", year, offset + s * groups + g));
  return {year, female: sex(DATA.axes.sex.findIndex((s) => s.id === "female")), male: sex(DATA.axes.sex.findIndex((s) => s.id === "male"))};
}

function agesSection() {
  const place = state.place >= 0 && BLOCKS.ages_by_place ? state.place : -1, scenario = state.scenario;
  const ages = agesOf(place, scenario), unit = INDICATORS.residents.unit;
  const note = t(scenario < 0 ? "agesAlone" : "agesNote", {where: placePhrase(place), year: ages.year, scenario: scenarioName(scenario)});
  const width = panelWidth(scenario < 0 ? 1 : panelsAcross(2));
  const charts = [pyramid(Math.min(width, 620), ages, scenario, unit, note)];
  if (scenario >= 0) charts.push(agesDifference(Math.min(width, 620), ages, unit));
  return [element("p", {class: "note"}, note), element("div", {class: "panels" + (scenario < 0 ? "" : " two")}, ...charts)];
}

const AGE_ROW = 15;
function ageFrame(width) {
  const groups = DATA.axes.age_group, height = groups.length * AGE_ROW, gutter = 44, half = (width - gutter) / 2;
  const y = (g) => (groups.length - 1 - g) * AGE_ROW + 20;
  const names = groups.map((group, g) => g % 2 ? null : label(width / 2, y(g) + AGE_ROW - 4, group.id.replace("-", "–"), {"text-anchor": "middle", class: "quiet", "font-size": 11})).filter(Boolean);
  names.push(label(half - 4, 12, t("male"), {"text-anchor": "end"}), label(half + gutter + 4, 12, t("female")));
  return {groups, height, half, gutter, y, names};
}

function pyramid(width, ages, scenario, unit, what) {
  const {groups, height, half, gutter, y, names} = ageFrame(width);
  const peak = Math.max(...[...ages.male, ...ages.female].flatMap((of) => [of.level, of.baseline])) || 1;
  const reach = (value) => value / peak * (half - 6);
  const marks = [];
  const at = ticks(0, peak, 3), format = tickFormat(unit, at, false);
  for (const value of at) {
    for (const x of value === 0 ? [half, half + gutter] : [half - reach(value), half + gutter + reach(value)]) {
      marks.push(svg("line", {x1: x, x2: x, y1: 20, y2: height + 20, class: "grid"}),
                 label(x, height + 35, format(value), {"text-anchor": "middle", class: "quiet", "font-size": 11}));
    }
  }
  for (const [of, side] of [[ages.male, -1], [ages.female, 1]]) {
    const edge = side < 0 ? half : half + gutter;
    const outline = [[edge, y(0) + AGE_ROW]];
    of.forEach((value, g) => {
      const length = reach(value.level);
      marks.push(withTitle(svg("rect", {x: side < 0 ? edge - length : edge, y: y(g) + 0.5, width: Math.max(0, length), height: AGE_ROW - 1, fill: scenario < 0 ? "#c3cad1" : "#a6cde4"}),
        `${groups[g].id}, ${t(side < 0 ? "male" : "female")}: ${levelText(value.level, unit)}` + (scenario < 0 ? "" : `; ${t("baseline")}: ${levelText(value.baseline, unit)}`)));
      outline.push([edge + side * reach(value.baseline), y(g) + AGE_ROW], [edge + side * reach(value.baseline), y(g)]);
    });
    outline.push([edge, y(groups.length - 1)]);
    if (scenario >= 0) marks.push(line(outline, {stroke: COLOURS.base, "stroke-width": 1.2, "pointer-events": "none"}));
  }
  return element("figure", {}, element("h3", {}, `${t("levels")}, ${format.label}`), drawing(width, height + 42, what, marks, names));
}

function agesDifference(width, ages, unit) {
  const {height, half, gutter, y, names, groups} = ageFrame(width);
  const range = extent([...ages.male, ...ages.female].flatMap((of) => [of.difference, of.low, of.high]), {zero: true});
  const peak = Math.max(Math.abs(range[0]), Math.abs(range[1]));
  const marks = [];
  let unitLabel = "";
  for (const [of, start, sex] of [[ages.male, 0, "male"], [ages.female, half + gutter, "female"]]) {
    const x = linear([-peak, peak], [start + 4, start + half - 4]);
    const at = ticks(-peak, peak, 4), format = tickFormat(unit, at, true);
    unitLabel = format.label;
    for (const value of at) {
      marks.push(svg("line", {x1: x(value), x2: x(value), y1: 20, y2: height + 20, class: value === 0 ? "axis" : "grid"}),
                 label(x(value), height + 35, format(value), {"text-anchor": "middle", class: "quiet", "font-size": 11}));
    }
    of.forEach((value, g) => marks.push(withTitle(svg("g", {}, ...intervalMark(value, x, y(g) + AGE_ROW / 2, 3)), `${groups[g].id}, ${t(sex)}: ${differencePhrase(value, unit)}`)));
  }
  const what = t("agesDifference", {confidence: confidenceText(), unit: unitLabel});
  return element("figure", {}, element("h3", {}, what), drawing(width, height + 42, what, marks, names), hollowLegend());
}

function gapSection() {
  const {scenario} = state, both = ["urbanisation", "registered_urbanisation"];
  const year = state.year, unit = "%";
  const rows = [-1, ...PLACES.keys()].map((p) => {
    const [resident, registered] = both.map((name) => numberAt(scenario, name, year, p));
    return {p, resident, registered, gap: resident.level - registered.level};
  });
  const [whole, ...others] = rows;
  others.sort((a, b) => b.gap - a.gap);
  const width = panelWidth(1), left = Math.min(150, 0.3 * width), right = scenario < 0 ? 60 : Math.min(150, 0.26 * width), row = scenario < 0 ? 22 : 27;
  const range = extent(rows.flatMap(({resident, registered}) => [resident.level, registered.level, resident.baseline, registered.baseline]));
  const x = linear(range, [left, width - right]), height = rows.length * row + 40;
  const marks = ticks(range[0], range[1], width < 500 ? 3 : 6).map((value) => [
    svg("line", {x1: x(value), x2: x(value), y1: 16, y2: height - 18, class: "grid"}),
    label(x(value), height - 4, written(value, 0) + "%", {class: "quiet", "text-anchor": "middle", "font-size": 11})]).flat();
  marks.push(label(width, 11, t("gap"), {class: "quiet", "font-size": 11, "text-anchor": "end"}));
  const dumbbell = (resident, registered, y, colour, size) => [
    svg("line", {x1: x(registered), x2: x(resident), y1: y, y2: y, stroke: colour, "stroke-width": 2, opacity: 0.55}),
    svg("circle", {cx: x(resident), cy: y, r: size, fill: colour, stroke: colour, "stroke-width": 1.5}),
    svg("circle", {cx: x(registered), cy: y, r: size, fill: "#fff", stroke: colour, "stroke-width": 1.5})];
  [whole, ...others].forEach((of, i) => {
    const y = 30 + i * row, shown = of.p === state.place || of.p < 0;
    const gapOf = numberAt(scenario, "registered_urbanisation_gap", year, of.p);
    const effect = scenario < 0 ? null : differenceTexts(gapOf, "points");
    const words = `${placeName(of.p)}: ${named(INDICATORS.urbanisation)} ${levelText(of.resident.level, unit)}, ${named(INDICATORS.registered_urbanisation)} ${levelText(of.registered.level, unit)}`;
    const group = svg("g", {});
    if (scenario >= 0) group.append(...dumbbell(of.resident.baseline, of.registered.baseline, y - 5, "#8b959f", 3));
    group.append(...dumbbell(of.resident.level, of.registered.level, scenario < 0 ? y : y + 4, scenario < 0 ? COLOURS.base : COLOURS.focus, 4.5));
    marks.push(fittedLabel(0, y + 5, of.p < 0 ? t("province") : shortName(PLACES[of.p]), left - 8, {"font-weight": shown ? 700 : 400}), withTitle(group, words));
    marks.push(label(width - right + 14, y + 5, written(gapOf.level, 1) + (effect ? ` (${effect.difference}${gapOf.verdict === "noise" ? " ~" : ""})` : ""), {"font-size": 11.5}));
  });
  return [drawing(width, height, t(scenario < 0 ? "gapAlone" : "gapNote", {year, scenario: scenarioName(scenario)}), marks)];
}
