// Numbers as people write them, in both languages.

const LOCALES = ["en-GB", "zh-CN"];

/// [at least, divide by, English, Chinese], largest first.
const PERSON_STEPS = [[[1e6, 1e6, "million", ""], [1e4, 1e3, "thousand", ""], [0, 1, "persons", ""]],
                      [[1e8, 1e8, "", "亿人"], [1e4, 1e4, "", "万人"], [0, 1, "", "人"]]];
const YUAN_STEPS = [[[1e9, 1e9, "billion yuan", ""], [1e6, 1e6, "million yuan", ""], [1e4, 1e3, "thousand yuan", ""], [0, 1, "yuan", ""]],
                    [[1e8, 1e8, "", "亿元"], [1e4, 1e4, "", "万元"], [0, 1, "", "元"]]];
const AREA_STEPS = [[[1e6, 1e6, "million", ""], [1e4, 1e3, "thousand", ""], [0, 1, "", ""]],
                    [[1e8, 1e8, "", "亿"], [1e4, 1e4, "", "万"], [0, 1, "", ""]]];

function step(steps, peak) {
  const [, divide, en, zh] = steps[language].find(([least]) => peak >= least);
  return {divide, label: language === 0 ? en : zh};
}

/// How values of this unit are shown when the largest of them is `peak`: what to divide by, and the unit's name.
function scaleOf(unit, peak, isDifference = false) {
  const yearly = unit.endsWith(" year-1");
  const base = yearly ? unit.slice(0, -7) : unit;
  const perYear = (label) => yearly ? label + [" a year", "/年"][language] : label;
  if (base === "person") {
    const of = step(PERSON_STEPS, peak);
    return {divide: of.divide, label: perYear(of.label)};
  }
  if (base === "yuan") {
    const of = step(YUAN_STEPS, peak);
    return {divide: of.divide, label: perYear(of.label)};
  }
  if (base === "ha" || base === "m2") {
    const of = step(AREA_STEPS, peak);
    return {divide: of.divide, label: (of.label + [" ", ""][language] + (base === "ha" ? ["ha", "公顷"] : ["m²", "平方米"])[language]).trim()};
  }
  const points = ["points", "个百分点"][language];
  if (base === "%") return {divide: 1, label: isDifference ? points : "%"};
  if (base === "points") return {divide: 1, label: points};
  if (base === "per 1000") return {divide: 1, label: "‰"};
  if (base === "year") return {divide: 1, label: ["years", "岁"][language]};
  return {divide: 1, label: base === "1" ? "" : base};
}

function magnitude(value) {
  return value > 0 ? Math.floor(Math.log10(value)) : 0;
}

/// Decimals that give the largest value `significant` digits, and half an interval at least one.
function decimals(peak, half, significant) {
  const forPeak = significant - 1 - magnitude(peak);
  const forHalf = half > 0 ? -magnitude(half) : 0;
  return Math.min(6, Math.max(0, forPeak, Math.min(forHalf, forPeak + 3)));
}

const FORMATS = {};
function written(value, digits, signed = false) {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) < 0.5 * 10 ** -digits) value = 0;  // never "-0"
  const key = `${language} ${digits} ${signed}`;
  FORMATS[key] ??= new Intl.NumberFormat(LOCALES[language], {
    minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: signed ? "exceptZero" : "auto"});
  return FORMATS[key].format(value).replace("-", "−");
}

/// A formatter for many values of one unit: call it with a value; `label` is the unit, `of` the value without rounding.
function formatter(unit, values, {difference = false, halves = [], significant = difference ? 3 : 4} = {}) {
  const finite = values.filter(Number.isFinite).map(Math.abs);
  const peak = finite.length ? Math.max(...finite) : 0;
  const scale = scaleOf(unit, peak, difference);
  const known = halves.filter((half) => half > 0);
  const half = known.length ? Math.min(...known) / scale.divide : 0;
  const digits = decimals(peak / scale.divide, half, significant);
  const format = (value) => written(value / scale.divide, digits, difference);
  format.label = scale.label;
  format.divide = scale.divide;
  format.digits = digits;
  return format;
}

function withUnit(text, label) {
  if (!label) return text;
  return label === "%" || label === "‰" ? text + (language === 0 && label === "‰" ? " ‰" : label) : text + " " + label;
}

/// Units of UDUNITS word by word, in Chinese: "yuan person-1" is 元/人.
const UNIT_WORDS = {year: "年", person: "人", yuan: "元", m2: "平方米", ha: "公顷", points: "个百分点"};
function withUnitName(text, unit) {
  if (unit === "" || unit === "1") return text;
  if (language === 0) return `${text} ${unit}`;
  const words = unit.split(" ").map((word) => {
    const [, base, inverse] = word.match(/^(.*?)(-1)?$/);
    return (inverse ? "/" : "") + (UNIT_WORDS[base] ?? base);
  }).join("");
  return words.startsWith("/") ? text + words : `${text} ${words}`;
}

/// One level with its unit.
function levelText(value, unit) {
  const format = formatter(unit, [value]);
  return withUnit(format(value), format.label);
}

/// One difference, its interval and its unit, written alike.
function differenceTexts(of, unit) {
  const format = formatter(unit, [of.difference, of.low, of.high], {difference: true, halves: [of.half]});
  return {difference: format(of.difference), low: format(of.low), high: format(of.high), label: format.label, format};
}

function confidenceText() {
  return `${Number((100 * DATA.confidence).toPrecision(8))}%`;
}
