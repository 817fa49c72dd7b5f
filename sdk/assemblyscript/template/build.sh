#!/bin/sh
# Compiles the services and their tests into build/. ASC names another compiler.
set -eu
cd "$(dirname "$0")"
modules="hello hello_test"
sources="*.ts parigot package.json"

up_to_date() {
  for module in $modules; do
    [ -f "build/$module.wasm" ] && [ -z "$(find $sources -type f -newer "build/$module.wasm")" ] || return 1
  done
}

asc=${ASC:-node_modules/.bin/asc}
[ -x "$asc" ] || npm install --no-audit --no-fund >&2 || true
if [ ! -x "$asc" ]; then
  cat >&2 <<'TEXT'
build.sh: the compiler of AssemblyScript is not here, and could not be installed. How to get it:
  Debian, Ubuntu   apt install nodejs npm    (other systems: https://nodejs.org)
  then             npm install               in this folder, while there is a network
TEXT
  up_to_date || exit 127
  echo "build.sh: nothing was edited since build/ was made, which stays as it is" >&2
  exit
fi

mkdir -p build
for module in $modules; do
  "$asc" "$module.ts" --runtime incremental -Oz --bindings "" --use abort=parigot/assembly/index/abort -o "build/$module.wasm"
done
