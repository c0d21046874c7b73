#include "progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

namespace luohu {
namespace {

double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

std::size_t terminal_columns() {
  const char* columns = std::getenv("COLUMNS");
  const long value = columns != nullptr ? std::strtol(columns, nullptr, 10) : 0;
  return value > 20 ? static_cast<std::size_t>(value) : 80;
}

}  // namespace

void PhaseTimes::begin(std::string_view name) {
  end();
  current_ = name;
  since_ = Clock::now();
}

void PhaseTimes::end() {
  if (current_.empty()) return;
  const double spent = seconds_between(since_, Clock::now());
  const auto known = std::ranges::find(seconds_, current_, &std::pair<std::string, double>::first);
  if (known == seconds_.end()) {
    seconds_.emplace_back(current_, spent);
  } else {
    known->second += spent;
  }
  current_.clear();
}

double PhaseTimes::of(std::string_view name) const {
  const auto known = std::ranges::find(seconds_, name, &std::pair<std::string, double>::first);
  return known == seconds_.end() ? 0.0 : known->second;
}

ProgressStyle progress_style(std::string_view name) {
  if (name == "auto") return isatty(STDERR_FILENO) != 0 ? ProgressStyle::bar : ProgressStyle::log;
  if (name == "bar") return ProgressStyle::bar;
  if (name == "log") return ProgressStyle::log;
  return name == "json" ? ProgressStyle::json : ProgressStyle::none;
}

Progress::Progress(ProgressStyle style, std::size_t steps)
    : style_{style}, steps_{steps}, began_{Clock::now()}, shown_{began_} {}

Progress::~Progress() {
  if (style_ == ProgressStyle::bar && done_ > 0) std::cerr << "\r\033[K";
}

void Progress::step(const std::string& what, double agents) {
  const auto now = Clock::now();
  const double since_shown = seconds_between(shown_, now);
  const double interval = style_ == ProgressStyle::bar ? 0.1 : 10.0;
  if (style_ == ProgressStyle::json || since_shown >= interval) {
    show(what);
    shown_ = now;
  }
  ++done_;
  agents_ += agents;
}

void Progress::show(const std::string& what) {
  const double spent = seconds_between(began_, Clock::now());
  const double share = static_cast<double>(done_) / static_cast<double>(std::max<std::size_t>(steps_, 1));
  const double rate = spent > 0 ? agents_ / spent : 0.0;
  const double left = share > 0 ? spent / share - spent : 0.0;
  switch (style_) {
    case ProgressStyle::none:
      return;
    case ProgressStyle::json:
      std::cerr << nlohmann::ordered_json{{"done", done_},
                                          {"steps", steps_},
                                          {"what", what},
                                          {"seconds", spent},
                                          {"agent_years_per_second", rate},
                                          {"seconds_left", left}}
                       .dump()
                << '\n';
      return;
    case ProgressStyle::log:
      std::cerr << fmt::format("{:3.0f} %  {}  {:.1f} M agent-years/s  {:.0f} s left\n", 100 * share, what, rate / 1e6,
                               left);
      return;
    case ProgressStyle::bar: {
      const std::string text =
          fmt::format(" {:3.0f} %  {}  {:.1f} M/s  {:.0f} s left", 100 * share, what, rate / 1e6, left);
      const std::size_t columns = terminal_columns();
      const std::size_t room = columns > text.size() + 4 ? columns - text.size() - 4 : 0;
      const auto full = static_cast<std::size_t>(share * static_cast<double>(room));
      std::cerr << "\r\033[K[" << std::string(full, '#') << std::string(room - full, '.') << ']' << text << std::flush;
      return;
    }
  }
}

}  // namespace luohu
