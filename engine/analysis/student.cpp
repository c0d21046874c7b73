// Student's t. P(|T| > t) on n degrees is the regularised incomplete beta function I_x(n/2, 1/2), x = n / (n + t²).

#include <algorithm>
#include <cmath>

#include "luohu/analysis/statistics.hpp"
#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// I_x(a, b) for x < (a + 1) / (a + b + 2), by the continued fraction DLMF 8.17.22 and Lentz's method.
double beta_fraction(double a, double b, double x, double one_minus_x) {
  constexpr double tiny = 1e-300, close = 1e-16;
  const double front =
      std::exp(std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b) + a * std::log(x) + b * std::log(one_minus_x)) / a;
  double c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), fraction = d;
  for (int m = 1; m < 10'000; ++m) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    double step = 1;
    for (const double term : {even, odd}) {
      const double lower = 1 + term * d;
      d = 1 / (lower == 0 ? tiny : lower);
      c = 1 + term / c;
      if (c == 0) c = tiny;
      step = c * d;
      fraction *= step;
    }
    if (std::abs(step - 1) < close) break;
  }
  return front * fraction;
}

/// P(T > t), t ≥ 0.
double upper_tail(double t, double degrees) {
  const double x = degrees / (degrees + t * t), y = t * t / (degrees + t * t);
  const double a = degrees / 2, b = 0.5;
  const bool direct = x < (a + 1) / (a + b + 2);
  return (direct ? beta_fraction(a, b, x, y) : 1 - beta_fraction(b, a, y, x)) / 2;
}

double density(double t, double degrees) {
  constexpr double pi = 3.14159265358979323846;
  return std::exp(std::lgamma((degrees + 1) / 2) - std::lgamma(degrees / 2) -
                  (degrees + 1) / 2 * std::log1p(t * t / degrees)) /
         std::sqrt(degrees * pi);
}

}  // namespace

double student_quantile(double p, double degrees) {
  LUOHU_EXPECT(0 < p && p < 1 && degrees > 0);
  if (p == 0.5) return 0;
  const double tail = std::min(p, 1 - p);
  double low = 0, high = 1;
  while (upper_tail(high, degrees) > tail) high *= 2;
  // Newton's steps, and a bisection wherever one leaves the bracket.
  double t = high / 2;
  for (int i = 0; i < 200; ++i) {
    const double excess = upper_tail(t, degrees) - tail;
    (excess > 0 ? low : high) = t;
    const double newton = t + excess / density(t, degrees);
    const double next = low < newton && newton < high ? newton : (low + high) / 2;
    const bool settled = std::abs(next - t) <= 1e-15 * t;
    t = next;
    if (settled) break;
  }
  return p < 0.5 ? -t : t;
}

}  // namespace luohu
