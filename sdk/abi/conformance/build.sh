#!/bin/sh
# Rebuilds the modules from their text. Needs wat2wasm 1.0.32 or newer: Debian's wabt, or npm's
# (npm install --prefix DIR wabt; WAT2WASM="node DIR/node_modules/wabt/bin/wat2wasm").
set -eu
cd "$(dirname "$0")/modules"
for source in *.wat; do
  # Some are invalid on purpose, or use what the engine lacks: it is the host that must refuse them.
  # shellcheck disable=SC2086
  ${WAT2WASM:-wat2wasm} --debug-names --no-check --enable-memory64 --enable-tail-call --enable-exceptions \
    "$source" -o "${source%.wat}.wasm"
done
# A component begins as a module does, with another version.
printf '\0asm\015\000\001\000' > refused-component.wasm
# Nothing of a module is there.
printf '#!/bin/sh\n' > refused-text.wasm
