#pragma once
// A simulator with a known answer: numbers linear in the parameters, and errors that make the posterior normal.

#include <cmath>
#include <vector>

#include "luohu/inference/calibration.hpp"

namespace luohu::testing {

/// Number k is the sum of coefficients[k][i] x_i.
struct LinearSimulator {
  std::vector<std::vector<double>> coefficients;

  [[nodiscard]] std::vector<double> at(const std::vector<double>& point) const {
    std::vector<double> numbers;
    for (const auto& row : coefficients) {
      double sum = 0;
      for (std::size_t i = 0; i < row.size(); ++i) sum += row[i] * point[i];
      numbers.push_back(sum);
    }
    return numbers;
  }
  [[nodiscard]] Evaluate evaluate() const {
    return [*this](const Design& points, std::uint64_t) {
      std::vector<std::vector<double>> values;
      for (const auto& point : points) values.push_back(at(point));
      return values;
    };
  }
};

/// Independent errors of one size in every number.
inline ErrorModel errors_of(const std::vector<double>& observed, double deviation) {
  std::vector<std::string> labels(observed.size(), "number");
  return ErrorModel{{{"toy", "toy", labels, observed, deviation, 0, 0}}};
}

}  // namespace luohu::testing
