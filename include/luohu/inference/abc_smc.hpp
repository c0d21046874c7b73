#pragma once
// Approximate Bayesian computation by sequential Monte Carlo: simulated numbers are weighed by the error model as
// kernel, whose standard deviations shrink from generation to generation to those asked for. With the model's error as
// kernel the last generation is exact (Wilkinson 2013, Stat. Appl. Genet. Mol. Biol. 12). Proposals come from random
// walks on an emulator, and the weights put right what it gets wrong.

#include <functional>
#include <string>
#include <vector>

#include "luohu/inference/history_matching.hpp"

namespace luohu {

struct Generation {
  double tolerance = 1;  ///< factor on the error model's standard deviations
  std::size_t evaluations = 0;
  double effective = 0;  ///< effective sample size, (Σw)²/Σw²
};

struct Sample {
  std::vector<Generation> generations;
  Design points;                ///< of the last generation
  std::vector<double> weights;  ///< of them; they sum to 1
};

struct SampleOptions {
  std::size_t particles = 200;
  std::size_t generations = 8;  ///< at most
  double widest = 4;            ///< first tolerance
  int steps = 60;               ///< of a particle's walk
  Seed seed;
};

/// From the plausible region on. `evaluate`, `errors` and `match` speak of the same numbers: summaries, if there are
/// many numbers with noise. Ends with the first generation at tolerance 1 whose effective size is half the
/// particles; `generations` ends it earlier, which its effective size then tells.
[[nodiscard]] Sample sample_posterior(const Evaluate& evaluate, const ErrorModel& errors,
                                      std::span<const double> observed, std::span<const double> extra,
                                      const HistoryMatch& match, const SampleOptions& options,
                                      const std::function<void(const std::string&)>& say);

/// `n` equally likely points, by systematic resampling.
[[nodiscard]] Design resampled(const Sample& sample, std::size_t n, Seed seed);

}  // namespace luohu
