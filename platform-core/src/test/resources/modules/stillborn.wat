;; Traps when it is started.
(module
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "_initialize") unreachable)
  (func (export "go") (param i32 i32) (result i64) (i64.const 0)))
