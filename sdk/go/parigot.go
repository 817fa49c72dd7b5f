// Package parigot is for services in Go: methods, calls to other services, errors.
//
//	//go:wasmimport parigot:service/stock reserve
//	func stockReserve(request string) uint64
//
//	//go:wasmexport place
//	func place(ptr, length uint32) uint64 {
//		return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
//			if _, err := parigot.Call(stockReserve, request); err != nil {
//				return nil, err // every call can fail
//			}
//			return []byte("thank you"), nil
//		})
//	}
//
// What the platform gives is in the packages beside it: kv, queue, config, log, clock, random, http;
// and test, for test modules.
package parigot

import (
	"errors"
	"strconv"

	"parigot/internal/abi"
)

// Codes that the platform uses; 400 to 599 mean what HTTP means by them, 1000 and above are the
// app's own.
const (
	BadRequest      = 400
	NotFound        = 404
	TimedOut        = 408
	Conflict        = 409
	TooManyRequests = 429
	NoMemory        = 507
)

// Error is why a call failed, in both directions: what a method returns and what its caller gets.
type Error struct {
	Code uint32
	Text string // for a person
}

func (e *Error) Error() string {
	return e.Text + " (" + strconv.FormatUint(uint64(e.Code), 10) + ")"
}

// Fail makes an error for a method to return.
func Fail(code uint32, text string) error {
	return &Error{code, text}
}

// Code tells the code of an error: 0 for nil, 500 for one that has none.
func Code(err error) uint32 {
	var known *Error
	switch {
	case err == nil:
		return 0
	case errors.As(err, &known):
		return known.Code
	default:
		return 500
	}
}

// Method answers a call by a handler; every exported method calls it with its own arguments. The
// request is the handler's own. An error that is no *Error counts as a 500 with its text.
func Method(ptr, length uint32, handler func(request []byte) ([]byte, error)) uint64 {
	response, err := handler(abi.Read(ptr, length))
	if err == nil {
		return abi.Give(response)
	}
	var known *Error
	if errors.As(err, &known) {
		return abi.GiveError(known.Code, known.Text)
	}
	return abi.GiveError(500, err.Error())
}

// Call calls a method of another service and waits. The method is an import, declared as above.
func Call[Request ~string | ~[]byte](method func(request string) uint64, request Request) ([]byte, error) {
	return Result(method(string(request)))
}

// Result reads what an import gave.
func Result(packed uint64) ([]byte, error) {
	bytes, code, failed := abi.Take(packed)
	if failed {
		return nil, &Error{code, string(bytes)}
	}
	return bytes, nil
}

// Reserve changes the room for a request and one result of an import together, 4 MiB at first: what
// does not fit fails with 507. Call it from an init function.
func Reserve(bytes int) {
	abi.Reserve(bytes)
}

//go:wasmimport parigot:call get
func callGet(key string) uint64

// CallInfo tells "id", "caller", "deadline_ns", "attempt" or "traceparent" of the call that is being
// answered.
func CallInfo(key string) (string, error) {
	value, err := Result(callGet(key))
	return string(value), err
}

// CallUser tells the id of who is signed in; NotFound if nobody is.
func CallUser() (string, error) { return CallInfo("user") }

// CallClaims tells what is known of him: a JSON object with id, email, email_verified, name, provider.
func CallClaims() (string, error) { return CallInfo("claims") }
