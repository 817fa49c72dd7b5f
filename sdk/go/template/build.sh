#!/bin/sh
set -eu
mkdir -p build
for module in hello hello_test; do
  GOOS=wasip1 GOARCH=wasm "${GO:-go}" build -buildmode=c-shared -trimpath -buildvcs=false -ldflags="-s -w" -o "build/$module.wasm" "./$module"
done
