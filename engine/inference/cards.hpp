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

/// Residents registered in another county of the province. The model does not tell counties apart: those of the same
/// prefecture grow from the base year's estimate as all movers within the prefecture do.
[[nodiscard]] Vector other_county(const CensusTables& census, const HindcastOutcome& outcome);

/// Net migration of these prefectures together, by five-year age group from 10–14 on. Counted: beyond the nation's
/// census survival ratios, which take up that the censuses cover ages differently. Modelled: beyond the survivors by
/// the model's own death rates, for its people are all counted.
[[nodiscard]] Vector counted_net_migration(const Province& province, const std::vector<std::size_t>& prefectures);
[[nodiscard]] Vector modelled_net_migration(const Province& province, const std::vector<std::size_t>& prefectures,
                                            const HindcastOutcome& outcome);

/// Share of residents in the census age groups `first` to `last`, as counted, and as simulated.
[[nodiscard]] double counted_share_of_ages(const Grid<std::int64_t, 3>& residents, std::size_t first, std::size_t last);
[[nodiscard]] double simulated_share_of_ages(const HindcastOutcome& outcome, std::size_t first, std::size_t last);

/// Hazard of applying among the eligible over `application_rate`; nothing if nobody, or everybody, applies.
[[nodiscard]] std::optional<double> wish_to_settle(const HindcastOutcome& outcome, double application_rate);
/// By how much their land lowers the wish of those who hold it, per cent; nothing if none of them is eligible.
[[nodiscard]] std::optional<double> homestead_effect(const HindcastOutcome& outcome);
/// Settled a year over the unregistered in towns; nothing if there are none.
[[nodiscard]] std::optional<double> settling_rate(const HindcastOutcome& outcome);

// One family of patterns each.
void population_scores(const Hindcast& in, std::vector<Score>& scores);  ///< P1, P2, P9
void town_scores(const Hindcast& in, std::vector<Score>& scores);        ///< P3, P4
void migrant_scores(const Hindcast& in, std::vector<Score>& scores);     ///< P5, P10, P14
void age_scores(const Hindcast& in, std::vector<Score>& scores);         ///< P6, P8
void settling_scores(const Hindcast& in, std::vector<Score>& scores);    ///< P11

}  // namespace luohu::cards
