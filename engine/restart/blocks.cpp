#include "blocks.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "luohu/core/error.hpp"
#include "luohu/core/hash.hpp"

namespace luohu::restart {
namespace {

/// 64 bits over bytes and their order. Four lanes, because the multiplications of one wait for each other.
std::uint64_t digest_of(std::span<const std::byte> bytes) {
  constexpr std::size_t lanes = 4, word = sizeof(std::uint64_t);
  std::array<std::uint64_t, lanes> lane{1, 2, 3, 4};
  std::size_t at = 0;
  for (; at + lanes * word <= bytes.size(); at += lanes * word) {
    std::array<std::uint64_t, lanes> next{};
    std::memcpy(next.data(), bytes.data() + at, lanes * word);
    for (std::size_t i = 0; i < lanes; ++i) lane[i] = mix(lane[i] ^ next[i]);
  }
  std::array<std::uint64_t, lanes> rest{};
  if (at < bytes.size()) std::memcpy(rest.data(), bytes.data() + at, bytes.size() - at);
  for (std::size_t i = 0; i < lanes; ++i) lane[i] = mix(lane[i] ^ rest[i]);
  return hash_words(lane[0], lane[1], lane[2], lane[3], bytes.size());
}

BlockHead head_of(std::string_view name, std::size_t value_bytes, std::span<const std::byte> bytes) {
  BlockHead head;
  LUOHU_EXPECT(name.size() < sizeof head.name);
  std::memcpy(head.name, name.data(), name.size());
  head.value_bytes = value_bytes;
  head.values = bytes.size() / value_bytes;
  head.digest = hash_words(digest_of(bytes), digest_of(std::as_bytes(std::span{&head, 1}).first(40)));
  return head;
}

}  // namespace

BlockWriter::BlockWriter(std::filesystem::path path)
    : path_{std::move(path)}, file_{::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)} {
  if (file_ < 0) fail("cannot write a checkpoint");
}

BlockWriter::~BlockWriter() {
  if (file_ >= 0) ::close(file_);
}

void BlockWriter::add(std::string_view name, std::size_t value_bytes, std::span<const std::byte> bytes) {
  const BlockHead head = head_of(name, value_bytes, bytes);
  write(&head, sizeof head);
  write(bytes.data(), bytes.size());
}

void BlockWriter::write(const void* bytes, std::size_t size) {
  const auto* next = static_cast<const std::byte*>(bytes);
  while (size > 0) {
    const ::ssize_t written = ::write(file_, next, std::min(size, std::size_t{1} << 30U));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) fail("cannot write a checkpoint");
    next += written;
    size -= static_cast<std::size_t>(written);
  }
}

void BlockWriter::finish() {
  if (::fsync(file_) != 0) fail("cannot write a checkpoint to disk");
  if (::close(std::exchange(file_, -1)) != 0) fail("cannot write a checkpoint to disk");
}

void BlockWriter::fail(std::string_view problem) const {
  const std::error_code why{errno, std::generic_category()};
  throw Error{ExitCode::environment, fmt::format("{}: {} ({})", path_.string(), problem, why.message())};
}

BlockReader::BlockReader(const std::filesystem::path& path)
    : file_{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {  // a pipe would wait for a writer
  struct stat about {};
  if (file_ < 0 || ::fstat(file_, &about) != 0 || !S_ISREG(about.st_mode)) {
    if (file_ >= 0) ::close(file_);
    throw Damaged{"it cannot be read"};
  }
  left_ = static_cast<std::uint64_t>(about.st_size);
}

BlockReader::~BlockReader() {
  ::close(file_);
}

void BlockReader::read(std::string_view name, std::size_t value_bytes, std::span<std::byte> to) {
  BlockHead head;
  take(&head, sizeof head);
  const BlockHead expected = head_of(name, value_bytes, to.first(0));
  if (std::memcmp(head.name, expected.name, sizeof head.name) != 0 || head.value_bytes != value_bytes) {
    throw Damaged{fmt::format("it has no block '{}' where one belongs", name)};
  }
  if (head.values != to.size() / value_bytes) {
    throw Damaged{fmt::format("block '{}' has {} values, not {}", name, head.values, to.size() / value_bytes)};
  }
  take(to.data(), to.size());
  if (head.digest != head_of(name, value_bytes, to).digest) {
    throw Damaged{fmt::format("the digest of block '{}' does not fit its values", name)};
  }
}

void BlockReader::take(void* to, std::size_t size) {
  if (size > left_) throw Damaged{"it is cut short"};
  left_ -= size;
  auto* next = static_cast<std::byte*>(to);
  while (size > 0) {
    const ::ssize_t got = ::read(file_, next, std::min(size, std::size_t{1} << 30U));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw Damaged{"it cannot be read to its end"};
    next += got;
    size -= static_cast<std::size_t>(got);
  }
}

}  // namespace luohu::restart
