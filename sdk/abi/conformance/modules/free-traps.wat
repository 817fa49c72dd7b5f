;; Its parigot_free traps.
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "CURRENCY")
  (global $calls (mut i64) (i64.const 0))
  (func (export "parigot_alloc") (param i32) (result i32)
    (i32.const 1024))
  (func (export "parigot_free") (param i32 i32) unreachable)
  (func $pack (param $ptr i32) (param $len i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $ptr)) (i64.const 32)) (i64.extend_i32_u (local.get $len))))
  (func $number (param $value i64) (result i64) ;; a response of 8 bytes
    (i64.store (i32.const 512) (local.get $value)) (call $pack (i32.const 512) (i32.const 8)))
  (func (export "take") (param i32 i32) (result i64) (i64.const 0))
  (func (export "count") (param i32 i32) (result i64)
    (global.set $calls (i64.add (global.get $calls) (i64.const 1))) (call $number (global.get $calls)))
  (func (export "echo") (param i32 i32) (result i64)
    (call $pack (local.get 0) (local.get 1)))
)
