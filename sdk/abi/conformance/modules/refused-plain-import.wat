;; Refused: a plain module imports what only services may.
(module
  (import "parigot:kv" "get" (func (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "answer") (result i32) (i32.const 42))
)
