#include "summary.hpp"

#include <fmt/format.h>

#include <functional>

namespace luohu {
namespace {

using Of = std::function<double(const Summary&)>;

double mean(const std::vector<Summary>& replicates, const Of& of) {
  double sum = 0;
  for (const Summary& summary : replicates) sum += of(summary);
  return replicates.empty() ? 0.0 : sum / static_cast<double>(replicates.size());
}

/// One line of the answer: what, in which unit, from which years.
struct Line {
  const char* label;
  const char* unit;
  double factor;
  int decimals;
  bool flow;  ///< a flow is compared from the first simulated year on, a stock from the base year
  Of of;
};

const std::vector<Line>& lines() {
  static const std::vector<Line> list{
      {"residents", "million", 1e-6, 2, false, [](const Summary& s) { return static_cast<double>(s.residents); }},
      {"urbanisation", "%, points", 100, 2, false, [](const Summary& s) { return s.urbanisation; }},
      {"registered urbanisation", "%, points", 100, 2, false,
       [](const Summary& s) { return s.registered_urbanisation; }},
      {"settled", "thousand a year", 1e-3, 1, true, [](const Summary& s) { return static_cast<double>(s.settled); }},
      {"moves", "thousand a year", 1e-3, 1, true, [](const Summary& s) { return static_cast<double>(s.moves); }},
  };
  return list;
}

std::string number(double value, int decimals) {
  return fmt::format("{:.{}f}", value, decimals);
}
std::string difference(double value, int decimals) {
  return fmt::format("{:+.{}f}", value, decimals);
}

}  // namespace

std::string answer_table(const std::vector<ScenarioAnswer>& answers, std::size_t baseline, int base_year,
                         int last_year) {
  std::string text;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const ScenarioAnswer& answer = answers[i];
    const bool compared = i != baseline;
    text += fmt::format("{}: {}\n  {:<24}{:>10}{:>10}{:>10}{}\n", answer.id, answer.title, "", base_year, last_year,
                        "change", compared ? fmt::format("{:>14}", fmt::format("vs {}", answers[baseline].id)) : "");
    for (const Line& line : lines()) {
      const double then = line.factor * mean(line.flow ? answer.first : answer.base, line.of);
      const double now = line.factor * mean(answer.last, line.of);
      const double base = line.factor * mean(answers[baseline].last, line.of);
      text +=
          fmt::format("  {:<24}{:>10}{:>10}{:>10}", line.label, number(then, line.decimals) + (line.flow ? "*" : " "),
                      number(now, line.decimals), difference(now - then, line.decimals));
      if (compared) text += fmt::format("{:>14}", difference(now - base, line.decimals));
      text += fmt::format("  {}\n", line.unit);
    }
    text += '\n';
  }
  return text + fmt::format("* in {}, the first simulated year\n", base_year + 1);
}

}  // namespace luohu
