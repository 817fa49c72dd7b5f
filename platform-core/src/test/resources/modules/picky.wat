;; A service that is well as long as nobody configures its MOOD.
(module
  (import "parigot:config" "get" (func $get (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "MOOD")
  (data (i32.const 16) "\f7\01\00\00in no mood")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "health") (param i32 i32) (result i64)
    (if (i64.eqz (i64.and (call $get (i32.const 0) (i32.const 4)) (i64.const 0x80000000)))
      (then (return (i64.const 0x108000000e))))
    (i64.const 0)))
