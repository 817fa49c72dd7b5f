;; A service that refuses whatever it is asked.
(module
  (memory (export "memory") 1)
  (data (i32.const 16) "\e9\03\00\00not today")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "echo") (param i32 i32) (result i64) (i64.const 0x108000000d)))
