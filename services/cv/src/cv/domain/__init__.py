"""The rules of the CV: no I/O, no clock, no ids made up."""
