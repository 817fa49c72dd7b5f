// Counts words with a map, a closure and an interface, as Go has them.
package main

import (
	"sort"
	"strconv"
	"unsafe"
)

type measure interface{ of(text string) int }

type length struct{}

func (length) of(text string) int { return len(text) }

type vowels struct{ also byte }

func (v vowels) of(text string) (count int) {
	for i := range len(text) {
		switch text[i] {
		case 'a', 'e', 'i', 'o', 'u', v.also:
			count++
		}
	}
	return count
}

var (
	kept  = map[uint32][]uint64{}
	calls int
)

//go:wasmexport parigot_alloc
func alloc(size uint32) uint32 {
	room := make([]uint64, size/8+1)
	at := uint32(uintptr(unsafe.Pointer(&room[0])))
	kept[at] = room
	return at
}

//go:wasmexport run
func run(at, size uint32) uint64 {
	text := string(unsafe.Slice((*byte)(unsafe.Pointer(uintptr(at))), size))
	counts := map[string]int{}
	begin := 0
	end := func(i int) {
		if i > begin {
			counts[text[begin:i]]++
		}
		begin = i + 1
	}
	for i := range len(text) {
		if text[i] == ' ' {
			end(i)
		}
	}
	end(len(text))
	words := make([]string, 0, len(counts))
	for word := range counts {
		words = append(words, word)
	}
	sort.Strings(words)
	calls++
	answer := "call " + strconv.Itoa(calls)
	for _, word := range words {
		answer += " " + word + ":" + strconv.Itoa(counts[word])
	}
	for _, each := range []measure{length{}, vowels{'y'}} {
		answer += " " + strconv.Itoa(each.of(text))
	}
	to := alloc(uint32(len(answer)))
	copy(unsafe.Slice((*byte)(unsafe.Pointer(uintptr(to))), len(answer)), answer)
	return uint64(to)<<32 | uint64(len(answer))
}

func main() {}
