;; A service whose allocator does by the length that it is asked for, and so does what frees.
(module
  (import "parigot:config" "get" (func $config (param i32 i32) (result i64)))
  (import "parigot:log" "write" (func $log (param i32 i32 i32)))
  (memory (export "memory") 1)
  (data (i32.const 16) "EVIL")
  (func $alloc (export "parigot_alloc") (param $len i32) (result i32)
    (block $ten (block $nine (block $eight (block $seven (block $six (block $five (block $four
    (block $three (block $two (block $one (block $other
      (br_table $other $one $two $three $four $five $six $seven $eight $nine $ten $other (local.get $len)))
      (return (i32.const 1024)))
      (return (i32.const 0))) ;; one: fails
      (return (i32.const -8))) ;; two: outside, and wraps
      (return (i32.const 1027))) ;; three: unaligned
      (return (i32.const 16))) ;; four: overlaps what is in use
      unreachable) ;; five
      (loop $again (br $again))) ;; six
      (call $log (i32.const 2) (i32.const 16) (i32.const 4)) ;; seven: an import
      (return (i32.const 1024)))
      (drop (call $config (i32.const 16) (i32.const 4))) ;; eight: an import that allocates
      (return (i32.const 1024)))
      (return (call $alloc (local.get $len)))) ;; nine: recurses
    (i32.const 65530)) ;; ten: begins inside and ends outside
  (func $free (export "parigot_free") (param $ptr i32) (param $len i32)
    (if (i32.eq (local.get $len) (i32.const 21)) (then unreachable))
    (if (i32.eq (local.get $len) (i32.const 22)) (then (loop $again (br $again))))
    (if (i32.eq (local.get $len) (i32.const 23)) (then (call $free (local.get $ptr) (local.get $len))))
    (if (i32.eq (local.get $len) (i32.const 24))
      (then (drop (call $config (i32.const 16) (i32.const 4))))))
  (func (export "echo") (param i32 i32) (result i64)
    (i64.or (i64.shl (i64.extend_i32_u (local.get 0)) (i64.const 32)) (i64.extend_i32_u (local.get 1))))
  (func (export "config") (param i32 i32) (result i64) (call $config (i32.const 16) (i32.const 4))))
