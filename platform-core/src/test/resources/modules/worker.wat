;; What started calls call.
(module
  (import "parigot:kv" "get" (func $get (param i32 i32) (result i64)))
  (import "parigot:clock" "sleep_ns" (func $sleep (param i64)))
  (import "parigot:log" "write" (func $log (param i32 i32 i32)))
  (memory (export "memory") 2)
  (data (i32.const 0) "open")
  (data (i32.const 16) "opened")
  (func (export "parigot_alloc") (param $len i32) (result i32) (i32.const 1024))
  (func (export "echo") (param $at i32) (param $len i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $len))))
  ;; Waits until the store has the key "open".
  (func (export "hold") (param i32 i32) (result i64)
    (loop $again
      (if (i64.ne (i64.and (call $get (i32.const 0) (i32.const 4)) (i64.const 0x80000000)) (i64.const 0))
        (then (call $sleep (i64.const 5000000)) (br $again))))
    (call $log (i32.const 2) (i32.const 16) (i32.const 6))
    (i64.const 0))
  (func (export "spin") (param i32 i32) (result i64) (loop $on (br $on)) (i64.const 0)))
