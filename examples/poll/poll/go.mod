module poll

go 1.24

require parigot v0.0.0

replace parigot => ../../../sdk/go
