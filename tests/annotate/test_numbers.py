import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate import numbers


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("7", 7),
        ("4,500", 4_500),
        ("2.5 million", 2_500_000),
        ("three", 3),
        ("forty-two", 42),
        ("six hundred thousand", 600_000),
        ("a hundred and twenty", 120),
        ("two million five hundred thousand", 2_500_000),
        ("dozen", None),
        ("", None),
    ],
)
def test_a_number_in_words_or_figures_has_its_value(words: str, value: int | None) -> None:
    assert numbers.value(words) == value


@pytest.mark.parametrize(
    ("words", "place"),
    [("third", 3), ("thirty-first", 31), ("twentieth", 20), ("11th", 11), ("three", None), ("", None)],
)
def test_an_ordinal_has_its_place(words: str, place: int | None) -> None:
    assert numbers.ordinal(words) == place


@pytest.mark.parametrize(
    ("words", "year"),
    [("nineteen eighty", 1980), ("twenty twenty-four", 2024), ("two thousand", 2000), ("twenty", None)],
)
def test_a_spoken_year_is_read_in_its_halves(words: str, year: int | None) -> None:
    assert numbers.year(words) == year


def test_an_article_before_a_number_is_no_one() -> None:
    assert re.match(numbers.WORDS, "a three month stay") is None
    assert re.fullmatch(numbers.WORDS, "a hundred")


@given(st.text())
def test_any_words_have_a_value_or_none(words: str) -> None:
    value = numbers.value(words)

    assert value is None or value >= 0
    numbers.ordinal(words)
    numbers.year(words)
