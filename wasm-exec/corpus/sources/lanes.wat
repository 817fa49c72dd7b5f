;; SIMD: loads and stores of lanes, shuffles, constants, comparisons; through a memory that is not the first.
(module
  (memory 1)
  (memory $lanes 1)
  (data (memory $lanes) (i32.const 0) "\00\01\02\03\04\05\06\07\08\09\0a\0b\0c\0d\0e\0f\10\11\12\13\14\15\16\17")
  (func (export "lanes") (param i32) (result i32) (local v128)
    (local.set 1 (v128.load $lanes offset=4 align=1 (local.get 0)))
    (local.set 1 (v128.load16_lane $lanes offset=2 2 (local.get 0) (local.get 1)))
    (local.set 1 (i8x16.shuffle 0 16 1 17 2 18 3 19 15 14 13 12 11 10 9 8 (local.get 1) (v128.const i32x4 1 -2 3 -4)))
    (v128.store32_lane $lanes offset=100 3 (local.get 0) (local.get 1))
    (i32.add
      (i32.load $lanes offset=100 (local.get 0))
      (i32.add
        (i32x4.extract_lane 2 (i32x4.add (local.get 1) (v128.load32_splat $lanes (local.get 0))))
        (i8x16.bitmask (i8x16.gt_s (local.get 1) (v128.load8x8_s $lanes (i32.const 3))))))))
