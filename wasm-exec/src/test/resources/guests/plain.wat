;; A plain module: functions over numbers.
(module
  (func (export "add") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
  (func (export "add64") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1)))
  (func (export "divide") (param f64 f64) (result f64) (f64.div (local.get 0) (local.get 1)))
  (func (export "halve") (param f32) (result f32) (f32.div (local.get 0) (f32.const 2)))
  (func (export "integer_divide") (param i32 i32) (result i32) (i32.div_s (local.get 0) (local.get 1)))
  (func (export "swap") (param i32 i64) (result i64 i32) (local.get 1) (local.get 0))
  (func (export "nothing")))
