;; A service that traps whatever it is asked. Compiled by: wat2wasm --debug-names broken.wat -o broken.wasm
(module
  (memory (export "memory") 1)
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 1024))
  (func $price (param $sku i32) (result i32)
    (i32.div_u (i32.const 4500) (local.get $sku)))
  (func $total_of_the_cart (param $count i32) (result i32)
    (i32.add (call $price (local.get $count)) (i32.const 490)))
  (func $http (export "http") (param i32 i32) (result i64)
    (i64.extend_i32_u (call $total_of_the_cart (i32.const 0)))))
