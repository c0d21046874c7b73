#pragma once
// The only file that sees the HDF5 library: handles that close themselves, every call checked, and
// sizes compared with the file before anything is allocated for them.

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "luohu/core/error.hpp"

namespace luohu::hdf5 {

/// A failed call: what was tried and why it failed. `at_path` adds the file.
class Failure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[noreturn]] void fail_at(const std::filesystem::path& path, std::string_view problem);

/// Fails, while it lives, for every object that could not be closed: what it held may not be in the file.
class Closes {
 public:
  /// Throws Failure if an object could not be closed since this was made.
  void require() const;

 private:
  std::size_t before_ = failed();
  static std::size_t failed();
};

/// Runs `action`; a Failure in it, or an object in it that could not be closed, becomes an Error{environment}
/// that names `path`.
template <class Action>
decltype(auto) at_path(const std::filesystem::path& path, Action&& action) {
  try {
    const Closes closes;
    if constexpr (std::is_void_v<std::invoke_result_t<Action>>) {
      std::forward<Action>(action)();
      closes.require();
    } else {
      decltype(auto) result = std::forward<Action>(action)();
      closes.require();
      return result;
    }
  } catch (const Failure& failure) {
    fail_at(path, failure.what());
  }
}

[[noreturn]] void fail(std::string_view action);

/// Passes on what the library returned, unless it means failure.
template <class Status>
Status check(Status status, std::string_view action) {
  if (status < 0) fail(action);
  return status;
}

/// Owns one HDF5 identifier.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  /// Throws Failure if `id` is the library's "it failed"; `action` says what failed: "open variable 'x'".
  Handle(hid_t id, Close close, std::string_view action);
  ~Handle();
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  [[nodiscard]] hid_t id() const noexcept { return id_; }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

[[nodiscard]] Handle property_list(hid_t kind);
/// Text is variable-length UTF-8: fixed-length text datasets crash netCDF-C 4.9.0.
[[nodiscard]] Handle text_type(H5T_cset_t encoding = H5T_CSET_UTF8);
/// Path of an object inside its file, for messages.
[[nodiscard]] std::string name_of(const Handle& object);
/// Order of links and attributes is that of creation: netCDF numbers its dimensions by it.
inline constexpr unsigned in_creation_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

enum class Type : std::uint8_t { int32, int64, float64, text };
using Shape = std::vector<hsize_t>;

/// A rectangle of a dataset: `count` elements from `start` along each dimension.
struct Block {
  Shape start;
  Shape count;
};

/// An empty file whose bytes depend on what is written into it and on nothing else.
[[nodiscard]] Handle create_file(const std::filesystem::path& path);
[[nodiscard]] Handle open_file(const std::filesystem::path& path);
[[nodiscard]] Handle open_file_to_write(const std::filesystem::path& path);
void flush(const Handle& file);

[[nodiscard]] Handle create_group(const Handle& parent, const std::string& name);
/// Throws Failure if `name` is a link that may lead elsewhere, even out of the file.
void require_own(const Handle& parent, const std::string& name);
[[nodiscard]] Handle open_group(const Handle& parent, const std::string& name);
/// Names of the datasets and groups directly in `group`, in order of creation.
[[nodiscard]] std::vector<std::string> children(const Handle& group);
[[nodiscard]] bool has_child(const Handle& group, const std::string& name);
[[nodiscard]] bool is_dataset(const Handle& group, const std::string& name);

/// Compressed chunk by chunk if `chunk` is not empty. Unwritten integers read -1, numbers NaN.
/// Text must be written before the file is read: R crashes on the library's NULL.
[[nodiscard]] Handle create_dataset(const Handle& parent, const std::string& name, Type type, const Shape& shape,
                                    const Shape& chunk = {});
/// Throws Failure for a link and for values stored as no results file stores them: in other files, or filtered
/// otherwise than by shuffle and deflate.
[[nodiscard]] Handle open_dataset(const Handle& parent, const std::string& name);
[[nodiscard]] Type type_of(const Handle& dataset);
[[nodiscard]] Shape shape_of(const Handle& dataset);
[[nodiscard]] Block whole(const Handle& dataset);

/// `values` fills `block` row-major.
void write(const Handle& dataset, const Block& block, std::span<const std::int32_t> values);
void write(const Handle& dataset, const Block& block, std::span<const std::int64_t> values);
void write(const Handle& dataset, const Block& block, std::span<const double> values);
void write(const Handle& dataset, const Block& block, std::span<const std::string> values);

/// T is std::int32_t, std::int64_t, double or std::string. Throws Failure before allocating if the
/// file is too small to hold what `block` asks for.
template <class T>
[[nodiscard]] std::vector<T> read(const Handle& dataset, const Block& block);

void set_attribute(const Handle& object, const std::string& name, std::string_view value);
void set_attribute(const Handle& object, const std::string& name, std::int64_t value);
[[nodiscard]] bool has_attribute(const Handle& object, const std::string& name);
[[nodiscard]] std::string text_attribute(const Handle& object, const std::string& name);
[[nodiscard]] std::int64_t integer_attribute(const Handle& object, const std::string& name);

/// Makes `dataset` the dimension of its own name.
void make_scale(const Handle& dataset, const std::string& name);
[[nodiscard]] bool is_scale(const Handle& dataset);
void attach_scale(const Handle& dataset, std::size_t axis, const Handle& scale);
/// The dimension's name for every axis; empty where none is attached.
[[nodiscard]] std::vector<std::string> dimensions_of(const Handle& dataset);

}  // namespace luohu::hdf5
