// Package random is randomness good enough for secrets. crypto/rand reads the same source.
package random

import "unsafe"

//go:wasmimport parigot:random fill
func fill(buffer *byte, length uint32)

// Fill fills the buffer.
func Fill(buffer []byte) {
	fill(unsafe.SliceData(buffer), uint32(len(buffer)))
}

// Uint64 is a random number.
func Uint64() uint64 {
	var number uint64
	fill((*byte)(unsafe.Pointer(&number)), 8)
	return number
}
