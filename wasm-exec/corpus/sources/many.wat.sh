# Prints a module with 300 functions, 200 types, 150 globals, 140 tables and 140 data segments, so that indices take two bytes.
echo '(module (memory 1)'
for i in $(seq 0 199); do
  echo "(type (func (param $(printf 'i32 %.0s' $(seq 0 $((i % 20)))) $(printf 'i64 %.0s' $(seq 0 $((i / 20))))) (result i32)))"
done
echo '(type $unary (func (param i32) (result i32)))'
for i in $(seq 0 149); do echo "(global \$g$i (mut i32) (i32.const $i))"; done
for i in $(seq 0 139); do echo "(table \$t$i 2 funcref) (elem (table \$t$i) (i32.const 1) func \$f$i)"; done
for i in $(seq 0 139); do echo "(data \$d$i \"segment $i\")"; done
for i in $(seq 0 299); do
  g=$((i % 150)) t=$((i % 140))
  echo "(func \$f$i (type \$unary) (global.set \$g$g (i32.add (global.get \$g$g) (local.get 0)))"
  if [ "$i" -eq 0 ]; then echo '(i32.const 1))'; else
    echo "(memory.init \$d$t (i32.const $i) (i32.const 2) (i32.const 5))"
    echo "(i32.add (i32.load8_u offset=$i (i32.const 0)) (i32.add (global.get \$g$g) (call_indirect \$t$(((i - 1) % 140)) (type \$unary) (i32.const $i) (i32.const 1)))))"
  fi
done
echo '(export "climb" (func $f139)) (export "last" (global $g149)))'
