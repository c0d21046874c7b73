#include "hdf5.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

namespace luohu::hdf5 {
namespace {

/// The innermost message is the cause. Of a system error the library prints pointers and times too;
/// only the system's own words are kept.
std::string cause() {
  std::string found;
  const auto keep_first = [](unsigned, const H5E_error2_t* entry, void* out) -> herr_t {
    auto& text = *static_cast<std::string*>(out);
    if (text.empty() && entry->desc != nullptr) text = entry->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &found);
  H5Eclear2(H5E_DEFAULT);
  constexpr std::string_view mark = "error message = '";
  if (const auto start = found.find(mark); start != std::string::npos) {
    const auto from = start + mark.size();
    return found.substr(from, found.find('\'', from) - from);
  }
  return found.empty() ? "no cause given" : found;
}

/// What could not be closed, as a file on a full disk, and why the last of it.
struct Stuck {
  std::size_t objects = 0;
  std::string why;
};
Stuck& stuck() {
  static Stuck all;
  return all;
}

/// At exit the library closes what is open, and crashes on what could not be closed before: then it
/// is better left alone. Its error stack would be printed to the user's terminal.
void tame() {
  static const bool once = [] {
    H5dont_atexit();
    return std::atexit([] {
             if (stuck().objects == 0) H5close();
           }) == 0;
  }();
  static_cast<void>(once);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  H5PLset_loading_state(0);  // no file makes the library load code
}

Handle open_attribute(const Handle& object, const std::string& name) {
  return {H5Aopen(object.id(), name.c_str(), H5P_DEFAULT), H5Aclose,
          fmt::format("read attribute '{}' of '{}'", name, name_of(object))};
}

Handle create_attribute(const Handle& object, const std::string& name, hid_t type) {
  const Handle scalar{H5Screate(H5S_SCALAR), H5Sclose, "describe an attribute"};
  return {H5Acreate2(object.id(), name.c_str(), type, scalar.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
          fmt::format("create attribute '{}' of '{}'", name, name_of(object))};
}

Handle scalar_attribute(const Handle& object, const std::string& name, H5T_class_t wanted) {
  Handle attribute = open_attribute(object, name);
  const Handle space{H5Aget_space(attribute.id()), H5Sclose, "read the shape of an attribute"};
  const Handle type{H5Aget_type(attribute.id()), H5Tclose, "read the type of an attribute"};
  const bool variable_text = wanted != H5T_STRING || H5Tis_variable_str(type.id()) > 0;
  if (H5Sget_simple_extent_npoints(space.id()) != 1 || H5Tget_class(type.id()) != wanted || !variable_text) {
    throw Failure{fmt::format("attribute '{}' of '{}' is not of the expected type", name, name_of(object))};
  }
  return attribute;
}

}  // namespace

void fail(std::string_view action) {
  throw Failure{fmt::format("cannot {} ({})", action, cause())};
}

void fail_at(const std::filesystem::path& path, std::string_view problem) {
  throw Error{ExitCode::environment, fmt::format("{}: {}", path.string(), problem)};
}

Handle::Handle(hid_t id, Close close, std::string_view action) : id_{check(id, action)}, close_{close} {}

Handle::~Handle() {
  if (close_ == nullptr || close_(id_) >= 0) return;
  ++stuck().objects;
  stuck().why = cause();
}

Handle::Handle(Handle&& other) noexcept
    : id_{std::exchange(other.id_, H5I_INVALID_HID)}, close_{std::exchange(other.close_, nullptr)} {}

Handle& Handle::operator=(Handle&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(close_, other.close_);
  return *this;
}

std::string name_of(const Handle& object) {
  std::string name(256, '\0');
  const ssize_t length = H5Iget_name(object.id(), name.data(), name.size());
  name.resize(length < 0 ? 0 : std::min(static_cast<std::size_t>(length), name.size() - 1));
  return name;
}

std::size_t Closes::failed() {
  return stuck().objects;
}

void Closes::require() const {
  if (failed() > before_) throw Failure{fmt::format("cannot write to disk ({})", stuck().why)};
}

Handle property_list(hid_t kind) {
  return {H5Pcreate(kind), H5Pclose, "make a property list"};
}

Handle text_type(H5T_cset_t encoding) {
  Handle type{H5Tcopy(H5T_C_S1), H5Tclose, "make the text type"};
  check(H5Tset_size(type.id(), H5T_VARIABLE), "make the text type");
  check(H5Tset_cset(type.id(), encoding), "make the text type");
  return type;
}

/// Opens or creates a file as `open` does with a list of access properties. Where the file system has no locks, as NFS
/// may not, it is used without.
template <class Open>
hid_t with_locks_if_any(Open&& open) {
  const Handle list = property_list(H5P_FILE_ACCESS);
  check(H5Pset_file_locking(list.id(), true, true), "set the use of locks");
  errno = 0;
  const hid_t file = open(list.id());
  if (file >= 0 || errno != ENOLCK) return file;
  check(H5Pset_file_locking(list.id(), false, true), "set the use of locks");
  return open(list.id());
}

Handle create_file(const std::filesystem::path& path) {
  tame();
  const Handle list = property_list(H5P_FILE_CREATE);
  check(H5Pset_link_creation_order(list.id(), in_creation_order), "order links");
  check(H5Pset_attr_creation_order(list.id(), in_creation_order), "order attributes");
  check(H5Pset_obj_track_times(list.id(), false), "switch times off");
  const hid_t file =
      with_locks_if_any([&](hid_t access) { return H5Fcreate(path.c_str(), H5F_ACC_TRUNC, list.id(), access); });
  return {file, H5Fclose, "create the file"};
}

Handle open_file(const std::filesystem::path& path) {
  tame();
  const hid_t file = with_locks_if_any([&](hid_t access) { return H5Fopen(path.c_str(), H5F_ACC_RDONLY, access); });
  if (file < 0 && errno == EWOULDBLOCK) throw Failure{"is being written by a run; wait until it has ended"};
  if (file < 0 && H5Fis_hdf5(path.c_str()) == 0) throw Failure{"not a results file of luohu (it is not HDF5)"};
  return {file, H5Fclose, "open the file"};
}

Handle open_file_to_write(const std::filesystem::path& path) {
  tame();
  const hid_t file = with_locks_if_any([&](hid_t access) { return H5Fopen(path.c_str(), H5F_ACC_RDWR, access); });
  if (file < 0 && errno == EWOULDBLOCK) throw Failure{"another program has it open; close it there"};
  return {file, H5Fclose, "open the file to write"};
}

void flush(const Handle& file) {
  check(H5Fflush(file.id(), H5F_SCOPE_GLOBAL), "write to disk");
}

Handle create_group(const Handle& parent, const std::string& name) {
  const Handle list = property_list(H5P_GROUP_CREATE);
  check(H5Pset_link_creation_order(list.id(), in_creation_order), "order links");
  check(H5Pset_attr_creation_order(list.id(), in_creation_order), "order attributes");
  check(H5Pset_obj_track_times(list.id(), false), "switch times off");
  return {H5Gcreate2(parent.id(), name.c_str(), H5P_DEFAULT, list.id(), H5P_DEFAULT), H5Gclose,
          fmt::format("create group '{}'", name)};
}

void require_own(const Handle& parent, const std::string& name) {
  H5L_info_t info{};
  check(H5Lget_info(parent.id(), name.c_str(), &info, H5P_DEFAULT), fmt::format("look for '{}'", name));
  if (info.type != H5L_TYPE_HARD) {
    throw Failure{fmt::format("'{}' is a link, which no results file has; it is not followed", name)};
  }
}

Handle open_group(const Handle& parent, const std::string& name) {
  require_own(parent, name);
  return {H5Gopen2(parent.id(), name.c_str(), H5P_DEFAULT), H5Gclose, fmt::format("open group '{}'", name)};
}

std::vector<std::string> children(const Handle& group) {
  // One by one: H5Literate frees what it never allocated when a damaged group ends early.
  const std::string action = fmt::format("list '{}' in order of creation", name_of(group));
  H5G_info_t info{};
  check(H5Gget_info(group.id(), &info), action);
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    std::string name(256, '\0');
    const ssize_t length = check(
        H5Lget_name_by_idx(group.id(), ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT),
        action);
    name.resize(std::min(static_cast<std::size_t>(length), name.size() - 1));
    names.push_back(std::move(name));
  }
  return names;
}

bool has_child(const Handle& group, const std::string& name) {
  return check(H5Lexists(group.id(), name.c_str(), H5P_DEFAULT), fmt::format("look for '{}'", name)) > 0;
}

bool is_dataset(const Handle& group, const std::string& name) {
  require_own(group, name);
  const Handle object{H5Oopen(group.id(), name.c_str(), H5P_DEFAULT), H5Oclose, fmt::format("open '{}'", name)};
  return H5Iget_type(object.id()) == H5I_DATASET;
}

void set_attribute(const Handle& object, const std::string& name, std::string_view value) {
  const Handle type = text_type();
  const Handle attribute = create_attribute(object, name, type.id());
  const std::string terminated{value};
  const char* text = terminated.c_str();
  check(H5Awrite(attribute.id(), type.id(), static_cast<const void*>(&text)), fmt::format("write '{}'", name));
}

void set_attribute(const Handle& object, const std::string& name, std::int64_t value) {
  const Handle attribute = create_attribute(object, name, H5T_STD_I64LE);
  check(H5Awrite(attribute.id(), H5T_NATIVE_INT64, &value), fmt::format("write '{}'", name));
}

bool has_attribute(const Handle& object, const std::string& name) {
  return check(H5Aexists(object.id(), name.c_str()), fmt::format("look for attribute '{}'", name)) > 0;
}

std::string text_attribute(const Handle& object, const std::string& name) {
  const Handle attribute = scalar_attribute(object, name, H5T_STRING);
  const Handle stored{H5Aget_type(attribute.id()), H5Tclose, "read the type of an attribute"};
  const Handle type = text_type(H5Tget_cset(stored.id()));
  char* text = nullptr;
  check(H5Aread(attribute.id(), type.id(), static_cast<void*>(&text)), fmt::format("read attribute '{}'", name));
  std::string value = text == nullptr ? "" : text;
  H5free_memory(text);
  return value;
}

std::int64_t integer_attribute(const Handle& object, const std::string& name) {
  const Handle attribute = scalar_attribute(object, name, H5T_INTEGER);
  std::int64_t value = 0;
  check(H5Aread(attribute.id(), H5T_NATIVE_INT64, &value), fmt::format("read attribute '{}'", name));
  return value;
}

void make_scale(const Handle& dataset, const std::string& name) {
  check(H5DSset_scale(dataset.id(), name.c_str()), fmt::format("make '{}' a dimension", name));
}

bool is_scale(const Handle& dataset) {
  return check(H5DSis_scale(dataset.id()), fmt::format("ask whether '{}' is a dimension", name_of(dataset))) > 0;
}

void attach_scale(const Handle& dataset, std::size_t axis, const Handle& scale) {
  check(H5DSattach_scale(dataset.id(), scale.id(), static_cast<unsigned>(axis)),
        fmt::format("name dimension {} of '{}'", axis, name_of(dataset)));
}

std::vector<std::string> dimensions_of(const Handle& dataset) {
  const Handle space{H5Dget_space(dataset.id()), H5Sclose, fmt::format("read the shape of '{}'", name_of(dataset))};
  const int rank = check(H5Sget_simple_extent_ndims(space.id()), "read a shape");
  const auto first = [](hid_t, unsigned, hid_t scale, void* out) -> herr_t {
    std::string path(256, '\0');
    const ssize_t length = H5Iget_name(scale, path.data(), path.size());
    if (length <= 0 || static_cast<std::size_t>(length) >= path.size()) return -1;
    path.resize(static_cast<std::size_t>(length));
    *static_cast<std::string*>(out) = path.substr(path.rfind('/') + 1);
    return 1;
  };
  std::vector<std::string> names(static_cast<std::size_t>(rank));
  for (std::size_t axis = 0; axis < names.size(); ++axis) {
    check(H5DSiterate_scales(dataset.id(), static_cast<unsigned>(axis), nullptr, first, &names[axis]),
          fmt::format("read the dimensions of '{}'", name_of(dataset)));
  }
  return names;
}

}  // namespace luohu::hdf5
