#include "luohu/inference/stopping.hpp"

#include "luohu/inference/interval.hpp"

namespace luohu {

bool precise(std::span<const double> samples, double level, double bound) {
  return samples.size() >= fewest_replicates && mean_interval(samples, level).half_width < bound;
}

}  // namespace luohu
