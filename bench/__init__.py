"""How fast the program is, beside the usual tools on the same data: `make bench`."""
