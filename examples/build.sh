#!/bin/sh
# Compiles every service of the examples into examples/*/build. The same tools give the same bytes.
set -eu
cd "$(dirname "$0")/.."
. examples/tools.sh

missing=
has_c || missing="$missing
  C: $GET_C"
has_rust || missing="$missing
  Rust: $GET_RUST"
has_assemblyscript || missing="$missing
  AssemblyScript: $GET_ASSEMBLYSCRIPT"
if [ -n "$missing" ]; then
  echo "build.sh: tools are missing$missing" >&2
  exit 1
fi

build() { # language, app, service, suffix
  echo "$2/$3 from $1"
  mkdir -p "examples/$2/build"
  "compile_$1" "examples/$2/$3/$3.$4" "examples/$2/build/$3.wasm"
}

build c hello greeter c
build rust hello phrases rs
build c shop cart c
build c shop pricing c
build rust shop orders rs
build rust shop stock rs
build assemblyscript shop catalog ts
build assemblyscript shop mailer ts
chmod 644 examples/*/build/*.wasm
