#!/bin/sh
set -eu
mkdir -p build
for module in hello hello_test; do
  "${CLANG:-clang-19}" --target=wasm32-wasi -std=c11 -mexec-model=reactor -Oz -Wall -Wextra -Wl,--strip-all \
    -I parigot "$module.c" -o "build/$module.wasm"
done
