// Package abi is the boundary: what crosses it is ptr << 32 | error << 31 | len.
package abi

import (
	"encoding/binary"
	"runtime"
	"unsafe"
)

// Room for requests and results.
//
// parigot_alloc must not import anything, but Go's own allocator may read the clock, for instance when
// a collection is due. Hence this stack in memory that Go gave before: at the bottom the request of
// the call, and on it, for a moment, the result of an import, which Take copies away. Go does not move
// memory, and room keeps it alive. The rest is numbers: parigot_alloc and parigot_free allocate
// nothing, need no write barrier and don't grow the goroutine's stack.
var (
	room []byte
	base uint32 // the address of room
	size uint32
	used uint32
)

// DefaultRoom is what a request and one result may have together, in bytes.
const DefaultRoom = 4 << 20

// Go aligns what is larger than this to a page.
const leastRoom = 64 << 10

func init() { Reserve(DefaultRoom) }

// Reserve makes room; to be called while nothing is in it, which is before the first call.
func Reserve(bytes int) {
	room = make([]byte, max(bytes, leastRoom))
	base = uint32(uintptr(unsafe.Pointer(unsafe.SliceData(room))))
	size = uint32(len(room))
	used = 0
}

//go:wasmexport parigot_alloc
//go:nosplit
func alloc(length uint32) uint32 {
	start := (used + 7) &^ 7
	if length == 0 || start > size || length > size-start {
		return 0
	}
	used = start + length
	return base + start
}

//go:wasmexport parigot_free
//go:nosplit
func free(ptr, length uint32) {
	if length > 0 {
		used = ptr - base
	}
}

// Read copies what lies in the room.
func Read(ptr, length uint32) []byte {
	if length == 0 {
		return nil
	}
	collectIfMuchCame(length)
	start := ptr - base
	return append([]byte(nil), room[start:start+length]...)
}

// Go's collector rests when it believes that it takes more than half of the processor. It measures by a
// clock that goes on while the machine does other things, and on WASM nobody interrupts the code that
// allocates meanwhile: on a busy machine the memory would fill with garbage. So after this many bytes
// from outside it is made to run.
const collectAfter = 8 << 20

var came uint32

func collectIfMuchCame(length uint32) {
	came += length
	if came > collectAfter {
		came = 0
		runtime.GC()
	}
}

// Take copies what an import gave, and gives its room back. failed tells an error's bytes; code is
// then set, and bytes is its text.
func Take(packed uint64) (bytes []byte, code uint32, failed bool) {
	ptr, length := uint32(packed>>32), uint32(packed)&0x7fffffff
	bytes = Read(ptr, length)
	free(ptr, length)
	if packed>>31&1 == 0 {
		return bytes, 0, false
	}
	if length < 4 {
		return []byte("no room for the result: see parigot.Reserve"), 507, true
	}
	code = uint32(bytes[0]) | uint32(bytes[1])<<8 | uint32(bytes[2])<<16 | uint32(bytes[3])<<24
	return bytes[4:], code, true
}

// The last response, which the platform reads until the next call enters: this keeps it alive.
var response []byte

// Give packs a method's response.
func Give(bytes []byte) uint64 {
	return give(bytes, 0)
}

// GiveError packs a method's error.
func GiveError(code uint32, text string) uint64 {
	bytes := make([]byte, 0, 4+len(text))
	bytes = append(bytes, byte(code), byte(code>>8), byte(code>>16), byte(code>>24))
	return give(append(bytes, text...), 1)
}

func give(bytes []byte, failed uint64) uint64 {
	response = bytes
	if len(bytes) == 0 {
		return failed << 31
	}
	return uint64(uintptr(unsafe.Pointer(unsafe.SliceData(bytes))))<<32 | failed<<31 | uint64(len(bytes))
}

// View is bytes as a string, as imports take them, without a copy.
func View(bytes []byte) string {
	return unsafe.String(unsafe.SliceData(bytes), len(bytes))
}

// List gives the items of a list, each of which comes after its u32 length.
func List(bytes []byte) [][]byte {
	var items [][]byte
	for len(bytes) >= 4 {
		end := 4 + int(binary.LittleEndian.Uint32(bytes))
		items = append(items, bytes[4:end])
		bytes = bytes[end:]
	}
	return items
}
