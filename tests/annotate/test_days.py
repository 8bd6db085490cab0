from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import days


def test_a_day_that_no_calendar_has_is_none() -> None:
    assert days.make(2023, 2, 30) is None
    assert days.make(10_000, 1, 1) is None


def test_a_month_has_an_early_a_middle_and_a_late_part() -> None:
    parts = [days.month(2023, 2, "", part) for part in ("early", "mid", "late")]

    assert [(part.low.day, part.high.day) for part in parts if part and part.low and part.high] == [
        (1, 10),
        (11, 20),
        (21, 28),
    ]


def test_the_weekday_fixes_the_year() -> None:
    assert days.year_by_weekday(2, 29, date(2020, 2, 29).weekday(), date(2023, 5, 1)) == 2020


def test_a_winter_ends_in_the_next_year() -> None:
    winter = days.season(2022, "winter", "")

    assert winter is not None
    assert (winter.low, winter.high) == (date(2022, 12, 1), date(2023, 2, 28))


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("2022-03-16", date(2022, 3, 16), date(2022, 3, 16)),
        ("2022-W11", date(2022, 3, 14), date(2022, 3, 20)),
        ("2022-W11-WE", date(2022, 3, 19), date(2022, 3, 20)),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2022-Q2", date(2022, 4, 1), date(2022, 6, 30)),
        ("2022-H2", date(2022, 7, 1), date(2022, 12, 31)),
        ("2022-SU", date(2022, 6, 1), date(2022, 8, 31)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("198X", date(1980, 1, 1), date(1989, 12, 31)),
    ],
)
def test_a_timeml_value_has_its_days(value: str, low: date, high: date) -> None:
    found = days.dated(value, "")

    assert found is not None
    assert (found.low, found.high) == (low, high)


@pytest.mark.parametrize("value", ["", "2022-13", "2022-W60", "2022-H3", "P2D", "0000"])
def test_a_value_without_days_is_none(value: str) -> None:
    assert days.dated(value, "") is None


@given(st.dates(), st.integers(0, 6), st.booleans(), st.booleans())
def test_the_nearest_weekday_is_that_weekday(reference: date, number: int, ahead: bool, strictly: bool) -> None:
    found = days.weekday_near(number, reference, ahead=ahead, strictly=strictly)

    assert found is None or (found.weekday() == number and abs((found - reference).days) <= 7)


@given(st.integers(-20_000, 20_000), st.integers(1, 12), st.dates())
def test_no_calendar_arithmetic_raises(number: int, month: int, day: date) -> None:
    days.year(number, "", "late")
    days.decade(number, "")
    days.month(number, month, "")
    days.week(day, "")
    days.shift(day, number * 1_000)
    days.nearest_year(month, 31, day)
    days.latest_day_of_month(31, day)
    days.season(number, "winter", "")
    days.part_of_year(number, "Q", month, "")
    days.century(number, "")
    days.saturday_and_sunday(day, "")
    days.dated(f"{number:04}-W{month:02}", "")
