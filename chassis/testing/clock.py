"""A clock and ids that tests decide."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)


class FixedClock:
    """Stands still until told to advance."""

    def __init__(self, now: datetime = EPOCH) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, delay: timedelta) -> None:
        self._now += delay


class SequentialIds:
    """UUID-shaped ids in order: 00000000-0000-4000-8000-000000000001, …"""

    def __init__(self) -> None:
        self._last = 0

    def new(self) -> str:
        self._last += 1
        return f"00000000-0000-4000-8000-{self._last:012d}"
