#pragma once
// Origin-destination matrices for transport and migration models: OMX, Open Matrix 0.2
// (https://github.com/osPlanning/omx/wiki/Specification), which is HDF5 with a fixed layout.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace luohu {

struct OmxMatrix {
  std::string name;                                             ///< unique in its file, without '/'
  std::vector<std::pair<std::string, std::string>> attributes;  ///< what the numbers are
  std::vector<double> values;                                   ///< [origin][destination], row-major
};

/// Square matrices over the same places.
struct OmxFile {
  std::vector<std::int32_t> codes;              ///< of the rows and of the columns: /lookup/place
  std::vector<std::string> names_en, names_zh;  ///< /lookup/name, /lookup/name_zh; may be empty
  std::vector<OmxMatrix> matrices;
};

/// Writes over `path`. The bytes depend on `file` alone. Throws Error{environment} naming `path` if it cannot.
void write_omx(const std::filesystem::path& path, const OmxFile& file);

}  // namespace luohu
