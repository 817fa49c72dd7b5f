#!/bin/sh
# Compiles the services and their tests into build/. CARGO names another cargo, with the rustc beside it.
set -eu
cd "$(dirname "$0")"
modules="hello hello_test"
sources="Cargo.toml hello hello_test parigot"
target=wasm32-unknown-unknown

# A cargo whose compiler has the standard library and the linker for WASM.
compiles() {
  cargo=$(command -v "$cargo") && rustc=$(dirname "$cargo")/rustc &&
    "$rustc" --target "$target" --crate-type cdylib -o "$probe" - </dev/null 2>/dev/null
}

up_to_date() {
  for module in $modules; do
    [ -f "build/$module.wasm" ] && [ -z "$(find $sources -type f -newer "build/$module.wasm")" ] || return 1
  done
}

probe=$(mktemp)
trap 'rm -f "$probe"' EXIT
for cargo in "${CARGO:-cargo}" "$HOME/.cargo/bin/cargo" /usr/bin/cargo none; do
  if [ "$cargo" = none ] || compiles; then break; fi
done
if [ "$cargo" = none ]; then
  cat >&2 <<'TEXT'
build.sh: there is no Rust here that compiles for WASM. How to get it:
  any system       rustup target add wasm32-unknown-unknown   (rustup itself: https://rustup.rs)
  Debian, Ubuntu   apt install rustc cargo libstd-rust-dev-wasm32 lld
TEXT
  up_to_date || exit 127
  echo "build.sh: nothing was edited since build/ was made, which stays as it is" >&2
  exit
fi

RUSTC=$rustc "$cargo" build --release --target "$target"
mkdir -p build
for module in $modules; do
  cp "target/$target/release/$module.wasm" build/
done
