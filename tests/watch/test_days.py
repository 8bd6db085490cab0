from datetime import date

import pytest

from watchfloor.core.partial_date import PartialDate, Precision
from watchfloor.watch.days import bracketed, period, said


def when(value: str | None, precision: Precision, low: date | None = None, high: date | None = None) -> PartialDate:
    return PartialDate(value=value, low=low, high=high, precision=precision, how="by hand")


DAY = date(2024, 10, 21)


@pytest.mark.parametrize(
    ("partial", "text"),
    [
        (when("2024-10-21", "day", DAY, DAY), "21 Oct 2024 (Monday)"),
        (when("2024-10-21T18:01", "minute", DAY, DAY), "21 Oct 2024 (Monday), 18:01"),
        (when("2024-10", "month", date(2024, 10, 1), date(2024, 10, 31)), "October 2024"),
        (when("2024", "year", date(2024, 1, 1), date(2024, 12, 31)), "2024"),
        (when("2024-SU", "season", date(2024, 6, 1), date(2024, 8, 31)), "summer 2024"),
        (when("199", "decade", date(1990, 1, 1), date(1999, 12, 31)), "the 1990s"),
        (when("2024-W43", "week", DAY, date(2024, 10, 27)), "week of 21 Oct 2024"),
        (when("XXXX-WXX-1", "weekday"), "a Monday, date not given"),
        (when("XXXX-XX-25", "day"), "the 25th, month not given"),
        (when("XXXX-XX-22", "day"), "the 22nd, month not given"),
        (when("XXXX-06", "month"), "June, year not given"),
        (when("XXXX-10-29", "day"), "29 October, year not given"),
        (when(None, "unknown", None, DAY), "21 Oct 2024 or earlier"),
        (when(None, "unknown", DAY, None), "21 Oct 2024 or later"),
        (when(None, "unknown"), "date not given"),
        (None, "date not given"),
    ],
)
def test_a_date_is_said_no_more_precisely_than_it_is_known(partial: PartialDate | None, text: str) -> None:
    assert said(partial) == text


def test_an_unknown_date_leaves_no_empty_brackets() -> None:
    assert bracketed(None) == ""


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (DAY, DAY, "21 Oct 2024"),
        (DAY, date(2024, 10, 30), "21–30 Oct 2024"),
        (DAY, date(2024, 11, 2), "21 Oct – 2 Nov 2024"),
        (DAY, date(2025, 1, 2), "21 Oct 2024 – 2 Jan 2025"),
    ],
)
def test_a_period_says_nothing_twice(first: date, last: date, text: str) -> None:
    assert period(first, last) == text
