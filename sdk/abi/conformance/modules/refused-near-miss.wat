;; Refused: a misspelt export of a service.
(module
  (memory (export "memory") 1)
  (func (export "parigot_malloc") (param i32) (result i32) (i32.const 0))
  (func (export "take") (param i32 i32) (result i64)
    (i64.const 0))
)
