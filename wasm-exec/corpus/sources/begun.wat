;; A start function, and an `_initialize` after it: both run once, in this order.
(module
  (global $seen (mut i32) (i32.const 7))
  (global $copy (mut i64) (i64.const -1))
  (func $begin (global.set $seen (i32.mul (global.get $seen) (i32.const 10))))
  (func (export "_initialize") (global.set $seen (i32.add (global.get $seen) (i32.const 3))))
  (start $begin)
  (export "seen" (global $seen))
  (func (export "count") (param i32) (result i32)
    (global.set $seen (i32.add (global.get $seen) (local.get 0)))
    (global.get $seen)))
