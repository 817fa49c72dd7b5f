#!/bin/sh
# Compiles the tour of each SDK whose compiler is here into build/, and says which one is missing. The
# compilers and how to get them are those of examples/tools.sh; OUT names another folder for the result, ONLY one
# language.
set -eu
cd "$(dirname "$0")/../.."
OUT=${OUT:-sdk/tour/build}
. examples/tools.sh
mkdir -p "$OUT"

module() { # language, source, how to get its compiler
  case ${ONLY:-$1} in "$1") ;; *) return ;; esac
  if "has_$1"; then
    "compile_$1" "$2" "$OUT/$1.wasm"
    chmod 644 "$OUT/$1.wasm"
  else
    echo "$1 is left out: $3"
  fi
}

module c sdk/tour/tour.c "$GET_C"
module rust sdk/tour/tour.rs "$GET_RUST"
module assemblyscript sdk/tour/tour.ts "$GET_ASSEMBLYSCRIPT"
module go sdk/tour/go "$GET_GO"
