#!/bin/sh
# Compiles the benchmarks' modules. Tools: apt install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32
set -eu
cd "$(dirname "$0")"
clang=${CLANG:-clang-19}
for service in echo caller burner queue channel; do
  "$clang" --target=wasm32-wasi -std=c11 -mexec-model=reactor -O2 -I ../../sdk/c -Wl,--strip-all $service.c -o build/$service.wasm
done
"$clang" --target=wasm32 -std=c11 -O2 -mbulk-memory -nostdlib -Wl,--no-entry -Wl,--strip-all kernels.c -o build/kernels.wasm
chmod 644 build/*.wasm
