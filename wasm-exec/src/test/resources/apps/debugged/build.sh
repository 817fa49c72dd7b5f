#!/bin/sh
# Rebuilds the app that is debugged in tests. Needs clang 19 with lld and wasi-libc.
set -eu
cd "$(dirname "$0")"
for source in basket tax; do
  clang-19 --target=wasm32-wasi -std=c11 -mexec-model=reactor -g -O0 -gdwarf-4 -fdebug-compilation-dir=. \
    -Wall -Wextra -I ../../../../../../sdk/c "$source.c" -o "$source.wasm"
done
for version in 4 5; do
  clang-19 --target=wasm32 -nostdlib -Wl,--no-entry -Wl,--export=added -g -O0 "-gdwarf-$version" \
    -fdebug-compilation-dir=. added.c -o "added-dwarf-$version.wasm"
done
clang-19 --target=wasm32 -nostdlib -Wl,--no-entry -Wl,--export=added -O2 added.c -o added-bare.wasm
chmod 644 ./*.wasm
