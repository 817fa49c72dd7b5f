// Package clock is the platform's time, in nanoseconds. The standard package time reads the same
// clocks.
package clock

//go:wasmimport parigot:clock now_ns
func nowNs() int64

//go:wasmimport parigot:clock monotonic_ns
func monotonicNs() int64

//go:wasmimport parigot:clock sleep_ns
func sleepNs(nanoseconds int64)

// NowNs is Unix time.
func NowNs() int64 { return nowNs() }

// MonotonicNs is a clock that never goes back, for durations.
func MonotonicNs() int64 { return monotonicNs() }

// SleepNs waits, with all goroutines; it returns at once if negative. time.Sleep lets the others run.
func SleepNs(nanoseconds int64) { sleepNs(nanoseconds) }
