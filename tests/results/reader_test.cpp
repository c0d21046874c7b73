#include "luohu/results/reader.hpp"

#include <hdf5.h>

#include <catch2/catch.hpp>

#include "luohu/core/error.hpp"
#include "results/sample.hpp"

using namespace luohu;
namespace fs = std::filesystem;

namespace {

std::string refusal(const fs::path& path) {
  try {
    const ResultsFile file{path};
    static_cast<void>(file.digest());
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::environment);
    CHECK(std::string{error.what()}.find(path.string()) == 0);
    return error.what();
  }
  return "";
}

/// The sample with a variable of `extents` in place of `name`, attached to the same dimensions.
void replace_by_giant(const fs::path& path, const char* name, std::vector<hsize_t> extents) {
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
  const std::vector<hsize_t> chunk(extents.size(), 1);
  H5Pset_chunk(list, static_cast<int>(chunk.size()), chunk.data());
  const hid_t space = H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr);
  H5Ldelete(file, name, H5P_DEFAULT);
  const hid_t giant = H5Dcreate2(file, name, H5T_STD_I32LE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  REQUIRE(giant >= 0);
  const hid_t text = H5Tcopy(H5T_C_S1);
  H5Tset_size(text, H5T_VARIABLE);
  const hid_t scalar = H5Screate(H5S_SCALAR);
  for (const char* attribute : {"long_name", "long_name_zh", "NAME"}) {
    const hid_t made = H5Acreate2(giant, attribute, text, scalar, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(made, text, static_cast<const void*>(&name));
    H5Aclose(made);
  }
  const hid_t fixed = H5Tcopy(H5T_C_S1);
  H5Tset_size(fixed, sizeof "DIMENSION_SCALE");
  const hid_t made = H5Acreate2(giant, "CLASS", fixed, scalar, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite(made, fixed, "DIMENSION_SCALE");
  H5Aclose(made);
  H5Sclose(scalar);
  H5Sclose(space);
  H5Tclose(fixed);
  H5Tclose(text);
  H5Pclose(list);
  H5Dclose(giant);
  H5Fclose(file);
}

/// Where `mark` stands in `text`.
std::vector<std::size_t> places_of(std::string_view mark, const std::string& text) {
  std::vector<std::size_t> found;
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + 1)) found.push_back(at);
  return found;
}

/// Refusal of the file `good` with the byte at `at` changed.
std::string refusal_after_damage(const fs::path& path, std::string good, std::size_t at) {
  good[at] = static_cast<char>(good[at] ^ 0x20);
  std::ofstream{path, std::ios::binary} << good;
  return refusal(path);
}

}  // namespace

TEST_CASE("what was written is read back", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "sample.h5");
  const ResultsFile file{folder / "sample.h5"};
  const Experiment wrote = sample::experiment();
  const Experiment& read = file.experiment();
  CHECK(file.complete());
  CHECK(read.title == wrote.title);
  CHECK(read.version == wrote.version);
  CHECK(read.build == wrote.build);
  CHECK(read.baseline == wrote.baseline);
  CHECK(read.seed == wrote.seed);
  CHECK(read.scale == wrote.scale);
  CHECK(read.first_year == wrote.first_year);
  CHECK(read.last_year == wrote.last_year);
  CHECK(read.draws == wrote.draws);
  CHECK(read.replicates == wrote.replicates);
}

TEST_CASE("provenance is read back", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "sample.h5");
  const Experiment read = ResultsFile{folder / "sample.h5"}.experiment();
  REQUIRE(read.scenarios.size() == 2);
  CHECK(read.scenarios[1].id == "open");
  CHECK(read.scenarios[1].title_zh == "取消落户限制");
  CHECK(read.scenarios[1].title_en == "Open registration");
  CHECK(read.scenarios[1].text == "id = \"open\"\n# 说明\n");
  REQUIRE(read.provenance.size() == 2);
  CHECK(read.provenance[0].value == Approx(1.5));
  CHECK(read.provenance[0].key == "mortality_scale");
  CHECK(read.provenance[1].scenario == "open");
  CHECK(read.provenance[1].unit == "year");
  CHECK(read.provenance[1].tag == "text");
  CHECK(read.provenance[1].origin == "open.toml:3");
  CHECK(read.provenance[1].source.empty());
  REQUIRE(read.inputs.size() == 1);
  CHECK(read.inputs[0].sha256 == std::string(64, 'a'));
  CHECK(read.inputs[0].header == "# title: places\n# 单位：人\n");
}

TEST_CASE("the layout is read back", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "sample.h5");
  const Layout wrote = sample::layout();
  const Layout read = ResultsFile{folder / "sample.h5"}.experiment().layout;
  REQUIRE(read.axes.size() == wrote.axes.size());
  for (std::size_t i = 0; i < wrote.axes.size(); ++i) {
    CHECK(read.axes[i].name == wrote.axes[i].name);
    CHECK(read.axes[i].long_name == wrote.axes[i].long_name);
    CHECK(read.axes[i].long_name_zh == wrote.axes[i].long_name_zh);
    CHECK(read.axes[i].codes == wrote.axes[i].codes);
    CHECK(read.axes[i].ids == wrote.axes[i].ids);
    CHECK(read.axes[i].labels_en == wrote.axes[i].labels_en);
    CHECK(read.axes[i].labels_zh == wrote.axes[i].labels_zh);
  }
  REQUIRE(read.variables.size() == wrote.variables.size());
  for (std::size_t i = 0; i < wrote.variables.size(); ++i) {
    CHECK(read.variables[i].name == wrote.variables[i].name);
    CHECK(read.variables[i].long_name_zh == wrote.variables[i].long_name_zh);
    CHECK(read.variables[i].units == wrote.variables[i].units);
    CHECK(read.variables[i].cell_methods == wrote.variables[i].cell_methods);
    CHECK(read.variables[i].kind == wrote.variables[i].kind);
    CHECK(read.variables[i].axes == wrote.variables[i].axes);
  }
}

TEST_CASE("values are read by replicate or whole", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "sample.h5");
  const ResultsFile file{folder / "sample.h5"};
  const auto flow = std::get<std::vector<std::int64_t>>(file.read("flow", 1, 0, 1));
  REQUIRE(flow.size() == 3 * 9);
  CHECK(flow[2 * 9 + 5] == sample::value(1, 1, 2, 1, 5));
  const auto all = std::get<std::vector<std::int64_t>>(file.read("flow"));
  REQUIRE(all.size() == 4 * flow.size());
  CHECK(std::equal(flow.begin(), flow.end(), all.end() - 27));
  const auto rent = std::get<std::vector<double>>(file.read("rent", 0, 0, 1));
  CHECK(rent[3] == static_cast<double>(sample::value(0, 1, 1, 2, 0)) + 0.5);
  const auto digest = std::get<std::vector<std::uint64_t>>(file.read("person_digest", 1, 0, 0));
  CHECK(digest == std::vector{sample::digest(1, 0, 0), sample::digest(1, 0, 1), sample::digest(1, 0, 2)});
  CHECK_THROWS_AS(file.read("no_such", 0, 0, 0), Error);
  CHECK_THROWS_AS(file.read("flow", 2, 0, 0), InternalError);
}

TEST_CASE("equal results have equal digests, whatever wrote them", "[results]") {
  const sample::Folder folder;
  const auto digest_of = [&](const Experiment& of, std::int64_t added) {
    ResultsWriter writer{folder / "digest.h5", of, true};
    for (std::size_t task = 0; task < 4; ++task) {
      auto records = sample::records(of, task / 2, task % 2);
      std::get<0>(records[2].values[0]).back() += added;
      writer.add(task / 2, 0, task % 2, records);
    }
    writer.finish();
    return ResultsFile{folder / "digest.h5"}.digest();
  };
  Experiment other = sample::experiment();
  other.version = "luohu 9.9.9";
  other.build = "another compiler";
  CHECK(digest_of(other, 0) == digest_of(sample::experiment(), 0));
  CHECK(digest_of(other, 1) != digest_of(sample::experiment(), 0));
}

TEST_CASE("files of other kinds are refused by name", "[results]") {
  const sample::Folder folder;
  std::ofstream{folder / "text.h5"} << "place,population\n430100,1\n";
  std::ofstream{folder / "empty.h5"}.flush();
  H5Fclose(H5Fcreate((folder / "other.h5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  CHECK(refusal(folder / "missing.h5").find("No such file") != std::string::npos);
  CHECK_FALSE(refusal(folder.path()).empty());
  CHECK(refusal(folder / "text.h5").find("it is not HDF5") != std::string::npos);
  CHECK_FALSE(refusal(folder / "empty.h5").empty());
  CHECK(refusal(folder / "other.h5").find("not a results file") != std::string::npos);
}

TEST_CASE("a file of a later format is refused with both versions", "[results]") {
  const sample::Folder folder;
  sample::write(folder / "later.h5");
  const hid_t file = H5Fopen((folder / "later.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t version = H5Aopen(file, "format_version", H5P_DEFAULT);
  const std::int64_t two = 2;
  H5Awrite(version, H5T_NATIVE_INT64, &two);
  H5Aclose(version);
  H5Fclose(file);
  CHECK(refusal(folder / "later.h5").find("format version 2; this version of luohu reads 1") != std::string::npos);
}

TEST_CASE("nothing is allocated for sizes a file only claims", "[results][hostile]") {
  const sample::Folder folder;
  const fs::path path = folder / "giant.h5";
  sample::write(path);
  // 2^40 places would take 4 TiB; 2^62 of them more than an address holds.
  replace_by_giant(path, "place", {GENERATE(hsize_t{1} << 40U, hsize_t{1} << 62U)});
  CHECK(refusal(path).find("more than a file of") != std::string::npos);
}

TEST_CASE("a truncated file is refused at any length", "[results][hostile]") {
  const sample::Folder folder;
  const fs::path path = folder / "cut.h5";
  sample::write(path);
  const auto size = fs::file_size(path);
  for (std::uintmax_t keep = size - 1; keep > 1000; keep -= 997) {
    fs::resize_file(path, keep);
    CHECK_FALSE(refusal(path).empty());
  }
}

TEST_CASE("damage to any dimension's or variable's header is noticed", "[results][hostile]") {
  const sample::Folder folder;
  sample::write(folder / "good.h5");
  const std::string good = sample::bytes_of(folder / "good.h5");
  const auto headers = places_of("OHDR", good);
  REQUIRE(headers.size() > 20);
  for (const std::size_t header : headers) {
    CHECK_FALSE(refusal_after_damage(folder / "bad.h5", good, header + 20).empty());
  }
}

TEST_CASE("damage to values is noticed", "[results][hostile]") {
  const sample::Folder folder;
  sample::write(folder / "good.h5");
  const std::string good = sample::bytes_of(folder / "good.h5");
  const auto chunks = places_of("\x78\x01", good);  // how a deflated chunk begins
  REQUIRE(chunks.size() >= 16);                     // 4 variables, 4 replicates
  for (const std::size_t chunk : chunks) {
    CHECK_FALSE(refusal_after_damage(folder / "bad.h5", good, chunk + 6).empty());
  }
}
