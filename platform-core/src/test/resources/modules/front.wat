;; A service that calls another one.
(module
  (import "parigot:service/hello" "echo" (func $echo (param i32 i32) (result i64)))
  (import "parigot:service/hello" "trap" (func $trap (param i32 i32) (result i64)))
  (memory (export "memory") 2)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "relay") (param $at i32) (param $len i32) (result i64)
    (call $echo (local.get $at) (local.get $len)))
  (func (export "relay_trap") (param $at i32) (param $len i32) (result i64)
    (call $trap (local.get $at) (local.get $len))))
