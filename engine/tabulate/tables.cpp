#include "luohu/tabulate/tables.hpp"

#include <functional>
#include <limits>
#include <string>

#include "luohu/core/error.hpp"
#include "luohu/markets/fiscal.hpp"

namespace luohu {
namespace {

using Integers = std::vector<std::int64_t>;
using Reals = std::vector<double>;
using Words64 = std::vector<std::uint64_t>;

/// A variable and how a year fills it.
struct Entry {
  Variable variable;
  std::function<Values(const YearOutcome&)> fill;
};

/// [internal zone][sex] counts of a zone table, in persons.
template <class Of>
Integers by_zone_and_sex(const YearOutcome& year, Of of) {
  Integers values;
  for (std::size_t z = 0; z < year.places.internal_zones(); ++z) {
    for (std::size_t s = 0; s < sexes; ++s) values.push_back(of(z, s) * year.scale);
  }
  return values;
}

template <class Of>
Integers by_zone(const YearOutcome& year, Of of) {
  Integers values;
  for (std::size_t z = 0; z < year.places.internal_zones(); ++z) values.push_back(of(z) * year.scale);
  return values;
}

Integers scaled(const Integers& agents, std::int64_t scale, std::size_t count) {
  Integers values(agents.begin(), agents.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::int64_t& value : values) value *= scale;
  return values;
}

std::int64_t inflow(const YearOutcome& y, std::size_t z, std::size_t s) {
  return y.flows.arrivals(z, s) + y.flows.incomers(z, s);
}

std::int64_t resident_residual(const YearOutcome& y, std::size_t z, std::size_t s) {
  return y.start.residents(z, s) + y.flows.births(z, s) - y.flows.deaths(z, s) + inflow(y, z, s) -
         y.flows.departures(z, s) + y.flows.reclassified(z, s) - y.end.residents(z, s);
}

std::int64_t registered_residual(const YearOutcome& y, std::size_t z) {
  return y.start.registered[z] + y.flows.registered_births[z] - y.flows.registered_deaths[z] +
         y.flows.registered_in[z] - y.flows.registered_out[z] + y.flows.registered_reclassified[z] -
         y.end.registered[z];
}

Integers migrant_stock(const YearOutcome& year) {
  const Places& places = year.places;
  Grid<std::int64_t, 2> stock{{places.size(), places.size()}};
  for (std::size_t h = 0; h < places.size(); ++h) {
    for (std::size_t z = 0; z < places.zones(); ++z) {
      stock(h, places.place_of(ZoneId{static_cast<std::uint16_t>(z)}).value()) += year.end.by_origin(h, z) * year.scale;
    }
  }
  return stock.values();
}

/// Moves of everyone in the model, and of those who come into it: registered outside the province.
Integers flow(const YearOutcome& year) {
  Integers moves = scaled(year.flows.moves.values(), year.scale, year.flows.moves.values().size());
  const Integers& came = year.flows.came.values();
  for (std::size_t i = 0; i < came.size(); ++i) {
    moves[i * registrations + static_cast<std::size_t>(Registration::other_province)] += came[i] * year.scale;
  }
  return moves;
}

/// [place][hukou][education] of the stock at the start.
Integers residents_by_hukou(const YearOutcome& year) {
  const Places& places = year.places;
  Grid<std::int64_t, 3> residents{{places.prefectures(), hukou_kinds, education_levels}};
  for (std::size_t h = 0; h < places.internal_zones(); ++h) {
    for (std::size_t r = 0; r < places.zones(); ++r) {
      const ZoneId home{static_cast<ZoneId::Value>(h)}, registered{static_cast<ZoneId::Value>(r)};
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) {
          residents(places.place_of(home).value(), hukou_of(places, home, registered), e) +=
              year.start.choosers(h, r, e, band) * year.scale;
        }
      }
    }
  }
  return residents.values();
}

Reals coverage(const YearOutcome& year) {
  Reals values;
  for (const PlaceSettings& s : year.settings) {
    values.insert(values.end(),
                  {s.coverage_school, s.coverage_preschool, s.coverage_health, s.coverage_pension, s.coverage_housing});
  }
  return values;
}

/// Market variables are missing from an expectation, which knows no markets.
Reals or_missing(const Reals& values, std::size_t count) {
  return values.empty() ? Reals(count, std::numeric_limits<double>::quiet_NaN()) : values;
}
Integers or_missing(const Integers& values, std::size_t count) {
  return values.empty() ? Integers(count, missing_count) : values;
}

const std::vector<std::string> place_zone_sex{"place", "zone", "sex"};
const std::vector<std::string> place_zone{"place", "zone"};

Variable stock_of(std::string name, std::string long_name, std::string zh, std::vector<std::string> axes) {
  return {std::move(name), std::move(long_name), std::move(zh), "person", "year: point", Kind::count, std::move(axes)};
}
Variable flow_of(std::string name, std::string long_name, std::string zh, std::vector<std::string> axes) {
  return {std::move(name), std::move(long_name), std::move(zh),  "person year-1",
          "year: sum",     Kind::count,          std::move(axes)};
}

/// The one list of variables of the results file.
std::vector<Entry> entries() {
  std::vector<Entry> list;
  const auto add = [&](Variable variable, std::function<Values(const YearOutcome&)> fill) {
    list.push_back({std::move(variable), std::move(fill)});
  };
  const auto add_zone_sex = [&](Variable variable, std::int64_t (*of)(const YearOutcome&, std::size_t, std::size_t)) {
    add(std::move(variable), [of](const YearOutcome& y) {
      return by_zone_and_sex(y, [&](std::size_t z, std::size_t s) { return of(y, z, s); });
    });
  };
  const auto add_zone = [&](Variable variable, Integers Ledger::*table) {
    add(std::move(variable),
        [table](const YearOutcome& y) { return by_zone(y, [&](std::size_t z) { return (y.flows.*table)[z]; }); });
  };

  add(stock_of("population", "residents", "常住人口", {"place", "zone", "sex", "age_group", "registration"}),
      [](const YearOutcome& y) {
        return scaled(y.end.population.values(), y.scale,
                      y.places.internal_zones() * sexes * age_groups * registrations);
      });
  add(stock_of("registered", "persons registered there, wherever they live", "户籍人口", place_zone),
      [](const YearOutcome& y) { return by_zone(y, [&](std::size_t z) { return y.end.registered[z]; }); });
  add_zone_sex(flow_of("births", "births to residents", "出生人口", place_zone_sex),
               [](const YearOutcome& y, std::size_t z, std::size_t s) { return y.flows.births(z, s); });
  add_zone_sex(flow_of("deaths", "deaths of residents", "死亡人口", place_zone_sex),
               [](const YearOutcome& y, std::size_t z, std::size_t s) { return y.flows.deaths(z, s); });
  add_zone_sex(flow_of("inflow", "persons moving in, from other zones and from outside", "迁入人口", place_zone_sex),
               inflow);
  add_zone_sex(flow_of("outflow", "persons moving out, to other zones and to outside", "迁出人口", place_zone_sex),
               [](const YearOutcome& y, std::size_t z, std::size_t s) { return y.flows.departures(z, s); });
  add_zone_sex(flow_of("inflow_outside", "persons moving in from outside the province", "省外迁入人口", place_zone_sex),
               [](const YearOutcome& y, std::size_t z, std::size_t s) {
                 return y.flows.from_outside(z, s) + y.flows.incomers(z, s);
               });
  add_zone_sex(flow_of("outflow_outside", "persons moving out of the province", "迁往省外人口", place_zone_sex),
               [](const YearOutcome& y, std::size_t z, std::size_t s) { return y.flows.to_outside(z, s); });
  add_zone_sex(flow_of("reclassified", "residents reclassified in place from rural to urban (gain positive)",
                       "城乡划分变动人口", place_zone_sex),
               [](const YearOutcome& y, std::size_t z, std::size_t s) { return y.flows.reclassified(z, s); });
  add_zone(flow_of("registered_births", "births registered there", "出生登记", place_zone), &Ledger::registered_births);
  add_zone(flow_of("registered_deaths", "deaths of persons registered there", "死亡注销", place_zone),
           &Ledger::registered_deaths);
  add_zone(flow_of("registered_in", "persons registered there from elsewhere", "户籍迁入", place_zone),
           &Ledger::registered_in);
  add_zone(flow_of("registered_out", "persons registered elsewhere or gone from the model", "户籍迁出", place_zone),
           &Ledger::registered_out);
  add_zone(flow_of("registered_reclassified", "registrations reclassified in place (gain positive)", "户籍城乡划分变动",
                   place_zone),
           &Ledger::registered_reclassified);
  add(flow_of("flow", "persons moving between zones, by place; the diagonal is within the place", "迁移流量",
              {"origin", "destination", "broad_age", "registration"}),
      flow);
  add(stock_of("migrant_stock", "persons by place of registration (origin) and residence (destination)",
               "按户籍地和常住地分的人口", {"origin", "destination"}),
      migrant_stock);
  add(flow_of("settled", "persons who took local registration, by the rule that admitted them", "落户人数",
              {"place", "route"}),
      [](const YearOutcome& y) { return scaled(y.flows.settled.values(), y.scale, y.places.prefectures() * routes); });
  add(flow_of("eligible", "unregistered residents of towns whom the rules admit when decisions are taken",
              "符合落户条件人数", {"place"}),
      [](const YearOutcome& y) { return scaled(y.eligible, y.scale, y.places.prefectures()); });
  add(flow_of("willing", "eligible persons who apply, those reclassified or beyond a quota included", "申请落户人数",
              {"place"}),
      [](const YearOutcome& y) { return scaled(y.flows.willing, y.scale, y.places.prefectures()); });
  add(stock_of("left_behind_children", "children under 16 living apart from their mothers", "留守儿童", {"place"}),
      [](const YearOutcome& y) { return scaled(y.left_behind, y.scale, y.places.prefectures()); });
  add({"coverage",
       "coverage of unregistered residents relative to registered ones",
       "未落户常住人口服务覆盖率",
       "1",
       "year: mean",
       Kind::ratio,
       {"place", "service"}},
      coverage);
  const auto add_market = [&](Variable variable, Reals MarketOutcome::*table, std::size_t each) {
    add(std::move(variable),
        [table, each](const YearOutcome& y) { return or_missing(y.market.*table, each * y.places.prefectures()); });
  };
  const auto add_market_count = [&](Variable variable, Integers MarketOutcome::*table, std::size_t each) {
    add(std::move(variable),
        [table, each](const YearOutcome& y) { return or_missing(y.market.*table, each * y.places.prefectures()); });
  };
  const auto ratio = [](std::string name, std::string long_name, std::string zh, std::string units,
                        std::vector<std::string> axes) {
    return Variable{std::move(name), std::move(long_name), std::move(zh),  std::move(units),
                    "year: point",   Kind::ratio,          std::move(axes)};
  };
  add_market(ratio("wage", "yearly income of workers, 1 = mean urban income of the base year", "工资收入指数", "1",
                   {"place", "zone", "education", "standing"}),
             &MarketOutcome::wage, zone_kinds * education_levels * standings);
  add_market(
      ratio("rent", "rent of dwellings in the town, 1 = mean urban rent of the base year", "租金指数", "1", {"place"}),
      &MarketOutcome::rent, 1);
  add_market(ratio("urban_land", "construction land of the town", "城镇建设用地", "ha", {"place"}),
             &MarketOutcome::urban_land, 1);
  add_market(ratio("housing_stock", "floor space of dwellings in the town", "城镇住房面积", "m2", {"place"}),
             &MarketOutcome::floor_space, 1);
  add_market(ratio("school_quality", "places per pupil in compulsory school, against the base year", "义务教育生均学位",
                   "1", {"place"}),
             &MarketOutcome::school_quality, 1);
  add_market_count(stock_of("school_seats", "places in public compulsory school", "义务教育公办学位", {"place"}),
                   &MarketOutcome::school_seats, 1);
  add_market_count(stock_of("pupils_unregistered", "pupils in public compulsory school registered elsewhere",
                            "公办学校随迁子女", {"place"}),
                   &MarketOutcome::unregistered_pupils, 1);
  add_market_count(stock_of("unmet_seats", "children of school age registered elsewhere without a place",
                            "未获公办学位的随迁子女", {"place"}),
                   &MarketOutcome::unmet_seats, 1);
  add_market_count(stock_of("unmet_preschool", "children aged 3-5 registered elsewhere without a place",
                            "未获普惠学前学位的随迁幼儿", {"place"}),
                   &MarketOutcome::unmet_preschool, 1);
  add_market_count({"fiscal_cost",
                    "public cost of settlers and of coverage beyond the base year, in prices of the unit costs",
                    "市民化公共成本",
                    "yuan year-1",
                    "year: sum",
                    Kind::count,
                    {"place", "cost_level", "cost_item"}},
                   &MarketOutcome::fiscal_cost, cost_levels * cost_items);
  add_market(ratio("welfare", "mean expected utility of residents' choices this year, in logarithms of income",
                   "期望效用（对数收入单位）", "1", {"place", "hukou", "education"}),
             &MarketOutcome::welfare, hukou_kinds * education_levels);
  add(stock_of("residents_by_hukou",
               "residents at the start of the year by registration and schooling: those whose welfare it is",
               "年初常住人口（按户籍类别和受教育程度）", {"place", "hukou", "education"}),
      residents_by_hukou);
  add({"person_digest",
       "digest of every person's state: equal digests, equal people",
       "个体状态摘要",
       "1",
       "year: point",
       Kind::digest,
       {}},
      [](const YearOutcome& y) { return Words64{y.end.person_digest}; });
  add(flow_of("balance_residual", "start + births - deaths + inflow - outflow + reclassified - end; always 0",
              "人口平衡残差", place_zone_sex),
      [](const YearOutcome& y) {
        return by_zone_and_sex(y, [&](std::size_t z, std::size_t s) { return resident_residual(y, z, s); });
      });
  add(flow_of("registered_balance_residual", "the same balance of the registered population; always 0",
              "户籍人口平衡残差", place_zone),
      [](const YearOutcome& y) { return by_zone(y, [&](std::size_t z) { return registered_residual(y, z); }); });
  return list;
}

void require_balance(const YearOutcome& year) {
  for (std::size_t z = 0; z < year.places.zones(); ++z) {
    bool balanced = registered_residual(year, z) == 0;
    for (std::size_t s = 0; s < sexes; ++s) balanced = balanced && resident_residual(year, z, s) == 0;
    if (!balanced) throw InternalError{"the population balance of zone " + std::to_string(z) + " is not zero"};
  }
}

Axis place_axis(const Places& places, std::string name, std::string long_name, std::string zh, bool with_externals) {
  Axis axis{std::move(name), std::move(long_name), std::move(zh), {}, {}, {}, {}};
  for (std::size_t q = 0; q < (with_externals ? places.size() : places.prefectures()); ++q) {
    const Place& place = places.rows()[q];
    axis.codes.push_back(place.code);
    axis.labels_en.push_back(place.name_en);
    axis.labels_zh.push_back(place.name_zh);
  }
  return axis;
}

}  // namespace

Hukou hukou_of(const Places& places, ZoneId home, ZoneId registered) {
  if (standing_of(places, home, registered) == Standing::migrant) return Hukou::migrant;
  return places.town(registered) ? Hukou::local_town : Hukou::local_countryside;
}

Layout results_layout(const Places& places) {
  Layout layout;
  layout.axes = {
      place_axis(places, "place", "prefecture (GB/T 2260 code)", "市州", false),
      {"zone", "urban or rural zone", "城乡", {}, {"urban", "rural"}, {}, {"城镇", "乡村"}},
      {"sex", "sex", "性别", {}, {"female", "male"}, {}, {"女", "男"}},
      {"age_group", "age last birthday", "年龄组", {}, {age_group_ids.begin(), age_group_ids.end()}, {}, {}},
      {"registration",
       "place of registration as seen from the residence",
       "户籍登记地",
       {},
       {"local", "same_prefecture", "other_prefecture", "other_province"},
       {},
       {"本乡镇街道", "本市州其他乡镇街道", "省内其他市州", "外省"}},
      place_axis(places, "origin", "place of origin, external nodes included", "来源地", true),
      place_axis(places, "destination", "place of destination, external nodes included", "去向地", true),
      {"broad_age", "age at the start of the year", "年龄段", {}, {"0-14", "15-24", "25-44", "45+"}, {}, {}},
      {"route",
       "rule that admitted the person",
       "落户途径",
       {},
       {"within_prefecture", "habitual", "residence", "education", "home", "family", "countryside"},
       {},
       {"市州内迁移", "经常居住地", "居住社保年限", "学历", "自有住房", "随迁子女", "入乡落户"}},
      {"education",
       "highest level of schooling",
       "受教育程度",
       {},
       {"basic", "senior", "tertiary"},
       {},
       {"初中及以下", "高中或中职", "大专及以上"}},
      {"hukou",
       "place of registration of residents",
       "户籍类别",
       {},
       {"local_town", "local_countryside", "migrant"},
       {},
       {"本市州城镇户籍", "本市州乡村户籍", "外来"}},
      {"standing",
       "registered in the prefecture, or elsewhere",
       "是否本市州户籍",
       {},
       {"local", "migrant"},
       {},
       {"本市州户籍", "外来"}},
      {"cost_level", "unit costs", "成本水平", {}, {"low", "mid", "high"}, {}, {"低", "中", "高"}},
      {"cost_item",
       "item of public cost",
       "成本项目",
       {},
       {cost_item_ids.begin(), cost_item_ids.end()},
       {},
       {"义务教育", "学前教育", "医疗卫生", "养老保险", "住房保障", "落户一次性", "土地权益补偿"}},
      {"service",
       "service tied to registration",
       "公共服务",
       {},
       {"school", "preschool", "health", "pension", "housing"},
       {},
       {"义务教育", "学前教育", "医疗卫生", "养老保险", "住房保障"}},
  };
  for (Entry& entry : entries()) layout.variables.push_back(std::move(entry.variable));
  return layout;
}

YearRecord record_year(const YearOutcome& outcome) {
  require_balance(outcome);
  YearRecord record;
  for (const Entry& entry : entries()) record.values.push_back(entry.fill(outcome));
  return record;
}

}  // namespace luohu
