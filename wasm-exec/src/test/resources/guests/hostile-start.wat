;; A service that does harm when it starts: by its configuration, in small letters in _initialize, in
;; capitals in its start function.
(module
  (import "parigot:config" "get" (func $config (param i32 i32) (result i64)))
  (import "parigot:log" "write" (func $log (param i32 i32 i32)))
  (import "parigot:clock" "sleep_ns" (func $sleep (param i64)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "EVIL")
  (start $start)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func $recurse (param i32) (result i32) (i32.add (i32.const 1) (call $recurse (local.get 0))))
  (func $harm (param $kind i32)
    (if (i32.eq (local.get $kind) (i32.const 0x74)) (then unreachable)) ;; t
    (if (i32.eq (local.get $kind) (i32.const 0x6c)) (then (loop $again (br $again)))) ;; l
    (if (i32.eq (local.get $kind) (i32.const 0x72)) (then (drop (call $recurse (i32.const 0))))) ;; r
    (if (i32.eq (local.get $kind) (i32.const 0x73)) ;; s
      (then (call $sleep (i64.const 0x7fffffffffffffff))))
    (if (i32.eq (local.get $kind) (i32.const 0x78)) (then (call $exit (i32.const 0)))) ;; x
    (if (i32.eq (local.get $kind) (i32.const 0x66)) ;; f
      (then (loop $again (call $log (i32.const 2) (i32.const 0) (i32.const 65536)) (br $again))))
    (if (i32.eq (local.get $kind) (i32.const 0x6d)) ;; m
      (then (loop $again (br_if $again (i32.ne (i32.const -1) (memory.grow (i32.const 64))))))))
  (func $kind (result i32)
    (drop (call $config (i32.const 16) (i32.const 4)))
    (i32.load8_u (i32.const 1024)))
  (func $start (call $harm (i32.add (call $kind) (i32.const 32))))
  (func (export "_initialize") (call $harm (call $kind)))
  (func (export "size") (param i32 i32) (result i64)
    (i64.store (i32.const 8) (i64.extend_i32_u (memory.size)))
    (i64.const 0x0000000800000008)))
