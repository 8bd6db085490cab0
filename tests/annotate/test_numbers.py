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


@given(st.text())
def test_any_words_have_a_value_or_none(words: str) -> None:
    value = numbers.value(words)

    assert value is None or value >= 0
