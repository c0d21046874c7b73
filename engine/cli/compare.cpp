// luohu compare: scenarios against a baseline, with the noise of every difference.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>

#include "comparison_output.hpp"
#include "fail_if.hpp"
#include "luohu/cli/commands.hpp"
#include "luohu/cli/options.hpp"
#include "luohu/core/error.hpp"
#include "luohu/core/text.hpp"
#include "machine.hpp"
#include "split.hpp"

namespace luohu {
namespace {

constexpr std::array<Effect, 3> effects{Effect::difference, Effect::percent, Effect::ratio};

Options options() {
  return Options{"luohu compare FILE... [options]",
                 "Say what scenarios change against a baseline, and whether it is more than noise. Indicators:\n"
                 "'luohu indicators'."}
      .value("baseline", "ID", "scenario to compare with (default: the first file's baseline)")
      .repeatable("scenario", "ID", "scenario to compare (default: all others); ID@FILE if several files have it")
      .repeatable("indicator", "NAME", "indicator to show, or 'all' (default: the headline ones)")
      .repeatable("year", "YEAR", "year to show, or 'all' (default: the last)")
      .repeatable("by", "AXIS",
                  "province, place, group, zone, age, sex, registration, route, ...; two axes as A,B\n"
                  "(default: province; place if indicators are named)")
      .repeatable("group", "NAME=PLACE,PLACE", "a row of --by group, beside the groups of the baseline")
      .value("as", "difference|percent|ratio", "which effect to give with its interval (default difference)")
      .value("confidence", "C", "of the intervals (default 0.95)")
      .flag("unpaired", "show the unpaired interval too, and what pairing gained")
      .value("format", "table|csv|json|markdown", "how to print (default table)")
      .repeatable("fail-if", "EXPR",
                  "exit with 5 if it holds in any scenario: 'low(settled, 2030) < 0'; quantities:\n"
                  "difference percent ratio low high half_width baseline scenario")
      .words("results file", 1);
}

ComparisonRequest request_of(const ParsedOptions& parsed) {
  ComparisonRequest request;
  for (const std::string& file : parsed.words()) request.files.emplace_back(file);
  request.baseline = parsed.text("baseline");
  request.scenarios = parsed.texts("scenario");
  request.indicators = parsed.texts("indicator");
  request.years = parsed.texts("year");
  const bool named = !request.indicators.empty();
  request.by = parsed.has("by") ? axes_of(parsed.texts("by"))
               : named          ? std::vector<std::string>{"place"}
                                : std::vector<std::string>{};
  request.groups = groups_of(parsed, request.by, request.files.front());
  return request;
}

Shown shown_of(const ParsedOptions& parsed) {
  std::array<std::string_view, effects.size()> names;
  std::ranges::transform(effects, names.begin(), [](Effect effect) { return name_of(effect); });
  const std::string name = parsed.choice("as", names);
  Shown shown;
  shown.effect = *std::ranges::find(effects, name, [](Effect effect) { return name_of(effect); });
  shown.confidence = parsed.number("confidence", 0.5, 0.999999).value_or(shown.confidence);
  shown.unpaired = parsed.has("unpaired");
  return shown;
}

}  // namespace

std::string_view name_of(Effect effect) {
  switch (effect) {
    case Effect::difference:
      return "difference";
    case Effect::percent:
      return "percent";
    case Effect::ratio:
      return "ratio";
  }
  return "";
}

double value_of(const Contrast& contrast, Effect effect) {
  switch (effect) {
    case Effect::difference:
      return contrast.difference();
    case Effect::percent:
      return contrast.percent();
    case Effect::ratio:
      return contrast.ratio();
  }
  return 0;
}

std::optional<Interval> interval_of(const Contrast& contrast, Effect effect, double confidence) {
  switch (effect) {
    case Effect::difference:
      return difference_interval(contrast, confidence);
    case Effect::percent:
      return percent_interval(contrast, confidence);
    case Effect::ratio:
      return ratio_interval(contrast, confidence);
  }
  return std::nullopt;
}

std::optional<Interval> range_of_draws(const ComparedRow& row, Effect effect, double confidence) {
  if (row.draws.empty()) return std::nullopt;
  std::vector<double> values;
  for (const DrawMeans& draw : row.draws) {
    Contrast of;
    of.baseline = draw.baseline;
    of.scenario = draw.scenario;
    values.push_back(value_of(of, effect));
  }
  if (std::ranges::any_of(values, [](double value) { return std::isnan(value); })) return std::nullopt;
  std::ranges::sort(values);
  return Interval{quantile_of(values, (1 - confidence) / 2), quantile_of(values, (1 + confidence) / 2)};
}

std::string_view verdict(const Contrast& contrast, double confidence) {
  if (contrast.identical) return "identical";
  const auto differs = distinguishable(contrast, confidence);
  if (!differs) return "unknown";
  return *differs ? "differs" : "noise";
}

std::string confidence_text(double confidence) {
  return fmt::format("{:g} %", 100 * confidence);
}

int run_compare(Arguments arguments) {
  constexpr std::array<std::string_view, 4> formats{"table", "csv", "json", "markdown"};
  const auto parsed = options().parse(arguments);
  if (!parsed) return static_cast<int>(ExitCode::done);
  const std::string format = parsed->choice("format", formats);
  const Shown shown = shown_of(*parsed);
  const ComparisonRequest request = request_of(*parsed);
  std::vector<FailIf> conditions;
  for (const std::string& text : parsed->texts("fail-if")) conditions.push_back(parse_fail_if(text));
  keep_freed_memory();
  const Comparison comparison = compare(request);
  if (format == "csv") {
    std::cout << comparison_csv(comparison, shown);
    for (const std::string& note : comparison.notes) std::cerr << "note: " << note << '\n';
  } else {
    std::cout << (format == "json"       ? comparison_json(comparison, shown)
                  : format == "markdown" ? comparison_markdown(comparison, shown)
                                         : comparison_table(comparison, shown));
  }
  bool failed = false;
  for (const FailIf& condition : conditions) {
    for (const std::string& line : failures(condition, request, shown)) {
      std::cerr << "failed: " << line << '\n';
      failed = true;
    }
  }
  return static_cast<int>(failed ? ExitCode::threshold : ExitCode::done);
}

}  // namespace luohu
