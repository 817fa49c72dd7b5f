// Package log is the app's log. What a program prints goes there too, line by line: standard output
// as info, standard error as an error.
package log

//go:wasmimport parigot:log write
func write(level int32, line string)

// Trace writes one line, and so do the others, each at the level of its name.
func Trace(line string) { write(0, line) }

func Debug(line string) { write(1, line) }

func Info(line string) { write(2, line) }

func Warn(line string) { write(3, line) }

func Error(line string) { write(4, line) }
