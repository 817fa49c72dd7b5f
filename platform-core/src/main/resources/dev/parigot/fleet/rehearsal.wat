;; What the platform runs before its first guest comes. Compiled by: wat2wasm rehearsal.wat
(module
  (import "parigot:log" "write" (func (param i32 i32 i32)))
  (import "parigot:clock" "now_ns" (func $now (result i64)))
  (memory (export "memory") 2)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func (export "parigot_free") (param i32 i32))
  (func (export "echo") (param $at i32) (param $len i32) (result i64)
    (drop (call $now))
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $len)))))
