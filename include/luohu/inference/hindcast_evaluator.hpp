#pragma once
// A hindcast as a function of its parameters: what `validate` scores and `calibrate` fits.

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "luohu/inference/benchmarks.hpp"
#include "luohu/inference/outcome.hpp"
#include "luohu/random/draw.hpp"
#include "luohu/rates/parameters.hpp"
#include "luohu/scenario/scenario.hpp"
#include "luohu/scenario/targets.hpp"

namespace luohu {

/// A hindcast with the tables that only its scores read.
struct HindcastInputs {
  Scenario scenario;
  std::shared_ptr<const Tables> tables;
  CensusTargets targets;                 ///< of the scenario's last year
  NetMigration net_migration;            ///< what amenities are found from
  std::vector<double> growing_stocks;    ///< [z] persons a year
  std::vector<double> natural_increase;  ///< [p] year-1

  [[nodiscard]] Province province() const;
};

/// Read a scenario with targets-YEAR.csv beside it, YEAR its last year. Throws InputError with all findings of a table.
[[nodiscard]] HindcastInputs read_hindcast(const std::filesystem::path& path, std::span<const Override> overrides = {});

/// How amenities are found again for other parameters: from table amenity on, in a fixed number of rounds, so that
/// what comes out changes smoothly with the parameters.
struct AmenityRounds {
  Seed seed;
  std::int64_t scale = 200;  ///< persons an agent stands for
  int rounds = 6;
};

/// [z][youth, other] the amenities with which these parameters agree with what is known of the base year.
[[nodiscard]] Grid<double, 2> amenity_for(const Model& model, const NetMigration& known, const AmenityRounds& how);

/// Not safe to share while a hindcast changes; every call is independent of all others.
class HindcastEvaluator {
 public:
  /// `inputs` must outlive the evaluator.
  explicit HindcastEvaluator(const HindcastInputs& inputs) : inputs_{inputs} {}

  [[nodiscard]] const HindcastInputs& inputs() const { return inputs_; }

  /// The scenario as it stands, with the amenities of its table.
  [[nodiscard]] HindcastOutcome outcome(Seed seed, std::int64_t scale) const;
  /// With other parameters, amenities found again for them first.
  [[nodiscard]] HindcastOutcome outcome(const Parameters& parameters, Seed seed, std::int64_t scale,
                                        const AmenityRounds& how) const;

 private:
  [[nodiscard]] HindcastOutcome outcome(const Model& model, Seed seed, std::int64_t scale) const;

  const HindcastInputs& inputs_;
};

}  // namespace luohu
