;; The partner of modules that are no services: it calls nobody.
(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (global $count (mut i32) (i32.const 0))
  (func $one (result i32) (i32.const 1))
  (elem (i32.const 0) func $one)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 64))
  (func (export "tick") (param i32 i32) (result i64)
    (global.set $count (i32.add (global.get $count) (call_indirect (result i32) (i32.const 0))))
    (i32.store (i32.const 32) (global.get $count))
    (i64.const 0x2000000004)))
