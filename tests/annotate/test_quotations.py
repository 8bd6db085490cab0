from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.annotate.quotations import annotate, find
from watchfloor.core.report import Passage, Report

SECONDS = 5.0  # assumed: far above what linear time needs for a megabyte, far below what quadratic time needs


def quoted(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('He said "stay" and "go".', ['"stay"', '"go"']),
        ("”We stay,” he said.", ["”We stay,”"]),
        ('"We stay,” he said.', ['"We stay,”']),
        ("``We stay,'' he said.", ["``We stay,''"]),
        ("«We stay», he said.", ["«We stay»"]),
        ("„We stay“, he said.", ["„We stay“"]),
        ('"He told me "go" and I went," she said.', ['"He told me "go" and I went,"']),
        ("“It's the allies' war,” he said.", ["“It's the allies' war,”"]),
        ("‘We will stay,’ the ministers’ envoy said.", ["‘We will stay,’"]),
        ("It isn't the envoys' fault.", []),
    ],
)
def test_marks_are_paired_whatever_their_shape(text: str, parts: list[str]) -> None:
    assert quoted(text) == parts


def test_a_quotation_left_open_runs_to_the_end_of_its_passage() -> None:
    (found,) = find("“We stay. We fight.", 0, 19)

    assert (found.start, found.end, found.opened, found.closed) == (0, 19, True, False)


def test_a_new_opening_mark_behind_a_full_stop_closes_the_one_before() -> None:
    assert quoted("“We stay. “We fight.”") == ["“We stay.", "“We fight.”"]


def test_a_closing_mark_without_an_opening_one_quotes_from_the_start() -> None:
    (found,) = find("We stay,” he said.", 0, 18)

    assert (found.start, found.end, found.opened) == (0, 9, False)


def test_quotations_are_read_in_the_body_only(report: Callable[..., Report]) -> None:
    made = report('"a" "b"', passages=(Passage(start=0, end=3, kind="caption"), Passage(start=4, end=7, kind="body")))

    assert [(one.start, one.end) for one in annotate(made, [])] == [(4, 7)]


@given(st.text(alphabet=st.sampled_from("\"“”‘’'`«»„ a.,") | st.characters()))
def test_quotations_of_any_text_lie_in_it_and_never_overlap(text: str) -> None:
    found = find(text, 0, len(text))

    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


@pytest.mark.parametrize("unit", ['"', "“", "”", '" ', "“ a", "' a", "''"])
def test_a_megabyte_of_marks_takes_linear_time(unit: str, in_time: Callable[..., bool]) -> None:
    text = unit * (1_000_000 // len(unit))

    assert in_time(lambda: find(text, 0, len(text)), SECONDS)
