#pragma once
// A year of results made by hand, to compute indicators from in plain loops.

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "luohu/tabulate/indicators.hpp"
#include "luohu/tabulate/tables.hpp"
#include "support/toy_province.hpp"

namespace luohu::testing {

using Places3 = std::vector<std::size_t>;  // prefectures that count

/// A year of the toy province's results with a number of its own in every cell.
struct HandMade {
  Layout layout = results_layout(toy_places());
  std::map<std::string, std::vector<double>, std::less<>> values;

  HandMade() {
    std::mt19937_64 generator{7};
    for (const Variable& variable : layout.variables) {
      auto& cells = values[variable.name];
      for (std::size_t i = 0; i < layout.size(variable); ++i)
        cells.push_back(1 + static_cast<double>(generator() % 97));
    }
  }
  [[nodiscard]] YearValues year() const {
    return YearValues{[this](std::string_view name) { return std::span<const double>{values.find(name)->second}; }};
  }
  /// Value of `variable` at these rows of its axes.
  [[nodiscard]] double at(std::string_view variable, std::initializer_list<std::size_t> rows) const {
    const auto entry = std::ranges::find(layout.variables, variable, &Variable::name);
    std::size_t offset = 0, axis = 0;
    for (const std::size_t row : rows) offset = offset * layout.axis(entry->axes[axis++]).size() + row;
    return values.find(variable)->second[offset];
  }
  /// Sum over places, and every other axis of a [place][…] variable.
  [[nodiscard]] double all(std::string_view variable, const Places3& places, std::size_t first = 0,
                           std::size_t count = 0) const {
    const auto& cells = values.find(variable)->second;
    const std::size_t each = cells.size() / 3;
    double sum = 0;
    for (const std::size_t p : places) {
      for (std::size_t i = first; i < (count > 0 ? first + count : each); ++i) sum += cells[p * each + i];
    }
    return sum;
  }
  /// Residents with zone below `zones`, age groups [young, old) and registration in [from, to).
  [[nodiscard]] double people(const Places3& places, std::size_t zones = 2, std::size_t young = 0, std::size_t old = 18,
                              std::size_t from = 0, std::size_t to = 4) const {
    double sum = 0;
    for (const std::size_t p : places)
      for (std::size_t z = 0; z < zones; ++z)
        for (std::size_t s = 0; s < 2; ++s)
          for (std::size_t g = young; g < old; ++g)
            for (std::size_t r = from; r < to; ++r) sum += at("population", {p, z, s, g, r});
    return sum;
  }
  /// Moves or registrations with origin and destination that `of` lets through.
  template <class Of>
  [[nodiscard]] double pairs(std::string_view variable, Of of) const {
    const std::size_t each = values.find(variable)->second.size() / 25;
    double sum = 0;
    for (std::size_t o = 0; o < 5; ++o)
      for (std::size_t d = 0; d < 5; ++d)
        for (std::size_t i = 0; of(o, d) && i < each; ++i) sum += values.find(variable)->second[(o * 5 + d) * each + i];
    return sum;
  }
  /// Σ wage × residents aged 15–64 over zones, both standings, by the weights of each.
  [[nodiscard]] double paid(const Places3& places, std::size_t education, std::size_t standing, std::size_t from,
                            std::size_t to) const {
    double sum = 0;
    for (const std::size_t p : places)
      for (std::size_t z = 0; z < 2; ++z) {
        double weight = 0;
        for (std::size_t s = 0; s < 2; ++s)
          for (std::size_t g = 3; g < 13; ++g)
            for (std::size_t r = from; r < to; ++r) weight += at("population", {p, z, s, g, r});
        sum += weight * at("wage", {p, z, education, standing});
      }
    return sum;
  }
};

inline const HandMade& hand() {
  static const HandMade made;
  return made;
}

}  // namespace luohu::testing
