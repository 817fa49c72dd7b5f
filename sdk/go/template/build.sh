#!/bin/sh
# Compiles the services and their tests into build/. GO names another go.
set -eu
cd "$(dirname "$0")"
modules="hello hello_test"
sources="go.mod hello hello_test parigot"

# Here, where go.mod may make an older go fetch the version that it asks for.
compiles() { "$go" version 2>/dev/null | grep -Eq 'go1\.(2[4-9]|[3-9][0-9])'; }

up_to_date() {
  for module in $modules; do
    [ -f "build/$module.wasm" ] && [ -z "$(find $sources -type f -newer "build/$module.wasm")" ] || return 1
  done
}

for go in "${GO:-go}" /usr/local/go/bin/go /usr/lib/go-1.24/bin/go none; do
  if [ "$go" = none ] || compiles; then break; fi
done
if [ "$go" = none ]; then
  cat >&2 <<'TEXT'
build.sh: there is no Go 1.24 or newer here. How to get it:
  any system       https://go.dev/dl/
  Debian 13        apt install golang-1.24-go
TEXT
  up_to_date || exit 127
  echo "build.sh: nothing was edited since build/ was made, which stays as it is" >&2
  exit
fi

mkdir -p build
for module in $modules; do
  GOOS=wasip1 GOARCH=wasm "$go" build -buildmode=c-shared -trimpath -buildvcs=false -ldflags="-s -w" -o "build/$module.wasm" "./$module"
done
