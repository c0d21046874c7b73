// Who moves from where to where: a matrix, and the largest of its cells.

let flowsAsLevel = false;

function flowsSection() {
  const block = BLOCKS.flows, nodes = DATA.axes.origin, n = nodes.length;
  const scenario = state.scenario, asLevel = scenario < 0 || flowsAsLevel;
  const year = block.nearest(state.year);
  const cell = (o, d) => block.at(scenario, "moves", year, o * n + d);
  const valueOf = (of) => asLevel ? of.level : of.difference;
  const cells = [];
  for (let o = 0; o < n; ++o) for (let d = 0; d < n; ++d) cells.push({o, d, of: cell(o, d)});
  const between = cells.filter((c) => c.o !== c.d && Number.isFinite(valueOf(c.of)));
  const peak = Math.max(...between.map((c) => Math.abs(valueOf(c.of))), 0) || 1;
  // Square roots: a few flows are a hundred times the others.
  const share = (value) => Math.sign(value) * Math.sqrt(Math.min(1, Math.abs(value) / peak));
  const unit = INDICATORS.moves.unit;
  const buttons = scenario < 0 ? null : element("div", {class: "tools"}, ...[false, true].map((level) => element("button", {
    type: "button", "aria-pressed": String(level === asLevel), onclick: () => { flowsAsLevel = level; render("flows"); }}, t(level ? "showLevel" : "showDifference"))));
  const note = element("p", {class: "note"}, t("flowsNote", {year, what: asLevel ? `${t("asLevel")} (${scenarioName(scenario)})` : t("asDifference")}));
  const largest = between.sort((a, b) => Math.abs(valueOf(b.of)) - Math.abs(valueOf(a.of))).slice(0, 15);
  return [note, buttons, element("div", {class: "panels heat"},
    flowMatrix({cells, nodes, asLevel, valueOf, share, peak, unit, year}), flowBars({largest, nodes, asLevel, valueOf, unit, year})), asLevel ? null : hollowLegend()];
}

function flowMatrix({cells, nodes, asLevel, valueOf, share, peak, unit, year}) {
  const width = panelsAcross(2) === 1 ? panelWidth(1) : panelWidth(2) * 1.12, n = nodes.length;
  const gutter = Math.min(Math.max(...nodes.map((node) => textWidth(shortName(node), 11))) + 8, 0.28 * width);
  const size = (width - gutter) / n, at = (i) => gutter + i * size;
  const name = (node, i, x, y, attributes) => fittedLabel(x, y, shortName(node), gutter - 4, {...attributes, "font-size": Math.min(11, size * 0.85), class: i < PLACES.length ? "" : "quiet"});
  const marks = [];
  nodes.forEach((node, i) => {
    marks.push(name(node, i, gutter - 4, at(i) + size / 2 + 3.5, {"text-anchor": "end"}),
               name(node, i, 0, 0, {transform: `translate(${at(i) + size / 2 + 3.5},${gutter - 4}) rotate(-90)`}));
  });
  for (const {o, d, of} of cells) {
    const value = valueOf(of);
    if (!Number.isFinite(value) || (value === 0 && of.baseline === 0)) continue;
    const colour = asLevel ? sequential(share(value)) : diverging(share(value));
    const hollow = !asLevel && of.verdict === "noise", inset = hollow ? size * 0.3 : 0.5;
    const words = `${named(nodes[o])} → ${named(nodes[d])}, ${year}: ${asLevel ? levelText(value, unit) : differencePhrase(of, unit)}`;
    const shape = {x: at(d) + inset, y: at(o) + inset, width: size - 2 * inset, height: size - 2 * inset};
    marks.push(withTitle(svg("rect", hollow ? {...shape, fill: "#fff", stroke: of.difference < 0 ? "#e0c4a6" : of.difference > 0 ? "#b4cbe0" : "#c3cad1", "stroke-width": 1} : {...shape, fill: colour}), words));
  }
  const inside = PLACES.length;
  if (inside < n) {
    marks.push(svg("path", {d: `M${at(inside)},${gutter}V${width}M${gutter},${at(inside)}H${width}`, stroke: "#55606b", "stroke-width": 1, fill: "none"}));
  }
  const format = formatter(unit, [peak], {difference: !asLevel});
  const bar = asLevel ? colourBar(220, (s) => sequential(s), [[0, "0"], [0.5, format(peak / 4)], [1, format(peak)]])
                      : colourBar(220, (s) => diverging(2 * s - 1), [[0, format(-peak)], [0.5, "0"], [1, format(peak)]]);
  bar.style.maxWidth = "220px";
  const what = `${t("flows")}: ${named(INDICATORS.moves)}, ${year}`;
  return element("figure", {}, drawing(width, width, what, marks), bar, element("figcaption", {}, format.label));
}

function flowBars({largest, nodes, asLevel, valueOf, unit, year}) {
  const width = panelWidth(panelsAcross(2)) * (panelsAcross(2) === 2 ? 0.85 : 1);
  const names = largest.map(({o, d}) => `${shortName(nodes[o])} → ${shortName(nodes[d])}`), longest = Math.max(0, ...names.map((name) => textWidth(name, 11.5)));
  const left = Math.min(longest + 14, 0.46 * width), row = longest > left - 14 ? 30 : 23, height = largest.length * row + 26;
  const range = extent(largest.flatMap(({of}) => asLevel ? [of.level] : [of.difference, of.low, of.high]), {zero: true});
  const x = linear(range, [left, width - 8]);
  const at = ticks(range[0], range[1], 3), format = tickFormat(unit, at, !asLevel);
  const marks = at.map((value) => [svg("line", {x1: x(value), x2: x(value), y1: 0, y2: height - 24, class: value === 0 ? "axis" : "grid"}),
                                   label(x(value), height - 10, format(value), {class: "quiet", "text-anchor": "middle", "font-size": 11})]).flat();
  marks.push(label(0, height - 10, format.label, {class: "quiet", "font-size": 11}));
  largest.forEach(({o, d, of}, i) => {
    const y = i * row + row / 2;
    marks.push(fittedLabel(0, y + 4, names[i], left - 14, {"font-size": 11.5}, 2));
    const group = svg("g", {});
    if (asLevel) group.append(svg("rect", {x: x(0), y: y - 6, width: Math.max(1, x(valueOf(of)) - x(0)), height: 12, fill: sequential(0.7)}));
    else group.append(...intervalMark(of, x, y));
    marks.push(withTitle(group, `${named(nodes[o])} → ${named(nodes[d])}: ${asLevel ? levelText(of.level, unit) : differencePhrase(of, unit)}`));
  });
  return element("figure", {}, element("h3", {}, t(asLevel ? "topFlows" : "topDifferences")), drawing(width, height, `${t(asLevel ? "topFlows" : "topDifferences")}, ${year}`, marks));
}

/// "+24.0 thousand a year (+23.1, +24.9)"
function differencePhrase(of, unit) {
  const texts = differenceTexts(of, unit);
  const range = Number.isFinite(of.half) ? ` (${texts.low}, ${texts.high})` : "";
  return withUnit(texts.difference, texts.label) + range;
}
