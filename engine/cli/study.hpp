#pragma once
// What commands share that simulate scenarios again and again and print one text: attribute and sensitivity.

#include <filesystem>
#include <string>
#include <vector>

#include "experiment.hpp"
#include "luohu/cli/options.hpp"
#include "progress.hpp"

namespace luohu {

struct StudySettings {
  std::vector<Override> overrides;
  std::filesystem::path output;
  bool force = false;
  std::string format;  ///< table, csv, json or markdown
  ProgressStyle progress = ProgressStyle::none;
  std::uint64_t seed = 1;
  std::int64_t scale = 1;  ///< persons an agent stands for
};

/// Adds --seed, --threads, --scale, --set, --feedbacks, --progress and --force.
Options& add_study_options(Options& options);
/// These, and --output and --format; sets the number of threads.
[[nodiscard]] StudySettings study_settings(const ParsedOptions& parsed);

}  // namespace luohu
