;; A service that never has room for anything.
(module
  (import "parigot:config" "get" (func $config (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "CURRENCY")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 0))
  (func (export "take") (param i32 i32) (result i64) (i64.const 0))
  ;; Answers what the import gave, as bytes.
  (func (export "config") (param i32 i32) (result i64)
    (i64.store (i32.const 64) (call $config (i32.const 0) (i32.const 8)))
    (i64.or (i64.shl (i64.const 64) (i64.const 32)) (i64.const 8))))
