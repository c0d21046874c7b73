// What a calibration reads beside scenarios and tables; the first byte says which: a plan (p), a posterior
// (f, what was fitted), or the evaluations that an earlier one left (e). A posterior that is read is written as text
// and read again.

#include "calibration.hpp"
#include "folder.hpp"
#include "luohu/scenario/calibration_plan.hpp"
#include "luohu/scenario/posterior.hpp"

using namespace luohu;

namespace {

void read_plan(const std::filesystem::path& path) {
  std::vector<std::string_view> statistics;
  for (const StatisticInfo& statistic : statistic_table()) statistics.push_back(statistic.name);
  static_cast<void>(read_calibration_plan(path, statistics));
}

/// Numbers of more digits than are written change when they are written for the first time, and not again.
void read_fitted(const std::filesystem::path& path) {
  const auto again = fuzz::province() / "again.toml";
  fuzz::write(again, posterior_text(read_posterior(path)));
  const std::string text = posterior_text(read_posterior(again));
  fuzz::write(again, text);
  if (posterior_text(read_posterior(again)) != text) std::abort();
}

/// Of two numbers for every point.
void read_evaluations(const std::filesystem::path& path) {
  const Evaluate evaluate = [](const Design& points, std::uint64_t) {
    return std::vector<std::vector<double>>(points.size(), {1.0, 2.0});
  };
  EvaluationStore store{path, "of this calibration", 2, evaluate, [] { return true; }, [](const std::string&) {}};
  for (const auto& numbers : store({{0.5, 0.25}, {0.125, 1}}, 0)) {
    if (numbers.size() != 2) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const auto path = fuzz::province() / "input";
  fuzz::write(path, fuzz::text_of(bytes + 1, size - 1));
  fuzz::may_be_refused([&] {
    switch (bytes[0] % 3) {
      case 'p' % 3:
        return read_plan(path);
      case 'f' % 3:
        return read_fitted(path);
      default:
        return read_evaluations(path);
    }
  });
  return 0;
}
