"""The last day to answer."""

from datetime import date

import pytest

from chassis.working_days import after_working_days


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 24), 5, date(2026, 12, 1)),
        (date(2026, 12, 24), 1, date(2026, 12, 28)),
        (date(2026, 4, 3), 1, date(2026, 4, 7)),
        (date(2031, 5, 20), 2, date(2031, 5, 23)),
    ],
    ids=["over a week-end", "over Christmas and a week-end", "over Easter Monday", "over Ascension Day"],
)
def test_weekends_and_public_holidays_do_not_count(start: date, count: int, end: date) -> None:
    assert after_working_days(start, count) == end
