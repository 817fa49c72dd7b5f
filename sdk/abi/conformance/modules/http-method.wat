;; A method named http. Asked for a path that ends in b it returns the body of its request as its response message;
;; in e, an error of that code and text; in t it traps; any other, the request message as the body of a response
;; without Content-Length.
(module
  (memory (export "memory") 1)
  (data (i32.const 64) "HTTP/1.1 200 OK\0d\0aContent-Type: text/plain\0d\0a\0d\0a") ;; 45
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
  (func $letter (param $at i32) (result i32) ;; the last one of the path, which ends with the second space
    (loop $again
      (br_if $again (i32.ne (i32.const 0x20) (i32.load8_u (local.tee $at (i32.add (local.get $at) (i32.const 1)))))))
    (loop $again
      (br_if $again (i32.ne (i32.const 0x20) (i32.load8_u (local.tee $at (i32.add (local.get $at) (i32.const 1)))))))
    (i32.load8_u (i32.sub (local.get $at) (i32.const 1))))
  (func $body (param $at i32) (result i32) ;; where it begins
    (loop $again
      (br_if $again (i32.ne (i32.const 0x0a0d0a0d) (i32.load (local.tee $at (i32.add (local.get $at) (i32.const 1)))))))
    (i32.add (local.get $at) (i32.const 4)))
  (func (export "http") (param $ptr i32) (param $len i32) (result i64)
    (local $letter i32) (local $body i32)
    (local.set $letter (call $letter (local.get $ptr)))
    (local.set $body (call $body (local.get $ptr)))
    (if (i32.eq (local.get $letter) (i32.const 0x74)) (then unreachable))
    (if (i32.eq (local.get $letter) (i32.const 0x62))
      (then (return (call $pack (local.get $body) (i32.sub (i32.add (local.get $ptr) (local.get $len)) (local.get $body))))))
    (if (i32.eq (local.get $letter) (i32.const 0x65))
      (then (return (i64.or (i64.const 0x80000000)
        (call $pack (local.get $body) (i32.sub (i32.add (local.get $ptr) (local.get $len)) (local.get $body)))))))
    (memory.copy (i32.const 32768) (i32.const 64) (i32.const 45))
    (memory.copy (i32.const 32813) (local.get $ptr) (local.get $len))
    (call $pack (i32.const 32768) (i32.add (i32.const 45) (local.get $len))))
)
