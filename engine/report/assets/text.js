// Every word of the page, in both languages; {NAME} is filled in.

const TEXT = {
  skip: ["Skip to the answer", "跳到结论"],
  otherLanguage: ["中文", "English"],
  title: ["What settlement policy changes", "落户政策改变了什么"],
  titleAlone: ["What one scenario says", "单一情景的结果"],
  subtitle: ["{scenarios} against “{baseline}”, {first}–{last}. {how}", "{scenarios}与“{baseline}”对比，{first}–{last} 年。{how}"],
  scenarios: ["{count} scenarios", "{count} 个情景"], scenarios_one: ["One scenario", "1 个情景"],
  subtitleAlone: ["“{baseline}”, {first}–{last}. {how}", "“{baseline}”，{first}–{last} 年。{how}"],
  howSimulated: ["{runs}, one agent for {scale} persons.", "{runs}，1 个模拟个体代表 {scale} 人。"],
  howEveryone: ["{runs}, everyone one by one.", "{runs}，逐人模拟。"],
  runsOfEach: ["{count} simulated runs of each", "每个情景模拟 {count} 次"], runsOfEach_one: ["One simulated run of each", "每个情景模拟 1 次"],
  runs: ["{count} runs", "{count} 次模拟"], runs_one: ["one run", "1 次模拟"],
  howExpected: ["Expected persons, computed without chance.", "为期望人数，不含随机性。"],
  scenario: ["Scenario", "情景"], indicator: ["Indicator", "指标"], place: ["Place", "地区"], year: ["Year", "年份"],
  province: ["Whole province", "全省"], byPlace: ["For every prefecture", "有分市州结果"],
  provinceOnly: ["For the province alone", "仅有全省结果"], baseline: ["Baseline", "基准"],
  csv: ["Download CSV", "下载 CSV"], none: ["no value", "无数据"],

  aloneNote: ["This file holds one scenario alone: there is nothing to compare it with, and no difference is shown.",
              "本文件只有一个情景，没有可比对象，故不显示差异。"],
  oneNote: ["One replicate: no interval can be given, and no difference can be told from chance. Run with --replicates 10 or more.",
            "只有一次重复模拟：无法给出区间，也无法区分差异与随机波动。请用 --replicates 10 或更多。"],
  expectedNote: ["Expected numbers: there is no chance in them, so no intervals.", "结果为期望值，不含随机性，故无区间。"],
  unpairedNote: ["{scenario} has no replicates in common with the baseline ({why}): its intervals are wider than they need be.",
                 "“{scenario}”与基准的重复模拟不成对（{why}），区间偏宽。"],
  noInterval: ["no interval", "无区间"],

  answer: ["The answer", "结论"],
  sentence: ["{name}, {year}: {indicator}, {where}, {level}: {effect} than in the baseline", "{name}：{year} 年{where}{indicator}为 {level}，比基准{effect}"],
  sentenceSame: ["{name}, {year}: {indicator}, {where}, {level}: the same as in the baseline in every run", "{name}：{year} 年{where}{indicator}为 {level}，每次模拟都与基准相同"],
  sentenceAlone: ["{name}, {year}: {indicator}, {where}, {level}", "{name}：{year} 年{where}{indicator}为 {level}"],
  whereProvince: ["whole province", "全省"], wherePlace: ["{place}", "{place}"],
  higher: ["{value} higher", "高 {value}"], lower: ["{value} lower", "低 {value}"],
  sentenceInterval: [" ({confidence} interval {low} to {high})", "（{confidence} 区间 {low} 至 {high}）"],
  sentenceNoise: [": not distinguishable from chance", "：与随机波动无法区分"],
  stop: [".", "。"],
  headline: ["Headline indicators, {scenario} less baseline, {where}, {year}", "主要指标：{scenario}与基准之差，{where}，{year} 年"],
  headlineAlone: ["Headline indicators, {where}, {year}", "主要指标，{where}，{year} 年"],
  difference: ["Difference", "差异"], interval: ["{confidence} interval", "{confidence} 区间"], unit: ["Unit", "单位"],
  drawn: ["Drawn (each row on its own scale)", "图示（各行自成比例）"], drawnShared: ["Drawn (one scale)", "图示（同一比例）"],
  differs: ["interval excludes 0", "区间不含 0"], noise: ["interval contains 0: not distinguishable from chance", "区间含 0：与随机波动无法区分"],
  identical: ["the same in every run", "每次模拟都相同"], unknown: ["no interval", "无区间"],

  maps: ["Where", "在哪里"],
  mapsNote: ["{indicator}, {year}. Baseline and scenario share one scale; the difference has its own, centred on 0.", "{indicator}，{year} 年。基准与情景同一色阶；差异图色阶以 0 为中心。"],
  mapsOne: ["{indicator}, {year}.", "{indicator}，{year} 年。"],
  schematic: ["Schematic map. Boundaries: {source}", "示意图，不作为划界依据。边界来源：{source}"],
  tiles: ["No boundaries were given: one tile for each place, in the order of the file.", "未提供边界数据：每个地区一格，按文件顺序排列。"],
  placeTable: ["{indicator} by place, {year}, largest effects first", "分地区{indicator}，{year} 年，按效应大小排列"],
  onlyProvince: ["This indicator is in this page for the province alone.", "本页中该指标只有全省结果。"],
  firstYear: ["* in {year}, the first simulated year", "* 为首个模拟年 {year} 年的数值"],
  noYear: ["Nothing flows in the base year; {year} is shown.", "基准年没有流量，显示 {year} 年。"],

  series: ["When", "何时"], levels: ["Levels", "水平"], differences: ["Difference from the baseline", "与基准之差"],
  seriesNote: ["{indicator}, {where}. Bands: {confidence} intervals of the mean over runs; thin lines: the other scenarios.", "{indicator}，{where}。色带为多次模拟均值的 {confidence} 区间；细线为其他情景。"],
  multiples: ["Place by place", "逐个地区"],
  multiplesNote: ["{indicator}, {scenario} less baseline, all on one scale, largest effects in {year} first. Dot: {year}; hollow where the interval contains 0.",
                  "{indicator}：{scenario}与基准之差，同一比例，按 {year} 年效应大小排列。圆点为 {year} 年；空心表示区间含 0。"],
  multiplesAlone: ["{indicator}, all on one scale.", "{indicator}，同一比例。"],

  flows: ["Who moves from where to where", "谁从哪里迁往哪里"],
  flowsNote: ["Moves within {year}, {what}; rows: origin, columns: destination; the diagonal is moves within a place. Hollow squares: the interval contains 0. The scale is stretched near 0.",
              "{year} 年迁移人次，{what}；行为来源地，列为去向地，对角线为地区内部迁移。空心方格：区间含 0。色阶在 0 附近拉伸。"],
  asDifference: ["difference from the baseline", "与基准之差"], asLevel: ["as such", "水平值"],
  showDifference: ["Difference", "差异"], showLevel: ["Moves", "人次"],
  topDifferences: ["The 15 largest differences between places", "地区之间差异最大的 15 项"], topFlows: ["The 15 largest flows between places", "地区之间最大的 15 项迁移"],
  from: ["from", "来源地"], to: ["to", "去向地"],

  ages: ["Of what age", "年龄结构"],
  agesNote: ["Residents by age and sex, {where}, {year}. Filled: {scenario}; outline: baseline.", "常住人口年龄性别结构，{where}，{year} 年。填色：{scenario}；轮廓线：基准。"],
  agesAlone: ["Residents by age and sex, {where}, {year}.", "常住人口年龄性别结构，{where}，{year} 年。"],
  agesDifference: ["Difference from the baseline, {unit}, with {confidence} intervals", "与基准之差（{unit}）及 {confidence} 区间"],
  male: ["men", "男"], female: ["women", "女"],

  gap: ["The registration gap", "两率差"],
  gapNote: ["Urbanisation of residents (filled) and of the registered (hollow), {year}; the line between them is the gap. Grey: baseline; blue: {scenario}.",
            "常住人口城镇化率（实心）与户籍人口城镇化率（空心），{year} 年；连线为两率差。灰色：基准；蓝色：{scenario}。"],
  gapAlone: ["Urbanisation of residents (filled) and of the registered (hollow), {year}; the line between them is the gap.",
             "常住人口城镇化率（实心）与户籍人口城镇化率（空心），{year} 年；连线为两率差。"],

  services: ["Services for the unregistered", "未落户人口的公共服务"],
  servicesNote: ["Coverage of unregistered residents relative to registered ones (1 = the same), as realised, {where}.", "未落户常住人口相对户籍人口的服务覆盖（1 为相同），实际实现值，{where}。"],
  routes: ["How people settle", "通过何种途径落户"],
  routesNote: ["Persons who took local registration in {year}, by the rule that admitted them, {where}. Filled: {scenario}; outline: baseline.", "{year} 年落户人数，按准入途径，{where}。填色：{scenario}；轮廓线：基准。"],
  costs: ["What it costs", "公共成本"],
  costsNote: ["Public cost of settlers and of coverage beyond the base year, {year}, {where}, in the prices and middle values of the unit costs. Filled: {scenario}; outline: baseline.", "{year} 年落户与超出基准年的服务覆盖所需公共成本，{where}，单位成本取中值。填色：{scenario}；轮廓线：基准。"],
  costsRange: ["Total with low, middle and high unit costs: {low}, {mid}, {high} {unit}.", "单位成本取低、中、高值时合计：{low}、{mid}、{high} {unit}。"],
  partsAlone: ["{year}, {where}.", "{year} 年，{where}。"],

  attribution: ["Which measure does what", "各项措施的贡献"],
  attributionNote: ["{package} against {baseline}, {first}–{last}, scale 1:{scale}, {runs}. Shapley values add up to the package; a measure alone is first in; what the package loses without it is leave-one-out. Whiskers: {confidence} intervals.",
                    "{package}与{baseline}对比，{first}–{last} 年，比例 1:{scale}，{runs}。沙普利值相加等于整体；“单独实施”为先行效应，“剔除”为整体去掉该措施后的损失。须线为 {confidence} 区间。"],
  attributionOther: ["This attribution is of other scenarios than this page shows.", "此归因所涉情景与本页不同。"],
  outcome: ["Outcome", "结果指标"], together: ["all together", "整体"],
  shapley: ["Shapley value", "沙普利值"], first_in: ["alone (first in)", "单独实施"], leave_one_out: ["leave-one-out", "剔除"],

  scorecard: ["How well the model hindcasts", "模型回溯检验"],
  scorecardNote: ["Started at the census of {first}, what does the model say of {last}, and what was counted? Change of residents by prefecture; on the line, model and count agree. Scale 1:{scale}, {runs}.",
                  "以 {first} 年普查为起点，模型对 {last} 年的推算与实际普查相比如何？图为各市州常住人口变化；落在线上表示一致。比例 1:{scale}，{runs}。"],
  counted: ["counted change, %", "普查变化，%"], modelled: ["model’s change, %", "模型变化，%"],
  migrationNote: ["Net migration of the decade by age in {last}, per thousand residents of the province in the base year.", "十年净迁移，按 {last} 年年龄，每千名基年全省常住人口。"],
  countedAges: ["counted", "普查"], modelledAges: ["model", "模型"],
  pattern: ["Pattern", "检验项"], scope: ["Scope", "范围"], value: ["Value", "值"], band: ["Wanted", "要求"], met: ["Met", "达到"],
  yes: ["yes", "是"], no: ["no", "否"], benchmarks: ["Benchmarks", "对照"], hindcast: ["Hindcast", "回溯"],

  measures: ["What was changed, and on whose word", "改变了什么，依据何在"],
  measuresNote: ["Everything in which {scenario} differs from the baseline. Tags say where a number comes from; an assumption is nobody’s finding.",
                 "{scenario}与基准的全部不同之处。标签说明数值来源；“假设”不是任何人的研究结论。"],
  nothingDiffers: ["Nothing is recorded in which this scenario differs from the baseline.", "没有记录到与基准的不同之处。"],
  differing: ["{count} values differ", "共 {count} 处不同"], differing_one: ["One value differs", "共 1 处不同"],
  measure: ["Measure", "措施"], change: ["Change", "改变"], where: ["Where", "地区"], source: ["Source", "来源"], tag: ["Tag", "标签"],
  tag_text: ["text", "原文"], tag_data: ["data", "数据"], tag_literature: ["literature", "文献"], tag_computed: ["computed", "推算"], tag_assumption: ["assumption", "假设"],
  everywhere: ["all prefectures", "全部市州"], allBut: ["all but {places}", "除{places}外"],
  part_value: ["value", "取值"], part_add: ["add", "增加"], part_multiply: ["multiply", "乘以"], part_schedule: ["from {time}", "{time} 起取值"],
  part_start: ["start", "起始"], part_ramp: ["ramp", "过渡期"], part_lag: ["lag", "滞后"], on: ["switched on", "已启用"], off: ["switched off", "已关闭"],
  notInScenario: ["not in this scenario", "本情景未包含"],
  notSimulated: ["What is not simulated", "没有模拟的内容"],
  notSimulatedNote: ["Numbered measures of the policy document, what each does in the model, and whether {scenario} holds it.", "政策文件各项措施在模型中的作用，以及{scenario}是否包含。"],
  inScenario: ["In the scenario", "情景包含"],
  treatment: ["In the model", "模型处理"],
  treatment_simulated: ["simulated", "模拟"], treatment_assumed: ["assumed size", "效应大小为假设"], treatment_optional: ["only if a size is entered", "需用户输入大小"],
  treatment_fidelity: ["scales the delivery of the others", "调节其他措施落实程度"], treatment_recorded: ["not simulated", "未模拟"],
  effect: ["Effect", "作用"],
  limits: ["Beyond that: no firm decides, no politics answers, land and budgets have no owner who might refuse; wages, rents and places at school answer people’s numbers only as the model describes. The intervals say nothing of the uncertainty of parameters.",
           "此外：模型中没有企业决策、没有政治反馈，土地与财政没有会拒绝的主体；工资、租金、学位只按模型设定对人口作出反应。区间不反映参数的不确定性。"],

  methods: ["Methods", "方法"],
  method1: ["luohu simulates persons one by one: births, deaths, schooling, moves, return, registration. Stocks stand at 1 November of a year; flows are those of the twelve months before.",
            "luohu 逐人模拟出生、死亡、就学、迁移、回流与落户。存量为当年 11 月 1 日，流量为此前十二个月。"],
  method2: ["The same run of two scenarios has the same random numbers, so the difference is taken run by run; the interval is Student’s t of these paired differences. At 95 % one interval in 20 excludes 0 by chance. The statistics are those of “luohu compare”.",
            "两个情景的同一次模拟使用相同随机数，差异逐次相减；区间为成对差异的 t 区间。在 95% 水平下，每 20 个区间约有 1 个会偶然不含 0。统计与 luohu compare 相同。"],
  method3: ["An interval is Monte-Carlo noise. It says nothing of the uncertainty of parameters, data or the model.", "区间只反映模拟的随机波动，不反映参数、数据或模型本身的不确定性。"],
  method4: ["Numbers in this page are kept to seven digits; shown ones are rounded. Where a definition divides by 0 there is no value.", "本页数据保留七位有效数字，显示时四舍五入。定义中除数为 0 时没有数值。"],
  parameters: ["Parameters of the baseline ({count})", "基准参数（{count} 项）"], inputs: ["Input tables ({count})", "输入表（{count} 个）"],
  parameter: ["Parameter", "参数"], file: ["File", "文件"],
  definition: ["Definition", "定义"], definitions: ["Definitions of the indicators ({count})", "指标定义（{count} 项）"],
  notes: ["Notes", "说明"],
  downloads: ["Downloads", "下载"],
  downloadsNote: ["Made in the browser from the numbers of this page: UTF-8 with a mark that Excel understands, columns as “luohu compare --format csv” writes them.",
                  "由浏览器根据本页数据生成：UTF-8 带 BOM，可用 Excel 打开，列名与 luohu compare --format csv 一致。"],
  download_indicator: ["The chosen indicator: all scenarios, places and years", "所选指标：全部情景、地区、年份"],
  download_province: ["All indicators of the province: all scenarios and years", "全省全部指标：全部情景、年份"],
  download_places: ["Headline indicators by place: all scenarios and years", "分地区主要指标：全部情景、年份"],
  download_flows: ["Moves from place to place", "地区间迁移"], download_ages: ["Residents by age and sex", "年龄性别结构"],
  download_routes: ["Settled by route", "分途径落户人数"], download_costs: ["Public cost by item", "分项公共成本"],
  made: ["Made by {version}; {files}", "由 {version} 生成；{files}"],
};

/// English names of rows that a results file names in Chinese alone; any other is shown by its identifier.
const ENGLISH = {
  within_prefecture: "within the prefecture", habitual: "habitual residence", residence: "years of residence", education: "schooling",
  home: "own home", family: "children, mothers", countryside: "to the countryside", school: "compulsory school", health: "health care",
  pension: "pensions", housing: "public housing", settling: "settling, once", land_rights: "land rights paid",
};

let language = 0;  // 0: English, 1: Chinese

function t(key, values) {
  const text = TEXT[key][language];
  return values ? text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? values[name] : whole) : text;
}

/// Words that count something: one is not many.
function counted(key, count) {
  return t(count === 1 ? `${key}_one` : key, {count});
}

/// The name in the page's language of anything with `en`, `zh` or `id`, any of which may be empty.
function named(thing) {
  const id = (thing.id || "").replaceAll("_", " ");
  return (language === 0 ? thing.en || id || thing.zh : thing.zh || thing.en || id) || "";
}
/// The name of a row of an axis, as it begins a line.
function rowName(row) {
  const known = language === 0 && !row.en && Object.hasOwn(ENGLISH, row.id);
  return capital(known ? ENGLISH[row.id] : named(row));
}
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
/// The name of an indicator, as it begins a line.
function indicatorName(name) {
  return capital(named(INDICATORS[name]));
}

/// A Chinese place without what kind of place it is, for where there is little room.
function shortName(place) {
  if (language === 0 || !place.zh) return named(place);
  return place.zh.replace(/^(..).*自治州$/, "$1").replace(/(.{2,})(市|地区|盟)$/, "$1");
}
