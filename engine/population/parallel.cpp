#include "luohu/population/parallel.hpp"

#include <fmt/format.h>
#include <omp.h>

#include <algorithm>
#include <exception>
#include <latch>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

#include "luohu/core/error.hpp"

namespace luohu {
namespace {

int thread_count = 0;  // NOLINT(*-avoid-non-const-global-variables): as OpenMP, one setting a process

/// Keeps the first exception of a parallel loop; those after it would only say the same again.
class FirstException {
 public:
  template <class Body>
  void guard(Body&& body) noexcept {
    try {
      body();
    } catch (...) {
      const std::scoped_lock lock{mutex_};
      if (!first_) first_ = std::current_exception();
    }
  }
  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr first_;
};

/// OpenMP ends the program where it cannot start a thread: as many are started, and ended, before it is asked. It
/// starts its own right after that, and keeps them.
void require_threads(int wanted) {
  std::latch all_started{1};
  std::vector<std::jthread> others;
  std::exception_ptr failure;
  try {
    while (static_cast<int>(others.size()) < wanted - 1) others.emplace_back([&] { all_started.wait(); });
  } catch (...) {
    failure = std::current_exception();
  }
  all_started.count_down();
  if (failure) {
    throw Error{ExitCode::environment,
                fmt::format("cannot start {} threads, only {}; use fewer --threads", wanted, others.size() + 1)};
  }
#pragma omp parallel num_threads(wanted)
  {}
}

}  // namespace

int available_threads() {
  return std::max(1, omp_get_max_threads());
}
void set_threads(int threads) {
  const int wanted = std::max(1, threads);
  require_threads(wanted);
  thread_count = wanted;
}
int threads() {
  return thread_count > 0 ? thread_count : available_threads();
}

void for_each_chunk(std::size_t rows, const std::function<void(const Chunk&, std::size_t)>& body) {
  const std::size_t chunks = chunks_of(rows);
  FirstException failure;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads())
  for (std::size_t index = 0; index < chunks; ++index) {
    failure.guard([&] {
      const std::size_t first = index * chunk_rows;
      body(Chunk{index, first, std::min(rows, first + chunk_rows)}, static_cast<std::size_t>(omp_get_thread_num()));
    });
  }
  failure.rethrow();
}

void for_each_task(std::size_t tasks, const std::function<void(std::size_t)>& body) {
  FirstException failure;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads())
  for (std::size_t task = 0; task < tasks; ++task) {
    failure.guard([&] { body(task); });
  }
  failure.rethrow();
}

}  // namespace luohu
