"""Who the words before or after a cue stand for."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.resolve.speakers import tidy

Make = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The Green Party (GP), which is known for its long marches", "The Green Party (GP)"),
        ("Ann Reed, who leads the ministry", "Ann Reed"),
        ("Ann Reed, whose ministry\nruns the ports", "Ann Reed"),
        ("“Ann Reed,”", "Ann Reed"),
        ("Ann Reed, the minister", "Ann Reed, the minister"),
        ("the man who drove", "the man who drove"),
        (", who led", "who led"),
    ],
)
def test_a_relative_clause_is_no_part_of_a_name(words: str, name: str) -> None:
    assert tidy(words) == name


@given(st.text())
def test_tidied_words_are_one_line_and_never_longer(words: str) -> None:
    line = tidy(words)

    assert "\n" not in line
    assert len(line) <= len(words)


def test_the_party_that_a_clause_describes_speaks_under_its_own_name(
    report: Make, mention: Make, said: Make, speakers: Make
) -> None:
    text = report("The Green Party (GP), which is known for its long marches, said the vote was fair.")
    found = [
        mention(text, "Green Party", "organisation"),
        said(text, "The Green Party (GP), which is known for its long marches", "the vote was fair"),
    ]

    assert speakers(text, found) == ["Green Party"]
