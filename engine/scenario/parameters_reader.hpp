#pragma once

#include <string>
#include <vector>

#include "luohu/scenario/scenario.hpp"
#include "toml_reader.hpp"

namespace luohu::reading {

/// The parameter of this name, or a finding and null.
[[nodiscard]] const ParameterInfo* parameter_named(std::string_view name, const Spot& at, Findings& findings);

/// Defaults, then each layer's `parameters`, with where every value comes from.
class ParametersReader {
 public:
  explicit ParametersReader(Findings& findings);

  /// A value is { value = …, source = { … } }, or a number in a table that has a `source` for all.
  void add(const Node& parameters);

  [[nodiscard]] Parameters parameters() const;
  /// Every parameter, in the order of the registry; keys are "parameters.NAME".
  [[nodiscard]] const std::vector<Resolved>& resolved() const { return resolved_; }

 private:
  void add_table(const Node& table, const std::string& prefix, const Node* source);
  void add_value(const std::string& name, const Entry& entry, const Node* source);
  void store(const ParameterInfo& parameter, const Node& value, const Node& source);

  Findings& findings_;
  std::vector<Resolved> resolved_;
};

}  // namespace luohu::reading
