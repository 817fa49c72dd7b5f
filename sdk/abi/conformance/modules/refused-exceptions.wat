;; Refused: exceptions.
(module
  (tag $oops)
  (func (export "fail") (throw $oops))
)
