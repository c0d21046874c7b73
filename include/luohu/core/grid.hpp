#pragma once
// Dense row-major table with N axes: the shape of every table, ledger and result.

#include <array>
#include <cstddef>
#include <vector>

namespace luohu {

/// `Grid<T, N>` is N-dimensional, row-major (the last index runs fastest), value-initialised.
template <class T, std::size_t N>
class Grid {
 public:
  Grid() = default;
  explicit Grid(std::array<std::size_t, N> shape, T value = T{}) : shape_{shape}, values_(product(shape), value) {}

  template <class... Index>
  requires(sizeof...(Index) == N) [[nodiscard]] T& operator()(Index... index) {
    return values_[offset(static_cast<std::size_t>(index)...)];
  }
  template <class... Index>
  requires(sizeof...(Index) == N) [[nodiscard]] const T& operator()(Index... index) const {
    return values_[offset(static_cast<std::size_t>(index)...)];
  }

  [[nodiscard]] const std::array<std::size_t, N>& shape() const { return shape_; }
  [[nodiscard]] std::vector<T>& values() { return values_; }
  [[nodiscard]] const std::vector<T>& values() const { return values_; }

  template <class... Index>
  requires(sizeof...(Index) == N) [[nodiscard]] std::size_t offset(Index... index) const {
    std::size_t row = 0;
    std::size_t axis = 0;
    ((row = row * shape_[axis++] + static_cast<std::size_t>(index)), ...);
    return row;
  }

  Grid& operator+=(const Grid& other) {
    for (std::size_t i = 0; i < values_.size(); ++i) values_[i] += other.values_[i];
    return *this;
  }
  friend bool operator==(const Grid&, const Grid&) = default;

 private:
  static std::size_t product(const std::array<std::size_t, N>& shape) {
    std::size_t size = 1;
    for (const std::size_t extent : shape) size *= extent;
    return size;
  }

  std::array<std::size_t, N> shape_{};
  std::vector<T> values_;
};

}  // namespace luohu
