;; Has a state of every kind: globals of each type, hidden and exported, two memories of which one is hidden,
;; what runs ahead of its first call changes them, and so does each call.
(module
  (memory (export "memory") 2 8)
  (memory $hidden 1)
  (global $i (mut i32) (i32.const 1))
  (global $l (export "shown") (mut i64) (i64.const 2))
  (global $f (mut f32) (f32.const 3))
  (global $d (mut f64) (f64.const 4))
  (global $v (mut v128) (v128.const i32x4 1 2 3 4))
  (global $r (mut funcref) (ref.null func))
  (global $c i32 (i32.const 5))
  (data (i32.const 8) "begins so")
  (data (memory $hidden) (i32.const 8) "hidden")
  (data $passive "passive")
  (elem declare func $stir)

  (func $stir (param $by i32)
    (global.set $i (i32.add (i32.mul (global.get $i) (i32.const 31)) (local.get $by)))
    (global.set $l (i64.add (i64.mul (global.get $l) (i64.const 31)) (i64.extend_i32_u (local.get $by))))
    (global.set $f (f32.reinterpret_i32 (i32.or (global.get $i) (i32.const 0x7f800000))))
    (global.set $d (f64.add (global.get $d) (f64.convert_i32_s (local.get $by))))
    (global.set $v (i32x4.add (global.get $v) (i32x4.splat (local.get $by))))
    (if (i32.and (local.get $by) (i32.const 1)) (then (global.set $r (ref.func $stir))))
    ;; Anywhere after the first KiB, to the very end.
    (i32.store8
      (i32.add (i32.const 1024) (i32.rem_u (i32.mul (local.get $by) (i32.const 40503)) (i32.const 130048)))
      (local.get $by))
    (i32.store8 $hidden (i32.and (i32.mul (local.get $by) (i32.const 40503)) (i32.const 0xffff)) (local.get $by))
    (memory.init $passive (i32.add (i32.const 600) (i32.and (local.get $by) (i32.const 255))) (i32.const 0) (i32.const 7)))

  (func (export "_initialize") (call $stir (i32.const 77)))

  ;; Requests lie at 512.
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 512))

  (func (export "stir") (param $at i32) (param $len i32) (result i64)
    (call $stir (i32.load (local.get $at)))
    (i64.const 0))

  (func (export "grow") (param i32 i32) (result i64)
    (drop (memory.grow (i32.const 1)))
    (i64.const 0))

  (func (export "trap") (param i32 i32) (result i64) unreachable)

  ;; Both memories as they are, beginning with the globals.
  (func (export "tell") (param i32 i32) (result i64)
    (local $i i32) (local $sum i64)
    (loop $first
      (local.set $sum (i64.rotl (i64.add (local.get $sum) (i64.load (local.get $i))) (i64.const 7)))
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (br_if $first (i32.lt_u (local.get $i) (i32.mul (memory.size) (i32.const 65536)))))
    (local.set $i (i32.const 0))
    (loop $second
      (local.set $sum (i64.rotl (i64.add (local.get $sum) (i64.load $hidden (local.get $i))) (i64.const 7)))
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (br_if $second (i32.lt_u (local.get $i) (i32.const 65536))))
    (i64.store (i32.const 256) (local.get $sum))
    (i32.store (i32.const 264) (global.get $i))
    (i64.store (i32.const 268) (global.get $l))
    (f32.store (i32.const 276) (global.get $f))
    (f64.store (i32.const 280) (global.get $d))
    (v128.store (i32.const 288) (global.get $v))
    (i32.store (i32.const 304) (ref.is_null (global.get $r)))
    (i32.store (i32.const 308) (memory.size))
    (i64.or (i64.shl (i64.const 256) (i64.const 32)) (i64.const 56)))
)
