#!/usr/bin/env bash
# The tests under ASan and UBSan, the fuzz targets, and the tests under TSan.
#   tests/sanitizers.sh            what continuous integration runs: the tests of what reads and of what is parallel, and
#                                  30 s of each fuzz target but that of command lines; some six minutes on two cores
#   tests/sanitizers.sh --whole    every test under each, and 10 min of each fuzz target; hours
# TSan runs with LLVM's OpenMP and its tool Archer, which tells TSan how OpenMP synchronises: nothing is suppressed.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-2}
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
export TSAN_OPTIONS=ignore_noninstrumented_modules=1:halt_on_error=1
archer=/usr/lib/llvm-14/lib/libarcher.so

# sanitized PRESET PATTERN TARGET…: builds the targets and runs the tests whose label matches
sanitized() {
  local preset=$1 pattern=$2
  shift 2
  echo "== $preset: $*"
  cmake --preset "$preset" >/dev/null
  cmake --build "build/$preset" -j "$jobs" --target "$@"
  ctest --test-dir "build/$preset" -L "$pattern" -LE style -j "$jobs" --output-on-failure --timeout 3000
}

case ${1:-} in
  '')
    # Command lines need the whole program built, three minutes more: they are fuzzed in the scheduled run.
    sanitized fuzz '^(core|scenario|results)$' core_tests scenario_tests results_tests
    FUZZ_SEED=1 tests/fuzz/run.sh 30 scenario table results  # the same inputs, for a run that can be repeated
    OMP_TOOL_LIBRARIES=$archer sanitized tsan '^population$' population_tests
    ;;
  --whole)
    sanitized fuzz . all
    OMP_TOOL_LIBRARIES=$archer sanitized tsan . all
    tests/fuzz/run.sh 600
    ;;
  *)
    echo "usage: tests/sanitizers.sh [--whole]" >&2
    exit 2
    ;;
esac
