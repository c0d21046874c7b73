#pragma once
// A cheap stand-in for simulations: each number a quadratic function of the parameters and a Gaussian process about it
// (universal kriging; Rasmussen & Williams 2006, chapter 2), with what it does not know.

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "luohu/inference/design.hpp"

namespace luohu {

/// How well every simulation is foretold by all others.
struct LeaveOneOut {
  double explained = 0;  ///< median over the numbers of 1 − mean squared error over variance
  double worst = 0;      ///< the least of them
  double beyond = 0;     ///< share of errors larger than three standard deviations; 0.003 if they are normal
};

class Emulator {
 public:
  /// `values` [point][number]. Linear instead of quadratic where there are too few points. For each number the
  /// correlation length and noise of a small grid that leave the smallest leave-one-out errors.
  Emulator(const Design& points, const std::vector<std::vector<double>>& values);
  ~Emulator();
  Emulator(Emulator&&) noexcept;
  Emulator& operator=(Emulator&&) noexcept;
  Emulator(const Emulator&) = delete;
  Emulator& operator=(const Emulator&) = delete;

  /// [number] each.
  struct Prediction {
    std::vector<double> mean, variance;
  };
  [[nodiscard]] Prediction operator()(std::span<const double> point) const;
  [[nodiscard]] const LeaveOneOut& leave_one_out() const;

  /// Fewest points from which one can be made.
  [[nodiscard]] static std::size_t fewest(std::size_t dimensions);

 private:
  struct Impl;
  std::unique_ptr<const Impl> impl_;
};

}  // namespace luohu
