;; parigot:channel, in a service and in a test module alike.
;;
;; Each method takes the arguments of the import of its name from its request, 4 bytes for an i32, and returns what the
;; import answered; "..._raw" returns that i64 as 8 bytes. Requests lie at 1024: what follows the arguments has the
;; address 1024 and their length.
(module
  (import "parigot:channel" "publish" (func $publish (param i32 i32 i32 i32) (result i64)))
  (memory (export "memory") 1)
  (data (i32.const 16) "orders")
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
  (func $pack (param $ptr i32) (param $len i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get $ptr)) (i64.const 32)) (i64.extend_i32_u (local.get $len))))
  (func $number (param $value i64) (result i64) ;; a response of 8 bytes
    (i64.store (i32.const 512) (local.get $value)) (call $pack (i32.const 512) (i32.const 8)))
  (func $published (param $at i32) (result i64)
    (call $publish (i32.load (local.get $at)) (i32.load offset=4 (local.get $at))
      (i32.load offset=8 (local.get $at)) (i32.load offset=12 (local.get $at))))
  (func (export "publish") (param i32 i32) (result i64) (call $published (local.get 0)))
  (func (export "publish_raw") (param i32 i32) (result i64) (call $number (call $published (local.get 0))))
  (func (export "publish_large") (param i32 i32) (result i64) ;; as many bytes as its request says, to "orders"
    (drop (memory.grow (i32.const 2)))
    (call $publish (i32.const 16) (i32.const 6) (i32.const 0) (i32.load (local.get 0))))
)
