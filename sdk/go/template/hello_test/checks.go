package main

import (
	"parigot"
	"parigot/test"
)

//go:wasmimport parigot:service/hello greet
func greet(request string) uint64

//go:wasmexport test_greets_by_name
func testGreetsByName(ptr, length uint32) uint64 {
	return test.Run(func(t *test.T) {
		greeting, err := parigot.Call(greet, "Ada")
		t.OK(err)
		t.Equal(greeting, "Hello, Ada!")
	})
}

//go:wasmexport test_wants_a_name
func testWantsAName(ptr, length uint32) uint64 {
	return test.Run(func(t *test.T) {
		_, err := parigot.Call(greet, "")
		t.Error(err, parigot.BadRequest)
	})
}

func main() {}
