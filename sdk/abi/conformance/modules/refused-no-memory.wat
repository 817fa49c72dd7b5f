;; Refused: a service without a memory.
(module
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 0))
  (func (export "take") (param i32 i32) (result i64)
    (i64.const 0))
)
