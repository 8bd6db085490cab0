from bisect import bisect_left
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.sentences import split
from watchfloor.annotate.windows import CONTEXT, CORE, PIECES, Window, paragraphs, windows
from watchfloor.annotate.words import words

SECONDS = 5.0  # assumed: far above what linear time needs for a megabyte, far below what quadratic time needs

TEXTS = st.builds(
    lambda parts, times: " ".join(parts * times),
    st.lists(
        st.sampled_from(["aid", "Aid", "came.", "U.S.", "Mr.", "www.a.b/c?D。e", "“No.”", "12,000"]),
        min_size=1,
        max_size=30,
    ),
    st.integers(1, 20),
)
SIZES = st.lists(st.integers(1, 12), min_size=1, max_size=9)


def sized(text: str, sizes: list[int]) -> tuple[list[Window], list[int]]:
    found = words(text)
    pieces = [sizes[number % len(sizes)] for number in range(len(found))]
    return windows(text, found, pieces), pieces


def stops(text: str) -> set[int]:
    """The word numbers at which a sentence has ended."""
    starts = [word.start for word in words(text)]
    return {bisect_left(starts, end) for _, end in split(text, 0, len(text))}


@given(TEXTS, SIZES)
def test_every_word_is_decided_in_one_window(text: str, sizes: list[int]) -> None:
    found, pieces = sized(text, sizes)

    assert [number for window in found for number in range(window.begin, window.end)] == list(range(len(pieces)))


@given(TEXTS, SIZES)
def test_a_window_shows_its_core_and_a_little_more_within_the_limit_of_pieces(text: str, sizes: list[int]) -> None:
    found, pieces = sized(text, sizes)

    for window in found:
        assert 0 <= window.low <= window.begin < window.end <= window.high <= len(pieces)
        assert sum(pieces[window.low : window.high]) <= PIECES
        assert window.end - window.begin <= CORE + CONTEXT
        assert max(window.begin - window.low, window.high - window.end) <= CONTEXT


@given(TEXTS, SIZES)
def test_a_window_is_cut_at_a_sentence_end_where_there_is_one(text: str, sizes: list[int]) -> None:
    found, _ = sized(text, sizes)
    ended = stops(text)

    for window in found[:-1]:
        assert window.end in ended or not any(window.begin < at <= window.end for at in ended)


def test_a_short_paragraph_is_one_window() -> None:
    assert sized("The dam holds.", [1])[0] == [Window(0, 0, 4, 4)]


def test_no_words_are_an_empty_window() -> None:
    assert windows("", [], []) == [Window(0, 0, 0, 0)]


def test_a_sentence_longer_than_a_window_is_cut_where_the_window_is_full() -> None:
    found, _ = sized("aid " * 300, [1])

    assert [(window.begin, window.end) for window in found] == [(0, 120), (120, 240), (240, 300)]
    assert all(before.high - after.low == 2 * CONTEXT for before, after in pairwise(found))


def test_a_word_of_more_pieces_than_a_window_holds_stands_alone() -> None:
    found = windows("a b", words("a b"), [PIECES + 1, 1])

    assert [(window.begin, window.end) for window in found] == [(0, 1), (1, 2)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (" \n\u2028 \n", []),
        ("one", ["one"]),
        ("  one two \r\n\n three", ["one two", "three"]),
        ("one\u2029two", ["one", "two"]),
        ("one\u0085two", ["one\u0085two"]),
    ],
)
def test_a_paragraph_is_a_line_that_holds_something(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text, 0, len(text))] == found


def test_paragraphs_lie_within_the_stretch_asked_for() -> None:
    assert list(paragraphs("one\ntwo three\nfour", 4, 8)) == [(4, 7)]


@given(st.text(alphabet=st.sampled_from("a \n\r\t\u2028") | st.characters()))
def test_paragraphs_of_any_text_hold_all_its_words(text: str) -> None:
    found = [text[start:end] for start, end in paragraphs(text, 0, len(text))]

    assert all(part and part == part.strip() for part in found)
    assert "".join("".join(part.split()) for part in found) == "".join(text.split())


@pytest.mark.parametrize("unit", [" ", "\n", " \n", "a ", "a\n"])
def test_a_megabyte_of_lines_takes_linear_time(unit: str, in_time: Callable[..., bool]) -> None:
    text = unit * (1_000_000 // len(unit))

    assert in_time(lambda: list(paragraphs(text, 0, len(text))), SECONDS)
