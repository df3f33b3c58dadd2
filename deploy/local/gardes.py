"""Restarts what dies, later and later, and remembers it for `status`."""

import time
from collections.abc import Callable

from deploy.local.unites import Unite

FIRST_DELAY, LONGEST_DELAY, QUIET = 1.0, 30.0, 60.0


class Garde:
    """Watches one unit. `look` is called again and again; it never blocks."""

    def __init__(self, unit: Unite, clock: Callable[[], float] = time.monotonic) -> None:
        self.unit = unit
        self.restarts = 0
        self._clock = clock
        self._delay = FIRST_DELAY
        self._started: float | None = None
        self._again: float | None = None

    def start(self) -> None:
        self._started = self._clock()
        self._again = None
        self.unit.start()

    def look(self) -> str | None:
        """Starts it again when its delay is over. A sentence when it died, an empty one when it is back."""
        if self._started is None:
            return None
        if self.unit.alive:
            if self._clock() - self._started > QUIET:
                self._delay = FIRST_DELAY
            return None
        if self._again is None:
            return self._plan()
        if self._clock() < self._again:
            return None
        self.restarts += 1
        self.start()
        return ""

    def _plan(self) -> str:
        wait, self._delay = self._delay, min(self._delay * 2, LONGEST_DELAY)
        self._again = self._clock() + wait
        code = self.unit.process.exit_code if self.unit.process else None
        return f"{self.unit.name} s'est arrêté (code {code}) ; redémarrage dans {wait:.0f} s"

    @property
    def state(self) -> str:
        if self.unit.alive:
            return "en_marche"
        return "redemarre" if self._again is not None else "arrete"
