// Elements, scales, colours and the few marks that all figures share. Text goes in as text, never as markup.

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  return filled(made, attributes, children);
}
function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  return filled(made, attributes, children);
}
function filled(made, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const COLOURS = {base: "#3d4650", focus: "#2166ac", other: "#8b959f", plus: "#2166ac", minus: "#b35806", same: "#55606b", none: "#e3e7eb"};

/// An effect of exactly 0 is neither more nor less.
function effectColour(difference) {
  return difference < 0 ? COLOURS.minus : difference > 0 ? COLOURS.plus : COLOURS.same;
}

function mix(a, b, share) {
  const part = (colour, at) => parseInt(colour.slice(1 + 2 * at, 3 + 2 * at), 16);
  return "#" + [0, 1, 2].map((at) => Math.round(part(a, at) + (part(b, at) - part(a, at)) * share).toString(16).padStart(2, "0")).join("");
}
function along(stops, share) {
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const left = Math.min(Math.floor(place), stops.length - 2);
  return mix(stops[left], stops[left + 1], place - left);
}
/// From -1 to 1, 0 in the middle: orange and blue, which no common colour blindness confuses.
function diverging(share) {
  return share < 0 ? along(["#f6f6f4", "#fdc98a", "#e08214", "#7f3b08"], -share) : along(["#f6f6f4", "#a6cde4", "#4393c3", "#0a3a70"], share);
}
function sequential(share) {
  return along(["#eef4f1", "#b5d6cc", "#66a99b", "#23756c", "#0b4541"], share);
}

/// Round values that cover [low, high]; about `count` of them.
function ticks(low, high, count = 4) {
  if (!(high > low)) return [low];
  const rough = (high - low) / count, power = 10 ** Math.floor(Math.log10(rough));
  const size = [1, 2, 2.5, 5, 10].map((m) => m * power).find((s) => s >= rough * 0.999);
  const made = [];
  for (let i = Math.ceil(low / size - 1e-9); i * size <= high + 1e-9 * size; ++i) made.push(i * size);
  return made;
}
function linear([from, to], [start, end]) {
  const span = to - from || 1;
  return (value) => start + (value - from) / span * (end - start);
}
/// The smallest range that holds all finite values, and 0 if asked for, with some air.
function extent(values, {zero = false, air = 0.06} = {}) {
  const finite = values.filter(Number.isFinite);
  if (zero || !finite.length) finite.push(0);
  let low = Infinity, high = -Infinity;
  for (const value of finite) { low = Math.min(low, value); high = Math.max(high, value); }
  if (low === high) { const half = Math.abs(low) * 0.05 || 1; return [low - half, high + half]; }
  const more = (high - low) * air;
  return [zero && low === 0 ? 0 : low - more, zero && high === 0 ? 0 : high + more];
}
function tickFormat(unit, values, difference) {
  const gap = values.length > 1 ? Math.abs(values[1] - values[0]) : 0;
  const peak = Math.max(...values.map(Math.abs));
  const scale = scaleOf(unit, peak, difference);
  const digits = gap > 0 ? Math.max(0, Math.ceil(-Math.log10(gap / scale.divide) - 1e-9)) : 1;
  const more = gap > 0 && Math.abs(gap / scale.divide * 10 ** digits - Math.round(gap / scale.divide * 10 ** digits)) > 1e-6 ? 1 : 0;
  const format = (value) => written(value / scale.divide, digits + more, difference);
  format.label = scale.label;
  return format;
}

function pathOf(points) {
  return points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("");
}
/// Points where there is a value, in runs between the gaps.
function runsOf(points) {
  const runs = [[]];
  for (const point of points) {
    if (point.every(Number.isFinite)) runs[runs.length - 1].push(point);
    else if (runs[runs.length - 1].length) runs.push([]);
  }
  return runs.filter((run) => run.length);
}
/// Whether words are read better in white on this colour.
function isDark(colour) {
  if (!colour.startsWith("#")) return false;
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return 0.299 * r + 0.587 * g + 0.114 * b < 140;
}
function line(points, attributes) {
  return svg("path", {d: runsOf(points).map(pathOf).join(""), fill: "none", "stroke-linejoin": "round", ...attributes});
}
/// Between two lines: [x, low, high].
function band(points, attributes) {
  const d = runsOf(points).map((run) => pathOf(run.map(([x, low]) => [x, low])) + pathOf(run.map(([x, , high]) => [x, high]).reverse()).replace("M", "L") + "Z");
  return svg("path", {d: d.join(""), stroke: "none", ...attributes});
}
function label(x, y, words, attributes = {}) {
  return svg("text", {x, y, ...attributes}, words);
}
const RULER = document.createElement("canvas").getContext("2d"), FONT = getComputedStyle(document.body).fontFamily;
/// Width of words as the page writes them, `size` pixels high.
function textWidth(words, size, bold = false) {
  RULER.font = `${bold ? 700 : 400} ${size}px ${FONT}`;
  return RULER.measureText(words).width;
}
/// Words in at most `most` lines of what `fits`; if the last cannot hold the rest, it ends in "…". Chinese breaks anywhere.
function brokenInto(words, fits, most) {
  const rows = [""];
  for (const piece of words.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff]+\s*|\s+/gu) ?? []) {
    const row = rows[rows.length - 1];
    if (row === "" || rows.length === most || fits((row + piece).trimEnd())) rows[rows.length - 1] += piece;
    else rows.push(piece);
  }
  return rows.map((row) => {
    let shown = row.trimEnd();
    if (fits(shown)) return shown;
    while (shown && !fits(shown + "…")) shown = shown.slice(0, -1);
    return shown + "…";
  });
}
/// A label that has `width` pixels for each of at most `lines` lines, in the middle of which y is; if it is cut, its title says it whole.
function fittedLabel(x, y, words, width, attributes = {}, lines = 1) {
  const size = attributes["font-size"] ?? 12, lead = 1.12 * size;
  const rows = brokenInto(words, (row) => textWidth(row, size, attributes["font-weight"] === 700) <= width, lines);
  const made = svg("text", {x, y, ...attributes}, ...(rows.length === 1 ? rows : rows.map((row, i) => svg("tspan", {x, y: y + (i - (rows.length - 1) / 2) * lead}, row))));
  return rows.some((row) => row.endsWith("…")) ? withTitle(made, words) : made;
}
function withTitle(mark, words) {
  mark.append(svg("title", {}, words));
  return mark;
}

/// A drawing as wide as where it will stand; `what` is read out in its place.
function drawing(width, height, what, ...marks) {
  return svg("svg", {viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": what, style: `max-width:${width}px`}, ...marks.flat());
}

/// Whisker and dot; the dot is hollow where the interval contains 0.
function intervalMark(of, x, y, size = 4) {
  const colour = effectColour(of.difference);
  const marks = [];
  if (Number.isFinite(of.half)) marks.push(svg("line", {x1: x(of.low), x2: x(of.high), y1: y, y2: y, stroke: colour, "stroke-width": 1.5}));
  if (Number.isFinite(of.difference)) {
    const hollow = of.verdict === "noise" || of.verdict === "identical";
    marks.push(svg("circle", {cx: x(of.difference), cy: y, r: size, fill: hollow ? "#fff" : colour, stroke: colour, "stroke-width": 1.5}));
  }
  return marks;
}

/// Moves labels apart, keeping their order; [{y}], in place.
function spread(labels, gap, top, bottom) {
  labels.sort((a, b) => a.y - b.y);
  for (let i = 0; i < labels.length; ++i) labels[i].y = Math.max(labels[i].y, i ? labels[i - 1].y + gap : top);
  for (let i = labels.length; i-- > 0;) labels[i].y = Math.min(labels[i].y, i + 1 < labels.length ? labels[i + 1].y - gap : bottom);
}

function hollowLegend() {
  const dot = (fill) => svg("svg", {width: 12, height: 12, viewBox: "0 0 12 12", "aria-hidden": "true"}, svg("circle", {cx: 6, cy: 6, r: 4, fill, stroke: COLOURS.focus, "stroke-width": 1.5}));
  return element("div", {class: "legend"}, element("span", {}, dot(COLOURS.focus), t("differs")), element("span", {}, dot("#fff"), t("noise")));
}
function lineLegend(entries) {
  return element("div", {class: "legend"}, ...entries.map(([colour, dash, width, words]) => element("span", {},
    svg("svg", {width: 26, height: 10, viewBox: "0 0 26 10", "aria-hidden": "true"}, svg("line", {x1: 0, x2: 26, y1: 5, y2: 5, stroke: colour, "stroke-width": width, "stroke-dasharray": dash})), words)));
}
