from collections.abc import Callable

from watchfloor.core.partial_date import PartialDate
from watchfloor.fuse.dates import closer, compatible, same_day

MONDAY = PartialDate(value="XXXX-WXX-1", low=None, high=None, precision="weekday", how="a weekday alone")
THE_25TH = PartialDate(value="XXXX-XX-25", low=None, high=None, precision="day", how="a day of a month alone")


def test_a_monday_fits_a_day_that_is_one(day: Callable[[str], PartialDate]) -> None:
    assert same_day(MONDAY, day("2024-10-21"))


def test_a_monday_does_not_fit_a_tuesday(day: Callable[[str], PartialDate]) -> None:
    assert not compatible(MONDAY, day("2024-10-22"))


def test_two_mondays_in_two_reports_are_not_known_to_be_one_day() -> None:
    assert compatible(MONDAY, MONDAY)
    assert not same_day(MONDAY, MONDAY)


def test_the_25th_fits_the_25th_of_any_month(day: Callable[[str], PartialDate]) -> None:
    assert compatible(THE_25TH, day("2024-11-25"))
    assert not compatible(THE_25TH, day("2024-11-26"))


def test_an_unknown_date_can_be_any(day: Callable[[str], PartialDate]) -> None:
    assert compatible(None, day("2024-10-21"))
    assert not same_day(None, day("2024-10-21"))


def test_the_day_is_closer_than_the_weekday(day: Callable[[str], PartialDate]) -> None:
    assert closer(MONDAY, day("2024-10-21")) == day("2024-10-21")
