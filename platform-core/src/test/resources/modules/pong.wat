(module
  (import "parigot:service/ping" "go" (func $go (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "back") (param i32 i32) (result i64) (call $go (local.get 0) (local.get 1))))
