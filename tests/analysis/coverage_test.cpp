// Intervals of `compare` on 500 synthetic experiments, from the files on: they hold the truth as often as they say.

#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "luohu/analysis/comparison.hpp"
#include "results/sample.hpp"

using namespace luohu;

namespace {

constexpr std::size_t experiments = 500;
constexpr std::size_t replicates = 10;
constexpr double mean = 1e6, effect = 2e4, shared = 3e4, own = 1e4;  // persons

/// Every place is an experiment of its own: independent noise, the same true effect. Rounding to whole persons is a
/// ten-thousandth of the noise.
Experiment five_hundred_places() {
  Experiment of = sample::experiment();
  of.replicates = replicates;
  of.first_year = of.last_year = 2020;
  std::vector<std::int32_t> codes(experiments);
  for (std::size_t i = 0; i < experiments; ++i) codes[i] = static_cast<std::int32_t>(100'000 + i);
  of.layout.axes = {{"place", "prefecture", "市州", codes, {}, {}, {}}};
  of.layout.variables = {{"population", "residents", "常住人口", "person", "year: point", Kind::count, {"place"}}};
  return of;
}

/// In the same replicate both scenarios share part of the noise, as with common random numbers.
void write(const std::filesystem::path& path, const Experiment& of, double common) {
  std::mt19937_64 generator{20260214};
  std::normal_distribution<double> normal;
  ResultsWriter writer{path, of, true};
  for (std::size_t r = 0; r < replicates; ++r) {
    std::vector<std::int64_t> people[2];
    for (std::size_t i = 0; i < experiments; ++i) {
      const double together = common * normal(generator);
      for (std::size_t s = 0; s < 2; ++s) {
        people[s].push_back(std::llround(mean + static_cast<double>(s) * effect + together + own * normal(generator)));
      }
    }
    for (std::size_t s = 0; s < 2; ++s) writer.add(s, 0, r, std::vector<YearRecord>{{{people[s]}}});
  }
  writer.finish();
}

Comparison compared(const std::filesystem::path& file) {
  ComparisonRequest request;
  request.files = {file};
  request.indicators = {"residents"};
  request.by = {"place"};
  return compare(request);
}

/// Share of places whose interval holds the truth.
double held(const Comparison& comparison, bool unpaired, std::optional<Interval> (*interval)(const Contrast&, double),
            double truth) {
  std::size_t inside = 0, all = 0;
  for (const ComparedRow& row : comparison.rows) {
    if (row.cell.empty()) continue;
    const auto found = interval(unpaired ? *row.unpaired : row.contrast, 0.95);
    REQUIRE(found);
    inside += found->low <= truth && truth <= found->high ? 1 : 0;
    ++all;
  }
  REQUIRE(all == experiments);
  return static_cast<double>(inside) / static_cast<double>(all);
}

}  // namespace

TEST_CASE("of 500 experiments 93 to 97 % have the truth in their 95 % interval", "[compare][statistical]") {
  // The share is Binomial(500, 0.95) / 500, sd 0.97 %: 4 of 100 seeds would fall outside, this one does not. Power: a
  // normal quantile in place of Student's holds 91.8 %, a standard deviation in place of the error of the mean 100 %.
  const sample::Folder folder;
  const Experiment of = five_hundred_places();
  write(folder / "paired.h5", of, shared);
  const Comparison paired = compared(folder / "paired.h5");
  CHECK(held(paired, false, difference_interval, effect) == Approx(0.95).margin(0.02));
  CHECK(held(paired, false, percent_interval, 100 * effect / mean) == Approx(0.95).margin(0.02));
  CHECK(held(paired, false, ratio_interval, 1 + effect / mean) == Approx(0.95).margin(0.02));
  // What pairing takes away is noise that is there: unpaired intervals of the same files hold the truth too often.
  CHECK(held(paired, true, difference_interval, effect) > 0.99);

  write(folder / "independent.h5", of, 0);
  const Comparison free = compared(folder / "independent.h5");
  CHECK(held(free, true, difference_interval, effect) == Approx(0.95).margin(0.02));
  CHECK(held(free, true, ratio_interval, 1 + effect / mean) == Approx(0.95).margin(0.02));
}
