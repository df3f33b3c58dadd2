"""Days on which a French administration works."""

from datetime import date, timedelta

import holidays

_FRANCE = holidays.country_holidays("FR")
_SATURDAY = 5


def is_working_day(day: date) -> bool:
    """Monday to Friday, outside the public holidays of Code du travail, article L3133-1."""
    return day.weekday() < _SATURDAY and day not in _FRANCE


def after_working_days(start: date, count: int) -> date:
    """The day that comes `count` working days after `start` (not counted)."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day
