"""What pages show and how the queue is laid out: pure functions and the ports they need."""
