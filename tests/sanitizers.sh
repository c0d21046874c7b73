#!/usr/bin/env bash
# The tests under ASan and UBSan, the fuzz targets, and the tests under TSan.
#   tests/sanitizers.sh            what continuous integration runs: the tests of what reads and of what is parallel, and
#                                  30 s of each fuzz target but that of command lines; some eight minutes on two cores
#   tests/sanitizers.sh --tests    every test under each
#   tests/sanitizers.sh --whole    that, and 10 min of each fuzz target
# TSan runs with LLVM's OpenMP and its tool Archer, which tells TSan how OpenMP synchronises: nothing is suppressed. Each run
# begins with mistakes made on purpose (tests/planted), which must be found.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-2}
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
# libomp, libhdf5 and the like are not built for TSan: it looks at luohu alone, and Archer speaks for libomp.
export TSAN_OPTIONS=ignore_noninstrumented_modules=1:halt_on_error=1
export OMP_TOOL_LIBRARIES=/usr/lib/llvm-14/lib/libarcher.so
[ -f $OMP_TOOL_LIBRARIES ] || { echo "no $OMP_TOOL_LIBRARIES: apt-get install libomp-14-dev" >&2; exit 1; }

# sanitized PRESET [PROGRAM…]: builds these test programs, or all, and runs their tests; those of mistakes on purpose first
sanitized() {
  local preset=$1 programs=all pattern=.
  shift
  if [ $# -gt 0 ]; then
    pattern="^($(IFS='|' && echo "$*"))\$"
    programs=("${@/%/_tests}" luohu_planted)
  fi
  echo "== $preset: ${*:-all}"
  cmake --preset "$preset" >/dev/null &&
    cmake --build "build/$preset" -j "$jobs" --target "${programs[@]}" &&
    ctest --test-dir "build/$preset" -L '^planted$' --no-tests=error --output-on-failure &&
    ctest --test-dir "build/$preset" -L "$pattern" -LE '^(style|planted)$' -j "$jobs" --output-on-failure --timeout 3000
}

case ${1:-} in
  '')
    # Command lines need the whole program built, three minutes more: they are fuzzed in the scheduled run.
    sanitized fuzz core scenario results
    FUZZ_SEED=1 tests/fuzz/run.sh 30 scenario table results  # the same inputs, for a run that can be repeated
    sanitized tsan population processes schedule
    ;;
  --tests | --whole)
    failed=0
    sanitized fuzz || failed=1
    sanitized tsan || failed=1
    if [ "$1" = --whole ]; then tests/fuzz/run.sh 600 || failed=1; fi
    exit $failed
    ;;
  *)
    echo "usage: tests/sanitizers.sh [--tests|--whole]" >&2
    exit 2
    ;;
esac
