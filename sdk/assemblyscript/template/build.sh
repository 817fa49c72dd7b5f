#!/bin/sh
set -eu
if [ -z "${ASC:-}" ]; then
  ASC=node_modules/.bin/asc
  [ -x "$ASC" ] || npm install
fi
mkdir -p build
for module in hello hello_test; do
  "$ASC" "$module.ts" --runtime incremental -Oz --bindings "" --use abort=parigot/assembly/index/abort -o "build/$module.wasm"
done
