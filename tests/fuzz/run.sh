#!/usr/bin/env bash
# Runs every fuzz target for SECONDS, two at a time, from the seeds in corpus/ and what earlier runs found (kept in
# build/fuzz/corpus). Inputs that crash, hang (200 s, for a copy that reads results may take 10 s of a busy processor),
# leak or take over 2 GiB are kept in build/fuzz/findings.
#   tests/fuzz/run.sh SECONDS [TARGET…]      a scheduled run: tests/fuzz/run.sh 600
# FUZZ_SEED=N tries the same inputs every time; without it they are others.
# Fails if anything is found. Needs clang-14 and libclang-rt-14-dev.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=${1:?usage: tests/fuzz/run.sh SECONDS [TARGET…]}
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(scenario table results arguments checkpoint calibration)
build=build/fuzz
[ -f $build/build.ninja ] || cmake --preset fuzz >/dev/null
cmake --build $build --target "${targets[@]/#/fuzz_}" fuzz_seeds
mkdir -p $build/findings $build/seeds
for target in "${targets[@]}"; do rm -f $build/findings/"$target"[-.]*; done
$build/tests/fuzz/fuzz_seeds $build/seeds

fuzz() {
  local target=$1 longest=$2 dictionary=()
  local corpus=$build/corpus/$target seeds=(tests/fuzz/corpus/"$target" $build/seeds/"$target")
  mkdir -p "$corpus" "${seeds[@]}"
  [ -f "tests/fuzz/$target.dict" ] && dictionary=("-dict=$PWD/tests/fuzz/$target.dict")
  local status=passed
  $build/tests/fuzz/fuzz_"$target" "$corpus" "${seeds[@]}" "${dictionary[@]}" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=200 \
    -rss_limit_mb=2048 -max_len="$longest" -artifact_prefix="$build/findings/$target-" -print_final_stats=1 \
    >"$build/findings/$target.log" 2>&1 || status=FAILED
  [ "$status" = passed ] || tail -40 "$build/findings/$target.log"
  echo "$target: $status, $(sed -n 's/stat::number_of_executed_units: //p' "$build/findings/$target.log") executions"
  [ "$status" = passed ]
}

export ASAN_OPTIONS=${ASAN_OPTIONS:-symbolize=1}:detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
export LSAN_OPTIONS=suppressions=$PWD/tests/fuzz/leaks.txt:print_suppressions=0
failed=0
pids=()
for target in "${targets[@]}"; do
  case $target in
    results) longest=65536 ;;
    *) longest=8192 ;;
  esac
  fuzz "$target" $longest &
  pids+=($!)
  if [ ${#pids[@]} -eq 2 ]; then
    wait "${pids[0]}" || failed=1
    pids=("${pids[1]}")
  fi
done
for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
exit $failed
