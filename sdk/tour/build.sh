#!/bin/sh
# Compiles the tour of each SDK whose compiler is here into build/, and says which one is missing. The compilers and
# how to get them are those of examples/tools.sh; OUT names another folder for the result, ONLY one language.
set -eu
cd "$(dirname "$0")/../.."
OUT=${OUT:-sdk/tour/build}
. examples/tools.sh

module c sdk/tour/tour.c c.wasm
module rust sdk/tour/tour.rs rust.wasm
module assemblyscript sdk/tour/tour.ts assemblyscript.wasm
module go sdk/tour/go go.wasm
