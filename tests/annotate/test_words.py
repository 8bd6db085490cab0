import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.words import _WORD, Word, words

SECONDS = 10.0  # assumed: far above what linear time needs for these texts, far below what quadratic time needs

PIECES = st.text(alphabet=st.sampled_from("aIst nN'’.-_@#&:/0$é\u0301\u200b한😀\n\t") | st.characters())


def cut(text: str) -> list[str]:
    return [text[word.start : word.end] for word in words(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("don't", ["do", "n't"]),
        ("Can’t", ["Ca", "n’t"]),
        ("cannot", ["can", "not"]),
        ("gonna", ["gon", "na"]),
        ("Kim's", ["Kim", "'s"]),
        ("we’ll", ["we", "’ll"]),
        ("shouldn't've", ["should", "n't", "'ve"]),
    ],
)
def test_a_contraction_is_two_words(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "U.S.",
        "Mr.",
        "12,000",
        "10:30",
        "28th",
        "O'Brien",
        "AT&T",
        "annex.pdf",
        "desk@port.example",
        "@harbour",
        "non-lethal",
        "https://port.example/a?b=1",
        "...",
    ],
)
def test_what_the_treebanks_keep_whole_is_one_word(text: str) -> None:
    assert cut(text) == [text]


def test_a_hyphen_is_a_word_save_behind_a_prefix() -> None:
    assert cut("pre-war long-range") == ["pre-war", "long", "-", "range"]


def test_an_address_ends_before_the_stop_of_its_sentence() -> None:
    assert cut("See www.port.example.") == ["See", "www.port.example", "."]


def test_a_full_stop_is_a_word_and_so_is_a_quotation_mark() -> None:
    assert cut("“Go.”") == ["“", "Go", ".", "”"]


def test_a_currency_stands_apart_from_its_sum() -> None:
    assert cut("US$5") == ["US$", "5"]


def test_offsets_count_in_the_whole_text() -> None:
    assert words("one two three", 4, 7) == [Word(4, 7)]


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_white_space_alone_holds_no_word(text: str) -> None:
    assert words(text) == []


@given(PIECES)
def test_words_of_any_text_stand_in_order_and_cover_all_but_the_white_space(text: str) -> None:
    found = words(text)

    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert "".join(cut(text)) == "".join(text.split())
    assert all(len(part.split()) == 1 for part in cut(text))


@given(PIECES, st.integers(0, 20), st.integers(0, 20))
def test_no_word_reaches_out_of_the_stretch_it_is_cut_from(text: str, low: int, high: int) -> None:
    assert all(low <= word.start < word.end <= high for word in words(text, low, high))


@pytest.mark.parametrize(
    "unit", ["a", "a-", "a_", "e-", "a+", "a.", "a'", "a&", "1,", "www.", "http://", "@", "$ ", "-", "."]
)
def test_a_long_run_without_a_blank_takes_linear_time(unit: str, in_time: Callable[..., bool]) -> None:
    text = unit * (100_000 // len(unit))

    assert in_time(lambda: words(text), SECONDS)


PLAIN = st.sampled_from(
    "cannot can gonna don’t don't U.S. Mr. No. 3km http://a.b www.a.b pre-war AT&T İt Kin C$5 _a é".split()
)


@given(st.lists(st.tuples(PLAIN, st.sampled_from([" ", ", ", "\n", "-", ".", "'", ""]))))
def test_the_short_cut_for_plain_words_cuts_as_the_whole_pattern_does(cut: list[tuple[str, str]]) -> None:
    text = "".join(word + mark for word, mark in cut)
    whole = re.compile(_WORD.pattern.split("\n    |", 1)[1], _WORD.flags)
    assert words(text) == [Word(*match.span()) for match in whole.finditer(text)]
