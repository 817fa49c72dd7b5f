#!/bin/sh
# Compiles every service of the examples into its app's build folder, as far as the compilers are here. OUT names
# another folder than examples, ONLY one language.
set -eu
cd "$(dirname "$0")/.."
OUT=${OUT:-examples}
. examples/tools.sh

example() { # language, app, source without its suffix, suffix
  module "$1" "examples/$2/$3$4" "$2/build/$(basename "$3").wasm"
}

example c hello greeter/greeter .c
example rust hello phrases/phrases .rs
example c shop cart/cart .c
example c shop pricing/pricing .c
example rust shop orders/orders .rs
example rust shop stock/stock .rs
example rust shop account/account .rs
example assemblyscript shop catalog/catalog .ts
example assemblyscript shop mailer/mailer .ts
module go examples/poll/poll poll/build/poll.wasm
example rust poll rules/rules .rs
example assemblyscript poll chart/chart .ts
example c poll journal/journal .c
example assemblyscript poll poll_test/poll_test .ts
example rust links links/links .rs
example c links export/export .c
example rust links links_test/links_test .rs

# The shop of the tutorial, as its patch leaves it.
planted=$scratch/shop
cp -r examples/shop "$planted"
patch -s -p1 -d "$planted" <examples/shop-bug/bug.patch
module c "$planted/cart/cart.c" shop-bug/build/cart.wasm
module c "$planted/checkout/checkout.c" shop-bug/build/checkout.wasm
