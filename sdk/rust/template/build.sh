#!/bin/sh
set -eu
"${CARGO:-cargo}" build --release --target wasm32-unknown-unknown
mkdir -p build
for module in hello hello_test; do
  cp "target/wasm32-unknown-unknown/release/$module.wasm" build/
done
