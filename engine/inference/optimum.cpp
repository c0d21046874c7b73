#include "luohu/inference/optimum.hpp"

#include <nlopt.h>

#include <exception>
#include <memory>
#include <utility>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// What NLopt calls: an exception cannot cross its C code.
struct Search {
  const std::function<double(std::span<const double>)>& function;
  nlopt_opt search = nullptr;
  Optimum best;
  std::exception_ptr failure;

  static double call(unsigned dimensions, const double* x, double* /*gradient*/, void* data) {
    Search& self = *static_cast<Search*>(data);
    const std::span<const double> point{x, dimensions};
    try {
      const double value = self.function(point);
      if (self.best.evaluations++ == 0 || value < self.best.value) {
        self.best.value = value;
        self.best.point.assign(point.begin(), point.end());
      }
      return value;
    } catch (...) {
      self.failure = std::current_exception();
      nlopt_force_stop(self.search);
      return 0;
    }
  }
};

}  // namespace

Optimum minimum_in_cube(const std::function<double(std::span<const double>)>& function, std::vector<double> start,
                        double step, double precision, std::size_t most) {
  LUOHU_EXPECT(!start.empty() && most > 0);
  const std::unique_ptr<std::remove_pointer_t<nlopt_opt>, decltype(&nlopt_destroy)> search{
      nlopt_create(start.size() > 1 ? NLOPT_LN_BOBYQA : NLOPT_LN_COBYLA, static_cast<unsigned>(start.size())),
      nlopt_destroy};
  Search state{function, search.get(), {}, nullptr};
  nlopt_set_lower_bounds1(search.get(), 0);
  nlopt_set_upper_bounds1(search.get(), 1);
  nlopt_set_min_objective(search.get(), Search::call, &state);
  nlopt_set_initial_step1(search.get(), step);
  nlopt_set_xtol_abs1(search.get(), precision);
  nlopt_set_maxeval(search.get(), static_cast<int>(most));
  double value = 0;
  nlopt_optimize(search.get(), start.data(), &value);
  if (state.failure) std::rethrow_exception(state.failure);
  return std::move(state.best);
}

}  // namespace luohu
