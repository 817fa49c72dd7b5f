;; A plain module whose _initialize runs first.
(module
  (global $value (mut i32) (i32.const 1))
  (func (export "_initialize") (global.set $value (i32.const 42)))
  (func (export "value") (result i32) (global.get $value)))
