#include "luohu/rates/life.hpp"

#include <algorithm>
#include <cmath>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

constexpr double draw_range = 4294967296.0;

std::uint64_t threshold_within_year(double hazard) {
  return static_cast<std::uint64_t>(probability_within_year(hazard) * draw_range);
}

double on_path(const std::vector<double>& path, Year start, Year year) {
  LUOHU_EXPECT(year >= start && static_cast<std::size_t>(year - start) < path.size());
  return path[static_cast<std::size_t>(year - start)];
}

/// Regularised lower incomplete gamma function P(shape, x) by its power series, which converges for
/// every x and loses no digits because all terms are positive.
double gamma_cdf(double shape, double x) {
  if (x <= 0) return 0;
  double term = 1 / shape;
  double sum = term;
  for (double n = shape + 1; term > sum * 1e-17; n += 1) {
    term *= x / n;
    sum += term;
  }
  return std::min(1.0, sum * std::exp(shape * std::log(x) - x - std::lgamma(shape)));
}

double gamma_quantile(double shape, double probability) {
  double low = 0;
  double high = 10 * (shape + 10);
  for (int step = 0; step < 200; ++step) {
    const double middle = (low + high) / 2;
    (gamma_cdf(shape, middle) < probability ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double probability_within_year(double hazard) {
  return -std::expm1(-hazard);
}

double death_hazard(const Grid<double, 2>& mortality, Sex sex, std::size_t age) {
  const auto s = static_cast<std::size_t>(sex);
  const double here = mortality(s, age);
  const double next = mortality(s, std::min(age + 1, single_ages - 1));
  return age == 0 ? here + next / 2 : (here + next) / 2;
}

Grid<std::uint64_t, 3> death_thresholds(const VitalTables& vital, std::size_t places, Year year) {
  const double trend = on_path(vital.mortality_path, vital.path_start, year);
  Grid<std::uint64_t, 3> thresholds{{places, sexes, single_ages}};
  for (std::size_t p = 0; p < places; ++p) {
    // External nodes have the province's rates.
    const double factor = trend * (p < vital.mortality_factor.size() ? vital.mortality_factor[p] : 1.0);
    for (std::size_t s = 0; s < sexes; ++s) {
      for (std::size_t age = 0; age < single_ages; ++age) {
        thresholds(p, s, age) = threshold_within_year(factor * death_hazard(vital.mortality, static_cast<Sex>(s), age));
      }
    }
  }
  return thresholds;
}

Grid<std::uint64_t, 2> birth_thresholds(const VitalTables& vital, std::size_t places, Year year,
                                        double external_factor) {
  const double trend = on_path(vital.fertility_path, vital.path_start, year);
  Grid<std::uint64_t, 2> thresholds{{places, single_ages}};
  for (std::size_t p = 0; p < places; ++p) {
    const double factor = trend * (p < vital.fertility_factor.size() ? vital.fertility_factor[p] : external_factor);
    for (std::size_t age = 0; age < single_ages; ++age) {
      const double next = age + 1 < single_ages ? vital.fertility[age + 1] : 0.0;
      thresholds(p, age) = threshold_within_year(factor * (vital.fertility[age] + next) / 2);
    }
  }
  return thresholds;
}

double move_schedule(const Parameters& c, int age) {
  const double x = age;
  const double child = c.rc_child_level * std::exp(-c.rc_child_decline * x);
  const double since = x - c.rc_labour_peak;
  const double labour =
      c.rc_labour_level * std::exp(-c.rc_labour_decline * since - std::exp(-c.rc_labour_ascent * since));
  const double student = age >= 17 && age <= 19 ? c.rc_student_level : 0.0;
  return c.mobility_level * (child + labour + c.rc_constant + student);
}

std::vector<double> frailty_classes(double variance, std::size_t bands) {
  std::vector<double> means(bands, 1.0);
  if (variance <= 0 || bands < 2) return means;
  const double shape = 1 / variance;
  double below = 0;  // P(shape + 1, bound): the share of total frailty below the class's lower bound
  for (std::size_t band = 0; band < bands; ++band) {
    const double share = static_cast<double>(band + 1) / static_cast<double>(bands);
    const double above = band + 1 == bands ? 1.0 : gamma_cdf(shape + 1, gamma_quantile(shape, share));
    means[band] = (above - below) * static_cast<double>(bands);
    below = above;
  }
  return means;
}

}  // namespace luohu
