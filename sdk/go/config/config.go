// Package config is the app's configuration.
package config

import "parigot"

//go:wasmimport parigot:config get
func get(key string) uint64

// Get gives a value as text, and whether there is one.
func Get(key string) (value string, found bool, err error) {
	text, err := parigot.Result(get(key))
	if parigot.Code(err) == parigot.NotFound {
		return "", false, nil
	}
	return string(text), err == nil, err
}
