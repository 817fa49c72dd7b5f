// Package queue is the queues of the manifest.
package queue

import "parigot"

//go:wasmimport parigot:queue send
func send(queue, message string) uint64

// Send puts a message into a queue, which delivers it at least once.
func Send[Message ~string | ~[]byte](queue string, message Message) error {
	_, err := parigot.Result(send(queue, string(message)))
	return err
}
