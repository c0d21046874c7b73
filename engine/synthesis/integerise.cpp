#include "luohu/synthesis/integerise.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

/// One unit moved between two cells, and how much closer to the expected counts it brings them.
struct Move {
  std::size_t from = 0;
  std::size_t to = 0;
  double gain = 0;
};

/// Move single units along `axis` until the totals over it are `target`.
void repair(ResidentCounts& counts, const ResidentTable& expected, std::size_t axis,
            const std::vector<std::int64_t>& target) {
  const auto& shape = counts.shape();
  std::size_t stride = 1;
  for (std::size_t a = axis + 1; a < shape.size(); ++a) stride *= shape[a];
  const std::size_t extent = shape[axis];
  std::vector<std::int64_t>& cells = counts.values();
  const auto at = [&](std::size_t cell) { return cell / stride % extent; };

  std::vector<std::int64_t> surplus(extent);
  for (std::size_t cell = 0; cell < cells.size(); ++cell) surplus[at(cell)] += cells[cell];
  for (std::size_t k = 0; k < extent; ++k) surplus[k] -= target[k];

  while (std::ranges::any_of(surplus, [](std::int64_t s) { return s != 0; })) {
    std::vector<Move> moves;
    for (std::size_t from = 0; from < cells.size(); ++from) {
      if (cells[from] == 0 || surplus[at(from)] <= 0) continue;
      for (std::size_t k = 0; k < extent; ++k) {
        if (surplus[k] >= 0) continue;
        const std::size_t to = from + k * stride - at(from) * stride;
        const double gain = (static_cast<double>(cells[from]) - expected.values()[from]) +
                            (expected.values()[to] - static_cast<double>(cells[to]));
        // A cell expected empty stays empty as long as another will do.
        moves.push_back({from, to, expected.values()[to] > 0 ? gain : gain - 1e6});
      }
    }
    LUOHU_EXPECT(!moves.empty());
    std::ranges::stable_sort(moves, std::ranges::greater{}, &Move::gain);
    std::vector<bool> used(cells.size(), false);
    for (const Move& move : moves) {
      if (used[move.from] || used[move.to] || surplus[at(move.from)] <= 0 || surplus[at(move.to)] >= 0) continue;
      --cells[move.from], ++cells[move.to];
      --surplus[at(move.from)], ++surplus[at(move.to)];
      used[move.from] = used[move.to] = true;
    }
  }
}

}  // namespace

std::vector<std::int64_t> apportion(std::span<const double> weights, std::int64_t total) {
  std::vector<std::int64_t> counts(weights.size(), 0);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (total == 0) return counts;
  LUOHU_EXPECT(sum > 0);
  std::vector<double> remainder(weights.size());
  std::int64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double exact = weights[i] / sum * static_cast<double>(total);
    counts[i] = static_cast<std::int64_t>(std::floor(exact));
    remainder[i] = exact - std::floor(exact);
    given += counts[i];
  }
  std::vector<std::size_t> order(weights.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return remainder[i]; });
  for (std::size_t k = 0; given < total; k = (k + 1) % order.size()) {
    if (weights[order[k]] > 0) ++counts[order[k]], ++given;
  }
  // Floating-point sums can hand out one too many where every share is whole.
  for (std::size_t k = order.size(); given > total; --k) {
    if (counts[order[k - 1]] > 0) --counts[order[k - 1]], --given;
  }
  return counts;
}

ResidentCounts integerise(const ResidentTable& expected, const ResidentMargins& margins) {
  const auto& shape = expected.shape();
  ResidentCounts counts{shape};
  const std::size_t slices = shape[2] * shape[3];
  std::vector<double> slice(shape[0] * shape[1]);
  for (std::size_t sa = 0; sa < slices; ++sa) {
    for (std::size_t zc = 0; zc < slice.size(); ++zc) slice[zc] = expected.values()[zc * slices + sa];
    const std::vector<std::int64_t> whole = apportion(slice, margins.sex_age[sa]);
    for (std::size_t zc = 0; zc < slice.size(); ++zc) counts.values()[zc * slices + sa] = whole[zc];
  }
  repair(counts, expected, 0, margins.zone);
  repair(counts, expected, 1, margins.klass);
  return counts;
}

}  // namespace luohu
