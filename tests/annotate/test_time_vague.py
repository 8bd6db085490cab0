import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.time_vague import reference


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("right now", "PRESENT_REF"),
        ("at the moment", "PRESENT_REF"),
        ("current", "PRESENT_REF"),
        ("recently", "PAST_REF"),
        ("a few years ago", "PAST_REF"),
        ("at that time", "PAST_REF"),
        ("the future", "FUTURE_REF"),
        ("as soon as possible", "FUTURE_REF"),
        ("the coming months", "FUTURE_REF"),
        ("two years ago", None),
        ("today", None),
    ],
)
def test_now_once_and_some_day_are_references(words: str, value: str | None) -> None:
    assert reference(words) == value


@given(st.text())
def test_any_words_are_a_reference_or_none(words: str) -> None:
    assert reference(words) in {None, "PRESENT_REF", "PAST_REF", "FUTURE_REF"}
