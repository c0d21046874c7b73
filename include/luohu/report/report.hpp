#pragma once
// One page that shows what results files say: the statistics are those of `compare`, the page draws them.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace luohu {

/// A text file the user gave, by the name that messages use.
struct NamedText {
  std::string name;
  std::string text;
};

struct ReportRequest {
  std::vector<std::filesystem::path> files;
  std::optional<std::string> baseline;   ///< else what the first file calls its baseline
  double confidence = 0.95;              ///< of every interval
  std::optional<NamedText> boundaries;   ///< GeoJSON with an `adcode` for every place
  std::optional<NamedText> attribution;  ///< of `luohu attribute --format json`
  std::optional<NamedText> scorecard;    ///< of `luohu validate --format json`
};

/// What the page draws, as JSON in which no character can end a script or a line of one.
/// Throws what `compare` throws, and Error{input} for a text that is not what it should be.
[[nodiscard]] std::string report_data(const ReportRequest& request);

/// The whole page: HTML that asks for nothing from anywhere. The same request makes the same bytes.
[[nodiscard]] std::string report_page(const ReportRequest& request);

}  // namespace luohu
