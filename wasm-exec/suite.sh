#!/bin/sh
# Runs what is too long for the build, or needs files that are not part of it:
#   suite.sh wasm DIR            the official WebAssembly test suite (.wast files; needs wast2json of WABT)
#   suite.sh wasi DIR            the modules of wasi-testsuite that need no files
#   suite.sh fuzz COUNT [SEED]   that many mutants, from that seed on; what fails prints the seed that replays it
#   suite.sh corrupt FILE [STEP] every truncation and every change of one byte of a module; each STEPth accepted one runs
set -eu
case "${1:-} $#" in
  "wasm 2") test=OfficialSuiteTest property="-Dparigot.suite=$(cd "$2" && pwd)" ;;
  "wasi 2") test=WasiSuiteTest property="-Dparigot.wasi=$(cd "$2" && pwd)" ;;
  "fuzz 2" | "fuzz 3") test=FuzzTest property="-Dparigot.fuzz=$2 -Dparigot.fuzz.seed=${3:-1}" ;;
  "corrupt 2" | "corrupt 3") test=CorruptModulesTest#everyCorruptionOfAFile property="-Dparigot.corrupt=$(realpath "$2") -Dparigot.corrupt.step=${3:-1000}" ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0"; exit 2 ;;
esac
cd "$(dirname "$0")/.."
# shellcheck disable=SC2086
exec ./mvnw -B -ntp -q -pl wasm-exec -am test -Dtest="$test" -Dsurefire.failIfNoSpecifiedTests=false $property
