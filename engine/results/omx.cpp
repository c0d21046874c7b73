#include "luohu/results/omx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "hdf5.hpp"

namespace luohu {
namespace {

using hdf5::check;
using hdf5::Handle;

constexpr std::string_view omx_version = "0.2";

/// Text of a fixed length in bytes: readers of OMX compare the version with bytes, and do not know lookups of variable
/// length.
Handle fixed_text(std::size_t length, H5T_cset_t encoding) {
  Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "make the text type"};
  check(H5Tset_size(type.id(), std::max<std::size_t>(length, 1)), "make the text type");
  check(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), "make the text type");
  check(H5Tset_cset(type.id(), encoding), "make the text type");
  return type;
}

void write_version(const Handle& file) {
  const Handle scalar{H5Screate(H5S_SCALAR), H5Sclose, "describe an attribute"};
  const Handle type = fixed_text(omx_version.size(), H5T_CSET_ASCII);
  const Handle version{H5Acreate2(file.id(), "OMX_VERSION", type.id(), scalar.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                       "create attribute 'OMX_VERSION'"};
  check(H5Awrite(version.id(), type.id(), omx_version.data()), "write 'OMX_VERSION'");
}

void write_shape(const Handle& file, std::size_t places) {
  const hsize_t two = 2;
  const Handle space{H5Screate_simple(1, &two, nullptr), H5Sclose, "describe an attribute"};
  const Handle shape{H5Acreate2(file.id(), "SHAPE", H5T_STD_I32LE, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                     "create attribute 'SHAPE'"};
  const std::array<std::int32_t, 2> extents{static_cast<std::int32_t>(places), static_cast<std::int32_t>(places)};
  check(H5Awrite(shape.id(), H5T_NATIVE_INT32, extents.data()), "write 'SHAPE'");
}

void write_names(const Handle& lookup, const std::string& name, const std::vector<std::string>& names) {
  if (names.empty()) return;
  const std::size_t width = std::ranges::max_element(names, {}, &std::string::size)->size();
  std::string padded;
  for (const std::string& text : names) padded += text + std::string(width - text.size(), '\0');
  const Handle type = fixed_text(width, H5T_CSET_UTF8);
  const hsize_t rows = names.size();
  const Handle space{H5Screate_simple(1, &rows, nullptr), H5Sclose, "describe names"};
  const Handle list = hdf5::property_list(H5P_DATASET_CREATE);
  check(H5Pset_obj_track_times(list.id(), false), "switch times off");
  const Handle dataset{
      H5Dcreate2(lookup.id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, list.id(), H5P_DEFAULT), H5Dclose,
      fmt::format("create '{}'", name)};
  check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, padded.data()),
        fmt::format("write '{}'", name));
}

}  // namespace

void write_omx(const std::filesystem::path& path, const OmxFile& of) {
  const std::size_t places = of.codes.size();
  hdf5::at_path(path, [&] {
    const Handle file = hdf5::create_file(path);
    write_version(file);
    write_shape(file, places);
    const Handle data = hdf5::create_group(file, "data");
    const hdf5::Shape shape{places, places};
    for (const OmxMatrix& matrix : of.matrices) {
      LUOHU_EXPECT(matrix.values.size() == places * places);
      const Handle dataset = hdf5::create_dataset(data, matrix.name, hdf5::Type::float64, shape, shape);
      hdf5::write(dataset, hdf5::whole(dataset), std::span{matrix.values});
      for (const auto& [name, value] : matrix.attributes) hdf5::set_attribute(dataset, name, value);
    }
    const Handle lookup = hdf5::create_group(file, "lookup");
    const Handle codes = hdf5::create_dataset(lookup, "place", hdf5::Type::int32, {places});
    hdf5::write(codes, hdf5::whole(codes), std::span{of.codes});
    write_names(lookup, "name", of.names_en);
    write_names(lookup, "name_zh", of.names_zh);
    hdf5::flush(file);
  });
}

}  // namespace luohu
