#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "calibration.hpp"

namespace luohu {
namespace {

double mean_square(const ErrorModel& errors, const std::string& statistic, std::span<const double> simulated) {
  double squares = 0, numbers = 0;
  std::size_t i = 0;
  for (const TargetGroup& group : errors.groups()) {
    for (std::size_t k = 0; k < group.observed.size(); ++k, ++i) {
      if (group.statistic != statistic) continue;
      const double residual = simulated[i] - errors.observed()[i];
      squares += residual * residual / errors.variance()[i];
      ++numbers;
    }
  }
  return squares / numbers;
}

}  // namespace

std::vector<Posterior::Fit> fits_of(const ErrorModel& asked, const ErrorModel& used, std::span<const double> before,
                                    std::span<const double> after) {
  std::vector<Posterior::Fit> fits;
  for (std::size_t g = 0; g < asked.groups().size(); ++g) {
    const TargetGroup& group = asked.groups()[g];
    const auto known = std::ranges::find(fits, group.statistic, &Posterior::Fit::statistic);
    if (known != fits.end()) {
      known->numbers += group.observed.size();
      continue;
    }
    const double deviation = std::hypot(group.discrepancy, group.shared);
    const TargetGroup& in_use = used.groups()[g];
    fits.push_back({group.statistic, group.observed.size(), std::sqrt(mean_square(asked, group.statistic, before)),
                    std::sqrt(mean_square(asked, group.statistic, after)),
                    deviation > 0 ? std::hypot(in_use.discrepancy, in_use.shared) / deviation : 1});
  }
  return fits;
}

std::string calibration_table(const Posterior& posterior) {
  std::string text = fmt::format("{} draw(s): {}\n\n{:36} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", posterior.draws.size(),
                                 posterior.method, "parameter", "before", "mean", "sd", "5 %", "95 %", "prior");
  for (const Posterior::Parameter& p : posterior.parameters) {
    text += fmt::format("{:36} {:9.4g} {:9.4g} {:9.2g} {:9.4g} {:9.4g}  {:g} to {:g}{}\n", p.parameter->name, p.before,
                        p.mean, p.deviation, p.low, p.high, p.lower, p.upper, p.log ? ", logarithms" : "");
  }
  text += fmt::format("\n{:24} {:>8} {:>9} {:>9} {:>9}\n", "error over its sd, rms", "numbers", "before", "after",
                      "inflation");
  for (const Posterior::Fit& fit : posterior.fits) {
    text += fmt::format("{:24} {:8} {:9.2f} {:9.2f} {:9.2f}\n", fit.statistic, fit.numbers, fit.before, fit.after,
                        fit.inflation);
  }
  return text;
}

}  // namespace luohu
