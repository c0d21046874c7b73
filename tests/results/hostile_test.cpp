// Results files that mean harm, or might as well.

#include <hdf5.h>

#include <catch2/catch.hpp>
#include <cstring>

#include "luohu/core/error.hpp"
#include "luohu/results/reader.hpp"
#include "results/sample.hpp"

using namespace luohu;
namespace fs = std::filesystem;

namespace {

/// What follows the file's name in the refusal; empty if everything in the file is read.
std::string refusal(const fs::path& path) {
  try {
    const ResultsFile file{path};
    static_cast<void>(file.digest());
  } catch (const Error& error) {
    CHECK(error.code() == ExitCode::environment);
    const std::string message = error.what();
    REQUIRE(message.starts_with(path.string() + ": "));
    return message.substr(path.string().size() + 2);
  }
  return "";
}

/// The sample, changed through the library, and what is said of it.
template <class Change>
std::string refusal_of_changed(Change&& change) {
  const sample::Folder folder;
  const fs::path path = folder / "changed.h5";
  sample::write(path);
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  REQUIRE(file >= 0);
  change(file, folder.path());
  H5Fclose(file);
  return refusal(path);
}

/// In place of variable "rent": one stored as `list` says, without attributes.
void replace_rent(hid_t file, hid_t list, std::vector<hsize_t> extents = {2, 1, 2, 3, 3}) {
  H5Ldelete(file, "rent", H5P_DEFAULT);
  const hid_t space = H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr);
  const hid_t rent = H5Dcreate2(file, "rent", H5T_IEEE_F64LE, space, H5P_DEFAULT, list, H5P_DEFAULT);
  REQUIRE(rent >= 0);
  H5Dclose(rent);
  H5Sclose(space);
  H5Pclose(list);
}

void set_text(hid_t object, const char* name, const char* value) {
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  const hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  REQUIRE(attribute >= 0);
  H5Awrite(attribute, type, static_cast<const void*>(&value));
  H5Aclose(attribute);
  H5Tclose(type);
}

}  // namespace

TEST_CASE("links are not followed, out of the file or within it", "[results][hostile]") {
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          H5Ldelete(file, "rent", H5P_DEFAULT);
          H5Lcreate_external("/etc/passwd.h5", "/rent", file, "rent", H5P_DEFAULT, H5P_DEFAULT);
        }) == "'rent' is a link, which no results file has; it is not followed");
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          H5Ldelete(file, "rent", H5P_DEFAULT);
          H5Lcreate_soft("/population", file, "rent", H5P_DEFAULT, H5P_DEFAULT);
        }) == "'rent' is a link, which no results file has; it is not followed");
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          H5Ldelete(file, "provenance", H5P_DEFAULT);
          H5Lcreate_soft("/", file, "provenance", H5P_DEFAULT, H5P_DEFAULT);
        }) == "'provenance' is a link, which no results file has; it is not followed");
}

TEST_CASE("values in other files are not read", "[results][hostile]") {
  CHECK(refusal_of_changed([](hid_t file, const fs::path& folder) {
          std::ofstream{folder / "secret"} << std::string(1000, 's');
          const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
          H5Pset_external(list, (folder / "secret").c_str(), 0, 36 * 8);
          replace_rent(file, list);
        }) == "'/rent' has its values in other files; they are not read");
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          const hsize_t extents[]{2, 1, 2, 3, 3};
          const hid_t space = H5Screate_simple(5, extents, nullptr);
          const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
          H5Pset_virtual(list, space, "other.h5", "/rent", space);
          replace_rent(file, list);
          H5Sclose(space);
        }) == "'/rent' has its values in other files; they are not read");
}

TEST_CASE("filters that no results file has are not run", "[results][hostile]") {
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          const hid_t list = H5Pcreate(H5P_DATASET_CREATE);
          const hsize_t chunk[]{1, 1, 1, 3, 3};
          H5Pset_chunk(list, 5, chunk);
          H5Pset_scaleoffset(list, H5Z_SO_FLOAT_DSCALE, 2);
          replace_rent(file, list);
        }) == "'/rent' is filtered as no results file is (filter 6)");
}

TEST_CASE("a text that could speak to the terminal is refused, and shown without doing so", "[results][hostile]") {
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) { set_text(file, "title", "\x1B[2J gone"); }) ==
        "damaged: the text '\xEF\xBF\xBD[2J gone' has a control character");
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          const hid_t rent = H5Dopen2(file, "rent", H5P_DEFAULT);
          set_text(rent, "units", "yuan\x07");
          H5Dclose(rent);
        }) == "damaged: the text 'yuan\xEF\xBF\xBD' has a control character");
}

TEST_CASE("attributes of another kind are told", "[results][hostile]") {
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) {
          H5Adelete(file, "title");
          const hid_t space = H5Screate(H5S_SCALAR);
          H5Aclose(H5Acreate2(file, "title", H5T_STD_I64LE, space, H5P_DEFAULT, H5P_DEFAULT));
          H5Sclose(space);
        }) == "attribute 'title' of '/' is not of the expected type");
  CHECK_THAT(refusal_of_changed([](hid_t file, const fs::path&) { H5Adelete(file, "scale"); }),
             Catch::StartsWith("cannot read attribute 'scale' of '/' ("));
  CHECK(refusal_of_changed([](hid_t file, const fs::path&) { H5Adelete(file, "status"); }) ==
        "not a results file of luohu (HDF5 without the attributes 'format_version' and 'status')");
}

TEST_CASE("damage in the heap of texts ends the copy that reads first, not the program", "[results][hostile]") {
  const sample::Folder folder;
  const fs::path path = folder / "damaged.h5";
  sample::write(path);
  const std::string good = sample::bytes_of(path);
  std::size_t tried = 0, fatal = 0;
  for (auto heap = good.find("GCOL"); heap != std::string::npos; heap = good.find("GCOL", heap + 4)) {
    for (std::size_t at = heap + 8; at < heap + 40; ++at) {
      for (const char value : {'\xFF', '\x7F'}) {
        std::string bad = good;
        bad[at] = value;
        std::ofstream{path, std::ios::binary} << bad;
        if (refusal(path) == "damaged: reading it ends the HDF5 library") ++fatal;
        ++tried;
      }
    }
  }
  WARN(tried << " damaged heaps, of which libhdf5 dies of " << fatal);
  CHECK(tried > 100);
  CHECK(fatal > 0);  // or the rehearsal is no longer needed
}
