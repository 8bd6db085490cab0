import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.shapes import SHAPES, shape


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("1962", "digits"),
        ("NATO", "capitals"),
        ("A", "one capital"),
        ("Seoul", "initial capital"),
        ("O'Brien", "initial capital"),
        ("harbour", "lower case"),
        ("n't", "lower case"),
        ("covid19", "digits and letters"),
        ("28th", "digits and letters"),
        ("5G", "digits and letters"),
        (",", "mark"),
        ("😀", "mark"),
        ("\u0301", "mark"),
        ("iPhone", "mixed case"),
        ("McCoy", "mixed case"),
        ("평양", "other letters"),
        ("“", "quotation mark"),
        ("'", "quotation mark"),
        ("12,000", "number with marks"),
    ],
)
def test_the_shape_is_what_the_letters_look_like(word: str, name: str) -> None:
    assert SHAPES[shape(word)] == name


@given(st.text(min_size=1))
def test_every_word_has_a_shape_and_none_is_padding(word: str) -> None:
    assert 0 < shape(word) < len(SHAPES)
