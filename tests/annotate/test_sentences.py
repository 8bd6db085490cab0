from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.sentences import body_sentences, split
from watchfloor.core.report import Passage, Report

SECONDS = 5.0  # assumed: far above what linear time needs for a megabyte, far below what quadratic time needs


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Ito of the U.N. Security Council met Gen. Park Min-su.",
        "Prices rose 3.5 percent in the U.S. market.",
        "J. K. Olsen spoke with First Vice Foreign Minister Dr. Ana Ruiz.",
        "They withdrew the clause. by mistake the clerk kept a copy.",
        '"Is it over?" the envoy asked.',
        '"Stop!" Ruiz said.',
        '"It is over." Ruiz said.',
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("“We go.” He left.", ["“We go.”", "He left."]),
        ('He left. "We go," she said.', ["He left.", '"We go," she said.']),
        ("It met at 5 p.m. The talks ended.", ["It met at 5 p.m.", "The talks ended."]),
        ("She flew to the U.S. He stayed.", ["She flew to the U.S.", "He stayed."]),
        ("The talks ended.The envoy left.", ["The talks ended.", "The envoy left."]),
        ("Points:\n• one\n• two", ["Points:", "• one", "• two"]),
        ("회담이 끝났다。그는 떠났다。", ["회담이 끝났다。", "그는 떠났다。"]),
        ("Wait... Nobody came.", ["Wait...", "Nobody came."]),
    ],
)
def test_a_sentence_ends_at_its_stop_with_the_marks_that_close_it(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_white_space_alone_holds_no_sentence() -> None:
    assert split(" \n ", 0, 3) == []


def test_only_passages_of_the_wanted_kind_are_split(report: Callable[..., Report]) -> None:
    made = report(
        "A photo. Taken. He left.",
        passages=(Passage(start=0, end=15, kind="caption"), Passage(start=16, end=24, kind="body")),
    )

    assert list(body_sentences(made)) == [(16, 24)]
    assert list(body_sentences(made, "caption")) == [(0, 8), (9, 15)]


@given(st.text(alphabet=st.sampled_from("aB .!?\"”“'\n。•A.1") | st.characters()))
def test_sentences_of_any_text_lie_in_it_in_order_and_cover_every_word(text: str) -> None:
    found = split(text, 0, len(text))

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())


@pytest.mark.parametrize("unit", ["a. B ", ". ", "Mr. ", "...x", "\n", "A.", '."'])
def test_a_megabyte_of_stops_takes_linear_time(unit: str, in_time: Callable[..., bool]) -> None:
    text = unit * (1_000_000 // len(unit))

    assert in_time(lambda: split(text, 0, len(text)), SECONDS)


def test_who_changes_the_sentences_given_changes_nobody_elses() -> None:
    text = "He left. She stayed."
    split(text, 0, len(text)).clear()
    assert split(text, 0, len(text)) == [(0, 8), (9, 20)]
