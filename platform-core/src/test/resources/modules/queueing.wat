;; A service that sends to a queue.
(module
  (import "parigot:queue" "send" (func $send (param i32 i32 i32 i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "enqueue") (param $at i32) (param $len i32) (result i64)
    (call $send (i32.const 0) (i32.const 0) (local.get $at) (local.get $len))))
