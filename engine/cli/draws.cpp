#include "draws.hpp"

#include <fmt/format.h>

#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"

namespace luohu {

Draws::Draws(const std::string& text) : path_{text} {
  std::optional<std::int64_t> asked;
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos) {
    asked = parse_integer(std::string_view{text}.substr(colon + 1));
    if (asked) path_ = text.substr(0, colon);
  }
  posterior_ = read_posterior(path_);
  const auto all = static_cast<std::int64_t>(posterior_.draws.size());
  const std::int64_t n = asked.value_or(all);
  if (n < 1 || n > all) {
    throw Error{ExitCode::usage,
                fmt::format("--draws {}: {} draws of {} (must be from 1 to {})", text, n, path_.generic_string(), all)};
  }
  for (std::int64_t d = 0; d < n; ++d) chosen_.push_back(static_cast<std::size_t>(d * all / n));
}

Parameters Draws::parameters(const Parameters& base, std::size_t draw) const {
  Parameters values = base;
  for (std::size_t i = 0; i < posterior_.parameters.size(); ++i) {
    values.*posterior_.parameters[i].parameter->field = posterior_.draws[chosen_[draw]][i];
  }
  return values;
}

void Draws::refuse(std::span<const Override> overrides) const {
  for (const Override& override : overrides) {
    for (const Posterior::Parameter& parameter : posterior_.parameters) {
      if (parameter_set_by(override.key) != parameter.parameter) continue;
      throw Error{ExitCode::usage, fmt::format("--set {}: every draw of {} has a value of its own", override.key,
                                               path_.generic_string())};
    }
  }
}

AmenityRounds Draws::amenity() const {
  return {seed_of_replicate(Seed{posterior_.seed}, 0), posterior_.amenity_scale, posterior_.amenity_rounds};
}

}  // namespace luohu
