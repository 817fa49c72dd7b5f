;; A service whose allocator uses an import that needs the allocator.
(module
  (import "parigot:config" "get" (func $config (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "CURRENCY")
  (func (export "parigot_alloc") (param i32) (result i32)
    (drop (call $config (i32.const 0) (i32.const 8))) (i32.const 1024))
  (func (export "take") (param i32 i32) (result i64) (i64.const 0)))
