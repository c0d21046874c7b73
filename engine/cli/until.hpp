#pragma once
// How well a run must know what it is asked: "CI(registered_urbanisation_gap, 2035) < 0.05pp".

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "luohu/results/experiment.hpp"
#include "luohu/tabulate/indicators.hpp"

namespace luohu {

/// A bound on the half-width of a 95 % interval: of the difference to the baseline in every other scenario, or of the
/// value where there is no other.
struct Precision {
  std::string text;  ///< as the user wrote it
  const Indicator* indicator = nullptr;
  int year = 0;
  std::optional<std::string> place;  ///< name or code; else the province
  double bound = 0;
  bool relative = false;  ///< the bound is in percent of the baseline's mean; else in the indicator's unit
};

/// Throws Error{usage} that says what is wrong, and what may have been meant.
[[nodiscard]] Precision parse_precision(const std::string& text);

/// Collects replicates until every bound is kept.
class Until {
 public:
  /// Throws Error{usage} if the experiment has no such year, place or variable.
  Until(std::vector<Precision> wanted, const Experiment& experiment);

  [[nodiscard]] bool empty() const { return series_.empty(); }
  /// Replicates of a scenario come in order. Throws Error{usage} if the indicator has no value.
  void add(std::size_t scenario, const std::vector<YearRecord>& years);
  /// Whether every bound is kept by the replicates that all scenarios have.
  [[nodiscard]] bool reached() const;
  /// A line for each bound and scenario: the half-width and whether it is small enough.
  [[nodiscard]] std::string report() const;

 private:
  struct Series {
    Precision wanted;
    std::shared_ptr<Evaluation> evaluation;
    std::size_t cell = 0;
    std::vector<std::vector<double>> values;  ///< [scenario][replicate]
  };
  [[nodiscard]] std::vector<std::size_t> judged() const;
  [[nodiscard]] std::vector<double> samples(const Series& of, std::size_t scenario) const;
  [[nodiscard]] double bound(const Series& of) const;

  const Experiment& experiment_;
  std::size_t baseline_ = 0;
  std::vector<Series> series_;
};

}  // namespace luohu
