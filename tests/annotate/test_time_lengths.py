import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.time_lengths import length, often


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("six days", "P6D"),
        ("a ten-year term", "P10Y"),
        ("a three-month period", "P3M"),
        ("nearly thirty years", "P30Y"),
        ("more than five hours", "PT5H"),
        ("two minutes", "PT2M"),
        ("two months", "P2M"),
        ("a couple of weeks", "P2W"),
        ("several years", "PXY"),
        ("weeks", "PXW"),
        ("3 1/2 years", "P3Y6M"),
        ("an hour and a half", "PT1H30M"),
        ("half a century", "P50Y"),
        ("half an hour", "PT30M"),
        ("a fortnight", "P2W"),
        ("three decades", "P3DE"),
        ("the next three years or so", "P3Y"),
        ("eight working days", "P8D"),
        ("2 hours and 30 minutes", "PT2H30M"),
        ("a long while", "PXX"),
        ("week-long", "P1W"),
    ],
)
def test_a_length_of_time_counts_its_unit(words: str, timex: str) -> None:
    assert length(words) == timex


@pytest.mark.parametrize("words", ["the 1988 quarter", "the year", "two tables", "a years", "", "Monday"])
def test_what_is_no_length_has_none(words: str) -> None:
    assert length(words) is None


@pytest.mark.parametrize(
    ("words", "timex"),
    [
        ("each month", "P1M"),
        ("every two weeks", "P2W"),
        ("every other day", "P2D"),
        ("three times a year", "P1Y"),
        ("daily", "XXXX-XX-XX"),
        ("annually", "XXXX"),
        ("each July", "XXXX-07"),
        ("Fridays", "XXXX-WXX-5"),
        ("on Sunday mornings", "XXXX-WXX-7TMO"),
        ("the past four summers", "XXXX-SU"),
        ("weekends", "XXXX-WXX-WE"),
    ],
)
def test_a_repetition_names_its_unit_or_its_pattern(words: str, timex: str) -> None:
    assert often(words) == timex


@given(st.text())
def test_any_words_have_a_length_or_none(words: str) -> None:
    for value in (length(words), often(words)):
        assert value is None or value[0] in "PX"
