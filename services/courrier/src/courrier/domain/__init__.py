"""The rules of threads: no I/O, no clock, no ids made up."""
