"""The only place where time is read."""

from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


class Clock(Protocol):
    """Gives the present instant, in UTC, to the millisecond (as BSON keeps it)."""

    def now(self) -> datetime: ...


class SystemClock:
    def now(self) -> datetime:
        return to_milliseconds(datetime.now(UTC))


def to_milliseconds(instant: datetime) -> datetime:
    """The same instant without what BSON would drop."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def paris_date(instant: datetime) -> date:
    """The civil date in Paris at this instant."""
    return instant.astimezone(PARIS).date()
