#include "formulas.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu::formula {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double divided(double a, double b) {
  return b != 0 ? a / b : undefined;
}

std::vector<double> largest_first(std::span<const double> sizes) {
  std::vector<double> sorted(sizes.begin(), sizes.end());
  std::ranges::sort(sorted, std::greater{});
  return sorted;
}

}  // namespace

double value(Operands x) {
  return x[0][0];
}
double difference(Operands x) {
  return x[0][0] - x[1][0];
}
double ratio(Operands x) {
  return divided(x[0][0], x[1][0]);
}
double percent(Operands x) {
  return 100 * ratio(x);
}
double percent_of_two(Operands x) {
  return 100 * divided(x[0][0] + x[1][0], x[2][0]);
}
double per_thousand(Operands x) {
  return 1000 * ratio(x);
}
double net_per_thousand(Operands x) {
  return 1000 * divided(x[0][0] - x[1][0], x[2][0]);
}
double hectares_per_head(Operands x) {
  return 10'000 * ratio(x);
}
double gap_of_percents(Operands x) {
  return percent(x.first(2)) - percent(x.subspan(2));
}
double mean_of_two(Operands x) {
  return divided(x[0][0] + x[1][0], x[2][0] + x[3][0]);
}
double shortfall(Operands x) {
  return 100 * (1 - ratio(x));
}

double median_age(Operands x) {
  constexpr double years = 5;
  const std::span<const double> ages = x[0];
  const double half = std::accumulate(ages.begin(), ages.end(), 0.0) / 2;
  if (half <= 0) return undefined;
  double younger = 0;
  for (std::size_t g = 0; g + 1 < ages.size(); ++g) {
    if (younger + ages[g] >= half) return years * (static_cast<double>(g) + (half - younger) / ages[g]);
    younger += ages[g];
  }
  return years * static_cast<double>(ages.size() - 1);
}

double gini(Operands x) {
  const std::span<const double> sizes = x[0];
  double apart = 0, sum = 0;
  for (const double a : sizes) {
    sum += a;
    for (const double b : sizes) apart += std::abs(a - b);
  }
  return divided(apart, 2 * static_cast<double>(sizes.size()) * sum);
}

double theil(Operands x) {
  const std::size_t half = x.size() / 2, places = x[0].size();
  std::vector<double> amounts(places), people(places);
  for (std::size_t p = 0; p < places; ++p) {
    for (std::size_t i = 0; i < half; ++i) {
      amounts[p] += x[i][p];
      people[p] += x[half + i][p];
    }
  }
  const double amount = std::accumulate(amounts.begin(), amounts.end(), 0.0);
  const double everyone = std::accumulate(people.begin(), people.end(), 0.0);
  if (!(amount > 0) || !(everyone > 0)) return undefined;
  double sum = 0;
  for (std::size_t p = 0; p < places; ++p) {
    const double share = amounts[p] / amount;
    if (share > 0) sum += share * std::log(share / (people[p] / everyone));
  }
  return sum;
}

double primacy(Operands x) {
  const auto sizes = largest_first(x[0]);
  return sizes.size() < 2 ? undefined : divided(sizes[0], sizes[1]);
}

double four_city_index(Operands x) {
  const auto sizes = largest_first(x[0]);
  return sizes.size() < 4 ? undefined : divided(sizes[0], sizes[1] + sizes[2] + sizes[3]);
}

double rank_size_exponent(Operands x) {
  auto sizes = largest_first(x[0]);
  std::erase_if(sizes, [](double size) { return size <= 0; });
  const auto n = static_cast<double>(sizes.size());
  double mean_size = 0, mean_rank = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    mean_size += std::log(sizes[i]) / n;
    mean_rank += std::log(static_cast<double>(i) + 0.5) / n;
  }
  double across = 0, along = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double size = std::log(sizes[i]) - mean_size;
    across += size * (std::log(static_cast<double>(i) + 0.5) - mean_rank);
    along += size * size;
  }
  return divided(-across, along);
}

double migration_effectiveness(Operands x) {
  const std::span<const double> moves = x[0];
  const auto places = static_cast<std::size_t>(std::llround(std::sqrt(static_cast<double>(moves.size()))));
  LUOHU_EXPECT(places * places == moves.size());
  double net = 0, gross = 0;
  for (std::size_t p = 0; p < places; ++p) {
    double in = 0, out = 0;
    for (std::size_t q = 0; q < places; ++q) {
      in += moves[q * places + p];
      out += moves[p * places + q];
    }
    net += std::abs(in - out);
    gross += in + out;
  }
  return 100 * divided(net, gross);
}

double exp_of_mean(Operands x) {
  return std::exp(ratio(x));
}

namespace {

/// What one component adds to the residents of towns and to all.
struct Gain {
  double towns = 0, all = 0;

  friend Gain operator+(Gain a, Gain b) { return {a.towns + b.towns, a.all + b.all}; }
  friend Gain operator-(Gain a, Gain b) { return {a.towns - b.towns, a.all - b.all}; }
};

struct UrbanYear {
  Gain end, natural, inside, outside, reclassified;

  explicit UrbanYear(Operands x) {
    LUOHU_EXPECT(x.size() == 15);
    const auto pair = [&](std::size_t i) { return Gain{x[2 * i][0], x[2 * i + 1][0]}; };
    end = pair(0);
    natural = pair(1) - pair(2);
    outside = pair(5) - pair(6);
    inside = pair(3) - pair(4) - outside;
    reclassified = {x[14][0], 0};
  }
  [[nodiscard]] Gain change() const { return natural + inside + outside + reclassified; }
  [[nodiscard]] double due_to(Gain gain) const {
    const Gain start = end - change();
    const double rate = (divided(start.towns, start.all) + divided(end.towns, end.all)) / 2;
    return 100 * divided(gain.towns - rate * gain.all, (start.all + end.all) / 2);
  }
};

}  // namespace

double urbanisation_change(Operands x) {
  const UrbanYear year{x};
  return year.due_to(year.change());
}
double urbanisation_change_natural(Operands x) {
  const UrbanYear year{x};
  return year.due_to(year.natural);
}
double urbanisation_change_inside(Operands x) {
  const UrbanYear year{x};
  return year.due_to(year.inside);
}
double urbanisation_change_outside(Operands x) {
  const UrbanYear year{x};
  return year.due_to(year.outside);
}
double urbanisation_change_reclassified(Operands x) {
  const UrbanYear year{x};
  return year.due_to(year.reclassified);
}

}  // namespace luohu::formula
