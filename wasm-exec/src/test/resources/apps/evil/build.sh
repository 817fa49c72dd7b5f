#!/bin/sh
# Rebuilds the programs of the evil suite and those of practice, each with its bug and without. Needs clang 19 with lld.
set -eu
cd "$(dirname "$0")"
compile() { # DEFINITION, SOURCE, RESULT
  clang-19 --target=wasm32 -std=c11 -nostdlib -ffreestanding -fno-builtin -Oz -Wall -Wextra -Wno-unused-function -Wl,--no-entry -Wl,--strip-all \
    -Wl,-z,stack-size=8192 "-D$1" "$2" -o "$3"
}
for program in ${*:-*/ ../practice/*/}; do
  program=${program%/}
  compile BUGGY "$program/program.c" "$program/buggy.wasm"
  compile FIXED "$program/program.c" "$program/fixed.wasm"
  compile TESTS "$program/program.c" "$program/tests.wasm"
  chmod 644 "$program"/*.wasm
done
