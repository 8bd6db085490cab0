"""The rule parts take time in proportion to the text."""

import time
from collections.abc import Callable
from types import ModuleType

import pytest

from watchfloor.annotate import contacts, events, mentions, places, quantities, times
from watchfloor.core.annotation import Annotation
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]


SENTENCE = "On Monday, Norway sent some 300 soldiers to Denmark and the two leaders held phone talks in Oslo. "
FLOOR = 0.02  # seconds: below it the clock says nothing
SLACK = 5  # times as long as proportion allows before it counts as a failure: shared machines are noisy


def seconds(part: ModuleType, report: Report, found: list[Annotation]) -> float:
    started = time.perf_counter()
    list(part.annotate(report, found))
    return max(time.perf_counter() - started, FLOOR)


@pytest.mark.parametrize("part", [times, places, quantities, contacts, events])
@pytest.mark.parametrize("words", [SENTENCE, SENTENCE[:-2] + ", ", "U.S.", "the end of ", "12,000 ", "Norway and "])
def test_ten_times_the_text_takes_about_ten_times_as_long(report: MakeReport, part: ModuleType, words: str) -> None:
    short, long = report(words * 40), report(words * 400)
    known: list[list[Annotation]] = [list(mentions.annotate(one, [])) for one in (short, long)]
    known = [found + list(times.annotate(one, found)) for one, found in zip((short, long), known, strict=True)]

    once = seconds(part, short, known[0])

    assert seconds(part, long, known[1]) < 10 * SLACK * once
