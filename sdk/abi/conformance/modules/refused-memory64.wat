;; Refused: a service with a 64-bit memory.
(module
  (memory (export "memory") i64 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 0))
  (func (export "take") (param i32 i32) (result i64)
    (i64.const 0))
)
