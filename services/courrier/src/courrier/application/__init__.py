"""One function per command or query of the courrier."""
