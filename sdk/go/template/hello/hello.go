package main

import "parigot"

// A name → a greeting
//
//go:wasmexport greet
func greet(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(name []byte) ([]byte, error) {
		if len(name) == 0 {
			return nil, parigot.Fail(parigot.BadRequest, "expected a name")
		}
		return []byte("Hello, " + string(name) + "!"), nil
	})
}

func main() {} // a service has none, but the compiler wants it
