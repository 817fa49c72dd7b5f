// Package clock is the platform's time. The standard package time reads the same clocks.
package clock

import "time"

//go:wasmimport parigot:clock now_ns
func nowNs() int64

//go:wasmimport parigot:clock monotonic_ns
func monotonicNs() int64

//go:wasmimport parigot:clock sleep_ns
func sleepNs(nanoseconds int64)

// Now is the time of day.
func Now() time.Time { return time.Unix(0, nowNs()) }

// Monotonic is what has passed since some moment, on a clock that never goes back.
func Monotonic() time.Duration { return time.Duration(monotonicNs()) }

// Sleep waits, with all goroutines; it returns at once if negative. time.Sleep lets the others run.
func Sleep(d time.Duration) { sleepNs(int64(d)) }
