// Takes votes and counts them.
package main

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"parigot"
	"parigot/kv"
	"parigot/log"
)

//go:wasmimport parigot:service/rules check
func rulesCheck(request string) uint64

//go:wasmimport parigot:service/chart draw
func chartDraw(request string) uint64

//go:wasmimport parigot:async/journal note
func journalNote(request string) int32

const (
	key   = "poll/votes"
	tries = 20
)

// An option → its votes. 1001 if there is no such option.
//
//go:wasmexport vote
func vote(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func(request []byte) ([]byte, error) {
		option, err := parigot.Call(rulesCheck, request)
		if err != nil {
			return nil, err
		}
		count, err := add(string(option))
		if err != nil {
			return nil, err
		}
		// The vote counts whether or not it is written down: nobody waits for the journal.
		if _, err := parigot.Start(journalNote, option); err != nil {
			log.Warn("not in the journal: " + err.Error())
		}
		return []byte(strconv.Itoa(count)), nil
	})
}

// → {"option": votes}
//
//go:wasmexport results
func results(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func([]byte) ([]byte, error) {
		votes, _, err := read()
		if err != nil {
			return nil, err
		}
		var pairs []string
		for _, option := range votes.options() {
			pairs = append(pairs, strconv.Quote(option)+": "+strconv.Itoa(votes[option]))
		}
		return []byte("{" + strings.Join(pairs, ", ") + "}"), nil
	})
}

// → a picture of the count, as text
//
//go:wasmexport chart
func chart(ptr, length uint32) uint64 {
	return parigot.Method(ptr, length, func([]byte) ([]byte, error) {
		votes, _, err := read()
		if err != nil {
			return nil, err
		}
		return parigot.Call(chartDraw, votes.lines())
	})
}

// add counts one vote. All counts are one value, so that each is seen with the others of its time.
func add(option string) (int, error) {
	for range tries {
		votes, old, err := read()
		if err != nil {
			return 0, err
		}
		votes[option]++
		if set, err := kv.CompareAndSet(key, old, votes.lines()); err != nil || set {
			return votes[option], err
		}
	}
	return 0, parigot.Fail(parigot.Conflict, "too many votes at once")
}

// tally has the votes of each option.
type tally map[string]int

// read gives the votes, and the value that they were read from.
func read() (tally, []byte, error) {
	value, found, err := kv.Get(key)
	if err != nil {
		return nil, nil, err
	}
	if !found {
		return tally{}, kv.Absent, nil
	}
	votes := tally{}
	for line := range strings.Lines(string(value)) {
		option, count, _ := strings.Cut(strings.TrimSpace(line), " ")
		votes[option], _ = strconv.Atoi(count)
	}
	return votes, value, nil
}

// lines is what read reads, and what chart.draw takes: an option and its votes in each.
func (t tally) lines() []byte {
	var lines []byte
	for _, option := range t.options() {
		lines = append(lines, option+" "+strconv.Itoa(t[option])+"\n"...)
	}
	return lines
}

// options are in the order of their votes, then of the alphabet.
func (t tally) options() []string {
	var options []string
	for option := range t {
		options = append(options, option)
	}
	slices.SortFunc(options, func(a, b string) int {
		return cmp.Or(cmp.Compare(t[b], t[a]), cmp.Compare(a, b))
	})
	return options
}

func main() {}
