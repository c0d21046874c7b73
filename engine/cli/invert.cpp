// luohu invert: find the amenities that reproduce the net migration of a base year, and write table amenity.

#include <fmt/format.h>

#include <iostream>

#include "experiment.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/files.hpp"
#include "luohu/inference/inversion.hpp"
#include "luohu/population/parallel.hpp"
#include "luohu/scenario/targets.hpp"
#include "output_file.hpp"

namespace luohu {
namespace {

std::string amenity_table(const Places& places, const Inversion& inversion, const Scenario& scenario,
                          const InversionOptions& options, bool observed) {
  const std::string known = observed
                                ? "the net migration of table net_migration: by zone, and by prefecture at ages 15-24"
                                : "the distribution of the stocks of migrants, and at ages 15-24 the net migration "
                                  "of table youth_migration";
  std::string text = fmt::format(
      "# table amenity: Residual attractiveness of every zone for two age bands, in utility units\n"
      "# column place | - | - | GB/T 2260 code\n"
      "# column zone | - | - | urban or rural\n"
      "# column youth | 1 | computed | ages 15-24 at the start of the year; luohu invert\n"
      "# column other | 1 | computed | all other ages; luohu invert\n"
      "# note What income, rents, distance and acquaintances do not explain. Inverted so that the moves expected "
      "in the first year of {} after {} have {}. Damped fixed point at scale 1:{}, {} rounds, largest error of a zone "
      "{:.1f} and of a prefecture at ages "
      "15-24 {:.1f} thousand persons a year.\n"
      "# note Only differences matter; the mean of other over the zones of the province is 0. Valid for the migration "
      "parameters of the scenario: other values need a new inversion.\n"
      "place,zone,youth,other\n",
      scenario.id, scenario.first_year, known, options.scale, inversion.rounds, inversion.worst / 1000,
      inversion.worst_youth / 1000);
  for (std::size_t z = 0; z < places.zones(); ++z) {
    const ZoneId zone{static_cast<std::uint16_t>(z)};
    text += fmt::format("{},{},{:.3f},{:.3f}\n", places[places.place_of(zone)].code,
                        places.kind_of(zone) == ZoneKind::urban ? "urban" : "rural", inversion.amenity(z, 0U),
                        inversion.amenity(z, 1U));
  }
  return text;
}

}  // namespace

int run_invert(Arguments arguments) {
  const Options options =
      Options{"luohu invert SCENARIO -o amenity.csv [options]",
              "Find the amenities that agree with the stocks of migrants, or with table net_migration if there is one."}
          .value("output,o", "FILE", "table to write")
          .value("scale", "1:N", "persons an agent stands for (default 1:20)")
          .value("rounds", "N", "rounds at most (default 60)")
          .value("tolerance", "N", "largest error of a zone, persons a year (default 500)")
          .value("seed", "N", "seed (default 1)")
          .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
          .flag("force", "replace an existing table")
          .words("scenario", 1, 1);
  const auto parsed = options.parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  const auto output = parsed->text("output");
  if (!output) throw Error{ExitCode::usage, "no table named; add -o amenity.csv"};
  set_threads(static_cast<int>(parsed->integer("threads", 1, 4096).value_or(available_threads())));
  InversionOptions how;
  how.scale = parsed->scale("scale").value_or(20);
  const Seed seed = seed_of_replicate(Seed{parsed->unsigned_integer("seed").value_or(1)}, 0);
  how.rounds = static_cast<int>(parsed->integer("rounds", 1, 10'000).value_or(60));
  how.tolerance = parsed->number("tolerance", 1, 1e6).value_or(500);

  const LoadedExperiment experiment = load_experiment(parsed->words(), {}, "");
  const Scenario& scenario = experiment.scenarios.front();
  const Places& places = experiment.tables->places;
  const NetMigration target = read_net_migration(scenario.tables, places);
  require_writable(*output, parsed->has("force"));
  const Inversion inversion =
      invert_amenity(experiment.model(0), target, how, experiment.population(0, seed, how.scale));
  write_file(*output, amenity_table(places, inversion, scenario, how, !target.zone.empty()));
  std::cout << fmt::format(
      "{} rounds; largest error: a zone {:.0f}, a prefecture at ages 15-24 {:.0f} persons a year\n", inversion.rounds,
      inversion.worst, inversion.worst_youth);
  return static_cast<int>(ExitCode::done);
}

}  // namespace luohu
