from datetime import date

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
