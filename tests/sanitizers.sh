#!/usr/bin/env bash
# The tests under ASan and UBSan, the fuzz targets, and the tests under TSan; a line for each test program.
#   tests/sanitizers.sh            what continuous integration runs: the tests of what reads and of what is parallel, and
#                                  30 s of three fuzz targets; seven minutes on two cores
#   tests/sanitizers.sh --tests    every test program under each
#   tests/sanitizers.sh --whole    that, and 10 min of each fuzz target
# TSan runs with LLVM's OpenMP and its tool Archer, which tells TSan how OpenMP synchronises: nothing is suppressed. Each run
# begins with mistakes made on purpose (tests/planted), which must be found.
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=${CMAKE_BUILD_PARALLEL_LEVEL:-2}
export ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/fuzz/leaks.txt:print_suppressions=0
# libomp, libhdf5 and the like are not built for TSan: it looks at luohu alone, and Archer speaks for libomp.
export TSAN_OPTIONS=ignore_noninstrumented_modules=1
export OMP_TOOL_LIBRARIES=/usr/lib/llvm-14/lib/libarcher.so
if [ ! -f $OMP_TOOL_LIBRARIES ]; then
  echo "no $OMP_TOOL_LIBRARIES: apt-get install libomp-14-dev" >&2
  exit 1
fi

# run FOLDER PROGRAM [WORD…]: says in a line what came of it; all it printed is in FOLDER/PROGRAM.log
run() {
  cd "$1"
  local program=$2 result=clean times TIMEFORMAT='%U + %S s of the processor in %R s'
  times=$( { time timeout 3000 "./$program" "${@:3}" >"$program.log" 2>&1; } 2>&1) || result=FAILED
  [ "$result" = clean ] || tail -n 200 "$program.log"
  echo "$program: $result, $(sed -nE 's/.* in ([0-9]+ test cases?)\).*/\1, /p' "$program.log")$times"
  [ "$result" = clean ]
}
export -f run

# sanitized PRESET [PROGRAM…]: builds these test programs, or all, and runs them
sanitized() {
  local preset=$1 programs=("${@:2}")
  echo "== $preset: ${programs[*]:-all}"
  cmake --preset "$preset" >/dev/null &&
    cmake --build "build/$preset" -j "$jobs" --target luohu_planted "${programs[@]:-all}" &&
    ctest --test-dir "build/$preset" -L planted --no-tests=error --output-on-failure || return 1
  if [ ${#programs[@]} -eq 0 ]; then
    mapfile -t programs < <(cd "build/$preset/tests" && printf '%s\n' *_tests 'luohu_crash 20 7')
  fi
  printf '%s\n' "${programs[@]}" | xargs -P "$jobs" -L 1 bash -c 'run "$@"' _ "build/$preset/tests"
}

failed=0
case ${1:-} in
  '')
    sanitized fuzz core_tests scenario_tests results_tests population_tests processes_tests schedule_tests || failed=1
    # The same inputs every time, for a run that can be repeated.
    FUZZ_SEED=1 tests/fuzz/run.sh 30 scenario table results || failed=1
    sanitized tsan population_tests processes_tests schedule_tests || failed=1
    ;;
  --tests | --whole)
    sanitized fuzz || failed=1
    sanitized tsan || failed=1
    if [ "$1" = --whole ]; then tests/fuzz/run.sh 600 || failed=1; fi
    ;;
  *)
    echo "usage: tests/sanitizers.sh [--tests|--whole]" >&2
    exit 2
    ;;
esac
exit $failed
