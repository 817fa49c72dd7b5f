// Package channel is the channels of the manifest.
package channel

import "parigot"

//go:wasmimport parigot:channel publish
func publish(channel, message string) uint64

// Publish sends a message of 64 KiB at most to whoever listens to the channel now: once or, if a
// connection breaks, never. That nobody listens is no error.
func Publish[Message ~string | ~[]byte](channel string, message Message) error {
	_, err := parigot.Result(publish(channel, string(message)))
	return err
}
