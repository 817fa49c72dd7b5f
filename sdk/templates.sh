#!/bin/sh
# Makes the modules anew that `parigot init` delivers: a project of each language, compiled by its own build.sh as far
# as its compiler is here (examples/tools.sh). ONLY names one language.
set -eu
cd "$(dirname "$0")/.."
. examples/tools.sh
OUT=sdk
languages=${ONLY:-c rust assemblyscript go}

for language in $languages; do
  ./parigot init "$scratch/$language/sample" --language "$language" >/dev/null
done
for language in $languages; do
  project=$scratch/$language/sample
  rm -rf "$project/build"
  sh sdk/compile.sh "$language" "$project" >/dev/null || { [ $? -eq 127 ] && continue || exit; }
  echo "sdk/$language/template/build"
  mkdir -p "sdk/$language/template/build"
  cp "$project"/build/*.wasm "sdk/$language/template/build"
  chmod 644 "sdk/$language/template/build"/*.wasm
  "has_$language"
  note_compiler "$language"
done
