"""The administrative file of each teacher, its history, and the changes she reports."""
