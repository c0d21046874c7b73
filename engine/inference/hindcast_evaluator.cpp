#include "luohu/inference/hindcast_evaluator.hpp"

#include "luohu/inference/inversion.hpp"
#include "luohu/schedule/run.hpp"
#include "luohu/synthesis/synthesis.hpp"
#include "luohu/tabulate/tables.hpp"

namespace luohu {
namespace {

Model model_of(const HindcastInputs& in, const Parameters& parameters, const EconomyTables& economy) {
  const Scenario& scenario = in.scenario;
  const Tables& tables = *in.tables;
  return {tables.places,       tables.census,
          tables.vital,        economy,
          tables.boundary,     tables.capacity,
          tables.settings,     scenario.measures,
          parameters,          number_groups(tables.places, scenario.groups),
          scenario.first_year, scenario.last_year,
          scenario.feedbacks};
}

Population people_of(const Model& model, Seed seed, std::int64_t scale) {
  return base_population({model.places, model.census, model.parameters, model.group_of, model.first_year, seed, scale,
                          model.vital.fertility});
}

}  // namespace

Province HindcastInputs::province() const {
  return {
      *tables, targets, growing_stocks, natural_increase, scenario.first_year, scenario.parameters.male_birth_share};
}

HindcastInputs read_hindcast(const std::filesystem::path& path, std::span<const Override> overrides) {
  HindcastInputs inputs;
  inputs.scenario = read_scenario(path, overrides);
  inputs.tables = std::make_shared<const Tables>(read_tables(inputs.scenario.tables));
  const Places& places = inputs.tables->places;
  inputs.targets = read_targets(inputs.scenario.path.parent_path(), places, inputs.scenario.last_year);
  inputs.net_migration = read_net_migration(inputs.scenario.tables, places);
  inputs.growing_stocks = read_growing_stocks(inputs.scenario.tables, places);
  inputs.natural_increase = read_natural_increase(inputs.scenario.tables, places);
  return inputs;
}

Grid<double, 2> amenity_for(const Model& model, const NetMigration& known, const AmenityRounds& how) {
  const InversionOptions options{how.scale, how.rounds, 0};
  return invert_amenity(model, known, options, people_of(model, how.seed, how.scale)).amenity;
}

HindcastOutcome HindcastEvaluator::outcome(Seed seed, std::int64_t scale) const {
  return outcome(model_of(inputs_, inputs_.scenario.parameters, inputs_.tables->economy), seed, scale);
}

HindcastOutcome HindcastEvaluator::outcome(const Parameters& parameters, Seed seed, std::int64_t scale,
                                           const AmenityRounds& how) const {
  EconomyTables economy = inputs_.tables->economy;
  economy.amenity = amenity_for(model_of(inputs_, parameters, inputs_.tables->economy), inputs_.net_migration, how);
  return outcome(model_of(inputs_, parameters, economy), seed, scale);
}

HindcastOutcome HindcastEvaluator::outcome(const Model& model, Seed seed, std::int64_t scale) const {
  Grid<double, 2> start, end;
  HoldersWish holders;
  const auto observe = [&](const Simulation& simulation) {
    const Year year = simulation.year();
    if (year == model.first_year) start = stock_by_zone(simulation.stock(), scale);
    if (year < model.last_year) return;
    end = stock_by_zone(simulation.stock(), scale);
    holders = holders_wish({seed, year, model.places, model.parameters, simulation.settings(), model.group_of, true,
                            model.feedbacks.families},
                           simulation.people());
  };
  const ReplicateResult result =
      run_replicate(model, {seed, scale, true, {}}, people_of(model, seed, scale), {}, observe);
  HindcastOutcome outcome = outcome_of(model.places, results_layout(model.places), result);
  outcome.zone_stock = std::move(end);
  outcome.zone_stock_at_start = std::move(start);
  outcome.holders = holders;
  return outcome;
}

}  // namespace luohu
