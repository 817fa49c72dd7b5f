;; Refused: an i64 where an i32 belongs.
(module
  (func (export "wrong") (result i32) (i64.const 0))
)
