;; Refused: its parigot_alloc has another type.
(module
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i64) (result i32) (i32.const 0))
  (func (export "take") (param i32 i32) (result i64)
    (i64.const 0))
)
