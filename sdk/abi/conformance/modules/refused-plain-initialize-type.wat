;; Refused: a plain module whose _initialize has another type.
(module
  (func (export "_initialize") (param i32))
  (func (export "answer") (result i32) (i32.const 42))
)
