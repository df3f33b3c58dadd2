"""Days on which a French administration works."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Monday to Friday, outside the public holidays of Code du travail, article L3133-1."""
    return day.weekday() < _SATURDAY and day not in _public_holidays()


def after_working_days(start: date, count: int) -> date:
    """The day that comes `count` working days after `start` (not counted)."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _public_holidays() -> Container[date]:
    # Loading every country's rules costs half a second: not at the start of each process.
    import holidays

    return holidays.country_holidays("FR")
