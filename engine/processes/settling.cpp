#include "luohu/processes/settling.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/rates/land_rights.hpp"

namespace luohu {
namespace {

constexpr double small_city = 500'000;  // State Council 2014 city-size classes: below 0.5 M urban residents

double logistic(double z) {
  return 1 / (1 + std::exp(-z));
}

double years_since(Year now, ShortYear date) {
  return now - date.year();
}

double insured_years(Year now, ShortYear insured_since, ShortYear from) {
  return insured_since == ShortYear::never() ? 0.0 : years_since(now, std::max(insured_since, from));
}

}  // namespace

Candidate candidate(const YearContext& now, const Population& people, std::size_t row) {
  const ShortYear insured = people.insured_since[row];
  return {.age = age_at_start(people, row, now.year),
          .residence_years = years_since(now.year, people.arrived[row]),
          .insurance_years = insured_years(now.year, insured, people.arrived[row]),
          .group_residence = years_since(now.year, people.group_since[row]),
          .group_insurance = insured_years(now.year, insured, people.group_since[row]),
          .education = people.traits[row].education(),
          .owns_home = people.traits[row].owner(),
          .same_prefecture = now.places.place_of(people.home[row]) == now.places.place_of(people.registered[row])};
}

bool at_risk_of_settling(const YearContext& now, const Population& people, std::size_t row) {
  if (people.gone(row)) return false;
  const ZoneId home = people.home[row];
  return home != people.registered[row] && now.places.town(home) && people.arrived[row].year() < now.year;
}

SettlingRisk::SettlingRisk(const YearContext& now) : zones_{now.places.zones()} {
  // Every condition is monotone: where the rules admit these two, they admit everyone at risk.
  const Candidate adult{.age = working_age, .residence_years = 1, .group_residence = 1};
  const Candidate child{.age = 0, .residence_years = 1, .group_residence = 1};
  for (std::size_t home = 0; home < zones_; ++home) {
    const ZoneId here{static_cast<ZoneId::Value>(home)};
    const bool town = now.places.town(here);
    const auto admits = [&](const Candidate& who) {
      return admitted_by(now.settings[now.places.place_of(here).value()], who).has_value();
    };
    const bool open = town && admits(adult) && admits(child);
    for (std::size_t registered = 0; registered < zones_; ++registered) {
      const Tie tie = now.places.tie(here, ZoneId{static_cast<ZoneId::Value>(registered)});
      risk_.push_back(!town || tie == Tie::same_zone   ? Risk::none
                      : open || tie == Tie::same_place ? Risk::admitted
                                                       : Risk::judged);
    }
    place_.push_back(now.places.place_of(here).value());
  }
  risk_.resize((zones_ + 1) * zones_, Risk::none);
  place_.push_back(0);
}

void SettlingRisk::count_eligible(const YearContext& now, const Population& people, Scratch& scratch,
                                  std::span<std::int64_t> eligible) const {
  // Without branches, because nobody can predict who has moved where; neighbours mostly live in the same
  // place, and four counters of it are counted up in turn.
  constexpr std::size_t ways = 4;
  const ShortYear this_year{now.year};
  const std::span<const std::uint32_t> rows = scratch.unregistered.row;
  std::vector<std::uint32_t>& judged = scratch.passed;
  judged.resize(rows.size() + 1);
  std::vector<std::int64_t> admitted(ways * now.places.size());
  std::size_t count = 0;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const std::size_t row = rows[k];
    const std::size_t home = std::min<std::size_t>(people.home[row].value(), zones_);
    const Risk risk = risk_[home * zones_ + people.registered[row].value()];
    const bool stayed = people.arrived[row] != this_year;
    admitted[place_[home] * ways + k % ways] += static_cast<std::int64_t>(stayed && risk == Risk::admitted);
    judged[count] = rows[k];
    count += static_cast<std::size_t>(stayed && risk == Risk::judged);
  }
  for (std::size_t i = 0; i < eligible.size() * ways; ++i) eligible[i / ways] += admitted[i];
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t p = now.places.place_of(people.home[judged[k]]).value();
    eligible[p] += admitted_by(now.settings[p], candidate(now, people, judged[k])) ? 1 : 0;
  }
}

double service_wedge(const PlaceSettings& s, const Parameters& c) {
  const double all = c.weight_school + c.weight_preschool + c.weight_health + c.weight_pension + c.weight_housing;
  const double missing = c.weight_school * (1 - s.coverage_school) + c.weight_preschool * (1 - s.coverage_preschool) +
                         c.weight_health * (1 - s.coverage_health) + c.weight_pension * (1 - s.coverage_pension) +
                         c.weight_housing * (1 - s.coverage_housing);
  return all > 0 ? s.wedge * missing / all : 0.0;
}

Grid<double, 2> expected_wedge(const Settings& settings, const Parameters& c) {
  Grid<double, 2> wedge{{settings.size(), education_levels}};
  for (std::size_t p = 0; p < settings.size(); ++p) {
    const PlaceSettings& s = settings[p];
    for (std::size_t e = 0; e < education_levels; ++e) {
      double wait = std::max(s.residence_years, s.insurance_years);
      if (s.habitual_route >= 0.5) wait = std::min(wait, 1.0);
      if (static_cast<double>(e) >= s.minimum_education) wait = 0;
      wedge(p, e) = service_wedge(s, c) * (1 - c.anticipation * std::exp(-c.anticipation_discount * wait));
    }
  }
  return wedge;
}

WishToSettle::WishToSettle(const YearContext& now, const Cells& cells) {
  const Parameters& c = now.parameters;
  for (const PlaceSettings& s : now.settings) {
    gain_.push_back(-std::log1p(-service_wedge(s, c)));
    land_cost_.push_back(std::log1p(land_lost_by_settling(s.land_rights_kept, s.land_exit_price, c)));
  }
  for (Year years = 0; years <= now.year - ShortYear::epoch; ++years) {
    duration_.push_back(c.wish_duration * std::log1p(years));
  }
  bounds_ = bounds_of(cells, [&](ZoneId zone, Status status, Sex, int) -> std::uint64_t {
    const PlaceId p = now.places.place_of(zone);
    if (status == Status::home || !now.places.town(zone)) return 0;
    // The keenest person of the cell: schooled, owner, there since dates begin, no land at stake.
    const double z = c.wish_intercept + std::max(0.0, c.wish_tertiary) + std::max(0.0, c.wish_owner) +
                     std::max(0.0, c.wish_duration) * std::log1p(now.year - ShortYear::epoch) +
                     std::max(0.0, c.wish_gain) * gain_[p.value()] +
                     std::max(0.0, -c.wish_land) * land_cost_[p.value()] + std::max(0.0, -c.wish_small_city);
    const double hazard = c.application_rate * now.settings[p.value()].application_factor * logistic(z);
    return threshold_of(probability_within_year(hazard));
  });
}

double WishToSettle::willingness(const YearContext& now, const Population& people, std::size_t row) const {
  const Parameters& c = now.parameters;
  const Places& places = now.places;
  const PlaceId p = places.place_of(people.home[row]);
  const ZoneId from = people.registered[row];
  const PlaceId h = places.place_of(from);
  const bool landed = places.countryside(from);
  double z = c.wish_intercept + duration_[static_cast<std::size_t>(now.year - people.arrived[row].year())];
  if (people.traits[row].education() == Education::tertiary) z += c.wish_tertiary;
  if (people.traits[row].owner()) z += c.wish_owner;
  if (p != h) z += c.wish_gain * gain_[p.value()];
  if (landed) z -= c.wish_land * land_cost_[h.value()];
  if (places[p].city_proper < small_city) z -= c.wish_small_city;
  return logistic(z);
}

double WishToSettle::hazard(const YearContext& now, const Population& people, std::size_t row) const {
  if (!at_risk_of_settling(now, people, row) || dependent(now, people, row)) return 0;
  const PlaceSettings& rule = now.settings[now.places.place_of(people.home[row]).value()];
  if (!admitted_by(rule, candidate(now, people, row))) return 0;
  return now.parameters.application_rate * rule.application_factor * willingness(now, people, row);
}

std::uint64_t WishToSettle::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  return threshold_of(probability_within_year(hazard(now, people, row)));
}

void WishToSettle::happens(const YearContext& now, Population& people, std::size_t row, const Words& own,
                           Ledger& ledger, Requests& requests) const {
  const PlaceId place = now.places.place_of(people.home[row]);
  const auto route = admitted_by(now.settings[place.value()], candidate(now, people, row));
  ledger.willing[place.value()] += ledger.weight;
  requests.applications.push_back({own[1], Slot{static_cast<std::uint32_t>(row)}, route.value()});
}

std::vector<Application> admit(const YearContext& now, const Population& people, std::span<const Requests> requests,
                               std::int64_t persons_per_agent) {
  std::vector<std::vector<Application>> by_place(now.places.prefectures());
  for (const Requests& chunk : requests) {
    for (const Application& application : chunk.applications) {
      const std::size_t row = application.person.value();
      if (people.home[row] == people.registered[row]) continue;
      by_place[now.places.place_of(people.home[row]).value()].push_back(application);
    }
  }
  std::vector<Application> admitted;
  for (std::size_t p = 0; p < by_place.size(); ++p) {
    std::vector<Application>& applications = by_place[p];
    const double quota = now.settings[p].quota / static_cast<double>(persons_per_agent);
    if (static_cast<double>(applications.size()) > quota) {
      std::ranges::sort(applications, [&](const Application& a, const Application& b) {
        return a.draw != b.draw ? a.draw < b.draw : people.id[a.person.value()] < people.id[b.person.value()];
      });
      applications.resize(static_cast<std::size_t>(quota));
    }
    admitted.insert(admitted.end(), applications.begin(), applications.end());
  }
  return admitted;
}

void register_settler(const YearContext& now, Population& people, const Application& admitted, Ledger& ledger) {
  const std::size_t row = admitted.person.value();
  const ZoneId home = people.home[row];
  ledger.settled(now.places.place_of(home).value(), admitted.route) += ledger.weight;
  ledger.registered_out[people.registered[row].value()] += ledger.weight;
  ledger.registered_in[home.value()] += ledger.weight;
  if (now.places.countryside(people.registered[row])) {
    const std::size_t p = now.places.place_of(people.registered[row]).value();
    const PlaceSettings& rights = now.settings[p];
    if (takes_paid_exit(rights.land_rights_kept, rights.land_exit_price, now.parameters)) {
      ledger.land_exits[p] += ledger.weight;
    }
  }
  people.registered[row] = home;
  people.traits[row].set(Township::registered);
}

}  // namespace luohu
