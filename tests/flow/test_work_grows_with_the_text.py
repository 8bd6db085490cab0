"""Every part that says who said and did what takes work in proportion to the text: counted in calls, not in seconds."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from watchfloor.core.annotation import Annotation
from watchfloor.core.report import Report
from watchfloor.flow.parts import parts
from watchfloor.resolve import within

MakeReport = Callable[..., Report]

TIMES = 4  # how much longer the long text is
LETTERS = 400  # of the short text, about
FEW = 1500  # calls below which a part does nothing that grows
SLACK = 2.5  # times more work than proportion allows before it counts as a failure; squared work is 4 times more
PARTS = {part.name.split("@")[0].split(".")[-1]: part for part in parts()}
STEPS = ("attributions", "contacts", "events", "transfers", "commitments", "resolve")
TOLD = "Norway's minister Ada Lund said on Monday that Chad had sent 300 soldiers to Niger and met him. "
HOSTILE = {
    "news": TOLD.replace("said on Monday", "said"),
    "quotation marks": "“",
    "broken marks": 'he said "no ’ ) “( ',
    "right to left": "\u202eهمم وقال ",
    "names": "Norway and ",
    "one paragraph without a stop": TOLD[:-2] + ", ",
}


def calls(work: Callable[[], Any]) -> int:
    """Return how many functions are called, those written in C counted too."""
    number = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return number


def counted(report: Report) -> dict[str, int]:
    """Return the calls of each part on a report, each shown what the parts before it found."""
    found: list[Annotation] = []
    made: dict[str, int] = {}
    for name, part in PARTS.items():
        made[name] = calls(lambda part=part: found.extend(list(part.annotate(report, tuple(found)))))  # type: ignore[misc]
    made["resolve"] = calls(lambda: within.resolve(report, found))
    return made


@pytest.mark.parametrize("kind", HOSTILE)
def test_four_times_the_text_takes_about_four_times_the_calls(report: MakeReport, kind: str) -> None:
    unit = HOSTILE[kind]
    number = 150 if len(unit) == 1 else LETTERS // len(unit)
    counted(report(TOLD))  # tables are read once

    short, long = counted(report(unit * number)), counted(report(unit * number * TIMES))

    assert {name for name in STEPS if long[name] > TIMES * SLACK * short[name] + FEW} == set()


@pytest.mark.parametrize(
    "text", ["", " ", "\u0000", "x" * 5_000, "“" * 1_500, "\u202e" * 50, "said", "“”" * 200, "Ａ١٢ said 𝕏"]
)
def test_odd_texts_give_spans_inside_them(report: MakeReport, text: str) -> None:
    made = report(text)
    found: list[Annotation] = []
    for part in PARTS.values():
        found += part.annotate(made, tuple(found))

    assert all(0 <= one.span.start < one.span.end <= len(made.text) for one in within.resolve(made, found))
