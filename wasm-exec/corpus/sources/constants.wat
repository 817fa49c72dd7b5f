;; Extended constant expressions in globals and in the places of segments.
(module
  (memory 1)
  (table 10 funcref)
  (global $two i32 (i32.mul (i32.const 1) (i32.const 2)))
  (global $far i64 (i64.sub (i64.mul (i64.const 3) (i64.const 5)) (i64.const 1)))
  (func $seven (result i32) (i32.const 7))
  (elem (offset (i32.add (i32.const 2) (i32.const 3))) func $seven)
  (data (offset (i32.sub (i32.const 20) (i32.const 4))) "constant")
  (func (export "read") (param i32) (result i64)
    (i64.add
      (i64.add (i64.extend_i32_u (i32.load8_u (local.get 0))) (global.get $far))
      (i64.extend_i32_s (i32.mul (global.get $two) (call_indirect (result i32) (i32.const 5)))))))
