from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.fuse.quotations import MARKS, quotations


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said: “We go.\n“Now,” and went.", ["“We go.\n“Now,”"]),
        ('She said, "Go on.\n"And stop," then left. The "end" is.', ['"Go on.\n"And stop,"', '"end"']),
        ("``I am here ,'' he said .", ["``I am here ,''"]),
        ("``We ask for calm .\nWe ask for time , '' the mayor said .", ["``We ask for calm .\nWe ask for time , ''"]),
        ("'We won't go,' she said. It's the dogs' home.", ["'We won't go,'"]),
        ("„Wir gehen“, sagte er. »Nein«, sie. «Oui», il.", ["„Wir gehen“", "»Nein«", "«Oui»"]),
        ("「行く」と彼は言った。", ["「行く」"]),
        ("A “broken quote here.\nNext.", ["“broken quote here."]),
    ],
)
def test_quotations_are_found_by_the_marks_that_papers_use(text: str, quoted: list[str]) -> None:
    assert [text[start:end] for start, end in quotations(text)] == quoted


def test_a_line_that_brings_in_a_letter_makes_the_next_paragraph_a_quotation() -> None:
    text = "The letter reads:\nDear all, we close the pier.\nThe mayor left."

    assert [text[start:end] for start, end in quotations(text)] == ["Dear all, we close the pier."]


def test_a_colon_alone_brings_in_nothing() -> None:
    assert quotations("Three things changed:\nThe pier was closed.\nThe mayor left.") == []


def test_an_inch_mark_opens_nothing() -> None:
    assert quotations('It is 5" tall. Then he left.\nIt stayed.') == []


@given(st.text(alphabet=f"ab ,.:>`\n{MARKS}", max_size=80))
def test_any_text_gives_quotations_apart_and_in_order(text: str) -> None:
    found = quotations(text)

    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(before[1] <= after[0] for before, after in pairwise(found))


def test_ten_thousand_marks_end_in_time_that_grows_with_the_text() -> None:
    assert quotations("“" * 10_000 + '"' * 10_000) is not None


def test_ten_thousand_quotations_that_nothing_closes_end_in_time_that_grows_with_the_text() -> None:
    assert len(quotations("He said: “go.\n\n" * 10_000)) == 10_000
