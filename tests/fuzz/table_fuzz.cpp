// A table: the first byte says which one of the small province it takes the place of. Only its group is read.

#include <array>
#include <functional>

#include "folder.hpp"
#include "tables_reader.hpp"

using namespace luohu;
using namespace luohu::reading;

namespace {

using Read = std::function<void(Folder&, const Places&)>;
struct Table {
  const char* name;
  Read read;
};

const std::array<Table, 7>& tables() {
  static const std::array<Table, 7> all{{
      {"places", [](Folder& folder, const Places&) { static_cast<void>(read_places(folder)); }},
      {"tenure",
       [](Folder& folder, const Places& places) {
         CensusTables to;
         read_census(folder, places, to);
       }},
      {"capacity",
       [](Folder& folder, const Places& places) {
         CapacityTables to;
         read_capacity(folder, places, to);
       }},
      {"inflow",
       [](Folder& folder, const Places& places) {
         BoundaryTables to;
         read_boundary(folder, places, to);
       }},
      {"settlement_rules",
       [](Folder& folder, const Places& places) {
         Settings to;
         read_settings(folder, places, to);
       }},
      {"vital_path",
       [](Folder& folder, const Places& places) {
         VitalTables to;
         read_vital(folder, places, to);
       }},
      {"economy",
       [](Folder& folder, const Places& places) {
         EconomyTables to;
         read_economy(folder, places, to);
       }},
  }};
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Places places = read_tables(fuzz::province() / "tables").places;
  if (size == 0) return 0;
  const Table& table = tables().at(bytes[0] % tables().size());
  const std::string name = std::string{"tables/"} + table.name + ".csv";
  const auto path = fuzz::province() / name;
  fuzz::write(path, fuzz::text_of(bytes + 1, size - 1));
  fuzz::may_be_refused([&] {
    Findings findings;
    std::vector<Tables::File> files;
    Folder folder{fuzz::province() / "tables", findings, files};
    table.read(folder, places);
    findings.throw_if_any();
  });
  std::filesystem::copy_file(LUOHU_SOURCE_DIR "/tests/scenario/fixtures/" + name, path,
                             std::filesystem::copy_options::overwrite_existing);
  return 0;
}
