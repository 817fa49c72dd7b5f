;; Changes its table, which nothing brings back.
(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (elem declare func $set)
  (func $set (export "set") (param i32 i32) (result i64)
    (if (i32.eqz (ref.is_null (table.get 0 (i32.const 0)))) (then unreachable))
    (table.set 0 (i32.const 0) (ref.func $set))
    (i64.const 0))
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 512)))
