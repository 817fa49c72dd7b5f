// Package test is for test modules: methods whose name begins with test, which pass if they return
// without an error. In any other module its imports are refused.
//
//	//go:wasmexport testGreeting
//	func testGreeting(ptr, length uint32) uint64 {
//		return test.Run(func(t *test.T) {
//			greeting, err := parigot.Call(hello, "Ada")
//			t.OK(err)
//			t.Equal(greeting, "Hello, Ada!")
//		})
//	}
package test

import (
	"path"
	"runtime"
	"strconv"
	"time"

	"parigot"
	"parigot/internal/abi"
)

//go:wasmimport parigot:test advance_ns
func advanceNs(nanoseconds int64)

//go:wasmimport parigot:test quiesce
func quiesce()

//go:wasmimport parigot:test run_cron
func runCron(name string) uint64

//go:wasmimport parigot:test published
func published(channel string) uint64

//go:wasmimport parigot:test sign_in
func signIn(claims string) uint64

// Advance moves the clock forward, with everything that is due meanwhile.
func Advance(d time.Duration) { advanceNs(int64(d)) }

// Quiesce runs until nothing is left to do: queues are empty, and detached calls have ended.
func Quiesce() { quiesce() }

// RunCron makes the call of a schedule of the manifest now, and gives its response.
func RunCron(name string) ([]byte, error) {
	return parigot.Result(runCron(name))
}

// Published gives what a channel got since the test began, the oldest first.
func Published(channel string) ([][]byte, error) {
	listed, err := parigot.Result(published(channel))
	return abi.List(listed), err
}

// SignIn makes the test act as a user from now on: a JSON object with an "id"; "" for nobody.
func SignIn(claims string) error {
	_, err := parigot.Result(signIn(claims))
	return err
}

// Failed is the code of a check that failed: HTTP's 417, Expectation Failed.
const Failed = 417

// T is one test. The first check that fails ends it.
type T struct{}

// Run is the body of a test method.
func Run(test func(t *T)) (packed uint64) {
	defer func() {
		switch failure := recover().(type) {
		case nil:
		case *parigot.Error:
			packed = abi.GiveError(failure.Code, failure.Text)
		default:
			panic(failure)
		}
	}()
	test(&T{})
	return abi.Give(nil)
}

// Check fails unless it holds; what says what should.
func (t *T) Check(holds bool, what string) {
	if !holds {
		fail("expected " + what)
	}
}

// Equal fails unless both are the same: text, bytes, int or bool. Text and bytes are the same thing,
// so that a response can be compared with what it should say.
func (t *T) Equal(actual, expected any) {
	if shown(actual) != shown(expected) {
		fail("expected " + shown(expected) + ", got " + shown(actual))
	}
}

func shown(value any) string {
	switch value := value.(type) {
	case string:
		return strconv.Quote(value)
	case []byte:
		return strconv.Quote(string(value))
	case int:
		return strconv.Itoa(value)
	case bool:
		return strconv.FormatBool(value)
	default:
		panic("test.Equal compares text, bytes, int and bool")
	}
}

// OK fails if there is an error.
func (t *T) OK(err error) {
	if err != nil {
		fail("expected no error, got " + err.Error())
	}
}

// Error fails unless there is an error of that code.
func (t *T) Error(err error, code uint32) {
	switch {
	case err == nil:
		fail("expected error " + strconv.FormatUint(uint64(code), 10) + ", got a response")
	case parigot.Code(err) != code:
		fail("expected error " + strconv.FormatUint(uint64(code), 10) + ", got " + err.Error())
	}
}

// fail ends the test at the line of its check.
func fail(text string) {
	if _, file, line, known := runtime.Caller(2); known {
		text = path.Base(file) + ":" + strconv.Itoa(line) + ": " + text
	}
	panic(&parigot.Error{Code: Failed, Text: text})
}
