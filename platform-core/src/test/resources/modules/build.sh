#!/bin/sh
# Compiles the text of the test modules; needs wat2wasm (Debian: wabt).
cd "$(dirname "$0")" && for text in *.wat; do wat2wasm "$text" -o "${text%.wat}.wasm"; done
