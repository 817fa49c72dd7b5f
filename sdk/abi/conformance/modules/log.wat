;; parigot:log.
;;
;; Each method takes the arguments of the import of its name from its request, 4 bytes for an i32 and 8 for an i64,
;; and returns what the import answered; "..._raw" returns that i64 as 8 bytes. Requests lie at 1024: what follows the
;; arguments has the address 1024 and their length.
(module
  (import "parigot:log" "write" (func $write (param i32 i32 i32)))
  (memory (export "memory") 1)
  (global $heap (mut i32) (i32.const 1024))
  (func $alloc (export "parigot_alloc") (param $len i32) (result i32)
    (local $at i32) (local $end i32)
    (local.set $at (global.get $heap))
    (local.set $end (i32.add (local.get $at) (i32.and (i32.add (local.get $len) (i32.const 7)) (i32.const -8))))
    (if (i32.gt_u (local.get $end) (i32.mul (memory.size) (i32.const 65536)))
      (then (if (i32.eq (i32.const -1) (memory.grow (i32.add (i32.const 1) (i32.shr_u (local.get $len) (i32.const 16)))))
        (then (return (i32.const 0))))))
    (global.set $heap (local.get $end))
    (local.get $at))
  (func (export "parigot_free") (param i32 i32) (global.set $heap (i32.const 1024)))
  (func (export "write") (param i32 i32) (result i64)
    (call $write (i32.load (local.get 0)) (i32.load offset=4 (local.get 0)) (i32.load offset=8 (local.get 0))) (i64.const 0))
  (func (export "trap_after_a_line") (param i32 i32) (result i64)
    (call $write (i32.load (local.get 0)) (i32.load offset=4 (local.get 0)) (i32.load offset=8 (local.get 0))) unreachable)
)
