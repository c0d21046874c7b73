#pragma once
// A file of named blocks, each with its size and a digest. Little-endian, as the machines luohu runs on.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string_view>
#include <type_traits>

namespace luohu::restart {

/// Why a file cannot be used: cut short, altered, or not what was expected.
class Damaged : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// What stands before the values of a block.
struct BlockHead {
  char name[24] = {};  // NOLINT: as it stands in the file
  std::uint64_t value_bytes = 0;
  std::uint64_t values = 0;
  std::uint64_t digest = 0;  ///< of the values and of the fields above
};
static_assert(sizeof(BlockHead) == 48);

/// Writes blocks to a file that must not be there yet under this name; throws Error{environment} naming it.
class BlockWriter {
 public:
  explicit BlockWriter(std::filesystem::path path);
  ~BlockWriter();
  BlockWriter(const BlockWriter&) = delete;
  BlockWriter& operator=(const BlockWriter&) = delete;

  template <class T>
  void add(std::string_view name, std::span<const T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    add(name, sizeof(T), std::as_bytes(values));
  }
  /// After this the file survives a power cut.
  void finish();

 private:
  void add(std::string_view name, std::size_t value_bytes, std::span<const std::byte> bytes);
  void write(const void* bytes, std::size_t size);
  [[noreturn]] void fail(std::string_view problem) const;

  std::filesystem::path path_;
  int file_ = -1;
};

/// Reads blocks in the order in which they were written; throws Damaged if the next is not what is asked for.
class BlockReader {
 public:
  explicit BlockReader(const std::filesystem::path& path);
  ~BlockReader();
  BlockReader(const BlockReader&) = delete;
  BlockReader& operator=(const BlockReader&) = delete;

  /// Exactly as many values as there is room for.
  template <class T>
  void read(std::string_view name, std::span<T> to) {
    static_assert(std::is_trivially_copyable_v<T>);
    read(name, sizeof(T), std::as_writable_bytes(to));
  }
  /// Bytes not yet read.
  [[nodiscard]] std::uint64_t left() const { return left_; }

 private:
  void read(std::string_view name, std::size_t value_bytes, std::span<std::byte> to);
  void take(void* to, std::size_t size);

  int file_ = -1;
  std::uint64_t left_ = 0;
};

}  // namespace luohu::restart
