#!/bin/sh
# Compiles the services and their tests into build/. CLANG names another compiler.
set -eu
cd "$(dirname "$0")"
modules="hello hello_test"
sources="*.c parigot"

compile() { # source, module
  "$clang" --target=wasm32-wasi -std=c11 -mexec-model=reactor -Oz -Wall -Wextra -Wl,--strip-all -I parigot "$1" -o "$2"
}

# A clang that has the C library and the linker for WASM.
compiles() { compile "$probe/probe.c" "$probe/probe.wasm" 2>/dev/null; }

up_to_date() {
  for module in $modules; do
    [ -f "build/$module.wasm" ] && [ -z "$(find $sources -type f -newer "build/$module.wasm")" ] || return 1
  done
}

probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
echo 'int nothing;' >"$probe/probe.c"
for clang in "${CLANG:-clang-19}" "${WASI_SDK_PATH:-/opt/wasi-sdk}/bin/clang" clang clang-22 clang-21 clang-20 none; do
  if [ "$clang" = none ] || compiles; then break; fi
done
if [ "$clang" = none ]; then
  cat >&2 <<'TEXT'
build.sh: there is no clang here that compiles for WASM. How to get one:
  Debian, Ubuntu   apt install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32
  any system       https://github.com/WebAssembly/wasi-sdk, in /opt/wasi-sdk or where WASI_SDK_PATH says
TEXT
  up_to_date || exit 127
  echo "build.sh: nothing was edited since build/ was made, which stays as it is" >&2
  exit
fi

mkdir -p build
for module in $modules; do
  compile "$module.c" "build/$module.wasm"
done
