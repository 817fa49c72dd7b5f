;; Sends HTTP requests.
(module
  (import "parigot:http" "send" (func $send (param i32 i32) (result i64)))
  (memory (export "memory") 2)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "fetch") (param $at i32) (param $len i32) (result i64)
    (call $send (local.get $at) (local.get $len))))
