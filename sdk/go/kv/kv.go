// Package kv is the app's key-value store, which all of its services share: prefix your keys. A key
// has 1 to 512 bytes, a value at most 1 MiB. Each operation is atomic.
package kv

import (
	"parigot"
	"parigot/internal/abi"
)

//go:wasmimport parigot:kv get
func get(key string) uint64

//go:wasmimport parigot:kv put
func put(key, value string) uint64

//go:wasmimport parigot:kv delete
func remove(key string) uint64

//go:wasmimport parigot:kv compare_and_set
func compareAndSet(key string, old *byte, oldLength int32, value string) uint64

//go:wasmimport parigot:kv list
func list(prefix, after string, limit int32) uint64

// Get gives the value of a key, and whether it has one.
func Get(key string) (value []byte, found bool, err error) {
	value, err = parigot.Result(get(key))
	if parigot.Code(err) == parigot.NotFound {
		return nil, false, nil
	}
	return value, err == nil, err
}

// Put sets the value of a key.
func Put[Value ~string | ~[]byte](key string, value Value) error {
	_, err := parigot.Result(put(key, string(value)))
	return err
}

// Delete removes a key; it succeeds if the key is absent.
func Delete(key string) error {
	_, err := parigot.Result(remove(key))
	return err
}

// Absent is the old value of CompareAndSet for a key that must have none.
var Absent []byte = nil

// CompareAndSet sets the value if the present one is old, and tells whether it did. An old of nil,
// Absent, is a key without a value; an empty value is []byte{}.
func CompareAndSet(key string, old, value []byte) (set bool, err error) {
	length := int32(len(old))
	if old == nil {
		length = -1
	}
	var first *byte
	if len(old) > 0 {
		first = &old[0]
	}
	_, err = parigot.Result(compareAndSet(key, first, length, abi.View(value)))
	if parigot.Code(err) == parigot.Conflict {
		return false, nil
	}
	return err == nil, err
}

// List gives keys with the prefix, in byte order, after the key after ("": from the start); at most
// limit of them, fewer if they would exceed 1 MiB. For the next page, after is the last key of this
// one; a page without keys is the end.
func List(prefix, after string, limit int) ([]string, error) {
	listed, err := parigot.Result(list(prefix, after, int32(min(limit, 1<<31-1))))
	if err != nil {
		return nil, err
	}
	var keys []string
	for _, key := range abi.List(listed) {
		keys = append(keys, string(key))
	}
	return keys, nil
}
