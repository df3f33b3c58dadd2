"""The rules of the administrative file: no I/O, no clock, no ids made up."""
