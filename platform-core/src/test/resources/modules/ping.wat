;; Calls pong, which calls ping: a cycle.
(module
  (import "parigot:service/pong" "back" (func $back (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "go") (param i32 i32) (result i64) (call $back (local.get 0) (local.get 1))))
