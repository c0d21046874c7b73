#include "study.hpp"

#include <array>

#include "luohu/population/parallel.hpp"

namespace luohu {

Options& add_study_options(Options& options) {
  return options.value("seed", "N", "seed of the experiment (default 1)")
      .value("threads", "N", "threads (default: all, or OMP_NUM_THREADS)")
      .value("scale", "1:N", "persons an agent stands for (default 1:1)")
      .repeatable("set", "KEY=VALUE", "override a value of both scenarios")
      .value("feedbacks", "STATE", "scenario: as the scenarios say (default); off: hold all at the base year")
      .value("progress", "STYLE", "auto, bar, log, json or none (default auto)")
      .flag("force", "replace an existing file");
}

StudySettings study_settings(const ParsedOptions& parsed) {
  constexpr std::array<std::string_view, 4> formats{"table", "csv", "json", "markdown"};
  constexpr std::array<std::string_view, 5> styles{"auto", "bar", "log", "json", "none"};
  StudySettings settings;
  settings.overrides = overrides_of(parsed);
  settings.output = parsed.text("output").value_or("");
  settings.force = parsed.has("force");
  settings.format = parsed.choice("format", formats);
  settings.progress = progress_style(parsed.choice("progress", styles));
  settings.seed = parsed.unsigned_integer("seed").value_or(1);
  settings.scale = parsed.scale("scale").value_or(1);
  set_threads(static_cast<int>(parsed.integer("threads", 1, 4096).value_or(available_threads())));
  return settings;
}

}  // namespace luohu
