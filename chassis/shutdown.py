"""Says to whatever streams that the process is about to end."""

from threading import Event

STOPPING = Event()
"""Set once, at SIGTERM. A stream waits on it instead of sleeping: `while not STOPPING.wait(0.25): …`."""
