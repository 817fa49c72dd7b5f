# The compilers of the examples: how to find each, how to get it on Debian 12, how it is called. Sourced at
# the repository's root. CLANG, RUSTC, ASC and GO name other ones. The same compilers give the same bytes; which
# they were is in compilers.txt beside what they made.

CLANG=${CLANG:-clang-19}
ASC=${ASC:-examples/node_modules/.bin/asc}
RUST_TARGET=wasm32-unknown-unknown

get_c="apt install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32"
get_rust="apt install rustc cargo libstd-rust-dev-wasm32 lld  (or rustup target add $RUST_TARGET)"
get_assemblyscript="apt install nodejs npm; npm --prefix examples install"
get_go="Go 1.24: add the suite trixie of your Debian mirror, then apt install golang-1.24-go/trixie golang-1.24-src/trixie"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

has_c() {
  echo '#include <stdlib.h>' | "$CLANG" --target=wasm32-wasi -fsyntax-only -x c - 2>/dev/null &&
    command -v wasm-ld-19 >/dev/null
}

has_rust() { has_rust_target "${RUSTC:=$(find_rustc)}" && command -v wasm-ld >/dev/null; }

has_rust_target() {
  sysroot=$("$1" --print sysroot 2>/dev/null) && [ -d "$sysroot/lib/rustlib/$RUST_TARGET/lib" ]
}

find_rustc() {
  for rustc in /usr/bin/rustc rustc "$HOME/.cargo/bin/rustc"; do
    if has_rust_target "$rustc"; then break; fi
  done
  echo "$rustc"
}

has_assemblyscript() { command -v "$ASC" >/dev/null; }

has_go() { is_go_124 "${GO:=$(find_go)}"; }

is_go_124() { "$1" version 2>/dev/null | grep -Eq 'go1\.(2[4-9]|[3-9][0-9])'; }

find_go() {
  for go in go /usr/lib/go-1.24/bin/go; do
    if is_go_124 "$go"; then break; fi
  done
  echo "$go"
}

# One module into the folder OUT: language, source, module. Says so if its compiler is missing. ONLY names the one
# language to compile.
module() {
  case ${ONLY:-$1} in "$1") ;; *) return ;; esac
  if ! "has_$1"; then
    eval "echo \"$1 is left out, as $3: \$get_$1\""
    return
  fi
  echo "$3 from $1"
  mkdir -p "$(dirname "$OUT/$3")"
  "compile_$1" "$2" "$OUT/$3"
  chmod 644 "$OUT/$3"
  note_compiler "$1"
}

# Keeps one line for each language, in their order.
note_compiler() {
  touch "$OUT/compilers.txt"
  { grep -v "^$1: " "$OUT/compilers.txt" || true; echo "$1: $("version_$1")"; } | sort >"$scratch/compilers"
  cat "$scratch/compilers" >"$OUT/compilers.txt"
}

version_c() {
  libc=$("$CLANG" --target=wasm32-wasi -print-file-name=libc.a)
  echo "$("$CLANG" --version | head -n 1), $(wasm-ld-19 --version), libc $(sha256sum <"$libc" | cut -c 1-12)"
}

version_rust() { echo "$("$RUSTC" --version), $(wasm-ld --version)"; }

version_assemblyscript() { "$ASC" --version; }

version_go() { "$GO" version; }

# What has a main is a command, all else a service.
compile_c() { # source, module
  if grep -q '^int main' "$1"; then model=command; else model=reactor; fi
  "$CLANG" --target=wasm32-wasi -std=c11 -mexec-model=$model -Oz -Wall -Wextra -Wconversion -Werror \
    -I sdk/c -Wl,--strip-all "$1" -o "$2"
}

rustc_wasm() {
  "$RUSTC" --edition 2021 --target "$RUST_TARGET" -C opt-level=z -C panic=abort -C codegen-units=1 -D warnings "$@"
}

compile_rust() { # source, module
  [ -f "$scratch/libparigot.rlib" ] ||
    rustc_wasm --crate-type rlib --crate-name parigot --out-dir "$scratch" sdk/rust/src/lib.rs
  rustc_wasm --crate-type cdylib -C lto -C strip=symbols --extern "parigot=$scratch/libparigot.rlib" "$1" -o "$2"
}

compile_assemblyscript() { # source, module
  "$ASC" "$1" --runtime incremental -Oz --bindings "" --use abort=sdk/assemblyscript/assembly/index/abort -o "$2"
}

compile_go() { # folder of the package, module
  module=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
  (cd "$1" && GOOS=wasip1 GOARCH=wasm GOTOOLCHAIN=local GOFLAGS= GOWORK=off "$GO" build -buildmode=c-shared \
    -trimpath -buildvcs=false -ldflags="-s -w" -o "$module" .)
}
