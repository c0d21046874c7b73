// P6, P8: the ages of those who moved, and of those who are there.

#include <algorithm>
#include <cmath>

#include "cards.hpp"
#include "luohu/inference/statistics.hpp"
#include "luohu/tabulate/stock.hpp"

namespace luohu {
namespace cards {
namespace {

constexpr std::size_t first_survivor = 3;  ///< census age group 10–14

using Ages = Grid<double, 2>;  ///< [sex][census age group]

Ages counted(const Grid<std::int64_t, 3>& residents, std::size_t p) {
  Ages ages{{sexes, census_age_groups}};
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < census_age_groups; ++g) ages(s, g) = static_cast<double>(residents(p, s, g));
  }
  return ages;
}

/// The results' groups as the census': all of 0–4 at ages 1–4, which no statistic here tells from infants.
Ages simulated(const HindcastOutcome& outcome, std::size_t p) {
  Ages ages{{sexes, census_age_groups}};
  for (std::size_t s = 0; s < sexes; ++s) {
    for (std::size_t g = 0; g < age_groups; ++g) ages(s, g + 1) = outcome.ages(p, s, g);
  }
  return ages;
}

Vector added(Vector a, const Vector& b) {
  a.resize(b.size());
  for (std::size_t i = 0; i < b.size(); ++i) a[i] += b[i];
  return a;
}

std::size_t peak(const Vector& profile) {
  return static_cast<std::size_t>(std::ranges::max_element(profile, {}, [](double x) { return std::abs(x); }) -
                                  profile.begin());
}

/// Prefectures whose profiles add up to one that is scored.
struct Profile {
  std::string scope;
  std::vector<std::size_t> prefectures;
};

std::vector<Profile> profiles(const Province& province) {
  const std::vector<Scope> both = scopes(province.tables.places);
  std::vector<Profile> list{{"province", both[0].prefectures}};
  const std::size_t n = province.tables.places.prefectures();
  if (n < 2) return list;
  list.push_back({"capital", {capital_of(province.tables.places)}});
  std::size_t loser = 0;
  Vector sums;
  for (std::size_t p = 0; p < n; ++p) sums.push_back(total(counted_net_migration(province, {p})));
  for (std::size_t p = 1; p < n; ++p) loser = sums[p] < sums[loser] ? p : loser;
  list.push_back({"largest loser", {loser}});
  list.push_back({"without capital", both[1].prefectures});
  return list;
}

template <class Of>
Vector sum_over(const std::vector<std::size_t>& prefectures, Of&& of) {
  Vector profile;
  for (const std::size_t p : prefectures) profile = added(std::move(profile), of(p));
  return profile;
}

/// Share of `ages_of(p)` in the groups from `first` to `last`, all prefectures together.
template <class AgesOf>
double share_of_groups(std::size_t prefectures, std::size_t first, std::size_t last, AgesOf&& ages_of) {
  double part = 0, whole = 0;
  for (std::size_t p = 0; p < prefectures; ++p) {
    const Ages ages = ages_of(p);
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t g = 0; g < census_age_groups; ++g) {
        whole += ages(s, g);
        if (first <= g && g <= last) part += ages(s, g);
      }
    }
  }
  return part / whole;
}

void share_of_ages(const Hindcast& in, const std::string& name, std::size_t first, std::size_t last,
                   std::vector<Score>& scores) {
  const double observed = 100 * counted_share_of_ages(in.province.targets.residents, first, last);
  Score score{"P8", name + ", error", "province", {}, 0, "points", "-0.7 to 0.7", {}};
  average(
      in.replicates,
      [&](const HindcastOutcome& o) -> std::optional<double> {
        return 100 * simulated_share_of_ages(o, first, last) - observed;
      },
      score);
  score.benchmarks.emplace_back(
      "persistence", 100 * counted_share_of_ages(in.province.tables.census.residents, first, last) - observed);
  within(-0.7, 0.7, score);
  scores.push_back(score);
}

}  // namespace

Vector counted_net_migration(const Province& province, const std::vector<std::size_t>& prefectures) {
  return sum_over(prefectures, [&](std::size_t p) {
    return net_migration_by_age(counted(province.tables.census.residents, p), counted(province.targets.residents, p),
                                province.targets.survival);
  });
}

Vector modelled_net_migration(const Province& province, const std::vector<std::size_t>& prefectures,
                              const HindcastOutcome& outcome) {
  const auto years = static_cast<Year>(province.targets.year - province.first_year);
  return sum_over(prefectures, [&](std::size_t p) {
    const Grid<double, 2> survivors = closed_cohort_ages(province, p, years);
    Vector net;
    for (std::size_t g = first_survivor - 1; g < age_groups; ++g) {
      double gained = 0;
      for (std::size_t s = 0; s < sexes; ++s) gained += outcome.ages(p, s, g);
      net.push_back(gained);
    }
    for (std::size_t age = 10; age < single_ages; ++age) {
      net[age_group(static_cast<int>(age)) - 2] -= survivors(0, age) + survivors(1, age);
    }
    return net;
  });
}

double counted_share_of_ages(const Grid<std::int64_t, 3>& residents, std::size_t first, std::size_t last) {
  return share_of_groups(residents.shape()[0], first, last, [&](std::size_t p) { return counted(residents, p); });
}

double simulated_share_of_ages(const HindcastOutcome& outcome, std::size_t first, std::size_t last) {
  return share_of_groups(outcome.population.size(), first, last, [&](std::size_t p) { return simulated(outcome, p); });
}

void age_scores(const Hindcast& in, std::vector<Score>& scores) {
  for (const Profile& profile : profiles(in.province)) {
    const Vector observed = counted_net_migration(in.province, profile.prefectures);
    const std::size_t top = peak(observed);
    Score error{"P6", "net migration by age, RMSE over the peak", profile.scope, {}, 0, "%", "below 20", {}};
    average(
        in.replicates,
        [&](const HindcastOutcome& o) -> std::optional<double> {
          const auto rmse =
              root_mean_square_error(modelled_net_migration(in.province, profile.prefectures, o), observed);
          return 100 * *rmse / std::abs(observed[top]);
        },
        error);
    if (error.value) error.met = *error.value < 20;
    const Vector none(observed.size());
    error.benchmarks.emplace_back("closed_cohorts",
                                  100 * *root_mean_square_error(none, observed) / std::abs(observed[top]));
    scores.push_back(error);
    Score place{"P6", "net migration by age, peak, age groups too late", profile.scope, {}, 0, "1", "0", {}};
    average(
        in.replicates,
        [&](const HindcastOutcome& o) -> std::optional<double> {
          return static_cast<double>(peak(modelled_net_migration(in.province, profile.prefectures, o))) -
                 static_cast<double>(top);
        },
        place);
    within(0, 0, place);
    place.note = "counted at ages " + std::string{census_age_names[top + first_survivor]};
    scores.push_back(place);
  }
  share_of_ages(in, "share aged 0-14", 0, 3, scores);
  share_of_ages(in, "share aged 65 and over", 14, census_age_groups - 1, scores);
}

}  // namespace cards

std::vector<double> net_migration_by_age(const Grid<double, 2>& earlier, const Grid<double, 2>& later,
                                         const Grid<double, 2>& survival) {
  std::vector<double> net;
  for (std::size_t g = cards::first_survivor; g < census_age_groups; ++g) {
    double gained = 0;
    for (std::size_t s = 0; s < sexes; ++s) {
      double before = earlier(s, g - 2);
      if (g == cards::first_survivor) before += earlier(s, g - 3);  // infants and ages 1–4
      if (g + 1 == census_age_groups) before += earlier(s, g - 1) + earlier(s, g);
      gained += later(s, g) - survival(s, g) * before;
    }
    net.push_back(gained);
  }
  return net;
}

}  // namespace luohu
