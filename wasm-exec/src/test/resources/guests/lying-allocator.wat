;; A service whose allocator gives room outside its memory.
(module
  (import "parigot:config" "get" (func $config (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "CURRENCY")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 65535))
  (func (export "take") (param i32 i32) (result i64) (i64.const 0))
  (func (export "config") (param i32 i32) (result i64) (call $config (i32.const 0) (i32.const 8))))
