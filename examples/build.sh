#!/bin/sh
# Compiles every service of the examples into examples/*/build. The same tools give the same bytes.
# The compilers are those of Debian 12; CLANG, RUSTC and ASC name others.
set -eu
cd "$(dirname "$0")/.."

missing=
need() { # what it is for, how to install it
  missing="$missing
  $1: $2"
}

has_wasm_target() {
  sysroot=$("$1" --print sysroot 2>/dev/null) && [ -d "$sysroot/lib/rustlib/wasm32-unknown-unknown/lib" ]
}

CLANG=${CLANG:-clang-19}
ASC=${ASC:-examples/node_modules/.bin/asc}
if [ -z "${RUSTC:-}" ]; then
  for RUSTC in /usr/bin/rustc rustc "$HOME/.cargo/bin/rustc"; do
    if has_wasm_target "$RUSTC"; then break; fi
  done
fi

command -v "$CLANG" >/dev/null && command -v wasm-ld-19 >/dev/null ||
  need C "apt install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32"
has_wasm_target "$RUSTC" && command -v wasm-ld >/dev/null ||
  need Rust "apt install rustc libstd-rust-dev-wasm32 lld  (or rustup target add wasm32-unknown-unknown)"
command -v "$ASC" >/dev/null ||
  need AssemblyScript "apt install nodejs npm; npm --prefix examples install"
if [ -n "$missing" ]; then
  echo "build.sh: tools are missing$missing" >&2
  exit 1
fi

c() { # app service
  echo "$1/$2 from C"
  mkdir -p "examples/$1/build"
  "$CLANG" --target=wasm32-wasi -std=c11 -mexec-model=reactor -Oz -Wall -Wextra -Wconversion -Werror \
    -I sdk/c -Wl,--strip-all "examples/$1/$2/$2.c" -o "examples/$1/build/$2.wasm"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
rustc_wasm() {
  "$RUSTC" --edition 2021 --target wasm32-unknown-unknown -C opt-level=z -C panic=abort \
    -C codegen-units=1 -D warnings "$@"
}

rust() { # app service
  echo "$1/$2 from Rust"
  mkdir -p "examples/$1/build"
  [ -f "$scratch/libparigot.rlib" ] ||
    rustc_wasm --crate-type rlib --crate-name parigot --out-dir "$scratch" sdk/rust/src/lib.rs
  rustc_wasm --crate-type cdylib -C lto -C strip=symbols --extern "parigot=$scratch/libparigot.rlib" \
    "examples/$1/$2/$2.rs" -o "examples/$1/build/$2.wasm"
}

assemblyscript() { # app service
  echo "$1/$2 from AssemblyScript"
  mkdir -p "examples/$1/build"
  "$ASC" "examples/$1/$2/$2.ts" --runtime incremental -Oz --bindings "" \
    --use abort=sdk/assemblyscript/assembly/index/abort -o "examples/$1/build/$2.wasm"
}

c hello greeter
rust hello phrases
c shop cart
c shop pricing
rust shop orders
rust shop stock
assemblyscript shop catalog
assemblyscript shop mailer
chmod 644 examples/*/build/*.wasm
