#include "expected_moves.hpp"

#include "luohu/processes/migration.hpp"
#include "luohu/rates/life.hpp"
#include "luohu/schedule/base_year.hpp"

namespace luohu {
namespace {

constexpr int first_young = 15;
constexpr int last_young = 24;

Stock stock_of(const Model& model, const Population& people) {
  StockTally tally{model.places, static_cast<std::size_t>(threads())};
  for_each_chunk(people.size(), [&](const Chunk& chunk, std::size_t thread) { tally.add(people, chunk, thread); });
  return tally.total(model.first_year);
}

ZoneId at(std::size_t zone) {
  return ZoneId{static_cast<std::uint16_t>(zone)};
}

/// Adds what so many persons registered in zone h and moving from zone o to zone d mean.
class Sorter {
 public:
  Sorter(const Places& places, ExpectedMoves& moves) : places_{places}, moves_{moves} {}

  void add(std::size_t o, std::size_t h, std::size_t d, bool young, double persons) {
    moves_.zone[o].out += persons;
    const bool leaves_the_model = !places_.internal(at(h)) && !places_.internal(at(d));
    if (!leaves_the_model) moves_.zone[d].in += persons;
    const PlaceId from = places_.place_of(at(o));
    const PlaceId to = places_.place_of(at(d));
    if (young && from != to) {
      if (places_.internal(from)) moves_.youth[from.value()].out += persons;
      if (places_.internal(to)) moves_.youth[to.value()].in += persons;
    }
    if (h != d && places_.internal(at(h))) newcomers(from, to, h, d, persons);
  }

 private:
  void newcomers(PlaceId from, PlaceId to, std::size_t h, std::size_t d, double persons) {
    if (!places_.internal(to)) {
      moves_.outside[to.value() - places_.prefectures()] += persons;
      return;
    }
    if (!places_.town(at(d))) return;
    moves_.to_towns[to.value()] += persons;
    if (places_.internal(from) && from != to && places_.place_of(at(h)) != to) {
      moves_.across[to.value()] += persons;
    }
  }

  const Places& places_;
  ExpectedMoves& moves_;
};

}  // namespace

FirstYear::FirstYear(const Model& model, const Population& people, std::int64_t persons_per_agent)
    : model_{model},
      people_{people},
      persons_per_agent_{static_cast<double>(persons_per_agent)},
      stock_{stock_of(model, people)},
      inflow_(model.places.internal_zones()) {
  const BaseYear base = base_year_of(model, stock_, persons_per_agent);
  acquainted_ = base.persons;
  const InflowTables& tables = base.inflow;
  young_inflow_ = tables.age_cumulative[last_young] - tables.age_cumulative[first_young - 1];
  for (std::size_t p = 0; p < model.places.prefectures(); ++p) {
    double persons = 0;
    for (std::size_t x = 0; x < model.places.externals(); ++x) persons += tables.mean(x, p);
    persons *= model.parameters.inflow_level;
    inflow_[zone_kinds * p] = persons * tables.urban_share[p];
    inflow_[zone_kinds * p + 1] = persons * (1 - tables.urban_share[p]);
  }
}

/// Persons expected to leave, by what they choose among.
Grid<double, 4> FirstYear::leaving(const Model& trial, const ChoiceTables& choice) const {
  const Places& places = trial.places;
  const Cells cells{places};
  const YearContext now{
      Seed{}, trial.first_year + 1, places, trial.parameters, trial.base_settings, trial.group_of, true, false};
  MobilityTables tables{choice, pull_normalisation(choice, stock_.choosers.values()), {}, {}};
  for (std::size_t age = 0; age < single_ages; ++age) {
    tables.age_hazard.push_back(move_schedule(trial.parameters, static_cast<int>(age)));
  }
  tables.frailty = frailty_classes(trial.parameters.frailty_variance, frailty_bands);
  const Migration migration{std::move(tables), now, cells};
  Grid<double, 4> persons{{places.zones(), places.zones(), education_levels, age_bands}};
  for (std::size_t i = 0; i < people_.size(); ++i) {
    const double hazard = migration.hazard(now, people_, i);
    if (hazard <= 0) continue;
    persons(people_.home[i].value(), people_.registered[i].value(),
            static_cast<std::size_t>(people_.traits[i].education()), age_band(age_at_start(people_, i, now.year))) +=
        persons_per_agent_ * probability_within_year(hazard);
  }
  return persons;
}

ExpectedMoves FirstYear::moves(const EconomyTables& economy) const {
  const Places& places = model_.places;
  const Model trial{model_.places,     model_.census,        model_.vital,    economy,           model_.boundary,
                    model_.capacity,   model_.base_settings, model_.measures, model_.parameters, model_.group_of,
                    model_.first_year, model_.last_year,     model_.feedbacks};
  const ChoiceTables choice = choice_tables(trial, trial.base_settings, acquainted_, {});
  const Grid<double, 4> left = leaving(trial, choice);

  const std::size_t prefectures = places.prefectures();
  ExpectedMoves moves{std::vector<Turnover>(places.zones()), std::vector<Turnover>(prefectures),
                      std::vector<double>(prefectures), std::vector<double>(prefectures),
                      std::vector<double>(places.externals())};
  Sorter sorter{places, moves};
  for (std::size_t o = 0; o < places.zones(); ++o) {
    for (std::size_t h = 0; h < places.zones(); ++h) {
      for (std::size_t e = 0; e < education_levels; ++e) {
        for (std::size_t band = 0; band < age_bands; ++band) {
          if (left(o, h, e, band) == 0) continue;
          const std::size_t cell = choice.cell(o, h, e, band);
          const bool young = band == age_band(first_young);
          for (std::size_t d = 0; d < places.zones(); ++d) {
            if (d != o) sorter.add(o, h, d, young, left(o, h, e, band) * choice.share(cell, d));
          }
        }
      }
    }
  }
  for (std::size_t z = 0; z < places.internal_zones(); ++z) {
    moves.zone[z].in += inflow_[z];
    moves.youth[z / zone_kinds].in += young_inflow_ * inflow_[z];
  }
  return moves;
}

}  // namespace luohu
