;; A service that sleeps, and sends to a queue. Compiled by: wat2wasm busy.wat -o busy.wasm
(module
  (import "parigot:clock" "sleep_ns" (func $sleep (param i64)))
  (import "parigot:queue" "send" (func $send (param i32 i32 i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 0) "letters")
  (data (i32.const 16) "rested")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "nap") (param i32 i32) (result i64)
    (call $sleep (i64.const 1500000000))
    (i64.const 0x1000000006))
  (func (export "write") (param $at i32) (param $len i32) (result i64)
    (call $send (i32.const 0) (i32.const 7) (local.get $at) (local.get $len))))
