;; Refused: tail calls.
(module
  (func $again (export "again") (return_call $again))
)
