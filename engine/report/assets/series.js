// When: levels and differences over the years, and the same place by place.

/// Axes, lines, bands and labels. `lines`: [{points: [[year, value, half]], colour, width, dash, band, name}].
function timeChart({width, height, years, lines, unit, difference, what, zero, title}) {
  const longest = Math.max(...lines.map((l) => textWidth(l.name, 11.5, l.width > 2)));
  const right = Math.min(longest + 8, (width < 420 ? 0.32 : 0.38) * width), top = 26, bottom = height - 22;
  const reach = lines.flatMap((l) => l.points.flatMap(([, v, h]) => l.band && Number.isFinite(h) ? [v - h, v + h] : [v]));
  const range = extent(reach, {zero});
  const at = ticks(range[0], range[1]), format = tickFormat(unit, at, difference);
  // What the ticks say stands beside the plot, where no line crosses it.
  const left = Math.max(...at.map((value) => textWidth(format(value), 11))) + 6;
  const x = linear([years[0], years[years.length - 1]], [left, width - right]), y = linear(range, [bottom, top]);
  const marks = at.map((value) => svg("line", {x1: left, x2: width - right, y1: y(value), y2: y(value), class: difference && value === 0 ? "axis" : "grid"}));
  marks.push(label(0, 11, format.label, {class: "quiet", "font-size": 11}));
  const span = years[years.length - 1] - years[0];
  const yearTicks = years.filter((year) => span <= 5 || year % 5 === 0);
  marks.push(...yearTicks.map((year) => label(x(year), height - 6, String(year), {class: "quiet", "text-anchor": year === years[0] ? "start" : "middle", "font-size": 11})));
  if (years.includes(state.year)) marks.push(svg("line", {x1: x(state.year), x2: x(state.year), y1: top, y2: bottom, stroke: "#b9c2ca", "stroke-dasharray": "2 3"}));
  for (const l of lines) {
    if (l.band) marks.push(band(l.points.map(([year, v, h]) => [x(year), y(v - h), y(v + h)]), {fill: l.colour, opacity: 0.2}));
  }
  for (const l of lines) marks.push(line(l.points.map(([year, v]) => [x(year), y(v)]), {stroke: l.colour, "stroke-width": l.width, "stroke-dasharray": l.dash}));
  marks.push(...at.map((value) => label(left - 6, y(value) + 4, format(value), {class: "quiet tick", "text-anchor": "end", "font-size": 11})));
  const names = lines.map((l) => ({l, y: y(l.points[l.points.length - 1][1]) + 4})).filter((n) => Number.isFinite(n.y));
  spread(names, 13, top, bottom + 4);
  marks.push(...names.map((n) => fittedLabel(width - right + 5, n.y, n.l.name, right - 6, {style: `fill:${n.l.colour === COLOURS.other ? "#55606b" : n.l.colour}`, "font-weight": n.l.width > 2 ? 700 : 400, "font-size": 11.5})));
  const picture = drawing(width, height, what, marks);
  return element("figure", {}, title ? element("h3", {}, title) : null, picture);
}

/// Lines of all scenarios for one indicator and place: the chosen one stands out, the others are context.
function scenarioLines(indicator, place, years, asDifference) {
  const lines = [];
  const points = (scenario) => years.map((year) => {
    const of = numberAt(scenario, indicator, year, place);
    return asDifference ? [year, of.difference, of.half] : [year, of.level, levelHalf(scenario, indicator, year, place)];
  });
  SCENARIOS.forEach((_, s) => {
    if (s !== state.scenario) lines.push({points: points(s), colour: COLOURS.other, width: 1.2, name: scenarioName(s)});
  });
  if (!asDifference) lines.push({points: points(-1), colour: COLOURS.base, width: 2, dash: state.scenario >= 0 ? "5 3" : undefined, band: true, name: scenarioName(-1)});
  if (state.scenario >= 0) lines.push({points: points(state.scenario), colour: COLOURS.focus, width: 2.6, band: true, name: scenarioName(state.scenario)});
  return lines;
}

function seriesSection() {
  const {indicator} = state, unit = INDICATORS[indicator].unit, years = yearsOf(indicator);
  const place = state.place >= 0 && isByPlace(indicator) ? state.place : -1;
  const both = state.scenario >= 0, width = panelWidth(both ? panelsAcross(2) : 1), height = width < 420 ? 230 : 280;
  const what = (kind) => `${indicatorName(indicator)}, ${placeName(place)}: ${kind}, ${years[0]}–${LAST}`;
  const charts = [timeChart({width, height, years, unit, lines: scenarioLines(indicator, place, years, false), what: what(t("levels")), title: t("levels")})];
  if (both) charts.push(timeChart({width, height, years, unit, difference: true, zero: true, lines: scenarioLines(indicator, place, years, true), what: what(t("differences")), title: t("differences")}));
  return [element("div", {class: "panels" + (both ? " two" : "")}, ...charts)];
}

function multiplesSection() {
  const {indicator, scenario} = state, unit = INDICATORS[indicator].unit, years = yearsOf(indicator), year = yearOf(indicator);
  if (!isByPlace(indicator)) return [element("p", {class: "note"}, t("onlyProvince"))];
  const asDifference = scenario >= 0;
  const panels = PLACES.map((place, p) => ({place, p, points: years.map((y) => ({year: y, of: numberAt(scenario, indicator, y, p)}))}));
  const valueOf = (of) => asDifference ? of.difference : of.level;
  const halfOf = (of) => asDifference && Number.isFinite(of.half) ? of.half : 0;
  const at = (panel) => panel.points.find((point) => point.year === year).of;
  panels.sort((a, b) => Math.abs(valueOf(at(b))) - Math.abs(valueOf(at(a))));
  const range = extent(panels.flatMap((panel) => panel.points.flatMap(({of}) => [valueOf(of) - halfOf(of), valueOf(of) + halfOf(of)])), {zero: asDifference});
  const width = 156, height = 92, top = 8, bottom = 76;
  const format = formatter(unit, panels.map((panel) => valueOf(at(panel))), {difference: asDifference});
  const x = linear([years[0], LAST], [3, width - 6]), y = linear(range, [bottom, top]);
  return [element("p", {class: "note"}, withUnit("", format.label).trim()), element("div", {class: "panels many"}, ...panels.map((panel) => {
    const of = at(panel), colour = asDifference ? effectColour(of.difference) : COLOURS.plus;
    const hollow = of.verdict === "noise" || (asDifference && of.verdict === "identical");
    const marks = [
      range[0] <= 0 && range[1] >= 0 ? svg("line", {x1: 3, x2: width - 6, y1: y(0), y2: y(0), class: "axis"}) : null,
      asDifference ? band(panel.points.map(({year: when, of: v}) => [x(when), y(v.difference - v.half), y(v.difference + v.half)]), {fill: colour, opacity: 0.22}) : null,
      line(panel.points.map(({year: when, of: v}) => [x(when), y(valueOf(v))]), {stroke: colour, "stroke-width": 1.8}),
      Number.isFinite(valueOf(of)) ? svg("circle", {cx: x(year), cy: y(valueOf(of)), r: 3.5, fill: hollow ? "#fff" : colour, stroke: colour, "stroke-width": 1.5}) : null,
      label(3, height - 3, String(years[0]), {class: "quiet", "font-size": 10}), label(width - 6, height - 3, String(LAST), {class: "quiet", "font-size": 10, "text-anchor": "end"})].filter(Boolean);
    const value = format(valueOf(of));
    return element("figure", {}, element("h3", {}, shortName(panel.place), " ", element("span", {class: "note"}, value)),
                   drawing(width, height, `${named(panel.place)}, ${year}: ${withUnit(value, format.label)}`, marks));
  })), asDifference ? hollowLegend() : null];
}
