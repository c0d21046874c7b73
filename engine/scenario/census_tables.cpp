// residents, urban_rural, in_migrants, education, education_by_age, registered, elsewhere,
// migrant_profile, tenure: the census, and the sums that must agree between them.

#include <fmt/format.h>

#include <string>

#include "tables_reader.hpp"

namespace luohu::reading {
namespace {

constexpr Value persons{.name = "persons", .unit = "person", .whole = true};
constexpr Value share(std::string_view name) {
  return {name, "1", 0, 1};
}
constexpr Value weight(std::string_view name) {
  return {.name = name, .unit = "1"};
}
constexpr Value count_of(std::string_view name) {
  return {.name = name, .unit = "person", .whole = true};
}

enum InMigrants : std::size_t { same_county, other_county, other_province, other_county_same_prefecture };

/// The census tables while they are read: any of them may be missing.
struct Census {
  std::optional<Dense> residents, zones, in_migrants, education, seed, registered, elsewhere, profile, tenure;
};

/// Every ordered pair of different places of which at least one is a prefecture.
std::vector<std::vector<std::size_t>> pairs_elsewhere(const Places& places) {
  std::vector<std::vector<std::size_t>> rows;
  for (std::size_t o = 0; o < places.size(); ++o) {
    for (std::size_t d = 0; d < places.size(); ++d) {
      const bool both_outside = o >= places.prefectures() && d >= places.prefectures();
      if (o != d && !both_outside) rows.push_back({o, d});
    }
  }
  return rows;
}

Census read_all(Folder& folder, const Places& places) {
  const Labels labels{places};
  const Key place{"place", labels.prefectures};
  const Key sex{"sex", labels.sexes};
  const Key age{"age_group", labels.age_groups};
  const Key level{"level", labels.levels};
  const Key migrant{"class",
                    {"local", "same_county", "same_prefecture", "other_prefecture", "other_province", "outside"}};
  Census census;
  census.residents = folder.dense({"residents", {place, sex, age}, {persons}});
  census.zones = folder.dense({"urban_rural", {place}, {count_of("urban"), count_of("rural")}});
  census.in_migrants = folder.dense({"in_migrants",
                                     {place},
                                     {count_of("same_county"), count_of("other_county"), count_of("other_province"),
                                      count_of("other_county_same_prefecture")}});
  census.education = folder.dense({"education", {place, sex, level}, {persons}});
  census.seed = folder.dense({"education_by_age", {age, level}, {weight("weight")}});
  census.registered = folder.dense({"registered", {place}, {count_of("registered"), share("urban_share")}});
  census.elsewhere = folder.dense(
      {"elsewhere", {{"origin", labels.places}, {"destination", labels.places}}, {persons}, pairs_elsewhere(places)});
  census.profile = folder.dense({"migrant_profile", {migrant, sex, age}, {weight("urban"), weight("rural")}});
  census.tenure = folder.dense({"tenure", {place}, {share("owner_share")}});
  return census;
}

/// The sums that tables must agree in; each check runs where its tables could be read.
class SumChecks {
 public:
  SumChecks(const Census& census, const Places& places, Findings& findings)
      : census_{census}, places_{places}, findings_{findings} {}

  void all() {
    for (std::size_t p = 0; p < places_.prefectures(); ++p) {
      if (census_.residents && census_.zones) zones(p);
      if (census_.residents && census_.in_migrants) in_migrants(p);
      if (census_.in_migrants && census_.elsewhere) arrivals(p);
      if (census_.residents && census_.elsewhere && census_.registered) balance(p);
    }
  }

 private:
  std::int64_t residents(std::size_t p) const {
    std::int64_t sum = 0;
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) sum += census_.residents->count(0, p, s, g);
    }
    return sum;
  }
  std::int64_t arrivals_from(std::size_t first, std::size_t last, std::size_t p) const {
    std::int64_t sum = 0;
    for (std::size_t o = first; o < last; ++o) sum += o == p ? 0 : census_.elsewhere->count(0, o, p);
    return sum;
  }
  std::int64_t departures(std::size_t p) const {
    std::int64_t sum = 0;
    for (std::size_t d = 0; d < places_.size(); ++d) sum += d == p ? 0 : census_.elsewhere->count(0, p, d);
    return sum;
  }
  const std::string& name(std::size_t p) const { return places_.rows()[p].name_zh; }

  void agree(const Spot& at, std::size_t p, std::string_view what, std::int64_t here, std::string_view other,
             std::int64_t there) {
    if (here == there) return;
    findings_.add(at,
                  fmt::format("{}: {} is {} person ({} is {}; they must be equal)", name(p), what, here, other, there));
  }
  void at_most(const Spot& at, std::size_t p, std::string_view what, std::int64_t here, std::string_view other,
               std::int64_t bound) {
    if (here <= bound) return;
    findings_.add(at, fmt::format("{}: {} is {} person (must be at most {}, {})", name(p), what, here, other, bound));
  }

  void zones(std::size_t p) {
    agree(census_.zones->at(0, p), p, "urban + rural", census_.zones->count(0, p) + census_.zones->count(1, p),
          "the sum of residents", residents(p));
  }
  void in_migrants(std::size_t p) {
    const Dense& in = *census_.in_migrants;
    at_most(in.at(other_county_same_prefecture, p), p, "other_county_same_prefecture",
            in.count(other_county_same_prefecture, p), "other_county", in.count(other_county, p));
    const std::int64_t all = in.count(same_county, p) + in.count(other_county, p) + in.count(other_province, p);
    at_most(in.at(same_county, p), p, "same_county + other_county + other_province", all, "residents", residents(p));
  }
  void arrivals(std::size_t p) {
    const Dense& in = *census_.in_migrants;
    agree(in.at(other_county, p), p, "other_county - other_county_same_prefecture",
          in.count(other_county, p) - in.count(other_county_same_prefecture, p),
          "the sum of elsewhere from prefectures", arrivals_from(0, places_.prefectures(), p));
    agree(in.at(other_province, p), p, "other_province", in.count(other_province, p),
          "the sum of elsewhere from outside", arrivals_from(places_.prefectures(), places_.size(), p));
  }
  void balance(std::size_t p) {
    agree(census_.registered->at(0, p), p, "registered", census_.registered->count(0, p),
          "residents - in + out of elsewhere", residents(p) - arrivals_from(0, places_.size(), p) + departures(p));
  }

  const Census& census_;
  const Places& places_;
  Findings& findings_;
};

void fill_classes(const Census& from, std::size_t p, CensusTables& to) {
  const Dense& in = *from.in_migrants;
  const std::int64_t residents = to.zone_totals(p, 0) + to.zone_totals(p, 1);
  const std::int64_t a = in.count(same_county, p), b = in.count(other_county, p), c = in.count(other_province, p);
  const std::int64_t near = in.count(other_county_same_prefecture, p);
  const std::int64_t classes[resident_classes]{residents - a - b - c, a, near, b - near, c};
  for (std::size_t k = 0; k < resident_classes; ++k) to.class_totals(p, k) = classes[k];
}

void fill_prefecture(const Census& from, std::size_t p, CensusTables& to) {
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < census_age_groups; ++g) to.residents(p, s, g) = from.residents->count(0, p, s, g);
    for (std::size_t e = 0; e < education_levels; ++e) to.education(p, s, e) = from.education->count(0, p, s, e);
  }
  for (std::size_t k = 0; k < zone_kinds; ++k) to.zone_totals(p, k) = from.zones->count(k, p);
  fill_classes(from, p, to);
  to.registered.push_back(from.registered->count(0, p));
  to.registered_urban.push_back((*from.registered)(1, p));
  to.owner_share.push_back((*from.tenure)(0, p));
}

void fill_seeds(const Census& from, CensusTables& to) {
  for (std::size_t g = 0; g < census_age_groups; ++g) {
    for (std::size_t e = 0; e < education_levels; ++e) to.education_seed(g, e) = (*from.seed)(0, g, e);
    for (std::size_t k = 0; k < migrant_classes; ++k) {
      for (std::size_t s = 0; s < sexes; ++s) {
        for (std::size_t z = 0; z < zone_kinds; ++z) to.profile_seed(k, s, g, z) = (*from.profile)(z, k, s, g);
      }
    }
  }
}

}  // namespace

void read_census(Folder& folder, const Places& places, CensusTables& to) {
  const Census from = read_all(folder, places);
  SumChecks{from, places, folder.findings()}.all();
  const bool complete = from.residents && from.zones && from.in_migrants && from.education && from.seed &&
                        from.registered && from.elsewhere && from.profile && from.tenure;
  if (!complete) return;
  const std::size_t n = places.prefectures();
  to.residents = Grid<std::int64_t, 3>{{n, sexes, census_age_groups}};
  to.zone_totals = Grid<std::int64_t, 2>{{n, zone_kinds}};
  to.class_totals = Grid<std::int64_t, 2>{{n, resident_classes}};
  to.education = Grid<std::int64_t, 3>{{n, sexes, education_levels}};
  to.education_seed = Grid<double, 2>{{census_age_groups, education_levels}};
  to.elsewhere = Grid<std::int64_t, 2>{{places.size(), places.size()}};
  to.profile_seed = Grid<double, 4>{{migrant_classes, sexes, census_age_groups, zone_kinds}};
  for (std::size_t p = 0; p < n; ++p) fill_prefecture(from, p, to);
  fill_seeds(from, to);
  for (const auto& pair : pairs_elsewhere(places)) {
    to.elsewhere(pair[0], pair[1]) = from.elsewhere->count(0, pair[0], pair[1]);
  }
}

}  // namespace luohu::reading
