#include <fmt/format.h>

#include "calibration.hpp"
#include "luohu/inference/identifiability.hpp"

namespace luohu {
namespace {

std::string information_table(const Posterior& posterior) {
  std::string text = fmt::format("{:36} {:>11}\n", "parameter", "information");
  for (const Posterior::Parameter& p : posterior.parameters) {
    text += fmt::format("{:36} {:11.3f}{}\n", p.parameter->name, p.information,
                        p.information < identified_below ? "" : "  not identified: keeps its prior");
  }
  text += "\nstrong correlations after the data:\n";
  for (std::size_t i = 0; i < posterior.correlations.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      constexpr double strong = 0.7;
      const double r = posterior.correlations[i][j];
      if (std::abs(r) < strong) continue;
      text += fmt::format("{:36} {:36} {:6.2f}\n", posterior.parameters[j].parameter->name,
                          posterior.parameters[i].parameter->name, r);
    }
  }
  return text + "information: standard deviation after data simulated at the scenarios' own values, over that before\n";
}

std::string fit_table(const Posterior& posterior) {
  std::string text = fmt::format("{:36} {:>9} {:>9} {:>9} {:>9} {:>9}  {}\n", "parameter", "before", "mean", "sd",
                                 "5 %", "95 %", "prior");
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
  return text + "inflation: factor on the discrepancy that the plan asks for\n";
}

}  // namespace

std::string calibration_table(const Posterior& posterior) {
  std::string text;
  if (!posterior.correlations.empty()) text += information_table(posterior) + '\n';
  text += fmt::format("{} draw(s): {}\n", posterior.draws.size(), posterior.method);
  if (!posterior.draws.empty()) text += '\n' + fit_table(posterior);
  return text;
}

}  // namespace luohu
