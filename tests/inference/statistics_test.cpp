// The statistics of a scorecard against small cases computed by hand.

#include "luohu/inference/statistics.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>

using namespace luohu;

TEST_CASE("errors are means over the values", "[statistics]") {
  const std::vector<double> predicted{110, 190, 300}, observed{100, 200, 300};
  CHECK(*mean_absolute_percentage_error(predicted, observed) == Approx(5));  // 10, 5 and 0 %
  CHECK(*mean_absolute_error(predicted, observed) == Approx(20.0 / 3));
  CHECK(*root_mean_square_error(predicted, observed) == Approx(std::sqrt(200.0 / 3)));
  CHECK_FALSE(mean_absolute_error({}, {}).has_value());
}

TEST_CASE("correlation of a line is one, of its mirror minus one, of a constant nothing", "[statistics]") {
  const std::vector<double> x{1, 2, 3, 5}, y{3, 5, 7, 11}, mirrored{-1, -2, -3, -5}, constant{0.1, 0.1, 0.1, 0.1};
  CHECK(*correlation(x, y) == Approx(1));
  CHECK(*correlation(x, mirrored) == Approx(-1));
  CHECK_FALSE(correlation(x, constant).has_value());
  CHECK_FALSE(correlation(std::vector{1.0, 2.0}, std::vector{1.0, 2.0}).has_value());
  // Deviations (-1, 0, 1) and (-1, 1, 0): products sum to 1, squares to 2 each.
  CHECK(*correlation(std::vector{1.0, 2.0, 3.0}, std::vector{1.0, 3.0, 2.0}) == Approx(0.5));
}

TEST_CASE("ranks ignore sizes, and ties share theirs", "[statistics]") {
  CHECK(*rank_correlation(std::vector{1.0, 10.0, 1000.0}, std::vector{2.0, 3.0, 4.0}) == Approx(1));
  // Ranks (0.5, 0.5, 2) and (0, 1, 2): r = 1.5 / sqrt(1.5 · 2).
  CHECK(*rank_correlation(std::vector{7.0, 7.0, 9.0}, std::vector{1.0, 2.0, 3.0}) == Approx(1.5 / std::sqrt(3.0)));
}

TEST_CASE("concentration of equal and of single sizes", "[statistics]") {
  CHECK(*gini(std::vector{5.0, 5.0, 5.0, 5.0}) == Approx(0).margin(1e-12));
  CHECK(*gini(std::vector{0.0, 0.0, 0.0, 8.0}) == Approx(0.75));  // (n - 1) / n
  CHECK(*gini(std::vector{1.0, 3.0}) == Approx(0.25));
  CHECK(*primacy(std::vector{2.0, 9.0, 3.0}) == Approx(3));
  CHECK_FALSE(gini(std::vector{1.0}).has_value());
  CHECK_FALSE(primacy(std::vector{1.0}).has_value());
}

TEST_CASE("least squares finds a plane, and the mean of repeated values", "[statistics]") {
  const std::vector<std::vector<double>> rows{{1, 0, 0}, {1, 1, 0}, {1, 0, 1}, {1, 2, 3}};
  std::vector<double> values;
  for (const auto& r : rows) values.push_back(4 * r[0] - 2 * r[1] + 0.5 * r[2]);
  const auto plane = least_squares(rows, values);
  REQUIRE(plane.has_value());
  CHECK((*plane)[0] == Approx(4));
  CHECK((*plane)[1] == Approx(-2));
  CHECK((*plane)[2] == Approx(0.5));
  CHECK((*least_squares({{1}, {1}, {1}}, std::vector{1.0, 2.0, 6.0}))[0] == Approx(3));
  CHECK_FALSE(least_squares({{1, 2}, {2, 4}, {3, 6}}, std::vector{1.0, 2.0, 3.0}).has_value());  // one direction
  CHECK_FALSE(least_squares({{1, 2}}, std::vector{1.0}).has_value());
}

TEST_CASE("effects of groups leave the slopes within them", "[statistics]") {
  // y = a_g + 1.5 x1 - 0.7 x2, with effects that go against x1 between groups.
  const std::vector<std::size_t> group{0, 0, 0, 2, 2, 2, 2};
  const std::vector<std::vector<double>> rows{{1, 0}, {2, 3}, {4, 1}, {11, 2}, {12, 9}, {15, 4}, {13, 3}};
  std::vector<double> values;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    values.push_back((group[i] == 0 ? 100 : -100) + 1.5 * rows[i][0] - 0.7 * rows[i][1]);
  }
  const auto slopes = least_squares_within(group, rows, values);
  REQUIRE(slopes.has_value());
  CHECK((*slopes)[0] == Approx(1.5));
  CHECK((*slopes)[1] == Approx(-0.7));
  // One value in each group says nothing.
  CHECK_FALSE(least_squares_within(std::vector<std::size_t>{0, 1}, {{1}, {2}}, {3, 4}).has_value());
  CHECK_FALSE(least_squares_within({}, {}, {}).has_value());
}

TEST_CASE("a gravity model gives back the coefficient it was made with", "[statistics]") {
  std::vector<Flow> flows;
  for (std::size_t o = 0; o < 5; ++o) {
    for (std::size_t d = 0; d < 5; ++d) {
      if (o == d) continue;
      const double distance = 50 + 37.0 * static_cast<double>((o * 3 + d * 7) % 11);
      const double mass = static_cast<double>((o + 1) * (2 * d + 1));
      flows.push_back({o, d, mass * std::pow(distance, -1.1), distance});
    }
  }
  CHECK(*distance_coefficient(flows) == Approx(-1.1).epsilon(1e-6));
  flows.resize(2);
  CHECK_FALSE(distance_coefficient(flows).has_value());
}

TEST_CASE("a quarter of a meridian is a quarter of a circle", "[statistics]") {
  CHECK(great_circle_km(112, 0, 112, 90) == Approx(6371 * std::numbers::pi / 2));
  CHECK(great_circle_km(0, 0, 180, 0) == Approx(6371 * std::numbers::pi));
  CHECK(great_circle_km(112.98, 28.19, 112.98, 28.19) == 0);
}
