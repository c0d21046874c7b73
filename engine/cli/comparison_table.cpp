// A comparison for people: which measures differ, the province, the split by size of effect, notes.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "comparison_output.hpp"
#include "luohu/core/text.hpp"

namespace luohu {
namespace {

using Cells = std::vector<std::string>;

/// Rows of a table, the first its headings; the first column is text, the others are numbers.
struct Block {
  std::string title;
  std::vector<Cells> rows;
};

int decimals(const Indicator& indicator) {
  const std::string_view unit = indicator.unit;
  if (unit == "1") return 4;
  return unit.starts_with("person") || unit == "ha" || (unit == "yuan year-1" && !indicator.name.ends_with("per_head"))
             ? 0
             : 2;
}

/// "1,234,567.8"
std::string grouped(std::string digits) {
  const std::size_t first = digits.find_first_of("0123456789");
  std::size_t point = digits.find('.');
  if (point == std::string::npos) point = digits.size();
  for (std::size_t at = point; at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

std::string number(double value, int places, bool sign = false) {
  if (std::isnan(value)) return "-";
  return grouped(sign ? fmt::format("{:+.{}f}", value, places) : fmt::format("{:.{}f}", value, places));
}

std::string effect_number(double value, Effect effect, int places) {
  switch (effect) {
    case Effect::difference:
      return number(value, places, true);
    case Effect::percent:
      return number(value, 2, true);
    case Effect::ratio:
      return number(value, 4);
  }
  return "";
}

std::string interval_text(const std::optional<Interval>& interval, Effect effect, int places) {
  if (!interval) return "";
  return fmt::format("[{}, {}]", effect_number(interval->low, effect, places),
                     effect_number(interval->high, effect, places));
}

/// "*" differs, "~ 37" is not distinguishable from noise and would be with 37 replicates, "=" is identical.
std::string mark(const Contrast& of, double confidence) {
  const std::string_view what = verdict(of, confidence);
  if (what == "differs") return "*";
  if (what == "identical") return "=";
  if (what != "noise") return "";
  const auto needed = replicates_needed(of, confidence);
  return needed ? fmt::format("~ {}", *needed) : "~";
}

Cells headings(const Comparison& comparison, const Shown& shown, std::string first) {
  const bool as_difference = shown.effect == Effect::difference;
  Cells cells{std::move(first),
              "baseline",
              "scenario",
              std::string{name_of(shown.effect)},
              fmt::format("{} interval", confidence_text(shown.confidence)),
              as_difference ? "percent" : "difference",
              "mark"};
  if (comparison.over_draws) cells.push_back(fmt::format("{} of draws", confidence_text(shown.confidence)));
  if (shown.unpaired) cells.insert(cells.end(), {"unpaired interval", "variance reduction"});
  return cells;
}

Cells cells_of(const Comparison& comparison, const ComparedRow& row, const Shown& shown, std::string label) {
  const int places = decimals(*row.indicator);
  const Contrast& of = row.contrast;
  const Effect other = shown.effect == Effect::difference ? Effect::percent : Effect::difference;
  Cells cells{std::move(label),
              number(of.baseline, places),
              number(of.scenario, places),
              effect_number(value_of(of, shown.effect), shown.effect, places),
              interval_text(interval_of(of, shown.effect, shown.confidence), shown.effect, places),
              effect_number(value_of(of, other), other, places),
              mark(of, shown.confidence)};
  if (comparison.over_draws) {
    cells.push_back(interval_text(range_of_draws(row, shown.effect, shown.confidence), shown.effect, places));
  }
  if (shown.unpaired) {
    const auto reduction = row.unpaired ? variance_reduction(of) : std::nullopt;
    cells.push_back(
        row.unpaired ? interval_text(interval_of(*row.unpaired, shown.effect, shown.confidence), shown.effect, places)
                     : "");
    cells.push_back(reduction ? fmt::format("{:.1f}", *reduction) : "");
  }
  return cells;
}

std::string row_name(const Axis& axis, std::size_t row) {
  if (!axis.labels_zh.empty()) return axis.labels_zh[row];
  return axis.ids.empty() ? std::to_string(axis.codes[row]) : axis.ids[row];
}

std::string cell_name(const Comparison& comparison, const ComparedRow& row) {
  if (row.cell.empty()) return "全省 province";
  Cells names;
  for (std::size_t a = 0; a < row.cell.size(); ++a) names.push_back(row_name(comparison.by[a], row.cell[a]));
  return fmt::format("{}", fmt::join(names, " "));
}

std::string indicator_title(const Indicator& indicator) {
  return fmt::format("{} {} ({})", indicator.name, indicator.long_name_zh, indicator.unit);
}

std::vector<const ComparedRow*> rows_of(const Comparison& comparison, std::size_t scenario) {
  std::vector<const ComparedRow*> rows;
  for (const ComparedRow& row : comparison.rows) {
    if (row.scenario == scenario) rows.push_back(&row);
  }
  return rows;
}

/// One block for all indicators of a year.
std::vector<Block> by_indicator(const Comparison& comparison, std::size_t scenario, const Shown& shown) {
  std::vector<Block> blocks;
  for (const ComparedRow* row : rows_of(comparison, scenario)) {
    const std::string title = fmt::format("{}, 全省 province", row->year);
    auto block = std::ranges::find(blocks, title, &Block::title);
    if (block == blocks.end()) block = blocks.insert(blocks.end(), {title, {headings(comparison, shown, "indicator")}});
    block->rows.push_back(cells_of(comparison, *row, shown, indicator_title(*row->indicator)));
  }
  return blocks;
}

/// One block for each indicator and year: the province, then the largest effects first.
std::vector<Block> by_split(const Comparison& comparison, std::size_t scenario, const Shown& shown) {
  auto rows = rows_of(comparison, scenario);
  const auto size = [](const ComparedRow* row) {
    const double difference = std::abs(row->contrast.difference());
    return std::isnan(difference) ? -1 : difference;
  };
  std::ranges::stable_sort(rows, [&](const ComparedRow* a, const ComparedRow* b) {
    if (a->indicator != b->indicator) return false;
    if (a->year != b->year) return a->year < b->year;
    if (a->cell.empty() != b->cell.empty()) return a->cell.empty();
    return size(a) > size(b);
  });
  std::vector<Block> blocks;
  const ComparedRow* last = nullptr;
  for (const ComparedRow* row : rows) {
    if (last == nullptr || last->indicator != row->indicator || last->year != row->year) {
      blocks.push_back(
          {fmt::format("{}, {}", indicator_title(*row->indicator), row->year), {headings(comparison, shown, "")}});
    }
    blocks.back().rows.push_back(cells_of(comparison, *row, shown, cell_name(comparison, *row)));
    last = row;
  }
  return blocks;
}

std::vector<Block> blocks_of(const Comparison& comparison, std::size_t scenario, const Shown& shown) {
  return comparison.by.empty() ? by_indicator(comparison, scenario, shown) : by_split(comparison, scenario, shown);
}

std::string scenario_title(const Comparison& comparison, const ComparedScenario& scenario) {
  return fmt::format("{}: {} {}, against {}", scenario.label, scenario.title_zh, scenario.title_en,
                     comparison.baseline.label);
}

std::string aligned(const std::vector<Cells>& rows) {
  std::vector<std::size_t> widths;
  for (const Cells& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c) widths[c] = std::max(widths[c], display_width(row[c]));
  }
  const std::size_t mark_column = 6;
  std::string text;
  for (const Cells& row : rows) {
    std::string line = "  ";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const bool left = c == 0 || c == mark_column;
      const std::string gap(widths[c] - display_width(row[c]), ' ');
      line += left ? row[c] + gap : gap + row[c];
      line += "  ";
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
  }
  return text;
}

std::string markdown_table(const std::vector<Cells>& rows) {
  std::string text;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    text += fmt::format("| {} |\n", fmt::join(rows[r], " | "));
    if (r > 0) continue;
    for (std::size_t c = 0; c < rows[r].size(); ++c) text += c == 0 ? "|---|" : "--:|";
    text += '\n';
  }
  return text;
}

/// How the numbers were made, and how to read the marks.
std::string legend(const Comparison& comparison, const Shown& shown) {
  const bool paired =
      std::ranges::any_of(comparison.scenarios, [](const auto& s) { return s.pairing == Pairing::paired; });
  std::size_t intervals = 0;
  for (const ComparedRow& row : comparison.rows)
    intervals += row.contrast.degrees > 0 && !row.contrast.identical ? 1 : 0;
  if (intervals == 0) return "= the same in every replicate";
  const std::string method =
      paired ? fmt::format(
                   "{} replicates, paired by common random numbers; Student's t of their "
                   "differences{}",
                   comparison.replicates, shown.effect == Effect::difference ? "" : ", Fieller's for the ratio")
             : "unpaired: Welch's t";
  return fmt::format(
      "{}\n* the {} interval excludes 0, as 1 in {:.0f} would by chance alone; {} intervals here\n"
      "~ N not distinguishable from noise; N replicates would settle it if nothing else changed\n"
      "= the same in every replicate",
      method, confidence_text(shown.confidence), 1 / (1 - shown.confidence), intervals);
}

}  // namespace

std::string comparison_table(const Comparison& comparison, const Shown& shown) {
  std::string text;
  for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
    const ComparedScenario& scenario = comparison.scenarios[s];
    text += scenario_title(comparison, scenario) + "\n";
    std::vector<Cells> differing;
    for (const DifferingValue& value : scenario.differs) {
      differing.push_back({value.what, fmt::format("{} [{}]", value.change, value.tag)});
    }
    std::size_t width = 0;
    for (const Cells& row : differing) width = std::max(width, display_width(row[0]));
    text += differing.empty() ? "  no recorded value differs\n" : "  differs in\n";
    for (const Cells& row : differing) text += fmt::format("    {}  {}\n", padded(row[0], width), row[1]);
    for (const Block& block : blocks_of(comparison, s, shown)) text += "\n" + block.title + "\n" + aligned(block.rows);
    text += '\n';
  }
  text += legend(comparison, shown) + "\n";
  for (const std::string& note : comparison.notes) text += fmt::format("note: {}\n", note);
  return text;
}

std::string comparison_markdown(const Comparison& comparison, const Shown& shown) {
  std::string text;
  for (std::size_t s = 0; s < comparison.scenarios.size(); ++s) {
    const ComparedScenario& scenario = comparison.scenarios[s];
    text += fmt::format("## {}\n\n", scenario_title(comparison, scenario));
    for (const DifferingValue& value : scenario.differs) {
      text += fmt::format("- `{}`: {} ({}: {})\n", value.what, value.change, value.tag, value.source);
    }
    if (scenario.differs.empty()) text += "No recorded value differs.\n";
    for (const Block& block : blocks_of(comparison, s, shown)) {
      text += fmt::format("\n### {}\n\n{}", block.title, markdown_table(block.rows));
    }
    text += '\n';
  }
  for (const std::string& line : lines_of(legend(comparison, shown))) {
    text += fmt::format("- {}{}\n", line.starts_with('*') || line.starts_with('~') ? "\\" : "", line);
  }
  for (const std::string& note : comparison.notes) text += fmt::format("- {}\n", note);
  return text;
}

}  // namespace luohu
