;; A service that publishes to the channel "orders".
(module
  (import "parigot:channel" "publish" (func $publish (param i32 i32 i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 16) "orders")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "tell") (param $at i32) (param $len i32) (result i64)
    (call $publish (i32.const 16) (i32.const 6) (local.get $at) (local.get $len))))
