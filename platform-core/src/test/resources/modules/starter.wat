;; Starts calls of the service worker.
(module
  (import "parigot:async/worker" "echo" (func $echo (param i32 i32) (result i32)))
  (import "parigot:async/worker" "hold" (func $hold (param i32 i32) (result i32)))
  (import "parigot:async/worker" "spin" (func $spin (param i32 i32) (result i32)))
  (import "parigot:async/starter" "down" (func $down (param i32 i32) (result i32)))
  (import "parigot:future" "wait" (func $wait (param i32) (result i64)))
  (import "parigot:future" "drop" (func $drop (param i32)))
  (memory (export "memory") 2)
  (func (export "parigot_alloc") (param $len i32) (result i32) (i32.const 1024))
  (func $packed (param $at i32) (param $len i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32)) (i64.extend_i32_u (local.get $len))))
  (func (export "through") (param $at i32) (param $len i32) (result i64)
    (call $wait (call $echo (local.get $at) (local.get $len))))
  (func (export "through_spin") (param $at i32) (param $len i32) (result i64)
    (call $wait (call $spin (local.get $at) (local.get $len))))
  (func (export "detach") (param $at i32) (param $len i32) (result i64)
    (drop (call $hold (i32.const 0) (i32.const 0)))
    (i64.const 0))
  ;; Starts 3,000 calls that nobody waits for: the number of those that were taken, as a u32.
  (func (export "flood") (param i32 i32) (result i64)
    (local $i i32) (local $taken i32) (local $future i32)
    (loop $on
      (local.set $future (call $hold (i32.const 0) (i32.const 0)))
      (if (local.get $future)
        (then
          (local.set $taken (i32.add (local.get $taken) (i32.const 1)))
          (call $drop (local.get $future))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $on (i32.lt_u (local.get $i) (i32.const 3000))))
    (i32.store (i32.const 64) (local.get $taken))
    (call $packed (i32.const 64) (i32.const 4)))
  ;; Gets a digit: calls itself with the next lower one, and waits, down to 0.
  (func (export "down") (param $at i32) (param $len i32) (result i64)
    (if (result i64) (i32.eq (i32.load8_u (local.get $at)) (i32.const 48))
      (then (call $packed (local.get $at) (local.get $len)))
      (else
        (i32.store8 (local.get $at) (i32.sub (i32.load8_u (local.get $at)) (i32.const 1)))
        (call $wait (call $down (local.get $at) (local.get $len)))))))
