#pragma once
// How much each factor moves an outcome: elementary effects (Morris) and shares of variance (Sobol'), of any function
// of k parameters in the unit cube and a seed. The seed, the model's own chance, is a factor like the parameters: the
// last, number k.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "luohu/inference/interval.hpp"
#include "luohu/random/draw.hpp"

namespace luohu {

/// One evaluation that a method asks for.
struct Trial {
  std::vector<double> point;  ///< [parameter], in [0, 1]
  std::uint64_t seed = 0;     ///< which random numbers: trials with equal seeds share theirs
};

/// The design of Morris 1991, Technometrics 33: trajectories of k + 2 trials, of which one differs from the next in one
/// factor. Parameters are at 0, 1/3, 2/3 or 1 and move by 2/3; the four ways to do so are dealt to the trajectories by
/// a Latin hypercube, so that every parameter takes each equally often, and estimates stay unbiased. Every trajectory
/// has two seeds of its own.
struct Trajectories {
  std::size_t factors = 0;         ///< k + 1
  std::vector<Trial> trials;       ///< [trajectory × (factors + 1)]
  std::vector<std::size_t> moved;  ///< [trajectory × factors] the factor that its i-th step moves
};
[[nodiscard]] Trajectories morris_trajectories(std::size_t parameters, std::size_t trajectories, Seed seed);

/// The elementary effects of one factor, in units of the outcome. Of a parameter: the change of the outcome over the
/// parameter's whole range, if it went on as over the step. Of the seed: the change from one seed to another.
struct ElementaryEffects {
  MeanInterval mu_star;  ///< mean of absolute effects: importance
  double mu = 0;         ///< mean
  double sigma = 0;      ///< standard deviation: curvature, interaction with other factors, noise
};

/// [factor] from the outcome of every trial. Requires two trajectories; `level` is of the interval, 0.95.
[[nodiscard]] std::vector<ElementaryEffects> elementary_effects(const Trajectories& design,
                                                                std::span<const double> values, double level);

/// The design of Saltelli 2002: for each of `points` points of a scrambled Sobol' sequence of 2 k dimensions the trials
/// A, B, and A with one factor after another as in B, the seed last. Powers of two fill the cube evenly.
[[nodiscard]] std::vector<Trial> saltelli_trials(std::size_t parameters, std::size_t points, Seed seed);

struct Estimate {
  double value = 0;
  double low = 0, high = 0;  ///< bootstrap interval
};

/// Shares of the outcome's variance; NaN if it has none.
struct SobolIndices {
  Estimate first;  ///< of the factor by itself: Var(E(Y | factor)) / Var(Y)
  Estimate total;  ///< of the factor by itself and with others: E(Var(Y | all others)) / Var(Y)
};

/// [factor] from the outcomes [point × (factors + 2)] of `saltelli_trials`. First-order indices by Saltelli et al. 2010
/// (Comput. Phys. Commun. 181, table 2 b), total ones by Jansen 1999 (table 2 f); percentile intervals from resampled
/// points (Archer, Saltelli & Sobol' 1997). Estimates may lie a little outside [0, 1].
[[nodiscard]] std::vector<SobolIndices> sobol_indices(std::span<const double> values, std::size_t factors, double level,
                                                      Seed seed);

}  // namespace luohu
