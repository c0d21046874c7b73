#include "luohu/processes/migration.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace luohu {
namespace {

std::array<double, education_levels> schooling_factors(const Parameters& c) {
  return {1, c.mobility_senior, c.mobility_tertiary};
}

/// By where someone lives and is registered.
double place_factor(const YearContext& now, ZoneId home, ZoneId registered) {
  if (now.places.place_of(home) != now.places.place_of(registered)) return now.parameters.mobility_away;
  return home == registered && now.places.town(home) ? now.parameters.mobility_townsfolk : 1;
}

std::size_t person_index(std::size_t age, std::size_t sex, std::size_t band) {
  return (age * sexes + sex) * frailty_bands + band;
}

}  // namespace

double pull_normalisation(const ChoiceTables& choice, std::span<const std::int64_t> weight) {
  double sum = 0;
  double total = 0;
  for (std::size_t cell = 0; cell < weight.size(); ++cell) {
    if (weight[cell] == 0) continue;
    const auto people = static_cast<double>(weight[cell]);
    sum += people * std::exp(choice.pull(cell));
    total += people;
  }
  return total > 0 ? std::log(sum / total) : 0.0;
}

Migration::Migration(MobilityTables tables, const YearContext& now, const Cells& cells) : tables_{std::move(tables)} {
  const Parameters& c = now.parameters;
  const auto schooling = schooling_factors(c);
  const ChoiceTables& t = tables_.choice;
  push_.resize(t.cells());
  for (std::size_t o = 0; o < cells.zones(); ++o) {
    for (std::size_t h = 0; h < cells.zones(); ++h) {
      const double place =
          place_factor(now, ZoneId{static_cast<std::uint16_t>(o)}, ZoneId{static_cast<std::uint16_t>(h)});
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) {
          const std::size_t cell = t.cell(o, h, e, band);
          push_[cell] = std::exp(t.pull(cell) - tables_.normalisation) * schooling[e] * place;
        }
      }
    }
  }

  person_.resize(single_ages * sexes * frailty_bands);
  for (std::size_t age = 0; age < single_ages; ++age) {
    for (std::size_t sex = 0; sex < sexes; ++sex) {
      for (std::size_t band = 0; band < frailty_bands; ++band) {
        person_[person_index(age, sex, band)] = tables_.age_hazard[age] * tables_.frailty[band] *
                                                (static_cast<Sex>(sex) == Sex::male ? c.mobility_male : 1.0);
      }
    }
  }

  // The strongest push any registration and schooling gives in a zone, by status and age band.
  Grid<double, 3> strongest{{cells.zones(), statuses, age_bands}};
  for (std::size_t o = 0; o < cells.zones(); ++o) {
    for (std::size_t h = 0; h < cells.zones(); ++h) {
      const Status status =
          status_of(now.places, ZoneId{static_cast<std::uint16_t>(o)}, ZoneId{static_cast<std::uint16_t>(h)});
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) {
          double& most = strongest(o, status, band);
          most = std::max(most, push_[t.cell(o, h, e, band)]);
        }
      }
    }
  }
  bounds_.assign(cells.size() * frailty_bands, 0);
  for (std::size_t o = 0; o < cells.zones(); ++o) {
    for (const Status status : {Status::home, Status::same_place, Status::away}) {
      for (const Sex sex : {Sex::female, Sex::male}) {
        for (std::size_t age = 0; age < single_ages; ++age) {
          const double push = strongest(o, status, age_band(static_cast<int>(age)));
          for (std::size_t band = 0; band < frailty_bands; ++band) {
            const double hazard = push * person_[person_index(age, static_cast<std::size_t>(sex), band)];
            bounds_[cells(o, status, sex, age) * frailty_bands + band] =
                bound_of(threshold_of(probability_within_year(hazard)));
          }
        }
      }
    }
  }
}

std::size_t Migration::cell_of(const YearContext& now, const Population& people, std::size_t row) const {
  return tables_.choice.cell(people.home[row].value(), people.registered[row].value(),
                             static_cast<std::size_t>(people.traits[row].education()),
                             age_band(age_at_start(people, row, now.year)));
}

double Migration::hazard(const YearContext& now, const Population& people, std::size_t row) const {
  if (people.gone(row) || dependent(now, people, row)) return 0;
  const Traits traits = people.traits[row];
  const std::size_t age = table_age(age_at_start(people, row, now.year));
  const double hazard = push_[cell_of(now, people, row)] *
                        person_[person_index(age, static_cast<std::size_t>(traits.sex()), traits.frailty())];
  return traits.owner() ? hazard * now.parameters.mobility_owner : hazard;
}

std::uint64_t Migration::threshold(const YearContext& now, const Population& people, std::size_t row) const {
  return threshold_of(probability_within_year(hazard(now, people, row)));
}

void Migration::happens(const YearContext& now, Population& people, std::size_t row, const Words& own, Ledger& ledger,
                        Requests&) const {
  const std::size_t target = tables_.choice.destination(cell_of(now, people, row), own[1]);
  move_to(now, people, row, ZoneId{static_cast<std::uint16_t>(target)}, ledger);
}

double Migration::share(const YearContext& now, const Population& people, std::size_t row, ZoneId target) const {
  return tables_.choice.share(cell_of(now, people, row), target.value());
}

void move_to(const YearContext& now, Population& people, std::size_t row, ZoneId target, Ledger& ledger) {
  const Places& places = now.places;
  const ZoneId origin = people.home[row];
  const ZoneId registered = people.registered[row];
  Traits traits = people.traits[row];
  const auto sex = static_cast<std::size_t>(traits.sex());

  traits.set_owner(false);
  traits.set(target == registered ? Township::registered : Township::same_county);
  const Registration after = registration_of(places, target, registered, traits.township());
  ledger.departures(origin.value(), sex) += ledger.weight;
  if (!places.internal(target)) ledger.to_outside(origin.value(), sex) += ledger.weight;
  ledger.moves(places.place_of(origin).value(), places.place_of(target).value(),
               age_band(age_at_start(people, row, now.year)), after) += ledger.weight;

  if (!places.internal(registered) && !places.internal(target)) {
    ledger.registered_out[registered.value()] += ledger.weight;
    people.home[row] = ZoneId{};
    people.arrived[row] = ShortYear{now.year};
    return;
  }
  ledger.arrivals(target.value(), sex) += ledger.weight;
  if (!places.internal(origin)) ledger.from_outside(target.value(), sex) += ledger.weight;
  people.home[row] = target;
  people.traits[row] = traits;
  people.arrived[row] = ShortYear{now.year};
  if (now.group_of[places.place_of(origin).value()] != now.group_of[places.place_of(target).value()]) {
    people.group_since[row] = people.arrived[row];
  }
}

}  // namespace luohu
