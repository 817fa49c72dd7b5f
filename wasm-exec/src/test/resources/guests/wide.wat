;; A plain module with a 64-bit memory of at most 10 pages.
(module
  (memory (export "memory") i64 1 10)
  (data (i64.const 8) "tea")
  (func (export "store") (param i64 i32) (result i32)
    (i32.store (local.get 0) (local.get 1))
    (i32.load (local.get 0)))
  (func (export "load8") (param i64) (result i32) (i32.load8_u offset=8 (local.get 0)))
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "size") (result i64) (memory.size))
  (func (export "fill") (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func (export "copy") (param i64 i64 i64) (memory.copy (local.get 0) (local.get 1) (local.get 2))))
