#pragma once
// A small experiment for tests of commands that read results: every number is known.

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "capture.hpp"
#include "luohu/core/error.hpp"
#include "results/sample.hpp"

namespace luohu {

/// Residents, registered and settled of two prefectures. In replicate r and year y the baseline has in every cell
/// 1000 + 10 r + y and `effect(scenario, r)` more in the town of the first prefecture.
struct World {
  Experiment of;
  std::vector<std::vector<std::int64_t>> effect{{0, 0, 0}, {30, 40, 50}, {-60, 0, 70}};  ///< [scenario][replicate]

  std::vector<std::int64_t> draw_effect{0};  ///< [draw] more in the same cell, but for the baseline

  World() {
    of = sample::experiment();
    of.replicates = 3;
    of.seed = 7;
    of.scenarios.push_back({"noisy", "噪声", "Noise", ""});
    of.provenance = {{"baseline", "mortality_scale", 1.5, "1", "literature", "default", "a book"},
                     {"open", "mortality_scale", 1.5, "1", "literature", "default", "a book"},
                     {"open", "measure.lift.value", 0, "year", "text", "open.toml:3", "clause 1"},
                     {"open", "measure.lift.start", 2021.5, "year", "text", "open.toml:4", "clause 1"},
                     {"open", "measure.lift.lag", 0, "year", "assumption", "default", ""},
                     {"noisy", "mortality_scale", 2, "1", "assumption", "noisy.toml:9", ""}};
    of.layout.axes = {
        {"place", "prefecture", "市州", {430100, 433100}, {}, {"Changsha", "Xiangxi"}, {"长沙市", "湘西州"}},
        {"zone", "zone", "城乡", {}, {"urban", "rural"}, {}, {"城镇", "乡村"}},
        {"route", "route", "途径", {}, {"residence", "home"}, {}, {"居住", "住房"}}};
    const auto variable = [](std::string name, std::vector<std::string> axes) {
      return Variable{std::move(name), "x", "x", "person", "year: point", Kind::count, std::move(axes)};
    };
    of.layout.variables = {variable("population", {"place", "zone"}), variable("registered", {"place", "zone"}),
                           variable("settled", {"place", "route"})};
  }

  void write(const std::filesystem::path& path) const {
    ResultsWriter writer{path, of, true};
    for (std::size_t s = 0; s < of.scenarios.size(); ++s) {
      for (std::size_t run = 0; run < of.draws * of.replicates; ++run) {
        const std::size_t d = run / of.replicates, r = run % of.replicates;
        std::vector<YearRecord> years;
        for (int year = of.first_year; year <= of.last_year; ++year) {
          const auto base = static_cast<std::int64_t>(1000 + 10 * r) + year - 2020;
          std::vector<std::int64_t> cells(4, base);
          cells[0] += effect[s][r] + (s > 0 ? draw_effect[d] : 0);
          years.push_back({{cells, cells, cells}});
        }
        writer.add(s, d, r, years);
      }
    }
    writer.finish();
  }
};

inline bool contains(const std::string& text, const std::string& part) {
  INFO(text);
  INFO(part);
  const bool found = text.find(part) != std::string::npos;
  CHECK(found);
  return found;
}

/// One file of the world for most tests.
struct Fixture {
  sample::Folder folder;
  World world;
  std::string path = (folder / "world.h5").string();
  Fixture() { world.write(path); }
};

}  // namespace luohu
