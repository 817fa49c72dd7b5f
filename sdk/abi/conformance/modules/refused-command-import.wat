;; Refused: a command without parigot_alloc imports parigot:kv.
(module
  (import "parigot:kv" "get" (func (param i32 i32) (result i64)))
  (memory (export "memory") 1)
  (func (export "_start"))
)
