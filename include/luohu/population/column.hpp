#pragma once
// One state variable of everyone: contiguous, not initialised on growth.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>

namespace luohu {

/// Contiguous array of a trivially copyable type. Growing leaves new rows unset, so that the thread
/// that fills them touches their memory first.
template <class T>
class Column {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  using Value = T;

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] T& operator[](std::size_t row) { return values_[row]; }
  [[nodiscard]] const T& operator[](std::size_t row) const { return values_[row]; }
  [[nodiscard]] T* data() { return values_.get(); }
  [[nodiscard]] const T* data() const { return values_.get(); }
  [[nodiscard]] std::span<const T> rows(std::size_t first, std::size_t last) const {
    return {values_.get() + first, last - first};
  }

  void reserve(std::size_t capacity) {
    if (capacity <= capacity_) return;
    auto larger = std::unique_ptr<T[]>(new T[capacity]);  // NOLINT: default-initialised on purpose
    std::copy_n(values_.get(), size_, larger.get());
    values_ = std::move(larger);
    capacity_ = capacity;
  }
  void resize(std::size_t size) {
    if (size > capacity_) reserve(std::max(size, capacity_ + capacity_ / 16));
    size_ = size;
  }

 private:
  std::unique_ptr<T[]> values_;  // NOLINT: see reserve
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace luohu
