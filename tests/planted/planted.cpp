// Mistakes made on purpose, one a word: what the sanitizers must find in a program of this build, with the options that
// the tests run with. It ends with exit code 0 only if nobody noticed.
//   luohu_planted race|overflow|overrun|leak|cast

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string_view>
#include <vector>

#include "luohu/population/parallel.hpp"

namespace {

/// Two threads count into one number, as a process would that forgot that ledgers are a thread's own.
void race(std::size_t threads) {
  luohu::set_threads(static_cast<int>(threads));
  std::atomic<std::size_t> there = 0;
  std::int64_t deaths = 0;
  luohu::for_each_task(threads, [&](std::size_t) {
    for (++there; there < threads;) {  // else one thread might have done both before the other awoke
    }
    ++deaths;
  });
  std::printf("%lld deaths\n", static_cast<long long>(deaths));
}

void overflow(std::size_t persons) {
  const int most = std::numeric_limits<int>::max();
  std::printf("%d persons\n", most + static_cast<int>(persons));
}

void overrun(std::size_t row) {
  const std::vector<std::uint16_t> born(row);
  std::printf("born %d\n", born.data()[row]);
}

void leak(std::size_t rows) {
  int first = 0;
  // The last is perhaps still known to a register; of the others nobody knows.
  for (int i = 0; i < 8; ++i) first += (new std::vector<int>(rows))->front();
  std::printf("%d rows\n", first);
}

void cast(std::size_t rows) {
  std::printf("%d agents\n", static_cast<int>(static_cast<double>(rows) * 1e30));
}

}  // namespace

int main(int count, char** words) {
  const std::string_view mistake = count == 2 ? words[1] : "";
  // As many as there are words beside the program's name, but two: nothing the compiler could know.
  const std::size_t two = static_cast<std::size_t>(count);
  if (mistake == "race") return race(two), 0;
  if (mistake == "overflow") return overflow(two), 0;
  if (mistake == "overrun") return overrun(two), 0;
  if (mistake == "leak") return leak(two), 0;
  if (mistake == "cast") return cast(two), 0;
  std::fputs("usage: luohu_planted race|overflow|overrun|leak|cast\n", stderr);
  return 2;
}
