// The registry of indicators; docs/indicators.md is printed from it.

#include "luohu/tabulate/indicators.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "formulas.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {
namespace {

using Axes = std::vector<std::string_view>;
using Filters = std::vector<Only>;

/// Collects the entries, in the order of `indicators()`.
struct Registry {
  std::vector<Indicator> entries;

  void add(std::string_view name, std::string_view long_name, std::string_view long_name_zh, std::string_view unit,
           std::string_view definition, Axes splits, std::vector<Sum> sums, double (*formula)(Operands)) {
    entries.push_back({name, long_name, long_name_zh, unit, definition, std::move(splits), std::move(sums), formula});
  }
};

// Functions, not constants: the registry may be asked for before this file's own constants are made.
Only urban() {
  return {"zone", {"urban"}};
}
Only registered_here() {
  return {"registration", {"local", "same_prefecture"}};
}
Only registered_elsewhere() {
  return {"registration", {"other_prefecture", "other_province"}};
}
Only from_inside() {
  return {"origin", {in_province}};
}
Only from_outside() {
  return {"origin", {out_of_province}};
}
Only to_inside() {
  return {"destination", {in_province}};
}
Only to_outside() {
  return {"destination", {out_of_province}};
}

/// Five-year groups from age `first` on, up to and including age `last`.
Only ages(int first, int last) {
  Only only{"age_group", {}};
  for (std::size_t g = age_group(first); g <= age_group(last); ++g) only.ids.push_back(age_group_ids[g]);
  return only;
}
constexpr int oldest = 120;

Sum people(Filters only = {}) {
  return {"population", std::move(only)};
}
Sum moves(Filters only, std::string_view place, bool between_places = false) {
  return {.variable = "flow", .only = std::move(only), .place = place, .between_places = between_places};
}
Sum registered_from(Filters only, std::string_view place, bool between_places = false) {
  return {.variable = "migrant_stock", .only = std::move(only), .place = place, .between_places = between_places};
}

Axes everyone() {
  return {"place", "zone", "sex", "age_group", "registration"};
}
Axes except_age() {
  return {"place", "zone", "sex", "registration"};
}
Axes zone_and_sex() {
  return {"place", "zone", "sex"};
}
Axes places() {
  return {"place"};
}
Axes of_moves() {
  return {"place", "origin", "destination", "broad_age", "registration"};
}

void add_population(Registry& list) {
  using namespace formula;
  list.add("residents", "residents", "常住人口", "person", "residents on 1 November", everyone(), {people()}, value);
  list.add("registered", "registered population", "户籍人口", "person", "persons registered there, wherever they live",
           Axes{"place", "zone"}, {Sum{"registered"}}, value);
  list.add("urbanisation", "urbanisation rate of residents", "常住人口城镇化率", "%",
           "100 x residents of towns / residents", Axes{"place", "sex", "age_group", "registration"},
           {people({urban()}), people()}, percent);
  list.add("registered_urbanisation", "urbanisation rate of the registered population", "户籍人口城镇化率", "%",
           "100 x registered in towns / registered, wherever they live", places(),
           {Sum{"registered", {urban()}}, Sum{"registered"}}, percent);
  list.add("registered_urbanisation_gap", "urbanisation of residents less that of the registered", "两率差", "points",
           "urbanisation - registered_urbanisation", places(),
           {people({urban()}), people(), Sum{"registered", {urban()}}, Sum{"registered"}}, gap_of_percents);
  list.add("unregistered_urban", "residents of towns not registered in their township", "城镇未落户常住人口", "person",
           "residents of towns registered in another township, prefecture or province",
           Axes{"place", "sex", "age_group", "registration"},
           {people({urban(), Only{"registration", {"same_prefecture", "other_prefecture", "other_province"}}})}, value);
  list.add("registered_elsewhere", "residents registered in another prefecture or province", "市外户籍常住人口",
           "person", "residents registered outside the prefecture they live in", everyone(),
           {people({registered_elsewhere()})}, value);
  list.add("registered_elsewhere_share", "share of residents registered in another prefecture or province",
           "市外户籍人口占比", "%", "100 x registered_elsewhere / residents", Axes{"place", "zone", "sex", "age_group"},
           {people({registered_elsewhere()}), people()}, percent);
  list.add("absent_registered", "registered persons who live in another prefecture or province", "外出户籍人口",
           "person", "registered - residents registered in the prefecture they live in", places(),
           {Sum{"registered"}, people({registered_here()})}, difference);
  list.add("migrant_stock", "persons by place of registration and of residence", "按户籍地和常住地分的人口", "person",
           "persons by place of registration (origin) and of residence (destination), those who live where they are "
           "registered included; by place: of residence",
           Axes{"place", "origin", "destination"}, {registered_from({}, "destination")}, value);
  list.add("absent_outside", "registered persons who live outside the province", "省外居住户籍人口", "person",
           "persons registered in the province and living outside it, by place of registration",
           Axes{"place", "destination"}, {registered_from({from_inside(), to_outside()}, "origin")}, value);
  list.add("from_outside", "residents registered outside the province", "外省户籍常住人口", "person",
           "residents registered outside the province, by place of residence", Axes{"place", "origin"},
           {registered_from({from_outside(), to_inside()}, "destination")}, value);
  list.add("between_prefectures", "residents registered in another prefecture of the province", "省内市外户籍常住人口",
           "person", "residents registered in another prefecture of the province, by place of residence",
           Axes{"place", "origin"}, {registered_from({from_inside(), to_inside()}, "destination", true)}, value);
}

void add_ages(Registry& list) {
  using namespace formula;
  const Only young = ages(0, 14), working = ages(15, 64), old = ages(65, oldest);
  list.add("share_0_14", "residents under 15", "0-14岁人口占比", "%", "100 x residents aged 0-14 / residents",
           except_age(), {people({young}), people()}, percent);
  list.add("share_15_64", "residents aged 15-64", "15-64岁人口占比", "%", "100 x residents aged 15-64 / residents",
           except_age(), {people({working}), people()}, percent);
  list.add("share_65_plus", "residents aged 65 and over", "65岁及以上人口占比", "%",
           "100 x residents aged 65 and over / residents", except_age(), {people({old}), people()}, percent);
  list.add("dependency_ratio", "dependency ratio", "总抚养比", "%",
           "100 x residents aged 0-14 or 65 and over / residents aged 15-64", except_age(),
           {people({young}), people({old}), people({working})}, percent_of_two);
  list.add("child_dependency_ratio", "child dependency ratio", "少儿抚养比", "%",
           "100 x residents aged 0-14 / residents aged 15-64", except_age(), {people({young}), people({working})},
           percent);
  list.add("old_dependency_ratio", "old-age dependency ratio", "老年抚养比", "%",
           "100 x residents aged 65 and over / residents aged 15-64", except_age(), {people({old}), people({working})},
           percent);
  list.add("median_age", "median age", "年龄中位数", "year",
           "age that half of the residents have not reached, five-year groups spread evenly", except_age(),
           {Sum{.variable = "population", .over = {"age_group"}}}, median_age);
  list.add("sex_ratio", "men per 100 women", "性别比", "%", "100 x male residents / female residents",
           Axes{"place", "zone", "age_group", "registration"},
           {people({Only{"sex", {"male"}}}), people({Only{"sex", {"female"}}})}, percent);
}

void add_vital(Registry& list) {
  using namespace formula;
  const Axes place_zone{"place", "zone"};
  list.add("births", "births", "出生人口", "person year-1", "births to residents", zone_and_sex(), {Sum{"births"}},
           value);
  list.add("deaths", "deaths", "死亡人口", "person year-1", "deaths of residents", zone_and_sex(), {Sum{"deaths"}},
           value);
  list.add("natural_increase", "natural increase", "自然增长", "person year-1", "births - deaths", zone_and_sex(),
           {Sum{"births"}, Sum{"deaths"}}, difference);
  list.add("birth_rate", "crude birth rate", "出生率", "per 1000", "1000 x births / residents at the end of the year",
           place_zone, {Sum{"births"}, people()}, per_thousand);
  list.add("death_rate", "crude death rate", "死亡率", "per 1000", "1000 x deaths / residents at the end of the year",
           place_zone, {Sum{"deaths"}, people()}, per_thousand);
}

void add_migration(Registry& list) {
  using namespace formula;
  const Sum inner = moves({from_inside(), to_inside()}, "origin", true);
  Sum by_pair = inner;
  by_pair.over = {"origin", "destination"};
  list.add("moves", "moves between zones", "迁移人次", "person year-1",
           "moves between zones, to and from outside and within a prefecture included; by place: of origin", of_moves(),
           {moves({}, "origin")}, value);
  list.add("moves_in", "moves in", "迁入人口", "person year-1", "moves in, from other zones and from outside",
           zone_and_sex(), {Sum{"inflow"}}, value);
  list.add("moves_out", "moves out", "迁出人口", "person year-1", "moves out, to other zones and to outside",
           zone_and_sex(), {Sum{"outflow"}}, value);
  list.add("net_migration", "net migration", "净迁入", "person year-1", "moves_in - moves_out", zone_and_sex(),
           {Sum{"inflow"}, Sum{"outflow"}}, difference);
  list.add("net_migration_rate", "net migration rate", "净迁移率", "per 1000",
           "1000 x net_migration / residents at the end of the year", zone_and_sex(),
           {Sum{"inflow"}, Sum{"outflow"}, people()}, net_per_thousand);
  list.add("moves_between_prefectures", "moves between prefectures of the province", "省内跨市迁移", "person year-1",
           "moves from one prefecture of the province to another; by place: of origin", of_moves(), {inner}, value);
  list.add("internal_migration_rate", "crude intensity of internal migration", "省内跨市迁移率", "%",
           "100 x moves_between_prefectures / residents at the end of the year; by place: of origin", places(),
           {inner, people()}, percent);
  list.add("migration_effectiveness", "effectiveness of internal migration", "省内迁移效率指数", "%",
           "100 x sum |in - out| / sum (in + out) over prefectures, of moves between prefectures of the province",
           Axes{"broad_age", "registration"}, {by_pair}, migration_effectiveness);
  list.add("moves_from_outside", "moves into the province", "省外迁入", "person year-1", "moves into the province",
           of_moves(), {moves({from_outside(), to_inside()}, "destination")}, value);
  list.add("moves_to_outside", "moves out of the province", "迁往省外", "person year-1", "moves out of the province",
           of_moves(), {moves({from_inside(), to_outside()}, "origin")}, value);
  list.add("net_from_outside", "net migration from outside the province", "省外净迁入", "person year-1",
           "moves_from_outside - moves_to_outside", Axes{"place", "broad_age", "registration"},
           {moves({from_outside(), to_inside()}, "destination"), moves({from_inside(), to_outside()}, "origin")},
           difference);
  list.add("reclassified", "residents reclassified as urban", "城镇化区划变动人口", "person year-1",
           "residents who became residents of a town without moving", Axes{"place", "sex"},
           {Sum{"reclassified", {urban()}}}, value);
}

/// The change of the urbanisation rate and what it is due to: five indicators of the same sums.
void add_urbanisation_change(Registry& list) {
  using namespace formula;
  std::vector<Sum> sums{people({urban()}), people()};
  for (const char* flow : {"births", "deaths", "inflow", "outflow", "inflow_outside", "outflow_outside"}) {
    sums.push_back({flow, {urban()}});
    sums.push_back({flow});
  }
  sums.push_back({"reclassified", {urban()}});
  const auto add = [&](std::string_view name, std::string_view title, std::string_view zh, std::string_view definition,
                       double (*formula)(Operands)) {
    list.add(name, title, zh, "points year-1", definition, places(), sums, formula);
  };
  add("urbanisation_change", "change of the urbanisation rate in the year", "城镇化率年变化",
      "urbanisation at the end of the year - at its start; the sum of the four below", urbanisation_change);
  add("urbanisation_change_natural", "of it due to births and deaths", "城镇化率年变化：自然增长",
      "100 x (u - R p) / P; u, p: births - deaths in towns and in all; P, R: means of start and end of residents and "
      "rate",
      urbanisation_change_natural);
  add("urbanisation_change_inside", "of it due to moves within the province", "城镇化率年变化：省内迁移",
      "the same of arrivals less departures within the province: from the countryside, and between prefectures",
      urbanisation_change_inside);
  add("urbanisation_change_outside", "of it due to moves from and to outside the province", "城镇化率年变化：省外迁移",
      "the same of arrivals from outside the province less departures to there", urbanisation_change_outside);
  add("urbanisation_change_reclassified", "of it due to reclassification", "城镇化率年变化：区划变动",
      "the same of residents reclassified as urban", urbanisation_change_reclassified);
}

void add_registration(Registry& list) {
  using namespace formula;
  list.add("settled", "persons settled", "落户人数", "person year-1", "persons who took local registration",
           Axes{"place", "route"}, {Sum{"settled"}}, value);
  list.add("eligible", "persons eligible to settle", "符合落户条件人数", "person year-1",
           "unregistered residents of towns whom the rules admit", places(), {Sum{"eligible"}}, value);
  list.add("willing", "persons who apply", "申请落户人数", "person year-1", "eligible persons who apply", places(),
           {Sum{"willing"}}, value);
  list.add("settlement_rate", "settled per 100 eligible", "落户率", "%", "100 x settled / eligible",
           Axes{"place", "route"}, {Sum{"settled"}, Sum{"eligible"}}, percent);
  list.add("willing_rate", "willing per 100 eligible", "申请率", "%", "100 x willing / eligible", places(),
           {Sum{"willing"}, Sum{"eligible"}}, percent);
  list.add("take_up", "settled per 100 willing", "落户实现率", "%",
           "100 x settled / willing; above 100 where children and others settle without applying",
           Axes{"place", "route"}, {Sum{"settled"}, Sum{"willing"}}, percent);
  list.add("net_registered", "net gain of registrations by transfer", "户籍净迁入", "person year-1",
           "registered from elsewhere - registered elsewhere or gone", Axes{"place", "zone"},
           {Sum{"registered_in"}, Sum{"registered_out"}}, difference);
}

void add_services(Registry& list) {
  using namespace formula;
  const auto coverage = [&](std::string_view name, std::string_view title, std::string_view zh, std::string_view item) {
    list.add(name, title, zh, "1",
             "coverage of unregistered residents relative to registered ones; mean over places weighted by "
             "residents registered in another prefecture or province",
             places(),
             {Sum{.variable = "coverage",
                  .only = {Only{"service", {item}}},
                  .weight = "population",
                  .weight_only = {registered_elsewhere()}},
              people({registered_elsewhere()})},
             ratio);
  };
  list.add("left_behind_children", "left-behind children", "留守儿童", "person",
           "children under 16 living apart from their mothers, where the children live", places(),
           {Sum{"left_behind_children"}}, value);
  list.add("school_seats", "places in public compulsory school", "义务教育公办学位", "person",
           "places in public compulsory school", places(), {Sum{"school_seats"}}, value);
  list.add("pupils_unregistered", "unregistered pupils in public school", "公办学校随迁子女", "person",
           "pupils in public compulsory school registered elsewhere", places(), {Sum{"pupils_unregistered"}}, value);
  list.add("unmet_seats", "unregistered children without a school place", "未获公办学位的随迁子女", "person",
           "children of school age registered elsewhere without a place in public school", places(),
           {Sum{"unmet_seats"}}, value);
  list.add("unmet_preschool", "unregistered children without a preschool place", "未获普惠学前学位的随迁幼儿", "person",
           "children aged 3-5 registered elsewhere without a place", places(), {Sum{"unmet_preschool"}}, value);
  list.add(
      "school_quality", "places per pupil against the base year", "义务教育生均学位", "1",
      "places per pupil in compulsory school, 1 in the base year; mean over places weighted by residents aged 5-14",
      places(),
      {Sum{.variable = "school_quality", .weight = "population", .weight_only = {ages(5, 14)}}, people({ages(5, 14)})},
      ratio);

  coverage("coverage_school", "coverage: compulsory school", "义务教育覆盖率", "school");
  coverage("coverage_preschool", "coverage: preschool", "学前教育覆盖率", "preschool");
  coverage("coverage_health", "coverage: health care", "医疗卫生覆盖率", "health");
  coverage("coverage_pension", "coverage: pensions", "养老保险覆盖率", "pension");
  coverage("coverage_housing", "coverage: public housing", "住房保障覆盖率", "housing");
}

/// Income of workers with this schooling, weighted by residents of the standing that it is paid to.
Sum paid(std::string_view education, std::string_view standing, Only weight) {
  return {.variable = "wage",
          .only = {Only{"education", {education}}, Only{"standing", {standing}}},
          .weight = "population",
          .weight_only = {ages(15, 64), std::move(weight)}};
}

/// Incomes of locals and migrants, then how many they are.
std::vector<Sum> wages(std::string_view education) {
  return {paid(education, "local", registered_here()), paid(education, "migrant", registered_elsewhere()),
          people({ages(15, 64), registered_here()}), people({ages(15, 64), registered_elsewhere()})};
}

void add_markets(Registry& list) {
  using namespace formula;
  const auto wage = [&](std::string_view name, std::string_view title, std::string_view zh, std::string_view level) {
    list.add(name, title, zh, "1",
             "yearly income of workers with this schooling, 1 = mean urban income of the base year; mean over "
             "places, zones and standing weighted by residents aged 15-64, whatever their schooling",
             Axes{"place", "zone"}, wages(level), mean_of_two);
  };
  wage("wage_basic", "income of workers with basic schooling", "初中及以下工资指数", "basic");
  wage("wage_senior", "income of workers with senior schooling", "高中或中职工资指数", "senior");
  wage("wage_tertiary", "income of workers with tertiary schooling", "大专及以上工资指数", "tertiary");
  const auto gap_sum = [&](std::string_view standing) { return paid("basic", standing, registered_elsewhere()); };
  const Sum housed{.variable = "rent", .weight = "population", .weight_only = {urban()}};
  list.add("wage_gap", "income of migrants below that of locals, basic schooling", "外来劳动力工资差距", "%",
           "100 x (1 - income of migrants / income of locals), basic schooling; both weighted by residents aged 15-64 "
           "registered in another prefecture or province",
           Axes{"place", "zone"}, {gap_sum("migrant"), gap_sum("local")}, shortfall);
  list.add("rent", "rent in towns", "租金指数", "1",
           "1 = mean urban rent of the base year; mean over places weighted by residents of towns", places(),
           {housed, people({urban()})}, ratio);
  list.add("urban_land", "construction land of towns", "城镇建设用地", "ha", "construction land of towns", places(),
           {Sum{"urban_land"}}, value);
  list.add("urban_land_per_head", "construction land per resident of towns", "人均城镇建设用地", "m2",
           "urban_land / residents of towns", places(), {Sum{"urban_land"}, people({urban()})}, hectares_per_head);
  list.add("floor_space", "floor space of dwellings in towns", "城镇住房面积", "m2",
           "floor space of dwellings in towns", places(), {Sum{"housing_stock"}}, value);
  list.add("floor_space_per_head", "floor space per resident of towns", "城镇人均住房面积", "m2",
           "floor_space / residents of towns", places(), {Sum{"housing_stock"}, people({urban()})}, ratio);
}

void add_money(Registry& list) {
  using namespace formula;
  const Axes place_item{"place", "cost_item"};
  const auto cost = [&](std::string_view name, std::string_view title, std::string_view zh, std::string_view per_head,
                        std::string_view per_head_title, std::string_view per_head_zh, std::string_view level) {
    const Sum sum{"fiscal_cost", {Only{"cost_level", {level}}}};
    list.add(name, title, zh, "yuan year-1",
             "public cost of settlers and of coverage beyond the base year, in prices of the unit costs", place_item,
             {sum}, value);
    list.add(per_head, per_head_title, per_head_zh, "yuan year-1", "the same cost / residents", place_item,
             {sum, people()}, ratio);
  };
  cost("fiscal_cost", "public cost, middle unit costs", "市民化公共成本", "fiscal_cost_per_head",
       "public cost per resident, middle unit costs", "人均市民化公共成本", "mid");
  cost("fiscal_cost_low", "public cost, low unit costs", "市民化公共成本（低）", "fiscal_cost_per_head_low",
       "public cost per resident, low unit costs", "人均市民化公共成本（低）", "low");
  cost("fiscal_cost_high", "public cost, high unit costs", "市民化公共成本（高）", "fiscal_cost_per_head_high",
       "public cost per resident, high unit costs", "人均市民化公共成本（高）", "high");
}

void add_welfare(Registry& list) {
  using namespace formula;
  const std::vector<Sum> sums{{.variable = "welfare", .weight = "residents_by_hukou"}, {"residents_by_hukou"}};
  const Axes groups{"place", "hukou", "education"};
  list.add(
      "residents_by_hukou", "residents at the start of the year by registration and schooling",
      "年初常住人口（按户籍和学历）", "person",
      "residents at the start of the year; hukou: registered in the prefecture's towns, in its countryside, elsewhere",
      groups, {Sum{"residents_by_hukou"}}, value);
  list.add(
      "welfare", "welfare of residents", "居民福利（对数收入）", "log points",
      "100 x mean expected utility of the year's choice of where to live, in logarithms of income; only differences "
      "mean something: 1 is about 1 % of income",
      groups, sums, percent);
  list.add("equivalent_income", "income that welfare is equivalent to", "等价收入", "1",
           "exp(welfare / 100), on a scale of no meaning: its percent change is the compensating change of income",
           groups, sums, exp_of_mean);
}

void add_concentration(Registry& list) {
  using namespace formula;
  const Sum all{.variable = "population", .over = {"place"}};
  const Sum towns{.variable = "population", .only = {urban()}, .over = {"place"}};
  list.add("gini_residents", "Gini coefficient of prefectures' residents", "市州常住人口基尼系数", "1",
           "sum |a - b| over all pairs of prefectures / (2 n^2 mean)", {}, {all}, gini);
  list.add("gini_urban", "Gini coefficient of prefectures' urban residents", "市州城镇人口基尼系数", "1",
           "the same of residents of towns", {}, {towns}, gini);
  const auto theil_income = [&] {
    std::vector<Sum> sums = wages("basic");
    for (Sum& sum : sums) sum.over = {"place"};
    return sums;
  };
  const auto theil_coverage = [&](std::string_view service) {
    return std::vector<Sum>{{.variable = "coverage",
                             .only = {Only{"service", {service}}},
                             .over = {"place"},
                             .weight = "population",
                             .weight_only = {registered_elsewhere()}},
                            {.variable = "population", .only = {registered_elsewhere()}, .over = {"place"}}};
  };
  list.add("theil_income", "Theil index of prefectures' incomes", "市州收入泰尔指数", "1",
           "sum s ln(s / n) over prefectures: s, n: shares of income and of people aged 15-64; basic schooling", {},
           theil_income(), theil);
  list.add("theil_coverage_school", "Theil index of prefectures' coverage: compulsory school",
           "市州义务教育覆盖泰尔指数", "1",
           "the same of coverage x residents registered in another prefecture or province", {},
           theil_coverage("school"), theil);
  list.add("theil_coverage_health", "Theil index of prefectures' coverage: health care", "市州医疗卫生覆盖泰尔指数",
           "1", "the same of health care", {}, theil_coverage("health"), theil);
  list.add("primacy_residents", "largest prefecture over the second", "常住人口首位度", "1",
           "residents of the largest prefecture / of the second", {}, {all}, primacy);
  list.add("primacy_urban", "largest urban population over the second", "城镇人口首位度", "1",
           "the same of residents of towns", {}, {towns}, primacy);
  list.add("four_city_index_urban", "largest urban population over the next three", "四城市指数", "1",
           "residents of towns of the largest prefecture / of the second to fourth", {}, {towns}, four_city_index);
  list.add("rank_size_residents", "rank-size exponent of prefectures' residents", "常住人口位序规模指数", "1",
           "z of ln(rank - 1/2) = a - z ln residents, least squares", {}, {all}, rank_size_exponent);
  list.add("rank_size_urban", "rank-size exponent of prefectures' urban residents", "城镇人口位序规模指数", "1",
           "the same of residents of towns", {}, {towns}, rank_size_exponent);
}

std::vector<Indicator> made() {
  Registry list;
  add_population(list);
  add_ages(list);
  add_vital(list);
  add_migration(list);
  add_urbanisation_change(list);
  add_registration(list);
  add_services(list);
  add_markets(list);
  add_money(list);
  add_welfare(list);
  add_concentration(list);
  return std::move(list.entries);
}

std::string filters_text(const Filters& filters) {
  std::vector<std::string> parts;
  for (const Only& only : filters) {
    const bool range = only.ids.size() > 2 && only.axis == "age_group";
    parts.push_back(range ? fmt::format("{}={}..{}", only.axis, only.ids.front(), only.ids.back())
                          : fmt::format("{}={}", only.axis, fmt::join(only.ids, "|")));
  }
  return parts.empty() ? "" : fmt::format("[{}]", fmt::join(parts, ", "));
}

}  // namespace

std::span<const Indicator> indicators() {
  static const std::vector<Indicator> list = made();
  return list;
}

const Indicator* indicator_named(std::string_view name) {
  const auto list = indicators();
  const auto found = std::ranges::find(list, name, &Indicator::name);
  return found == list.end() ? nullptr : &*found;
}

bool Indicator::splits_by(std::string_view axis) const {
  return std::ranges::find(splits, axis) != splits.end();
}

std::string computed_from(const Indicator& indicator) {
  std::vector<std::string> parts;
  for (const Sum& sum : indicator.sums) {
    std::string text = fmt::format("{}{}", sum.variable, filters_text(sum.only));
    if (!sum.weight.empty()) text += fmt::format(" x {}{}", sum.weight, filters_text(sum.weight_only));
    if (sum.between_places) text += " between places";
    if (!sum.over.empty()) text += fmt::format(" by {}", fmt::join(sum.over, ", "));
    if (std::ranges::find(parts, text) == parts.end()) parts.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace luohu
