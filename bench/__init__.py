"""Measure the speed of the program and of other tools with the same data: `make bench`."""
