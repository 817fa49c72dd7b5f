(module
  ;; Answers a GET with the request itself behind a header, traps at a DELETE, and is no HTTP else.
  (memory (export "memory") 1)
  (data (i32.const 0) "HTTP/1.1 201 Created\0d\0aContent-Type: text/plain\0d\0aSet-Cookie: a=1\0d\0aSet-Cookie: b=2\0d\0aConnection: close\0d\0a\0d\0a")
  (func (export "parigot_alloc") (param i32) (result i32) (i32.const 4096))
  (func (export "greet") (param i32 i32) (result i64) (i64.const 0))
  (func (export "http") (param $at i32) (param $length i32) (result i64)
    (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 68)) (then unreachable))
    (if (i32.eq (i32.load8_u (local.get $at)) (i32.const 71))
      (then
        (memory.copy (i32.const 32768) (i32.const 0) (i32.const 103))
        (memory.copy (i32.const 32871) (local.get $at) (local.get $length))
        (return (i64.or (i64.shl (i64.const 32768) (i64.const 32))
          (i64.extend_i32_u (i32.add (local.get $length) (i32.const 103)))))))
    (i64.or (i64.shl (i64.extend_i32_u (local.get $at)) (i64.const 32))
      (i64.extend_i32_u (local.get $length)))))
