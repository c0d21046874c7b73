#include "parameters_reader.hpp"

#include <fmt/format.h>

#include "fields.hpp"
#include "luohu/core/text.hpp"

namespace luohu::reading {

const ParameterInfo* parameter_named(std::string_view name, const Spot& at, Findings& findings) {
  const ParameterInfo* found = find_parameter(name);
  if (found == nullptr) {
    findings.add(at, fmt::format("unknown parameter '{}'{}", name, suggestion(name, parameter_names())));
  }
  return found;
}

ParametersReader::ParametersReader(Findings& findings) : findings_{findings} {
  const Parameters defaults;
  for (const ParameterInfo& p : parameter_table()) {
    resolved_.push_back({fmt::format("parameters.{}", p.name), defaults.*p.field, std::string{p.unit}, p.tag, "default",
                         std::string{p.source}});
  }
}

Parameters ParametersReader::parameters() const {
  Parameters values;
  for (std::size_t i = 0; i < resolved_.size(); ++i) values.*parameter_table()[i].field = resolved_[i].value;
  return values;
}

void ParametersReader::add(const Node& parameters) {
  if (is_kind(parameters, "parameters", Node::Kind::table, findings_)) add_table(parameters, "", nullptr);
}

void ParametersReader::add_table(const Node& table, const std::string& prefix, const Node* source) {
  if (const Node* own = table.find("source")) source = own;
  for (const Entry& entry : table.entries) {
    const std::string name = prefix + entry.key;
    if (entry.key == "source") continue;
    const bool group = entry.value.kind == Node::Kind::table && find_parameter(name) == nullptr &&
                       entry.value.find("value") == nullptr;
    if (group) {
      add_table(entry.value, name + ".", source);
    } else {
      add_value(name, entry, source);
    }
  }
}

void ParametersReader::add_value(const std::string& name, const Entry& entry, const Node* source) {
  const ParameterInfo* parameter = parameter_named(name, entry.at, findings_);
  if (parameter == nullptr) return;
  if (entry.value.kind == Node::Kind::table) {
    const Fields fields{entry.value, fmt::format("parameter '{}'", name), {"value", "source"}, findings_};
    const Node* value = fields.required("value");
    const Node* own = fields.required("source");
    if (value != nullptr && own != nullptr) store(*parameter, *value, *own);
  } else if (source == nullptr) {
    findings_.add(entry.at,
                  fmt::format("parameter '{}' has no source; write {{ value = …, source = {{ tag = \"…\", note "
                              "= \"…\" }} }}",
                              name));
  } else {
    store(*parameter, entry.value, *source);
  }
}

void ParametersReader::store(const ParameterInfo& parameter, const Node& value, const Node& source) {
  const auto number =
      number_in(value, parameter.name, {parameter.minimum, parameter.maximum, parameter.unit}, findings_);
  const auto origin = source_of(source, findings_);
  if (!number || !origin) return;
  Resolved& target = resolved_[static_cast<std::size_t>(&parameter - parameter_table().data())];
  target.value = *number;
  target.tag = origin->tag;
  target.source = origin->note;
  target.origin = value.at.origin();
}

}  // namespace luohu::reading
