from collections.abc import Callable

import pytest

from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.web.sentence import around

TEXT = "Rep. Kim left. “We will act,” he said. Nobody asked.\n\nA second paragraph without a stop"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Kim", "Rep. Kim left."),
        ("act", "“We will act,” he said."),
        ("left. “We", "Rep. Kim left. “We will act,” he said."),
        ("second", "A second paragraph without a stop"),
        ("Nobody asked.", "Nobody asked."),
    ],
)
def test_a_span_is_shown_in_its_sentence(words: str, sentence: str, report: Callable[..., Report]) -> None:
    told = report(TEXT)
    at = TEXT.index(words)

    start, end = around(told, Span(report=told.id, start=at, end=at + len(words)))

    assert TEXT[start:end] == sentence


def test_a_span_outside_the_text_does_no_harm(report: Callable[..., Report]) -> None:
    told = report("Short.")

    start, end = around(told, Span(report=told.id, start=50, end=90))

    assert 0 <= start <= end <= 6


def test_an_endless_sentence_is_cut_around_the_span(report: Callable[..., Report]) -> None:
    told = report("word " * 100_000)

    start, end = around(told, Span(report=told.id, start=250_000, end=250_004))

    assert start <= 250_000 < 250_004 <= end
    assert end - start < 2_000
