#include "luohu/scenario/posterior.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <tuple>
#include <utility>

#include "fields.hpp"
#include "luohu/core/text.hpp"
#include "parameters_reader.hpp"
#include "scenario_text.hpp"

namespace luohu {
namespace reading {
namespace {

constexpr std::string_view format = "luohu posterior 1";
/// Written with so many significant digits, and read back as what was written.
constexpr int digits = 6;

/// Always a TOML float.
std::string real(double value) {
  const std::string text = fmt::format("{:.{}g}", value, digits);
  return text.find_first_of(".en") == std::string::npos ? text + ".0" : text;
}

std::string reals(const std::vector<double>& values) {
  std::vector<std::string> texts;
  std::ranges::transform(values, std::back_inserter(texts), real);
  return fmt::format("[{}]", fmt::join(texts, ", "));
}

class PosteriorReader {
 public:
  explicit PosteriorReader(Findings& findings) : findings_{findings} {}

  Posterior read(const Node& root) {
    const Fields fields{root,
                        "a posterior",
                        {"format", "tag", "method", "version", "seed", "scale", "amenity", "input", "fit", "parameter",
                         "correlations", "draws"},
                        findings_};
    if (const auto text = fields.required_text("format"); text && *text != format) {
      findings_.add(root.find("format")->at, fmt::format("'format' is '{}' (this version reads '{}')", *text, format));
      return {};
    }
    Posterior posterior;
    posterior.method = fields.required_text("method").value_or("");
    posterior.version = fields.required_text("version").value_or("");
    posterior.seed = static_cast<std::uint64_t>(whole(fields, "seed", 0));
    posterior.scale = whole(fields, "scale", 1);
    if (const Node* node = fields.required("amenity");
        node && is_kind(*node, "amenity", Node::Kind::table, findings_)) {
      const Fields amenity{*node, "'amenity'", {"scale", "rounds"}, findings_};
      posterior.amenity_scale = whole(amenity, "scale", 1);
      posterior.amenity_rounds = whole(amenity, "rounds", 0);
    }
    for (const Node* node : fields.required_tables("input")) {
      const Fields input{*node, "an input", {"name", "sha256"}, findings_};
      posterior.inputs.push_back(
          {input.required_text("name").value_or(""), input.required_text("sha256").value_or("")});
    }
    for (const Node* node : fields.required_tables("fit")) add_fit(*node, posterior);
    for (const Node* node : fields.required_tables("parameter")) add_parameter(*node, posterior);
    if (const Node* node = fields.required("draws"); node && is_kind(*node, "draws", Node::Kind::array, findings_)) {
      for (const Node& item : node->items) add_draw(item, posterior);
      if (node->items.empty()) findings_.add(node->at, "'draws' is empty: nothing was fitted");
    }
    summarise_draws(posterior);
    return posterior;
  }

 private:
  int whole(const Fields& fields, std::string_view key, double minimum) {
    const Node* node = fields.required(key);
    return node == nullptr ? 1
                           : whole_in(*node, key, {minimum, std::numeric_limits<int>::max()}, findings_).value_or(1);
  }
  double number(const Fields& fields, std::string_view key) {
    const Node* node = fields.required(key);
    return node == nullptr ? 0 : number_in(*node, key, {}, findings_).value_or(0);
  }

  void add_fit(const Node& node, Posterior& posterior) {
    const Fields fields{node, "a fit", {"statistic", "numbers", "before", "after", "inflation"}, findings_};
    posterior.fits.push_back({fields.required_text("statistic").value_or(""),
                              static_cast<std::size_t>(whole(fields, "numbers", 0)), number(fields, "before"),
                              number(fields, "after"), number(fields, "inflation")});
  }

  void add_parameter(const Node& node, Posterior& posterior) {
    const Fields fields{node,
                        "a parameter",
                        {"name", "unit", "prior", "log", "before", "information", "mean", "sd", "quantiles"},
                        findings_};
    const auto name = fields.required_text("name");
    if (!name) return;
    Posterior::Parameter parameter;
    parameter.parameter = parameter_named(*name, node.find("name")->at, findings_);
    if (parameter.parameter == nullptr) return;
    if (const Node* log = fields.required("log"); log && is_kind(*log, "log", Node::Kind::boolean, findings_)) {
      parameter.log = log->flag;
    }
    if (const Node* prior = fields.required("prior")) {
      const ParameterInfo& info = *parameter.parameter;
      const Range limits{info.minimum, info.maximum, info.unit};
      const auto bounds = interval_in(*prior, "prior", limits, parameter.log, findings_);
      std::tie(parameter.lower, parameter.upper) = bounds.value_or(std::pair{0.0, 0.0});
    }
    parameter.before = number(fields, "before");
    parameter.information = number(fields, "information");
    posterior.parameters.push_back(parameter);
  }

  void add_draw(const Node& node, Posterior& posterior) {
    if (!is_kind(node, "draws", Node::Kind::array, findings_)) return;
    if (node.items.size() != posterior.parameters.size()) {
      return findings_.add(node.at, fmt::format("a draw has {} numbers for {} parameters", node.items.size(),
                                                posterior.parameters.size()));
    }
    std::vector<double> draw;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
      const ParameterInfo& p = *posterior.parameters[i].parameter;
      draw.push_back(number_in(node.items[i], p.name, {p.minimum, p.maximum, p.unit}, findings_).value_or(p.minimum));
    }
    posterior.draws.push_back(std::move(draw));
  }

  Findings& findings_;
};

/// Linear between order statistics.
double quantile(const std::vector<double>& sorted, double share) {
  const double rank = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(rank);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (rank - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::string parameter_text(const Posterior::Parameter& p) {
  return fmt::format(
      "\n[[parameter]]\nname = {}\nunit = {}\nprior = [{}, {}]\nlog = {}\nbefore = {}\ninformation = {}\nmean = {}\nsd "
      "= {}\n"
      "quantiles = [{}, {}, {}]\n",
      toml_string(p.parameter->name), toml_string(p.parameter->unit), real(p.lower), real(p.upper), p.log,
      real(p.before), real(p.information), real(p.mean), real(p.deviation), real(p.low), real(p.median), real(p.high));
}

}  // namespace
}  // namespace reading

void summarise_draws(Posterior& posterior) {
  for (std::size_t i = 0; i < posterior.parameters.size() && !posterior.draws.empty(); ++i) {
    std::vector<double> values;
    for (const auto& draw : posterior.draws) values.push_back(draw[i]);
    std::ranges::sort(values);
    const auto n = static_cast<double>(values.size());
    Posterior::Parameter& p = posterior.parameters[i];
    p.mean = 0;
    for (const double value : values) p.mean += value / n;
    double squares = 0;
    for (const double value : values) squares += (value - p.mean) * (value - p.mean);
    p.deviation = values.size() > 1 ? std::sqrt(squares / (n - 1)) : 0;
    p.low = reading::quantile(values, 0.05);
    p.median = reading::quantile(values, 0.5);
    p.high = reading::quantile(values, 0.95);
  }
}

std::string posterior_text(const Posterior& posterior) {
  using namespace reading;
  std::string text = fmt::format(
      "# Parameters fitted by luohu calibrate. Use: luohu run SCENARIO... --draws THIS.toml -o OUT.h5\n"
      "# All other parameters keep the values of the scenario. Quantiles: 0.05, 0.5 and 0.95.\n\n"
      "format = {}\ntag = \"computed\"\nmethod = {}\nversion = {}\nseed = {}\nscale = {}\n"
      "amenity = {{ scale = {}, rounds = {} }}\n",
      toml_string(format), toml_string(posterior.method), toml_string(posterior.version), posterior.seed,
      posterior.scale, posterior.amenity_scale, posterior.amenity_rounds);
  // Before the tables: what follows [[parameter]] would belong to it.
  text += "\n# A line for each draw: the parameters in the order below.\ndraws = [\n";
  for (const auto& draw : posterior.draws) text += fmt::format("  {},\n", reals(draw));
  text += "]\n";
  if (!posterior.correlations.empty()) {
    text +=
        "\n# What data simulated with the values before would say: correlations of the parameters.\ncorrelations = [\n";
    for (const auto& row : posterior.correlations) text += fmt::format("  {},\n", reals(row));
    text += "]\n";
  }
  text +=
      "\n# information: standard deviation after such data over that before; 1 is none, below 0.5 counts as "
      "identified.\n";
  for (const Posterior::Parameter& p : posterior.parameters) text += parameter_text(p);
  text += "\n# Root mean square error over its standard deviation; inflation: factor on the discrepancy asked for.\n";
  for (const Posterior::Fit& fit : posterior.fits) {
    text +=
        fmt::format("[[fit]]\nstatistic = {}\nnumbers = {}\nbefore = {}\nafter = {}\ninflation = {}\n",
                    toml_string(fit.statistic), fit.numbers, real(fit.before), real(fit.after), real(fit.inflation));
  }
  text += "\n# What was fitted to what.\n";
  for (const Posterior::Input& input : posterior.inputs) {
    text += fmt::format("[[input]]\nname = {}\nsha256 = {}\n", toml_string(input.name), toml_string(input.sha256));
  }
  return text;
}

Posterior read_posterior(const std::filesystem::path& path) {
  const std::string bytes = required_file(path);
  reading::Findings findings;
  const auto& file = findings.open({path.generic_string(), path.filename().string(), lines_of(bytes)});
  const auto root = reading::parse_toml(bytes, file, findings);
  Posterior posterior;
  if (root) posterior = reading::PosteriorReader{findings}.read(*root);
  findings.throw_if_any();
  return posterior;
}

}  // namespace luohu
