;; A test module.
(module
  (import "parigot:service/hello" "echo" (func $echo (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "testEcho") (param i32 i32) (result i64) (call $echo (local.get 0) (local.get 1))))
