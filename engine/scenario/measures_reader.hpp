#pragma once

#include <map>
#include <string>
#include <vector>

#include "fields.hpp"
#include "groups.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu::reading {

/// Reads `[[measure]]` tables, layer by layer.
class MeasuresReader {
 public:
  /// `first_year`: of the run, 0 if unknown.
  MeasuresReader(const PlaceFinder& places, Year first_year, Findings& findings)
      : places_{places}, first_year_{first_year}, findings_{findings} {}

  void add(const Node& measures);

  [[nodiscard]] const std::vector<Measure>& measures() const { return measures_; }
  /// Every number of every measure; keys are "measure.ID.KEY".
  [[nodiscard]] const std::vector<Resolved>& resolved() const { return resolved_; }

 private:
  void read(const Node& node);
  std::string read_id(const Node& node);
  void read_lever(const Node& lever, Measure& measure);
  void read_change(const Node& node, Measure& measure);
  void read_amount(std::string_view key, const Node& value, Measure& measure);
  void read_schedule(const Node& schedule, Measure& measure);
  void read_timing(const Fields& fields, Measure& measure);
  void read_start(const Fields& fields, Measure& measure);
  void read_switch(const Fields& fields, Measure& measure);
  void note(const Measure& measure, const std::string& key, double value, std::string_view unit, const Node& node);
  void note_default(const Measure& measure, const std::string& key, double value, std::string_view unit);

  const PlaceFinder& places_;
  Year first_year_;
  Findings& findings_;
  std::vector<Measure> measures_;
  std::vector<Resolved> resolved_;
  std::map<std::string, Spot> ids_;
};

}  // namespace luohu::reading
