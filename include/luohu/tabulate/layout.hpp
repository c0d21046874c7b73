#pragma once
// The shape of the results: named axes, variables over them, and one record per simulated year.
// `results` writes exactly what this says and knows nothing of the model.

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace luohu {

/// A dimension with its coordinate values. Either `codes` (int32: place, origin, destination, year)
/// or `ids` (ASCII identifiers) is filled; labels are auxiliary coordinates and may be empty.
struct Axis {
  std::string name;
  std::string long_name;
  std::string long_name_zh;
  std::vector<std::int32_t> codes;
  std::vector<std::string> ids;
  std::vector<std::string> labels_en;
  std::vector<std::string> labels_zh;

  [[nodiscard]] std::size_t size() const { return codes.empty() ? ids.size() : codes.size(); }
};

enum class Kind : std::uint8_t {
  count,   ///< int64, persons (agents × scale)
  ratio,   ///< float64: a ratio, or an expected number
  digest,  ///< uint64
};

struct Variable {
  std::string name;
  std::string long_name;
  std::string long_name_zh;
  std::string units;         ///< UDUNITS: "person", "person year-1", "1"
  std::string cell_methods;  ///< "year: point" for stocks, "year: sum" for flows
  Kind kind = Kind::count;
  std::vector<std::string> axes;  ///< after scenario, draw, replicate, year
};

/// Axes other than scenario, draw, replicate and year, and the variables, in file order.
struct Layout {
  std::vector<Axis> axes;
  std::vector<Variable> variables;

  [[nodiscard]] const Axis& axis(std::string_view name) const;
  [[nodiscard]] std::size_t size(const Variable& variable) const;  ///< product of its axes
};

using Values = std::variant<std::vector<std::int64_t>, std::vector<double>, std::vector<std::uint64_t>>;

/// A count that was not computed.
inline constexpr std::int64_t missing_count = std::numeric_limits<std::int64_t>::min();

/// One year of one replicate: values of every variable, row-major, in the order of the layout.
struct YearRecord {
  std::vector<Values> values;
};

}  // namespace luohu
