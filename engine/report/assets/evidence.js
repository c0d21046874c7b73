// What stands behind the scenarios: the shares of single measures, and how well the model hindcasts.

let attributionOutcome = 0;
let hindcastShown = 0;

function attributionSection() {
  const of = DATA.attribution, methods = of.shapley ? ["shapley", "first_in", "leave_one_out"] : ["first_in", "leave_one_out"];
  const ids = [DATA.baseline, ...DATA.scenarios].map((scenario) => scenario.id);
  const nameOf = (id) => { const s = [DATA.baseline, ...DATA.scenarios].find((scenario) => scenario.id === id); return s ? named(s) || id : id; };
  const made = [element("p", {class: "note"}, t("attributionNote", {package: nameOf(of.package), baseline: nameOf(of.baseline), first: of.first_year, last: of.last_year,
    scale: of.scale, runs: counted("runs", of.replicates), confidence: `${100 * of.level}%`}))];
  if (!ids.includes(of.package) || !ids.includes(of.baseline)) made.push(element("p", {class: "warning"}, t("attributionOther")));
  // Each outcome, and each place it was asked of.
  const choices = [];
  for (const [subject, category] of of.effects) {
    if (!choices.some((c) => c.subject === subject && c.category === category)) choices.push({subject, category, outcome: of.outcomes.find((o) => o.name === subject)});
  }
  attributionOutcome = Math.min(attributionOutcome, choices.length - 1);
  const select = element("select", {id: "outcome", onchange: (event) => { attributionOutcome = Number(event.target.value); render("attribution"); }},
    ...choices.map((c, i) => element("option", {value: i, selected: i === attributionOutcome ? "" : null}, named(c.outcome) + (c.category ? `, ${c.category}` : ""))));
  made.push(element("div", {class: "tools"}, element("label", {}, t("outcome"), " ", select)));

  const {subject, category, outcome} = choices[attributionOutcome];
  const effect = (measure, method) => {
    const found = of.effects.find((e) => e[0] === subject && e[1] === category && e[2] === measure && e[3] === method);
    if (!found) return null;
    const half = found[5] === null ? NaN : found[5];
    return {difference: found[4], half, low: found[4] - half, high: found[4] + half, verdict: verdict(found[4], half)};
  };
  const rows = [...of.measures.map((m) => ({name: `${m.name}. ${named(m)}`, marks: methods.map((method) => [method, effect(m.name, method)])})),
                {name: t("together"), marks: [["package", effect("all", "package")]], whole: true}];
  const values = rows.flatMap((row) => row.marks.map(([, e]) => e).filter(Boolean));
  const reach = values.flatMap((e) => [e.difference, e.low, e.high]);
  const width = panelWidth(1), narrow = width < 560, row = narrow ? 72 : 44, left = narrow ? 0 : 0.38 * width, height = rows.length * row + 26;
  const range = extent(reach, {zero: true}), x = linear(range, [left + 8, width - (narrow ? 8 : 110)]);
  const at = ticks(range[0], range[1]), format = tickFormat(outcome.unit, at, true);
  const marks = at.map((value) => [svg("line", {x1: x(value), x2: x(value), y1: 0, y2: height - 24, class: value === 0 ? "axis" : "grid"}),
    label(x(value), height - 8, format(value), {class: "quiet", "text-anchor": "middle", "font-size": 11})]).flat();
  if (!narrow) marks.push(label(width, height - 8, format.label, {class: "quiet", "text-anchor": "end", "font-size": 11}));
  rows.forEach((r, i) => {
    const top = i * row, base = narrow ? top + 30 : top;
    marks.push(fittedLabel(0, narrow ? top + 18 : top + row / 2 + 4, r.name, narrow ? width - 4 : left - 8, {class: "halo", "font-weight": r.whole ? 700 : 400}, narrow ? 2 : 3));
    r.marks.forEach(([method, e], k) => {
      if (!e) return;
      const texts = differenceTexts(e, outcome.unit);
      const y = base + (r.marks.length === 1 ? 20 : 10 + k * 12);
      const group = svg("g", {opacity: k === 0 ? 1 : 0.75}, ...intervalMark(e, x, y, k === 0 ? 5 : 3.5));
      marks.push(withTitle(group, `${r.name}, ${method in TEXT ? t(method) : ""}: ${differencePhrase(e, outcome.unit)}`));
      if (!narrow) marks.push(label(width, y + 4, r.marks.length === 1 ? withUnit(texts.difference, texts.label) : t(method), {class: "quiet", "text-anchor": "end", "font-size": 10.5}));
    });
  });
  made.push(drawing(width, height, `${t("attribution")}: ${named(outcome)}`, marks), hollowLegend());
  if (narrow) made.push(element("p", {class: "note"}, `${format.label}; ${methods.map((m) => t(m)).join(" / ")}`));
  return made;
}

function scorecardSection() {
  const card = DATA.scorecard;
  hindcastShown = Math.min(hindcastShown, card.hindcasts.length - 1);
  const of = card.hindcasts[hindcastShown];
  const made = [element("p", {class: "note"}, t("scorecardNote", {first: of.first_year, last: of.last_year, scale: card.scale, runs: counted("runs", card.replicates)}))];
  if (card.hindcasts.length > 1) {
    made.push(element("div", {class: "tools"}, element("label", {}, t("hindcast"), " ", element("select", {id: "hindcast", onchange: (event) => { hindcastShown = Number(event.target.value); render("scorecard"); }},
      ...card.hindcasts.map((h, i) => element("option", {value: i, selected: i === hindcastShown ? "" : null}, h.title))))));
  } else {
    made.push(element("h3", {}, of.title));
  }
  made.push(hindcastScatter(of));
  if (of.ages.length) made.push(element("p", {class: "note"}, t("migrationNote", {last: of.last_year})), ageProfile(of));
  made.push(scoresTable(of));
  return made;
}

/// Net migration of age groups, per thousand residents of the base year: counted as bars, the model's as a line of dots.
function ageProfile(of) {
  const width = Math.min(panelWidth(1), 640), height = Math.min(width, 300), left = 44, bottom = height - 34;
  const perMille = (value) => 1000 * value;
  const range = extent(of.ages.flatMap((a) => [perMille(a.counted), perMille(a.simulated)]), {zero: true, air: 0.1}), y = linear(range, [bottom, 24]);
  const step = (width - 8 - left) / of.ages.length, x = (i) => left + (i + 0.5) * step, marks = [];
  for (const value of ticks(range[0], range[1], 5)) {
    marks.push(svg("line", {x1: left, x2: width - 8, y1: y(value), y2: y(value), class: value === 0 ? "axis" : "grid"}),
               label(left - 6, y(value) + 4, written(value, 0, true), {class: "quiet", "text-anchor": "end", "font-size": 11}));
  }
  of.ages.forEach((a, i) => {
    const [counted, modelled] = [perMille(a.counted), perMille(a.simulated)];
    const title = `${a.of}: ${t("countedAges")} ${written(counted, 1, true)}, ${t("modelledAges")} ${written(modelled, 1, true)}`;
    marks.push(withTitle(svg("rect", {x: x(i) - 0.35 * step, width: 0.7 * step, y: Math.min(y(0), y(counted)), height: Math.abs(y(counted) - y(0)), fill: COLOURS.base, "fill-opacity": 0.45}), title));
    if (i > 0) marks.push(svg("line", {x1: x(i - 1), y1: y(perMille(of.ages[i - 1].simulated)), x2: x(i), y2: y(modelled), stroke: COLOURS.focus, "stroke-width": 1.5}));
    marks.push(withTitle(svg("circle", {cx: x(i), cy: y(modelled), r: 3.5, fill: COLOURS.focus}), title));
    if (i % 2 === 0 || step > 34) marks.push(label(x(i), bottom + 14, a.of, {class: "quiet", "text-anchor": "middle", "font-size": 10.5}));
  });
  marks.push(svg("rect", {x: left + 4, y: 6, width: 12, height: 10, fill: COLOURS.base, "fill-opacity": 0.45}), label(left + 20, 15, t("countedAges"), {class: "halo"}),
             svg("circle", {cx: left + 110, cy: 11, r: 3.5, fill: COLOURS.focus}), label(left + 118, 15, t("modelledAges"), {class: "halo"}));
  return element("figure", {}, drawing(width, height, `${t("migrationNote", {last: of.last_year})} ${of.title}`, marks));
}

function hindcastScatter(of) {
  const change = (place, value) => 100 * (value / place.base - 1);
  const points = of.prefectures.map((place) => ({place, name: hindcastName(place), counted: change(place, place.counted), modelled: change(place, place.simulated)}));
  const width = Math.min(panelWidth(1), 640), height = Math.min(width, 460), left = 44, bottom = height - 34;
  const range = extent(points.flatMap((p) => [p.counted, p.modelled]), {air: 0.1});
  const x = linear(range, [left, width - 8]), y = linear(range, [bottom, 10]), marks = [];
  for (const value of ticks(range[0], range[1], 5)) {
    marks.push(svg("line", {x1: left, x2: width - 8, y1: y(value), y2: y(value), class: value === 0 ? "axis" : "grid"}), svg("line", {x1: x(value), x2: x(value), y1: 10, y2: bottom, class: value === 0 ? "axis" : "grid"}),
               label(left - 6, y(value) + 4, written(value, 0, true), {class: "quiet", "text-anchor": "end", "font-size": 11}), label(x(value), bottom + 14, written(value, 0, true), {class: "quiet", "text-anchor": "middle", "font-size": 11}));
  }
  marks.push(svg("line", {x1: x(range[0]), y1: y(range[0]), x2: x(range[1]), y2: y(range[1]), stroke: COLOURS.base, "stroke-dasharray": "5 3"}));
  marks.push(label(width - 8, bottom + 28, t("counted"), {"text-anchor": "end"}), label(left + 4, 18, t("modelled"), {class: "halo"}));
  const taken = points.map((p) => ({x: x(p.counted) - 5, y: y(p.modelled) - 5, width: 10, height: 10}));
  for (const p of points) {
    marks.push(withTitle(svg("circle", {cx: x(p.counted), cy: y(p.modelled), r: 4, fill: COLOURS.focus, "fill-opacity": 0.75, stroke: COLOURS.focus}), `${p.name}: ${t("counted")} ${written(p.counted, 1, true)}, ${t("modelled")} ${written(p.modelled, 1, true)}`));
    const place = freePlace(p.name, x(p.counted), y(p.modelled), taken, width);
    if (place) marks.push(label(place.x, place.y + 10, p.name, {"font-size": 10.5}));
  }
  return element("figure", {}, drawing(width, height, `${t("scorecard")}: ${of.title}`, marks));
}
/// Where beside a dot a name covers nothing that is there already; null if nowhere, and its title still tells it.
function freePlace(name, x, y, taken, width) {
  const size = {width: textWidth(name, 10.5), height: 12};
  const corners = [[7, -6], [-size.width - 7, -6], [-size.width / 2, -18], [-size.width / 2, 7], [7, -16], [7, 5], [-size.width - 7, -16], [-size.width - 7, 5]];
  const boxes = corners.map(([dx, dy]) => ({x: x + dx, y: y + dy, ...size}));
  const overlaps = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const own = taken.filter((box) => !(box.width === 10 && Math.abs(box.x + 5 - x) < 0.1 && Math.abs(box.y + 5 - y) < 0.1));
  const free = boxes.find((box) => box.x > 44 && box.x + box.width < width && !own.some((other) => overlaps(box, other)));
  if (free) taken.push(free);
  return free;
}
/// The hindcast has English names; those of this page's places are known in both languages.
function hindcastName(place) {
  const known = PLACES.find((p) => p.id === String(place.place));
  return known ? shortName(known) : place.name;
}

function scoresTable(of) {
  const number = (value) => Number(value.toPrecision(3)).toLocaleString(LOCALES[language]);
  return element("div", {class: "scroll"}, element("table", {lang: "en", class: "records"}, element("thead", {}, element("tr", {}, ...["pattern", "scope", "value", "unit", "band", "met", "benchmarks"].map((key) =>
    element("th", {scope: "col", class: key === "value" ? "number" : null}, t(key))))),
    element("tbody", {}, ...of.patterns.map((p) => element("tr", {}, element("th", {scope: "row"}, `${p.pattern} ${p.name}`), element("td", {"data-label": t("scope")}, p.scope),
      element("td", {class: "number", "data-label": t("value")}, p.value === null ? "–" : number(p.value)), element("td", {"data-label": t("unit")}, p.unit), element("td", {"data-label": t("band")}, p.band),
      element("td", {"data-label": t("met")}, p.met === null ? "–" : t(p.met ? "yes" : "no")),
      element("td", {"data-label": t("benchmarks")}, Object.entries(p.benchmarks).map(([id, value]) => `${id} ${number(value)}`).join(", ") + (p.note ? ` (${p.note})` : "")))))));
}
