module parigot

go 1.24
