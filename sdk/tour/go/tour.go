// Everything that the SDK has, once. The same methods in each language; SdkTest calls them.
package main

import (
	"runtime"
	"strconv"
	"strings"
	"time"

	"parigot"
	"parigot/channel"
	"parigot/clock"
	"parigot/config"
	"parigot/http"
	"parigot/kv"
	"parigot/log"
	"parigot/queue"
	"parigot/random"
	"parigot/test"
)

const noTea = 1001

//go:wasmimport parigot:service/other echo
func otherEcho(request string) uint64

//go:wasmimport parigot:async/other echo
func laterEcho(request string) int32

//go:wasmexport echo
func echo(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		return request, nil
	})
}

//go:wasmexport refuse
func refuse(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		return nil, parigot.Fail(noTea, "no tea left")
	})
}

//go:wasmexport forward
func forward(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		return parigot.Call(otherEcho, request)
	})
}

//go:wasmexport futures
func futures(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		first, err := parigot.Start(laterEcho, request)
		if err != nil {
			return nil, err
		}
		second, err := parigot.Start(laterEcho, request)
		if err != nil {
			return nil, err
		}
		second.Drop()
		for !first.Ready() {
			clock.Sleep(time.Millisecond)
		}
		answer, err := first.Wait()
		if _, again := first.Wait(); parigot.Code(again) != parigot.BadRequest {
			return nil, parigot.Fail(500, "a future was waited for twice")
		}
		return answer, err
	})
}

//go:wasmexport keys
func keys(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		for _, step := range []struct {
			old, value []byte
			set        bool
		}{
			{kv.Absent, []byte("1"), true},
			{[]byte{}, []byte("2"), false},
			{[]byte("1"), []byte("2"), true},
		} {
			if set, err := kv.CompareAndSet("key/a", step.old, step.value); err != nil || set != step.set {
				return nil, parigot.Fail(500, "compared wrongly")
			}
		}
		kv.Put("key/b", "")
		kv.Put("key/c", []byte("1"))
		kv.Put("key/d", "1")
		kv.Delete("key/d")
		a, _, err := kv.Get("key/a")
		if err != nil {
			return nil, err
		}
		told := []string{string(a), "present"}
		if _, found, _ := kv.Get("key/d"); !found {
			told[1] = "absent"
		}
		for after := ""; ; {
			page, err := kv.List("key/", after, 2)
			if err != nil || len(page) == 0 {
				return []byte(strings.Join(told, " ")), err
			}
			told = append(told, page...)
			after = page[len(page)-1]
		}
	})
}

//go:wasmexport surroundings
func surroundings(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		start, sane := clock.Monotonic(), "odd"
		if clock.Now().Unix() > 0 && clock.Monotonic() >= start && random.Uint64() != 0 {
			sane = "sane"
		}
		log.Warn("the tea is cold")
		currency, _, err := config.Get("CURRENCY")
		if err != nil {
			return nil, err
		}
		nothing, found, _ := config.Get("NOTHING")
		if !found {
			nothing = "absent"
		}
		id, err := parigot.CallInfo("id")
		return []byte(currency + " " + nothing + " " + id + " " + sane), err
	})
}

//go:wasmexport send
func send(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		return nil, queue.Send("letters", request)
	})
}

//go:wasmexport publish
func publish(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		return nil, channel.Publish("orders", request)
	})
}

//go:wasmexport fetch
func fetch(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(body []byte) ([]byte, error) {
		request := http.NewRequest("PUT", "https://example.org/tea?x=1")
		request.Headers = http.Headers{{Name: "X-Pot", Value: "blue\r\nevil: 1"}}
		request.Body = body
		got, err := request.Send()
		if err != nil {
			return nil, err
		}
		return []byte(strconv.Itoa(got.Status) + " " + got.Headers.Get("X-TEMPERATURE") + " " + string(got.Body)), nil
	})
}

//go:wasmexport http
func serve(ptr, length uint32) uint64 {
	return http.Method(ptr, length, func(request *http.Request) (*http.Response, error) {
		name, _ := request.Query("name")
		tea, _ := request.Form("tea")
		told := []string{request.Method, request.Path(), name, tea, request.Headers.Get("host")}
		return http.NewResponse(201, "text/plain", strings.Join(told, " ")), nil
	})
}

//go:wasmexport test_controls
func testControls(ptr, length uint32) uint64 {
	return test.Run(func(t *test.T) {
		test.Advance(5 * time.Nanosecond)
		test.Quiesce()
		ran, err := test.RunCron("nightly")
		t.OK(err)
		t.Equal(ran, "ran")
		_, err = test.RunCron("never")
		t.Error(err, parigot.NotFound)
		published, err := test.Published("orders")
		t.OK(err)
		t.Equal(len(published), 2)
		t.Equal(published[0], "first")
		t.Equal(published[1], "second")
		t.OK(test.SignIn(`{"id": "ada"}`))
	})
}

//go:wasmexport test_equal
func testEqual(ptr, length uint32) uint64 {
	return test.Run(func(t *test.T) {
		t.Check(length == 0, "no request")
		t.Equal("green", "black")
	})
}

//go:wasmexport test_number
func testNumber(ptr, length uint32) uint64 {
	return test.Run(func(t *test.T) {
		t.Equal(2, 2)
		t.Equal(3, 2)
	})
}

//go:wasmexport test_error
func testError(ptr, length uint32) uint64 {
	return test.Run(func(t *test.T) {
		t.Error(parigot.Fail(noTea, "no tea left"), 404)
	})
}

// garbage keeps the collector busy while requests and results cross the boundary. Go's own method of
// the tour: it calls the other service a hundred times, compares each answer and collects in between.
//
//go:wasmexport garbage
func garbage(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		kept := make([][]byte, 0, 100)
		for i := range 100 {
			answer, err := parigot.Call(otherEcho, request)
			if err != nil {
				return nil, err
			}
			kept = append(kept, answer)
			_ = make([]byte, 100_000+i)
			if i%10 == 0 {
				runtime.GC()
			}
		}
		for _, answer := range kept {
			if string(answer) != string(request) {
				return nil, parigot.Fail(500, "an answer was overwritten")
			}
		}
		return request, nil
	})
}

func main() {}
