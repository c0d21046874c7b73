#!/usr/bin/env bash
# The mutation check, on demand: applies each deliberate error of tests/mutants.txt to a copy of the tree
# (build/mutants), builds and runs the test that must find it, then, if it does not, every other test.
#   tests/mutants.sh [--markdown FILE] [WORD…]    only mutants whose description or file has one of the words
# Fails if an error is found by no test, or an old text does not occur exactly once. Jobs: JOBS (default 2).
set -uo pipefail
cd "$(dirname "$0")/.."
root=$PWD
source=$root/build/mutants/source
build=$root/build/mutants/build
jobs=${JOBS:-2}
limit=300 # seconds for a test
export TMPDIR=$root/build/mutants/kept # of the cases that fail on purpose
rm -rf "$TMPDIR" && mkdir -p "$TMPDIR"

markdown=
if [[ ${1:-} == --markdown ]]; then
  markdown=${2:?--markdown needs a file}
  shift 2
fi

# The list: four fields of every mutant.
whats=() files=() olds=() news=() tests=()
while IFS= read -r line || [[ -n $line ]]; do
  value=${line#*: }
  [[ $line == *": "* ]] || value=
  value=${value//'\n'/$'\n'}
  case $line in
    mutant:*) whats+=("$value") ;;
    file:*) files+=("$value") ;;
    old:*) olds+=("$value") ;;
    new:*) news+=("$value") ;;
    test:*) tests+=("$value") ;;
    '' | '#'*) ;;
    *) echo "tests/mutants.txt: what is '$line'?" && exit 2 ;;
  esac
done <tests/mutants.txt
count=${#whats[@]}
for n in ${#files[@]} ${#olds[@]} ${#news[@]} ${#tests[@]}; do
  [[ $n == "$count" ]] || { echo "tests/mutants.txt: every mutant needs mutant, file, old, new and test" && exit 2; }
done

chosen() {
  [[ $# == 1 ]] && return 0
  local text=$1 word
  shift
  for word; do [[ $text == *"$word"* ]] && return 0; done
  return 1
}

# An old text that occurs other than once would make the list untrue: looked for before anything is built.
stale=0
for ((i = 0; i < count; ++i)); do
  text=$(<"${files[i]}") || exit 2
  without=${text//"${olds[i]}"/}
  found=$(((${#text} - ${#without}) / ${#olds[i]}))
  [[ $found == 1 ]] || { echo "stale: ${whats[i]}: the old text occurs $found times in ${files[i]}" && stale=1; }
done
[[ $stale == 0 ]] || exit 1

# Only files that differ are copied, so that a second run builds only what has changed.
mkdir -p "$source"
list() { git ls-files --cached --others --exclude-standard | sort; }
list | while IFS= read -r file; do
  cmp -s "$file" "$source/$file" || cp --parents "$file" "$source"
done
comm -13 <(list) <(cd "$source" && find . -type f -printf '%P\n' | sort) | (cd "$source" && xargs -r rm)
launcher=()
command -v ccache >/dev/null && launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
cmake -S "$source" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DLUOHU_READERS=OFF -DLUOHU_BENCH=OFF "${launcher[@]}" \
  >"$build.log" 2>&1 || { cat "$build.log" && exit 2; }

make() { cmake --build "$build" -j "$jobs" --target "$@" >"$build.log" 2>&1; }

# passes FOLDER: TEST, with its program built
passes() {
  local folder=${1%%: *} name=${1#*: }
  name=${name//,/\\,}
  name=${name//\[/\\[}
  timeout "$limit" "$build/tests/${folder}_tests" -w NoTests "$name" >"$build.log" 2>&1
}

# The tests named must exist and pass while nothing is wrong.
declare -A known=() programs=()
for ((i = 0; i < count; ++i)); do
  chosen "${whats[i]} ${files[i]}" "$@" || continue
  known[${tests[i]}]=1
  programs[${tests[i]%%: *}_tests]=1
done
[[ ${#known[@]} -gt 0 ]] || { echo "no mutant has one of these words: $*" && exit 2; }
echo "building the unchanged tree"
make "${!programs[@]}" || { tail -40 "$build.log" && exit 2; }
for test in "${!known[@]}"; do
  passes "$test" || { echo "without any mutant this test fails, or does not exist: $test" && stale=1; }
done
[[ $stale == 0 ]] || exit 1

# The first test that fails of those with a label that matches.
first_failure() {
  ctest --test-dir "$build" -j "$jobs" --timeout "$limit" --stop-on-failure -L "$1" -LE style 2>&1 |
    sed -n 's/^ *[0-9]*\/[0-9]* Test *#[0-9]*: \(.*[^. ]\) *\.*\*\*\*.*/\1/p' | head -1
}
names=${!programs[*]}
names=${names//_tests/}
named="^(${names// /|})\$"

# What finds the error, if not the test that should: the programs of the list first, they are quick to build.
other_killer() {
  make "${!programs[@]}" || { echo "nothing: it does not compile" && return; }
  local found
  found=$(first_failure "$named")
  if [[ -z $found ]]; then
    make all || { echo "nothing: it does not compile" && return; }
    found=$(first_failure .)
  fi
  [[ -n $found ]] && echo "$found (not by: $1)" || echo nothing
}

survivors=0 tried=0 rows=()
for ((i = 0; i < count; ++i)); do
  chosen "${whats[i]} ${files[i]}" "$@" || continue
  tried=$((tried + 1))
  test=${tests[i]}
  text=$(<"${files[i]}")
  printf '%s\n' "${text/"${olds[i]}"/"${news[i]}"}" >"$source/${files[i]}"
  if ! make "${test%%: *}_tests"; then
    killer="nothing: it does not compile"
  elif ! passes "$test"; then
    killer=$test
  else
    killer=$(other_killer "$test")
  fi
  [[ $killer == nothing* ]] && survivors=$((survivors + 1))
  printf '%-80s killed by %s\n' "${whats[i]}" "$killer"
  rows+=("| ${whats[i]} | \`${files[i]##*/}\` | ${killer} |")
  cp "${files[i]}" "$source/${files[i]}"
done

if [[ -n $markdown ]]; then
  {
    echo "# Mutation check"
    echo
    echo "Small deliberate errors, applied one at a time by \`tests/mutants.sh\`, and the test that finds each."
    echo "Written by \`tests/mutants.sh --markdown docs/mutants.md\`; the errors are in [tests/mutants.txt](../tests/mutants.txt)."
    echo
    echo "| the error | in | found by |"
    echo "|---|---|---|"
    printf '%s\n' "${rows[@]}"
  } >"$markdown"
fi
echo "$((tried - survivors)) of $tried mutants killed"
[[ $survivors == 0 ]]
