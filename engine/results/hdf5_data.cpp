#include <fmt/format.h>

#include <limits>

#include "hdf5.hpp"

namespace luohu::hdf5 {
namespace {

/// Text keeps the library's own: netCDF-C cannot read a dataset whose text has a fill value.
void set_fill(const Handle& list, Type type) {
  const std::int64_t missing_count = -1;
  const double missing_number = std::numeric_limits<double>::quiet_NaN();
  const auto set = [&](hid_t memory_type, const void* value) {
    check(H5Pset_fill_value(list.id(), memory_type, value), "set a fill value");
  };
  switch (type) {
    case Type::int32:
    case Type::int64:
      return set(H5T_NATIVE_INT64, &missing_count);
    case Type::float64:
      return set(H5T_NATIVE_DOUBLE, &missing_number);
    case Type::text:
      return;
  }
}

Handle creation_properties(Type type, const Shape& chunk) {
  Handle list = property_list(H5P_DATASET_CREATE);
  check(H5Pset_obj_track_times(list.id(), false), "switch times off");  // a time would make two equal runs differ
  check(H5Pset_attr_creation_order(list.id(), in_creation_order), "order attributes");
  set_fill(list, type);
  if (chunk.empty()) return list;
  constexpr unsigned fastest = 1;
  check(H5Pset_chunk(list.id(), static_cast<int>(chunk.size()), chunk.data()), "set the chunk shape");
  // Mandatory where it can be, that is not for text, whose chunks hold references: see require_filtered.
  const unsigned flag = type == Type::text ? H5Z_FLAG_OPTIONAL : H5Z_FLAG_MANDATORY;
  check(H5Pset_filter(list.id(), H5Z_FILTER_SHUFFLE, flag, 0, nullptr), "set the shuffle filter");
  check(H5Pset_filter(list.id(), H5Z_FILTER_DEFLATE, flag, 1, &fastest), "set the deflate filter");
  return list;
}

/// Blocks are whole chunks: the library's chunk cache would only hold a second copy.
Handle uncached() {
  Handle list = property_list(H5P_DATASET_ACCESS);
  check(H5Pset_chunk_cache(list.id(), 1, 0, H5D_CHUNK_CACHE_W0_DEFAULT), "set the chunk cache");
  return list;
}

hid_t stored_as(Type type, const Handle& text) {
  switch (type) {
    case Type::int32:
      return H5T_STD_I32LE;
    case Type::int64:
      return H5T_STD_I64LE;
    case Type::float64:
      return H5T_IEEE_F64LE;
    case Type::text:
      return text.id();
  }
  return H5I_INVALID_HID;
}

hid_t native(std::int32_t /*unused*/) {
  return H5T_NATIVE_INT32;
}
hid_t native(std::int64_t /*unused*/) {
  return H5T_NATIVE_INT64;
}
hid_t native(double /*unused*/) {
  return H5T_NATIVE_DOUBLE;
}

std::size_t elements_of(const Shape& shape, const std::string& name) {
  std::size_t elements = 1;
  for (const hsize_t extent : shape) {
    if (__builtin_mul_overflow(elements, extent, &elements)) {
      throw Failure{fmt::format("damaged: '{}' claims more values than any file can hold", name)};
    }
  }
  return elements;
}

struct Selection {
  Handle in_file;
  Handle in_memory;
  std::size_t elements = 1;
};

Selection select(const Handle& dataset, const Block& block) {
  const std::string name = name_of(dataset);
  const Shape shape = shape_of(dataset);
  LUOHU_EXPECT(!shape.empty() && block.start.size() == shape.size() && block.count.size() == shape.size());
  for (std::size_t i = 0; i < shape.size(); ++i) {
    LUOHU_EXPECT(block.start[i] <= shape[i] && block.count[i] <= shape[i] - block.start[i]);
  }
  Selection selected;
  selected.elements = elements_of(block.count, name);
  selected.in_file = Handle{H5Dget_space(dataset.id()), H5Sclose, fmt::format("read the shape of '{}'", name)};
  check(H5Sselect_hyperslab(selected.in_file.id(), H5S_SELECT_SET, block.start.data(), nullptr, block.count.data(),
                            nullptr),
        fmt::format("select a part of '{}'", name));
  // Of the same shape as in the file: the library would match a flat one element by element, ten times slower.
  selected.in_memory = Handle{H5Screate_simple(static_cast<int>(block.count.size()), block.count.data(), nullptr),
                              H5Sclose, "describe memory"};
  return selected;
}

/// A damaged or hostile file can claim any shape. Deflate never shrinks more than 1032-fold, so a
/// claim beyond that is false, and nothing is allocated for it.
void require_plausible(const Handle& dataset, std::size_t elements, std::size_t bytes_each) {
  constexpr std::size_t largest_ratio = 1032;
  hsize_t file_size = 0;
  const Handle file{H5Iget_file_id(dataset.id()), H5Fclose, "find the file of a dataset"};
  check(H5Fget_filesize(file.id(), &file_size), "read the size of the file");
  if (elements / largest_ratio > file_size / bytes_each) {
    throw Failure{fmt::format("damaged: '{}' claims {} values, more than a file of {} bytes can hold", name_of(dataset),
                              elements, file_size)};
  }
}

template <class T>
void write_numbers(const Handle& dataset, const Block& block, std::span<const T> values) {
  const Selection selected = select(dataset, block);
  LUOHU_EXPECT(selected.elements == values.size());
  check(H5Dwrite(dataset.id(), native(T{}), selected.in_memory.id(), selected.in_file.id(), H5P_DEFAULT, values.data()),
        fmt::format("write '{}'", name_of(dataset)));
}

template <class T>
std::vector<T> read_numbers(const Handle& dataset, const Block& block) {
  const Selection selected = select(dataset, block);
  require_plausible(dataset, selected.elements, sizeof(T));
  std::vector<T> values(selected.elements);
  check(H5Dread(dataset.id(), native(T{}), selected.in_memory.id(), selected.in_file.id(), H5P_DEFAULT, values.data()),
        fmt::format("read '{}'", name_of(dataset)));
  return values;
}

/// Text is converted in buffers of ours: the library corrupts memory where it cannot allocate its own.
class TextTransfer {
 public:
  TextTransfer() { check(H5Pset_buffer(list_.id(), size, converted_.data(), background_.data()), "set the buffers"); }
  [[nodiscard]] hid_t id() const { return list_.id(); }

 private:
  static constexpr std::size_t size = std::size_t{1} << 16U;  // bytes
  std::vector<char> converted_ = std::vector<char>(size);
  std::vector<char> background_ = std::vector<char>(size);
  Handle list_ = property_list(H5P_DATASET_XFER);
};

/// The library leaves out an optional filter where memory is short, and two equal files would differ.
void require_filtered(const Handle& dataset, const Shape& start) {
  const Handle list{H5Dget_create_plist(dataset.id()), H5Pclose, "read how a dataset is stored"};
  if (H5Pget_layout(list.id()) != H5D_CHUNKED) return;
  const std::string action = fmt::format("find a chunk of '{}'", name_of(dataset));
  unsigned left_out = 0;
  haddr_t address = 0;
  hsize_t size = 0;
  check(H5Dget_chunk_info_by_coord(dataset.id(), start.data(), &left_out, &address, &size), action);
  constexpr unsigned deflate = 1U << 1U;  // the second filter; the first, shuffle, has no meaning for references
  if ((left_out & deflate) != 0) throw Failure{fmt::format("cannot write '{}' (out of memory)", name_of(dataset))};
}

/// Other filters are other decoders to trust, and values elsewhere are somebody else's file.
void require_plain_storage(const Handle& dataset) {
  const std::string action = fmt::format("read how '{}' is stored", name_of(dataset));
  const Handle list{H5Dget_create_plist(dataset.id()), H5Pclose, action};
  const bool here = H5Pget_layout(list.id()) != H5D_VIRTUAL && H5Pget_external_count(list.id()) == 0;
  if (!here) throw Failure{fmt::format("'{}' has its values in other files; they are not read", name_of(dataset))};
  const int filters = check(H5Pget_nfilters(list.id()), action);
  for (int i = 0; i < filters; ++i) {
    std::size_t parameters = 0;
    const H5Z_filter_t filter =
        check(H5Pget_filter2(list.id(), static_cast<unsigned>(i), nullptr, &parameters, nullptr, 0, nullptr, nullptr),
              action);
    if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE) {
      throw Failure{fmt::format("'{}' is filtered as no results file is (filter {})", name_of(dataset), filter)};
    }
  }
}

Handle stored_type(const Handle& dataset) {
  return {H5Dget_type(dataset.id()), H5Tclose, fmt::format("read the type of '{}'", name_of(dataset))};
}

std::vector<std::string> read_text(const Handle& dataset, const Block& block) {
  if (type_of(dataset) != Type::text) throw Failure{fmt::format("'{}' is not text", name_of(dataset))};
  const Selection selected = select(dataset, block);
  require_plausible(dataset, selected.elements, sizeof(char*));
  const Handle type = text_type(H5Tget_cset(stored_type(dataset).id()));
  const TextTransfer transfer;
  std::vector<char*> raw(selected.elements, nullptr);
  check(H5Dread(dataset.id(), type.id(), selected.in_memory.id(), selected.in_file.id(), transfer.id(),
                static_cast<void*>(raw.data())),
        fmt::format("read '{}'", name_of(dataset)));
  std::vector<std::string> values;
  values.reserve(raw.size());
  for (const char* text : raw) values.emplace_back(text == nullptr ? "" : text);
  check(H5Dvlen_reclaim(type.id(), selected.in_memory.id(), H5P_DEFAULT, static_cast<void*>(raw.data())),
        "release text");
  return values;
}

}  // namespace

Handle create_dataset(const Handle& parent, const std::string& name, Type type, const Shape& shape,
                      const Shape& chunk) {
  const Handle space{H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose,
                     fmt::format("describe '{}'", name)};
  const Handle text = text_type();
  const Handle create = creation_properties(type, chunk);
  const Handle access = uncached();
  return {
      H5Dcreate2(parent.id(), name.c_str(), stored_as(type, text), space.id(), H5P_DEFAULT, create.id(), access.id()),
      H5Dclose, fmt::format("create '{}'", name)};
}

Handle open_dataset(const Handle& parent, const std::string& name) {
  require_own(parent, name);
  const Handle access = uncached();
  Handle dataset{H5Dopen2(parent.id(), name.c_str(), access.id()), H5Dclose, fmt::format("open '{}'", name)};
  require_plain_storage(dataset);
  return dataset;
}

Type type_of(const Handle& dataset) {
  const Handle stored = stored_type(dataset);
  switch (H5Tget_class(stored.id())) {
    case H5T_INTEGER:
      return H5Tget_size(stored.id()) <= sizeof(std::int32_t) ? Type::int32 : Type::int64;
    case H5T_FLOAT:
      return Type::float64;
    case H5T_STRING:
      if (H5Tis_variable_str(stored.id()) > 0) return Type::text;
      [[fallthrough]];
    default:
      throw Failure{fmt::format("'{}' is of a type no results file has", name_of(dataset))};
  }
}

Shape shape_of(const Handle& dataset) {
  const std::string action = fmt::format("read the shape of '{}'", name_of(dataset));
  const Handle space{H5Dget_space(dataset.id()), H5Sclose, action};
  Shape shape(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space.id()), action)));
  check(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), action);
  return shape;
}

Block whole(const Handle& dataset) {
  Shape shape = shape_of(dataset);
  return {Shape(shape.size(), 0), std::move(shape)};
}

void write(const Handle& dataset, const Block& block, std::span<const std::int32_t> values) {
  write_numbers(dataset, block, values);
}
void write(const Handle& dataset, const Block& block, std::span<const std::int64_t> values) {
  write_numbers(dataset, block, values);
}
void write(const Handle& dataset, const Block& block, std::span<const double> values) {
  write_numbers(dataset, block, values);
}

void write(const Handle& dataset, const Block& block, std::span<const std::string> values) {
  const Selection selected = select(dataset, block);
  LUOHU_EXPECT(selected.elements == values.size());
  std::vector<const char*> raw;
  raw.reserve(values.size());
  for (const std::string& value : values) raw.push_back(value.c_str());
  const Handle type = text_type();
  const TextTransfer transfer;
  check(H5Dwrite(dataset.id(), type.id(), selected.in_memory.id(), selected.in_file.id(), transfer.id(),
                 static_cast<const void*>(raw.data())),
        fmt::format("write '{}'", name_of(dataset)));
  require_filtered(dataset, block.start);
}

template <>
std::vector<std::int32_t> read(const Handle& dataset, const Block& block) {
  return read_numbers<std::int32_t>(dataset, block);
}
template <>
std::vector<std::int64_t> read(const Handle& dataset, const Block& block) {
  return read_numbers<std::int64_t>(dataset, block);
}
template <>
std::vector<double> read(const Handle& dataset, const Block& block) {
  return read_numbers<double>(dataset, block);
}
template <>
std::vector<std::string> read(const Handle& dataset, const Block& block) {
  return read_text(dataset, block);
}

}  // namespace luohu::hdf5
