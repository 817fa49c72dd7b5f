;; A service that imports what nothing provides.
(module
  (import "parigot:weather" "tell" (func (result i64)))
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "m") (param i32 i32) (result i64) (i64.const 0)))
