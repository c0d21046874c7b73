#pragma once
// How scores are put together: a statistic of each replicate, averaged; a band; a scope.

#include <functional>
#include <vector>

#include "luohu/inference/scorecard.hpp"

namespace luohu::cards {

using Vector = std::vector<double>;

/// Which prefectures count.
struct Scope {
  std::string name;
  std::vector<std::size_t> prefectures;

  [[nodiscard]] Vector of(const Vector& all) const {
    Vector some;
    for (const std::size_t p : prefectures) some.push_back(all[p]);
    return some;
  }
};

/// All prefectures, and all but the capital.
[[nodiscard]] std::vector<Scope> scopes(const Places& places);

/// Mean and standard deviation over the replicates of a statistic; no value if any replicate has none.
void average(const std::vector<HindcastOutcome>& replicates,
             const std::function<std::optional<double>(const HindcastOutcome&)>& of, Score& score);

[[nodiscard]] Vector log_change(const Vector& from, const Vector& to);
[[nodiscard]] double total(const Vector& values);

/// Limits of a band, both included; `met` is set where there is a value.
void within(double low, double high, Score& score);

// One family of patterns each.
void population_scores(const Hindcast& in, std::vector<Score>& scores);  ///< P1, P2, P9
void town_scores(const Hindcast& in, std::vector<Score>& scores);        ///< P3, P4
void migrant_scores(const Hindcast& in, std::vector<Score>& scores);     ///< P5, P10, P14
void age_scores(const Hindcast& in, std::vector<Score>& scores);         ///< P6, P8
void settling_scores(const Hindcast& in, std::vector<Score>& scores);    ///< P11

}  // namespace luohu::cards
