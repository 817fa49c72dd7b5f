#!/bin/sh
# Rebuilds the guests of the tests. Needs wabt, and clang 19 with lld and wasi-libc.
set -eu
cd "$(dirname "$0")"
for source in *.wat; do
  wat2wasm --debug-names --enable-memory64 --enable-multi-memory "$source" -o "${source%.wat}.wasm"
done
clang-19 --target=wasm32-wasi -O2 -mexec-model=reactor -Wl,--strip-all wasi.c -o wasi.wasm
clang-19 --target=wasm32-wasi -O2 -Wl,--strip-all cgi.c -o cgi.wasm
for source in ../apps/*/*.wat; do
  wat2wasm --debug-names "$source" -o "${source%.wat}.wasm"
done
