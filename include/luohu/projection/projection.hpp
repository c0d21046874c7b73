#pragma once
// The expectation of the model, by multistate cohort projection (Rogers 1975): every year splits the
// expected persons of each state over what the processes of engine/schedule/year.cpp can do to them, in the
// same order and with the same probabilities, and adds up what is in the same state afterwards. Simulation
// less projection is noise.
//
// It is exact, to the rounding of each split to 2^-32 of a person, where people act independently of one
// another: no feedbacks, no quotas.

#include <functional>
#include <string_view>
#include <vector>

#include "luohu/population/ledger.hpp"
#include "luohu/processes/migration.hpp"
#include "luohu/projection/lumping.hpp"
#include "luohu/projection/states.hpp"
#include "luohu/schedule/base_year.hpp"
#include "luohu/schedule/run.hpp"

namespace luohu {

/// Throws Error{input} with a remedy unless the model has no feedbacks and no quota in any year.
/// `scenario`: what to call it in the message.
void require_independence(const Model& model, std::string_view scenario);

/// Bytes of memory that a state needs in a year's projection: the table it is in, the one it goes to with
/// room to grow, and what that table grows from.
inline constexpr std::size_t bytes_per_state = 96;

struct ProjectionOptions {
  std::int64_t scale = 1;  ///< persons that each of the first people stands for
  bool lumping = true;     ///< off: everyone keeps their history, many more states, same result
  std::size_t most_states = std::size_t{1} << 26U;
  /// Called with the name of each phase as it begins (for timing); may be empty.
  std::function<void(std::string_view)> on_phase;
};

class Projection {
 public:
  /// From `people` as they stand at the end of `year`. Requires: require_independence. The model and the base
  /// year must outlive the projection.
  Projection(const Model& model, const BaseYear& base, ProjectionOptions options, const Population& people, Year year);

  /// One year. Requires year() < model.last_year. Throws Error{environment} if there are more states than
  /// `most_states`.
  void advance();

  [[nodiscard]] Year year() const { return year_; }
  [[nodiscard]] const std::vector<Weighted>& states() const { return states_; }
  /// In units of `units_per_person`, like all counts here.
  [[nodiscard]] const Stock& stock() const { return end_; }
  [[nodiscard]] const Ledger& flows() const { return flows_; }
  [[nodiscard]] const std::vector<std::int64_t>& eligible() const { return eligible_; }
  /// The year's variables, balance checked, in persons: float64 where the simulation has int64.
  [[nodiscard]] YearRecord record() const;

 private:
  class Sums;
  struct Outcomes;
  struct Worker;

  void put(Sums& people, Person person, std::int64_t weight, std::size_t thread) const;
  /// The states of a year's end, and their stocks.
  void gather(Sums& people);
  /// Processes that touch one person alone, in the order of the model.
  void decide(const YearContext& now, const ChoiceTables& choice, Outcomes& outcomes);
  /// Movers, and the mothers among them, over all destinations. The processes after migration leave alone
  /// who moved this year.
  void move(const YearContext& now, const Migration& migration, std::vector<Worker>& workers, Outcomes& outcomes) const;
  void bear_children(const YearContext& now, Outcomes& outcomes);
  void add_incomers(const YearContext& now, const Grid<double, 2>& appeal, Outcomes& outcomes);
  [[nodiscard]] bool too_many(std::size_t states) const;
  void require_room(std::size_t states) const;
  void phase(std::string_view name) const;

  const Model& model_;
  const BaseYear& base_;
  ProjectionOptions options_;
  Lumping lumping_;
  Cells cells_;
  Year year_;
  Settings settings_;
  std::vector<Weighted> states_;  ///< by zone of residence, ascending
  Stock start_, end_;
  Ledger flows_;
  std::vector<std::int64_t> eligible_;  ///< [prefecture]
};

/// Layout of the records of a projection: counts are float64.
[[nodiscard]] Layout expectation_layout(Layout layout);

/// Project `people`, the model's base population, to its last year. `keep_going` as in run_replicate; person-
/// years and agents of the result are numbers of states.
[[nodiscard]] ReplicateResult project(const Model& model, const ProjectionOptions& options, Population people,
                                      const std::function<bool(Year)>& keep_going = {});

}  // namespace luohu
