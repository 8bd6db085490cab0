from typing import Any

import pytest

from watchfloor.core.claim import Figure
from watchfloor.core.span import Span
from watchfloor.flow.records import plain_report
from watchfloor.watch.stances import who
from watchfloor.watch.voices import stated


@pytest.mark.parametrize(
    ("low", "high", "hedge", "verbatim", "words"),
    [
        (10_800, 13_200, "some", "some 12,000 troops", "about 12,000 troops"),
        (1_000_000, None, "more than", "more than 1 million troops", "1,000,000 troops or more"),
        (2_000_000, None, "millions", "millions of troops", "millions of troops"),
        (1, 1, None, "one troop", "1 troop"),
    ],
)
def test_a_figure_is_told_with_its_hedge(
    low: int, high: int | None, hedge: str | None, verbatim: str, words: str
) -> None:
    span = Span(report="r", start=0, end=1)

    assert stated(Figure(low=low, high=high, unit="troop", hedge=hedge, verbatim=verbatim, span=span)) == words


@pytest.mark.parametrize(
    ("party", "body", "told"),
    [
        ("foreign ministry", "Chile", "Chile's foreign ministry"),
        ("the Argentine foreign ministry", "Argentina", "the Argentine foreign ministry"),
        ("Ruth Amadi", "Gabon", "Ruth Amadi (for Gabon)"),
        ("Police", None, "police"),
    ],
)
def test_a_body_that_every_state_has_is_named_with_its_state(position: Any, party: str, body: str, told: str) -> None:
    report = plain_report("They said that the lock was shut.", outlet="a.example", address="a")
    stated = position(report, "the lock was shut", party=party, speaks_for=body, resolved=party != "Police")

    assert who(stated, {}) == told
