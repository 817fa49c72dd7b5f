;; Keeps what a queue brings: `send` puts a message into the queue, which brings it to `enter`, and `has` answers for those that came.
;; `refuse` is brought messages that it never takes, `tick` is called by a schedule.
(module
  (import "parigot:queue" "send" (func $queue (param i32 i32 i32 i32) (result i64)))
  (import "parigot:kv" "put" (func $put (param i32 i32 i32 i32) (result i64)))
  (import "parigot:kv" "get" (func $get (param i32 i32) (result i64)))
  (import "parigot:config" "get" (func $config (param i32 i32) (result i64)))
  (import "parigot:log" "write" (func $log (param i32 i32 i32)))
  (import "parigot:clock" "sleep_ns" (func $sleep (param i64)))
  (memory (export "memory") 4)
  (data (i32.const 16) "entries")
  (data (i32.const 32) "refusals")
  (data (i32.const 48) "\d2\04\00\00no such tea")
  (data (i32.const 64) "the clock has struck")
  (global $next (mut i32) (i32.const 1024))

  ;; Messages are short, and are used before 200 KB more have come.
  (func (export "parigot_alloc") (param $len i32) (result i32)
    (local $at i32)
    (if (i32.gt_u (i32.add (global.get $next) (local.get $len)) (i32.const 200000))
      (then (global.set $next (i32.const 1024))))
    (local.set $at (global.get $next))
    (global.set $next
      (i32.and (i32.add (i32.add (local.get $at) (local.get $len)) (i32.const 7)) (i32.const -8)))
    (local.get $at))

  (func (export "send") (param $ptr i32) (param $len i32) (result i64)
    (call $queue (i32.const 16) (i32.const 7) (local.get $ptr) (local.get $len)))

  (func (export "enter") (param $ptr i32) (param $len i32) (result i64)
    (call $sleep (i64.const 20000000))
    (call $put (local.get $ptr) (local.get $len) (local.get $ptr) (local.get $len)))

  (func (export "has") (param $ptr i32) (param $len i32) (result i64)
    (call $get (local.get $ptr) (local.get $len)))

  (func (export "offend") (param $ptr i32) (param $len i32) (result i64)
    (call $queue (i32.const 32) (i32.const 8) (local.get $ptr) (local.get $len)))

  ;; 1234 no such tea
  (func (export "refuse") (param $ptr i32) (param $len i32) (result i64)
    (i64.or
      (i64.shl (i64.const 48) (i64.const 32))
      (i64.or (i64.const 0x80000000) (i64.const 15))))

  (func (export "tick") (param $ptr i32) (param $len i32) (result i64)
    (call $log (i32.const 2) (i32.const 64) (i32.const 20))
    (i64.const 0))

  ;; The value of a key of the configuration, which it writes to the log, too.
  (func (export "setting") (param $ptr i32) (param $len i32) (result i64)
    (local $found i64)
    (local.set $found (call $config (local.get $ptr) (local.get $len)))
    (call $log (i32.const 2)
      (i32.wrap_i64 (i64.shr_u (local.get $found) (i64.const 32)))
      (i32.and (i32.wrap_i64 (local.get $found)) (i32.const 0x7fffffff)))
    (local.get $found)))
