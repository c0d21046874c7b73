#pragma once
// Attribution: the measures of a package as players, the runs of their coalitions, and what comes out.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "experiment.hpp"
#include "luohu/inference/game.hpp"
#include "luohu/inference/interval.hpp"
#include "luohu/inference/who.hpp"
#include "luohu/tabulate/outcomes.hpp"

namespace luohu {

/// Level of all intervals.
inline constexpr double interval_level = 0.95;

/// All entries of a package that count as one measure.
struct Player {
  std::string name;  ///< the number, the id of an entry without one, or several of them joined by '+'
  Text title;
  std::vector<std::size_t> measures;  ///< of the package
};

/// The measures that the package adds to the baseline: entries of one number together, entries without number by id,
/// those of a group ("1,2") together; switched-off entries are left out. Throws Error{usage} if scenarios differ in
/// anything but measures, if the package lacks or changes a measure of the baseline, if it adds none or too many, or if
/// a group names a measure that it does not add, or one that another group has.
[[nodiscard]] std::vector<Player> players_of(const Scenario& baseline, const Scenario& package,
                                             const std::vector<std::string>& groups);

/// An outcome of the province, or of one prefecture.
struct Subject {
  const Outcome* outcome = nullptr;
  std::optional<std::size_t> prefecture;
};

/// From "settled", "residents:changsha" or "residents:all", or all outcomes of the province if there are none.
/// Throws Error{usage} for names there are not.
[[nodiscard]] std::vector<Subject> subjects_of(const std::vector<std::string>& names, const Places& places);

/// "residents 常住人口: residents, in the last year, 长沙市 Changsha".
[[nodiscard]] std::string title_of(const Subject& subject, const Places& places);

struct AttributionPlan {
  std::vector<Player> players;
  std::vector<Subject> subjects;
  bool shapley = true;
  bool who = false;
  std::size_t replicates = 1;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;
};

/// Effects of a subject over replicates.
struct SubjectEffects {
  MeanInterval together;
  std::vector<MeanInterval> leave_one_out, first_in, shapley;  ///< [player]; shapley may be empty
};

/// A row of who differs, over replicates, in persons.
struct WhoEffects {
  Margin margin = Margin::all;
  std::size_t category = 0;
  double compared = 0;
  std::array<MeanInterval, aspects> differ{}, least{};
};

struct Attribution {
  std::vector<SubjectEffects> effects;  ///< [subject]
  std::vector<WhoEffects> who;          ///< rows in which anybody is compared
  std::uint64_t one_in = 1;             ///< persons of whom one was followed
};

/// Most people followed at a time, about; more are sampled. Three times so many are held, 16 bytes each.
inline constexpr std::size_t most_followed = std::size_t{1} << 24U;

/// Runs every coalition of every replicate; scenario 0 of the experiment is the baseline, 1 the package.
/// `step(what)` is called before each simulated year.
[[nodiscard]] Attribution attribute(const LoadedExperiment& experiment, const AttributionPlan& plan,
                                    const std::function<void(const std::string& what)>& step);

/// What was asked and found, as "table", "csv", "json" or "markdown".
[[nodiscard]] std::string attribution_text(const LoadedExperiment& experiment, const AttributionPlan& plan,
                                           const Attribution& found, const std::string& format);

}  // namespace luohu
