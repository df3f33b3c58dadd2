"""One function per command or query; the ports they need."""
