;; Drops a segment, which nothing brings back.
(module
  (memory (export "memory") 1)
  (data $once "once")
  (func (export "take") (param i32 i32) (result i64)
    (memory.init $once (i32.const 0) (i32.const 0) (i32.const 4))
    (data.drop $once)
    (i64.const 0))
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 512)))
