#include "luohu/markets/markets.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "luohu/markets/fiscal.hpp"
#include "luohu/markets/services.hpp"

using namespace luohu;

namespace {

constexpr std::size_t prefectures = 2, zones = 4;
constexpr auto school = static_cast<std::size_t>(Service::school);
constexpr auto preschool = static_cast<std::size_t>(Service::preschool);
constexpr auto health = static_cast<std::size_t>(Service::health);
constexpr auto pension = static_cast<std::size_t>(Service::pension);
constexpr auto housing = static_cast<std::size_t>(Service::housing);

/// A megacity and a small prefecture, and one external node.
struct Province {
  Places places{{{430100, "big", "大", "Big", false, 112, 28, 6'000'000},
                 {430200, "small", "小", "Small", false, 113, 27, 400'000},
                 {440001, "south", "南", "South", true, 113, 23, 0}}};
  CapacityTables capacity{{90, 120}, {40, 50}, {90'000, 9'000}};
  Parameters parameters;
  Settings settings{prefectures};
  MarketCounts base{Grid<std::int64_t, 3>{{zones, education_levels, standings}},
                    Grid<std::int64_t, 2>{{zones, standings}},
                    Grid<std::int64_t, 3>{{prefectures, child_ages, standings}},
                    {0, 0}};

  Province() {
    const std::int64_t town[prefectures] = {8'000'000, 500'000}, country[prefectures] = {2'000'000, 700'000};
    for (std::size_t p = 0; p < prefectures; ++p) {
      base.residents(2 * p, 0U) = town[p] * 3 / 4;
      base.residents(2 * p, 1U) = town[p] / 4;
      base.residents(2 * p + 1, 0U) = country[p] * 9 / 10;
      base.residents(2 * p + 1, 1U) = country[p] / 10;
      for (std::size_t n = 0; n < standings; ++n) {
        for (std::size_t e = 0; e < education_levels; ++e) {
          base.workers(2 * p, e, n) = base.residents(2 * p, n) / 5;
          base.workers(2 * p + 1, e, n) = base.residents(2 * p + 1, n) / 6;
        }
        base.children(p, 0U, n) = base.residents(2 * p, n) / 30;
        base.children(p, 1U, n) = base.residents(2 * p, n) / 10;
      }
      PlaceSettings& s = settings[p];
      s.coverage_school = 0.75;
      s.coverage_preschool = 0.65;
      s.coverage_health = 0.8;
      s.coverage_pension = 0.7;
      s.coverage_housing = 0.25;
    }
  }
  [[nodiscard]] Markets markets(Feedbacks feedbacks = {}) const {
    return {{places, capacity, parameters, settings, feedbacks, 1}, base};
  }
};

std::vector<double> allowed(const PlaceSettings& s) {
  const auto all = allowed_coverage(s);
  return {all.begin(), all.end()};
}

std::vector<double> realised(const MarketYear& year, std::size_t p) {
  std::vector<double> row;
  for (std::size_t k = 0; k < services; ++k) row.push_back(year.coverage(p, k));
  return row;
}

bool all_one(const std::vector<double>& factors) {
  return std::ranges::all_of(factors, [](double f) { return std::abs(f - 1) < 1e-13; });
}

}  // namespace

TEST_CASE("the base year gives every factor one and the coverage of its settings", "[markets]") {
  const Province province;
  const MarketYear year = province.markets().base_year();
  CHECK(year.wage.shape() == std::array{province.places.zones(), education_levels, standings});
  CHECK(all_one(year.wage.values()));
  CHECK(all_one(year.rent));
  CHECK(all_one(year.school_quality));
  CHECK(all_one(year.output));
  for (std::size_t p = 0; p < prefectures; ++p) CHECK(realised(year, p) == allowed(province.settings[p]));
  CHECK(year.land == std::vector<double>{90.0 * 8'000'000, 120.0 * 500'000});
  CHECK(year.floor_space[1] == Approx(50.0 * 500'000));
  CHECK(year.unregistered_pupils[0] == 150'000);
  CHECK(year.unmet_seats[0] == 50'000);
}

TEST_CASE("a year of nothing new adds base growth of land and nothing else", "[markets]") {
  const Province province;
  Markets markets = province.markets();
  const MarketYear year = markets.advance(province.base, province.settings);
  CHECK(all_one(year.wage.values()));
  CHECK(year.land[0] == Approx(1.01 * 90 * 8e6).epsilon(1e-14));
  const double exponent =
      province.parameters.housing_land_exponent / (1 + province.parameters.housing_supply_elasticity);
  CHECK(year.rent[0] == Approx(std::pow(1.01, -exponent)).epsilon(1e-12));
  CHECK(year.rent[1] == 1);  // the countryside has no market for homes
  CHECK(year.rent[4] == 1);  // nor has the world outside one of ours
}

TEST_CASE("arrivals lower wages and raise rents, each only where it is switched on", "[markets]") {
  const Province province;
  MarketCounts crowded = province.base;
  for (std::size_t e = 0; e < education_levels; ++e) crowded.workers(0U, e, 1U) *= 2;
  const auto answer = [&](Feedbacks feedbacks) {
    return province.markets(feedbacks).advance(crowded, province.settings);
  };
  const MarketYear both = answer({}), fixed_wages = answer({.wages = false, .rents = true, .services = true}),
                   fixed_rents = answer({.wages = true, .rents = false, .services = true});
  CHECK(both.wage(0U, 0U, 1U) < 1);
  CHECK(both.wage(1U, 0U, 1U) == 1);
  CHECK(both.rent[0] > 1);
  CHECK(fixed_wages.wage(0U, 0U, 1U) == 1);
  // At base wages the bill grows by the migrants' share of it, a quarter.
  const double income = 1.25, eps = province.parameters.housing_supply_elasticity;
  CHECK(fixed_wages.rent[0] ==
        Approx(rent_factor(income, {.land = 1.01, .supply_elasticity = eps}, province.parameters)).epsilon(1e-11));
  CHECK(all_one(fixed_rents.rent));
  CHECK(fixed_rents.wage(0U, 0U, 1U) == both.wage(0U, 0U, 1U));
}

TEST_CASE("each market hears its measure", "[markets]") {
  const Province province;
  Settings open = province.settings;
  for (PlaceSettings& s : open) {
    s.coverage_school = s.coverage_preschool = s.coverage_health = s.coverage_pension = s.coverage_housing = 1;
  }
  const MarketYear without = province.markets().advance(province.base, open);
  const auto with = [&](auto change) {
    Settings measures = open;
    change(measures[0]);
    return province.markets().advance(province.base, measures);
  };
  CHECK(without.coverage(0U, school) < 1);  // allowed in full, short of seats
  CHECK(without.coverage(0U, pension) == 1);
  CHECK(without.coverage(0U, health) == Approx(0.8 * 1.05));
  CHECK(without.coverage(0U, housing) == Approx(0.25 * 1.05));

  const MarketYear schools = with([](PlaceSettings& m) { m.school_seats = 10'000; });
  CHECK(schools.unmet_seats[0] == without.unmet_seats[0] - 10'000);
  CHECK(schools.seats[0] == without.seats[0] + 10'000);
  CHECK(schools.coverage(1U, school) == without.coverage(1U, school));
  CHECK(with([](PlaceSettings& m) { m.preschool_places = 100; }).unmet_preschool[0] ==
        without.unmet_preschool[0] - 100);
  CHECK(with([](PlaceSettings& m) { m.preschool_places = 100; }).coverage(0U, preschool) >
        without.coverage(0U, preschool));
  const MarketYear clinics = with([](PlaceSettings& m) { m.health_capacity = 1.03; });
  CHECK(clinics.coverage(0U, health) == Approx(1.03 * without.coverage(0U, health)));
  CHECK(clinics.hospital_beds[0] == Approx(92'700));
  const double unregistered = 2'200'000;
  CHECK(with([](PlaceSettings& m) { m.rental_units = 43'500; }).coverage(0U, housing) ==
        Approx(without.coverage(0U, housing) + 87'000 / unregistered));
  CHECK(with([](PlaceSettings& m) { m.town_productivity = 1.02; }).wage(0U, 2U, 0U) == Approx(1.02));
  CHECK(with([](PlaceSettings& m) { m.countryside_productivity = 1.02; }).wage(1U, 2U, 0U) == Approx(1.02));
  CHECK(with([](PlaceSettings& m) { m.land_reserve = 0.05; }).land[0] == Approx((1 + 0.01 * 0.95) * 90 * 8e6));
}

TEST_CASE("settlers bring land outside the core of the megacity", "[markets]") {
  const Province province;
  MarketCounts counts = province.base;
  counts.settled = {100'000, 10'000};
  Settings tied = province.settings;
  for (PlaceSettings& m : tied) m.land_quota_tied = 1;
  Markets with = province.markets(), without = province.markets();
  const MarketYear more = with.advance(counts, tied);
  const MarketYear plain = without.advance(counts, province.settings);
  CHECK(more.land[0] - plain.land[0] == Approx(100.0 * 100'000 / 4).epsilon(1e-6));  // 2 of 8 M live outside it
  CHECK(more.land[1] - plain.land[1] == Approx(80.0 * 10'000).epsilon(1e-6));
  CHECK(more.rent[2] < plain.rent[2]);
}

TEST_CASE("more elastic housing and a cap on rents hold rents down", "[markets]") {
  const Province province;
  MarketCounts richer = province.base;
  for (std::int64_t& persons : richer.workers.values()) persons *= 2;
  const auto rent = [&](const PlaceSettings& measure) {
    return province.markets().advance(richer, Settings(prefectures, measure)).rent[0];
  };
  const double free = rent({});
  CHECK(rent({.supply_elasticity_added = 0.3}) < free);
  CHECK(rent({.rent_growth_cap = 0.05}) == 1.05);
  CHECK(rent({.housing_stock = 0.995}) == Approx(free * std::pow(0.995, -1 / 1.75)).epsilon(1e-9));
  Markets capped = province.markets();
  const Settings cap(prefectures, PlaceSettings{.rent_growth_cap = 0.05});
  (void)capped.advance(richer, cap);
  CHECK(capped.advance(richer, cap).rent[0] == Approx(1.05 * 1.05).epsilon(1e-14));
}

TEST_CASE("schools are built for registered children and given up slowly", "[markets]") {
  const Province province;
  MarketCounts more = province.base, fewer = province.base;
  more.children(0U, 1U, 0U) *= 2;
  fewer.children(0U, 1U, 0U) /= 2;
  const MarketYear before = province.markets().base_year();
  const MarketYear grown = province.markets().advance(more, province.settings);
  CHECK(grown.seats[0] == before.seats[0] + 630'000);  // 600,000 children more, and 5 % to spare
  CHECK(grown.coverage(0U, school) == 0.75);
  CHECK(grown.school_quality[0] == Approx(1).epsilon(1e-6));
  const MarketYear shrunk = province.markets().advance(fewer, province.settings);
  CHECK(shrunk.seats[0] == before.seats[0] - 31'500);
  CHECK(shrunk.school_quality[0] == Approx((787'500 - 31'500) / 787'500.0 * 750 / 450));
}

TEST_CASE("places that measures added stay", "[markets]") {
  const Province province;
  Settings measures = province.settings;
  measures[0].school_seats = 10'000;
  Markets markets = province.markets();
  const std::int64_t before = markets.base_year().seats[0];
  (void)markets.advance(province.base, measures);
  for (int year = 0; year < 5; ++year) {
    CHECK(markets.advance(province.base, measures).seats[0] == before + 10'000);
  }
}

TEST_CASE("pupils beyond the seats lower quality, and unregistered children go first", "[markets]") {
  Province province;
  province.parameters.place_building = 0;
  MarketCounts more = province.base;
  more.children(0U, 1U, 0U) *= 2;
  const MarketYear crowded = province.markets().advance(more, province.settings);
  CHECK(crowded.unregistered_pupils[0] == 0);
  CHECK(crowded.school_quality[0] == Approx(750'000.0 / 1'200'000));
  CHECK(crowded.school_quality[1] == 1);
  const MarketYear off =
      province.markets({.wages = true, .rents = true, .services = false}).advance(more, province.settings);
  CHECK(off.school_quality[0] == 1);
  CHECK(off.coverage(0U, school) == 0.75);
}

TEST_CASE("a run goes on from a saved state as if it had not stopped", "[markets]") {
  const Province province;
  MarketCounts counts = province.base;
  counts.settled = {5000, 700};
  Settings measures = province.settings;
  for (PlaceSettings& m : measures) {
    m.land_quota_tied = 1;
    m.school_seats = m.preschool_places = m.rental_units = 100;
  }
  Markets whole = province.markets(), resumed = province.markets();
  (void)whole.advance(counts, measures);
  const MarketState saved = whole.state();
  const MarketYear expected = whole.advance(counts, measures);
  resumed.restore(saved);
  CHECK(resumed.advance(counts, measures).rent == expected.rent);
  CHECK(resumed.state() == whole.state());
  CHECK(whole.base_year().land == province.markets().base_year().land);
}

TEST_CASE("an empty cell of the labour market has a finite wage", "[markets]") {
  Province province;
  province.base.workers(2U, 2U, 1U) = 0;
  Markets markets = province.markets();
  MarketCounts counts = province.base;
  counts.workers(2U, 2U, 1U) = 1000;
  const MarketYear year = markets.advance(counts, province.settings);
  CHECK(std::isfinite(year.wage(2U, 2U, 1U)));
  CHECK(year.wage(2U, 2U, 1U) > 0);
}

TEST_CASE("the purse pays for settlers to date and coverage gained", "[markets]") {
  const Province province;
  Markets markets = province.markets();
  MarketCounts counts = province.base;
  counts.settled = {5000, 700};
  Settings wider = province.settings;
  wider[0].coverage_pension = 0.8;
  (void)markets.advance(counts, wider);
  const MarketYear year = markets.advance(counts, wider);
  const std::vector<std::int64_t> exits{3, 4};
  const Grid<std::int64_t, 2> persons = markets.persons_paid_for(counts, year, exits);
  CHECK(persons(0U, pension) == 10'000 + 220'000);
  CHECK(persons(0U, school) == 10'000);
  CHECK(persons(1U, settling_item) == 700);
  CHECK(persons(1U, land_rights_item) == 4);
}
