"""Do the loops of this process still turn? A loop that asks `stop` shows that it does."""

import threading
import time
from threading import Event
from weakref import WeakSet

SLICE_SECONDS = 5.0
SILENCE_SECONDS = 180.0

_events: "WeakSet[Beating]" = WeakSet()


class Beating(Event):
    """The `stop` of a loop; each thread that asks it leaves the time of its last question."""

    def __init__(self) -> None:
        super().__init__()
        self._last: dict[int, float] = {}
        _events.add(self)

    def is_set(self) -> bool:
        self._beat()
        return super().is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Waits in slices: a long pause is not a silence."""
        end = None if timeout is None else time.monotonic() + timeout
        while True:
            self._beat()
            left = SLICE_SECONDS if end is None else min(SLICE_SECONDS, end - time.monotonic())
            if super().wait(max(left, 0.0)):
                return True
            if end is not None and time.monotonic() >= end:
                return False

    def silence(self) -> float:
        """Seconds since the quietest thread still alive last asked; 0 when none ever did."""
        alive = {thread.ident for thread in threading.enumerate()}
        beats = [beat for ident, beat in list(self._last.items()) if ident in alive]
        return time.monotonic() - min(beats) if beats else 0.0

    def _beat(self) -> None:
        self._last[threading.get_ident()] = time.monotonic()


def loops_turn(limit: float = SILENCE_SECONDS) -> bool:
    """False when a loop of this process has not asked its `stop` for `limit` seconds."""
    return all(event.silence() < limit for event in list(_events) if not Event.is_set(event))
