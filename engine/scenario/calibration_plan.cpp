#include "luohu/scenario/calibration_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "fields.hpp"
#include "luohu/core/text.hpp"
#include "parameters_reader.hpp"
#include "sha256.hpp"

namespace luohu {
namespace reading {
namespace {

constexpr double any_deviation = 1e6;

class PlanReader {
 public:
  PlanReader(std::span<const std::string_view> statistics, Findings& findings)
      : statistics_{statistics}, findings_{findings} {}

  CalibrationPlan read(const Node& root) {
    const Fields fields{root, "a calibration file", {"parameter", "target"}, findings_};
    for (const Node* node : fields.required_tables("parameter")) add_parameter(*node);
    for (const Node* node : fields.required_tables("target")) add_target(*node);
    if (plan_.free.size() > most_free_parameters) {
      findings_.add(fields.required("parameter")->at,
                    fmt::format("{} free parameters (at most {})", plan_.free.size(), most_free_parameters));
    }
    return std::move(plan_);
  }

 private:
  void add_parameter(const Node& node) {
    const Fields fields{node, "a free parameter", {"name", "range", "log", "source"}, findings_};
    const auto name = fields.required_text("name");
    const Node* range = fields.required("range");
    const Node* source = fields.required("source");
    const Node* log = fields.optional("log");
    if (!name || range == nullptr || source == nullptr) return;
    FreeParameter free;
    free.parameter = parameter_named(*name, node.find("name")->at, findings_);
    if (free.parameter == nullptr) return;
    if (std::ranges::find(plan_.free, free.parameter, &FreeParameter::parameter) != plan_.free.end()) {
      return findings_.add(node.find("name")->at, fmt::format("'{}' is free twice", *name));
    }
    if (log != nullptr && is_kind(*log, "log", Node::Kind::boolean, findings_)) free.log = log->flag;
    const auto origin = source_of(*source, findings_);
    const Range limits{free.parameter->minimum, free.parameter->maximum, free.parameter->unit};
    const auto bounds = interval_in(*range, "range", limits, free.log, findings_);
    if (!bounds || !origin) return;
    std::tie(free.lower, free.upper) = *bounds;
    free.source = *origin;
    plan_.free.push_back(std::move(free));
  }

  void add_target(const Node& node) {
    const Fields fields{
        node, "a target", {"statistic", "value", "observation", "discrepancy", "shared", "source"}, findings_};
    const auto statistic = fields.required_text("statistic");
    const Node* source = fields.required("source");
    FitTarget target;
    if (statistic && std::ranges::find(statistics_, *statistic) == statistics_.end()) {
      findings_.add(node.find("statistic")->at,
                    fmt::format("unknown statistic '{}'{}", *statistic, suggestion(*statistic, statistics_)));
    }
    if (const Node* value = fields.optional("value")) target.value = number_in(*value, "value", {}, findings_);
    target.observation = deviation(fields, "observation");
    target.discrepancy = deviation(fields, "discrepancy");
    if (fields.optional("shared") != nullptr) target.shared = deviation(fields, "shared");
    const auto origin = source == nullptr ? std::nullopt : source_of(*source, findings_);
    if (!statistic || !origin) return;
    if (target.observation + target.discrepancy <= 0) {
      return findings_.add(node.at, "'observation' and 'discrepancy' are both 0; a fit cannot be exact");
    }
    target.statistic = *statistic;
    target.source = *origin;
    plan_.targets.push_back(std::move(target));
  }

  double deviation(const Fields& fields, std::string_view key) {
    const Node* node = fields.required(key);
    return node == nullptr ? 0 : number_in(*node, key, {0, any_deviation}, findings_).value_or(0);
  }

  std::span<const std::string_view> statistics_;
  Findings& findings_;
  CalibrationPlan plan_;
};

}  // namespace
}  // namespace reading

CalibrationPlan read_calibration_plan(const std::filesystem::path& path, std::span<const std::string_view> statistics) {
  const std::string bytes = required_file(path);
  reading::Findings findings;
  const auto& file = findings.open({path.generic_string(), path.filename().string(), lines_of(bytes)});
  const auto root = reading::parse_toml(bytes, file, findings);
  CalibrationPlan plan;
  if (root) plan = reading::PlanReader{statistics, findings}.read(*root);
  findings.throw_if_any();
  return plan;
}

std::string file_sha256(const std::filesystem::path& path) {
  return reading::sha256(required_file(path));
}

}  // namespace luohu
