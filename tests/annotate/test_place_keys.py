import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.place_keys import key, tidy


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Türkiye", "Turkiye"),
        ("the Netherlands", "Netherlands"),
        ("U.S.", "US"),
        ("St. Gallen", "Saint Gallen"),
        ("ISLE OF MAN", "Isle of Man"),
    ],
)
def test_two_spellings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


def test_a_pronoun_has_another_key_than_a_country() -> None:
    assert key("us") != key("US")


def test_marks_and_a_possessive_are_no_part_of_a_name() -> None:
    assert tidy(" “Oslo’s”, ") == "Oslo"


@given(st.text())
def test_any_words_have_a_key(words: str) -> None:
    assert isinstance(key(tidy(words)), str)
