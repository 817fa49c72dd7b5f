#!/bin/sh
# Makes a project of a language's template in a new folder, and builds it: sdk/template.sh LANGUAGE FOLDER [APP].
# The languages are c, rust, assemblyscript and go; the app is named sample, unless APP says otherwise. Says so if its compiler is missing; see examples/tools.sh.
set -eu
language=$1
app=${3:-sample}
mkdir -p "$2"
folder=$(cd "$2" && pwd)
cd "$(dirname "$0")/.."
. examples/tools.sh

has_cargo() { CARGO=${CARGO:-$(dirname "$(command -v "$RUSTC")")/cargo} && command -v "$CARGO" >/dev/null; }

if ! "has_$language" || { [ "$language" = rust ] && ! has_cargo; }; then
  eval "echo \"$language is left out: \$get_$language\""
  exit
fi
cp -R "sdk/$language/template/." "$folder"
cp -R "sdk/$language" "$folder/parigot"
rm -rf "$folder/parigot/template" "$folder/parigot/README.md"
for file in parigot.toml README.md go.mod; do
  [ ! -f "$folder/$file" ] || sed "s/NAME/$app/g" "sdk/$language/template/$file" >"$folder/$file"
done

case $language in
c) export CLANG ;;
rust) export RUSTC CARGO ;;
assemblyscript) ASC=$(realpath "$(command -v "$ASC")") && export ASC ;;
go) export GO GOTOOLCHAIN=local GOFLAGS= GOWORK=off ;;
esac
cd "$folder"
sh build.sh
