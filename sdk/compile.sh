#!/bin/sh
# Compiles a project that `parigot init` made with the compiler of examples/tools.sh, and prints which one that is:
# sdk/compile.sh LANGUAGE FOLDER. Exits with 127 where it is missing.
set -eu
language=$1
project=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
. examples/tools.sh

if ! "has_$language"; then
  eval "echo \"$language is left out: \$get_$language\"" >&2
  exit 127
fi
case $language in
c) export CLANG ;;
rust) CARGO=${CARGO:-$(dirname "$(command -v "$RUSTC")")/cargo} && export CARGO ;;
assemblyscript) ASC=$(realpath "$(command -v "$ASC")") && export ASC ;;
go) export GO GOTOOLCHAIN=local GOFLAGS= GOWORK=off ;;
esac
sh "$project/build.sh" >&2
echo "$language: $("version_$language")"
