#include "findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace luohu::reading {

std::string Spot::origin() const {
  if (file->command_line) return "command line";
  return file->origin + ":" + std::to_string(line);
}

const SourceFile& Findings::open(SourceFile source) {
  source.order = sources_.size();
  return sources_.emplace_back(std::move(source));
}

void Findings::add(const Spot& at, std::string message) {
  found_.push_back({at, std::move(message)});
}

void Findings::throw_if_any() const {
  if (found_.empty()) return;
  std::vector<Finding> sorted = found_;
  std::ranges::stable_sort(sorted, {}, [](const Finding& f) {
    return std::tuple{f.at.file->order, f.at.line, f.at.column};
  });
  std::vector<Diagnostic> diagnostics;
  constexpr std::size_t most_shown = 1000;  // a file of something else would otherwise fill the screen for minutes
  const std::size_t more = sorted.size() - std::min(sorted.size(), most_shown);
  sorted.resize(sorted.size() - more);
  for (Finding& finding : sorted) {
    const auto& [file, line, column] = finding.at;
    const bool shown = 0 < line && line <= file->lines.size();
    diagnostics.push_back({file->name, line, column, std::move(finding.message), shown ? file->lines[line - 1] : ""});
  }
  if (more > 0) diagnostics.push_back({diagnostics.back().file, 0, 0, fmt::format("and {} more mistakes", more), ""});
  const bool ours_alone = std::ranges::all_of(found_, [](const Finding& f) { return f.at.file->command_line; });
  throw InputError{ours_alone ? ExitCode::usage : ExitCode::input, std::move(diagnostics)};
}

}  // namespace luohu::reading
