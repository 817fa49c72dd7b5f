;; A command, without an allocator. The first byte of its input says what it does; without input it tells its
;; variables.
(module
  (import "wasi_snapshot_preview1" "args_sizes_get" (func $args_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "args_get" (func $args (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_sizes_get" (func $environ_sizes (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "environ_get" (func $environ (param i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_read" (func $fd_read (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
  (memory (export "memory") 3)
  (data (i32.const 64) "Content-Type: text/plain\0a\0a")                                       ;; 26
  (data (i32.const 128) "Status: 418 I'm a teapot\0d\0aContent-Type: text/plain\0d\0aX-Tea: green\0d\0a\0d\0ashort") ;; 73
  (data (i32.const 256) "Location: https://example.org/tea\0a\0a")                             ;; 35
  (data (i32.const 320) "Content-Type: text/plain\0a")                                          ;; 25
  (data (i32.const 384) "the kettle is cold\0a")                                                ;; 19
  (global $runs (mut i32) (i32.const 0))
  (func $write (param $fd i32) (param $at i32) (param $len i32)
    (loop $again
      (i32.store (i32.const 0) (local.get $at))
      (i32.store (i32.const 4) (local.get $len))
      (if (call $fd_write (local.get $fd) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
      (local.set $at (i32.add (local.get $at) (i32.load (i32.const 8))))
      (br_if $again (local.tee $len (i32.sub (local.get $len) (i32.load (i32.const 8)))))))
  (func $head (call $write (i32.const 1) (i32.const 64) (i32.const 26)))
  (func $read (result i32) ;; all of the input to 65536; its length
    (local $len i32)
    (loop $again
      (i32.store (i32.const 0) (i32.add (i32.const 65536) (local.get $len)))
      (i32.store (i32.const 4) (i32.const 1000))
      (if (call $fd_read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then unreachable))
      (local.set $len (i32.add (local.get $len) (i32.load (i32.const 8))))
      (br_if $again (i32.load (i32.const 8))))
    (local.get $len))
  (func $lines (param $at i32) (param $len i32) ;; tells texts that end with a zero, a line each
    (local $i i32)
    (loop $again
      (if (i32.lt_u (local.get $i) (local.get $len)) (then
        (if (i32.eqz (i32.load8_u (i32.add (local.get $at) (local.get $i))))
          (then (i32.store8 (i32.add (local.get $at) (local.get $i)) (i32.const 10))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $again))))
    (if (local.get $len) (then (call $write (i32.const 1) (local.get $at) (local.get $len)))))
  (func $is (param $letter i32) (result i32) (i32.eq (i32.load8_u (i32.const 65536)) (local.get $letter)))
  (func (export "_start")
    (local $len i32)
    (global.set $runs (i32.add (global.get $runs) (i32.const 1)))
    (local.set $len (call $read))
    (if (i32.or (i32.eqz (local.get $len)) (call $is (i32.const 0x76))) (then ;; v, or nothing: the variables
      (call $head)
      (drop (call $environ_sizes (i32.const 16) (i32.const 20)))
      (drop (call $environ (i32.const 4096) (i32.const 8192)))
      (call $lines (i32.const 8192) (i32.load (i32.const 20)))
      (return)))
    (if (call $is (i32.const 0x69)) (then ;; i: the input
      (call $head) (call $write (i32.const 1) (i32.const 65536) (local.get $len)) (return)))
    (if (call $is (i32.const 0x61)) (then ;; a: the arguments
      (call $head)
      (drop (call $args_sizes (i32.const 16) (i32.const 20)))
      (drop (call $args (i32.const 4096) (i32.const 8192)))
      (call $lines (i32.const 8192) (i32.load (i32.const 20)))
      (return)))
    (if (call $is (i32.const 0x72)) (then ;; r: how often this memory has run
      (call $head)
      (i32.store8 (i32.const 32) (i32.add (i32.const 0x30) (global.get $runs)))
      (call $write (i32.const 1) (i32.const 32) (i32.const 1))
      (return)))
    (if (call $is (i32.const 0x30)) (then (call $head) (call $exit (i32.const 0)))) ;; 0: ends with 0
    (if (call $is (i32.const 0x33)) (then (call $head) (call $exit (i32.const 3)))) ;; 3: ends with 3
    (if (call $is (i32.const 0x74)) (then (call $head) unreachable)) ;; t: traps
    (if (call $is (i32.const 0x73)) (then (call $write (i32.const 1) (i32.const 128) (i32.const 73)) (return))) ;; s: a status
    (if (call $is (i32.const 0x6c)) (then (call $write (i32.const 1) (i32.const 256) (i32.const 35)) (return))) ;; l: a location
    (if (call $is (i32.const 0x6e)) (then (call $write (i32.const 1) (i32.const 320) (i32.const 25)) (return))) ;; n: no header end
    (if (call $is (i32.const 0x65)) (then ;; e: tells an error too
      (call $write (i32.const 2) (i32.const 384) (i32.const 19)) (call $head) (return)))
    (loop $forever (br_if $forever (call $is (i32.const 0x6f)))) ;; o: for ever
    ;; anything else: nothing
  )
)
