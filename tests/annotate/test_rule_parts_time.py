"""The rule parts take time in proportion to the text."""

from collections.abc import Callable
from time import process_time
from types import ModuleType

import pytest

from watchfloor.annotate import contacts, events, mentions, places, quantities, times
from watchfloor.core.annotation import Annotation
from watchfloor.core.report import Report

MakeReport = Callable[..., Report]


SENTENCE = "On Monday, Norway sent some 300 soldiers to Denmark and the two leaders held phone talks in Oslo. "


@pytest.mark.parametrize("part", [times, places, quantities, contacts, events])
@pytest.mark.parametrize("words", [SENTENCE, SENTENCE[:-2] + ", ", "U.S.", "the end of ", "12,000 ", "Norway and "])
def test_ten_times_the_text_takes_about_ten_times_as_long(
    report: MakeReport, part: ModuleType, words: str, in_proportion: Callable[..., bool]
) -> None:
    def seconds(count: int) -> float:
        made = report(words * count)
        found: list[Annotation] = list(mentions.annotate(made, []))
        found += times.annotate(made, found)
        began = process_time()
        list(part.annotate(made, found))
        return process_time() - began

    assert in_proportion(seconds, 40, 400)
