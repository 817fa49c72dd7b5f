package parigot

//go:wasmimport parigot:future wait
func futureWait(handle int32) uint64

//go:wasmimport parigot:future ready
func futureReady(handle int32) int32

//go:wasmimport parigot:future drop
func futureDrop(handle int32)

// Future is a call under way. It belongs to the call that started it.
type Future struct {
	handle int32
}

// Start begins a call to a method of another service, which is an import of
// "parigot:async/<service>":
//
//	//go:wasmimport parigot:async/mailer order_placed
//	func mailerOrderPlaced(request string) int32
//
// It fails with 429 if the platform refuses it.
func Start[Request ~string | ~[]byte](method func(request string) int32, request Request) (Future, error) {
	handle := method(string(request))
	if handle == 0 {
		return Future{}, &Error{TooManyRequests, "the call was refused"}
	}
	return Future{handle}, nil
}

// Wait gives what Call would have given. It consumes the future: a second Wait is a 400.
func (f Future) Wait() ([]byte, error) {
	return Result(futureWait(f.handle))
}

// Ready tells whether Wait would return at once.
func (f Future) Ready() bool {
	return futureReady(f.handle) == 1
}

// Drop lets the call go on unwatched.
func (f Future) Drop() {
	futureDrop(f.handle)
}
