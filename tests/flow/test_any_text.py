"""The whole chain of one report on any text: every span lies in it, nothing raises, time grows with the length."""

import time
from collections.abc import Callable, Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from watchfloor.annotate import attributions, mentions, reading
from watchfloor.annotate.verdict import Verdict, packed, unpacked
from watchfloor.core.annotation import Annotation, Attribution, Contact, Event
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.parts import parts
from watchfloor.flow.pipeline import annotated
from watchfloor.resolve import within

Make = Callable[..., Report]

SENTENCE = "The minister Ana Bell said on Monday that the ships had left the port of Oslo."
QUOTING = "“We will not go,” she told reporters in Bergen, and the ministry denied that Norway had asked."
NEWS = st.sampled_from(
    "“ ” \" ' ’ « » „ , . : ; ? ! — - ( ) \n said told denied that Ana Bell Kim the ministry Norway he she its their "
    "according to on Monday X reporters, “We will go,” said U.S. 12,000 met called not قال الوزير أن שר 他说".split(" ")
)
GROWTH = 2.6
"""Times the CPU time that twice the text may take: twice, and what a shared machine adds."""
ENOUGH = 0.05
"""Seconds of CPU time below which a clock says nothing."""


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NEWS, max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_spans_that_lie_in_it(report: Make, text: str) -> None:
    _hold(report(text))


@pytest.mark.parametrize(
    "text",
    [
        '"' * 10_000,
        "”“" * 2_000 + SENTENCE,
        "“" + SENTENCE.replace("said", "said “") * 20,
        "قال الوزير إن السفن غادرت الميناء. " * 40,
        "\u202e" + SENTENCE,
        "Silence",
        "x" * 5_000,
        ":",
        "Ana Bell said:",
        "Ana Bell said:\n" * 30,
        "“ ” ― A",
    ],
    ids=lambda text: text[:12],
)
def test_a_strange_text_gives_spans_that_lie_in_it(report: Make, text: str) -> None:
    _hold(report(text))


@pytest.mark.parametrize(
    ("sentence", "count"), [(SENTENCE, 300), (f"{SENTENCE} {QUOTING}", 200), (QUOTING.replace("”", ""), 300)]
)
def test_twice_the_paragraph_takes_about_twice_the_time(report: Make, sentence: str, count: int) -> None:
    short, long = (_told(report, sentence, size) for size in (count, 2 * count))

    rounds = [(_seconds(long), max(_seconds(short), ENOUGH)) for _ in range(3)]  # in turn: a neighbour slows both

    assert min(twice / once for twice, once in rounds) <= GROWTH


def test_a_paragraph_of_a_million_letters_is_read(report: Make) -> None:
    page = f"{SENTENCE} {QUOTING} " + "The ships then lay in the fog for two days and nobody went ashore. " * 25

    made = _told(report, page.strip(), 1_000_000 // len(page) + 1)

    found = _chain(made)

    assert len(made.text) >= 1_000_000
    assert any(isinstance(one, Attribution) for one in found)


def _hold(made: Report) -> None:
    for one in annotated(made, parts()):
        for span in _spans(one):
            assert 0 <= span.start < span.end <= len(made.text)


def _spans(one: Annotation) -> Iterable[Span]:
    yield one.span
    if isinstance(one, Attribution):
        yield from (*one.source, *one.cue, *one.content)
    if isinstance(one, Contact):
        yield from (party.span for party in one.parties if party.span)
    if isinstance(one, Event):
        yield from (party.span for party in (*one.actor, *one.recipient) if party.span)


def _chain(made: Report) -> tuple[Annotation, ...]:
    found: list[Annotation] = list(mentions.annotate(made, []))
    found += attributions.annotate(made, found)
    return within.resolve(made, found)


def _seconds(made: Report) -> float:
    start = time.process_time()
    _chain(made)
    return time.process_time() - start


def _told(report: Make, sentence: str, count: int) -> Report:
    """Return a report of one paragraph that says a sentence over and over, as the network reads it each time.

    The network reads it once; its verdict is laid end to end, so that the time is that of everything but the network.
    """
    made = report(" ".join([sentence] * count))
    once = report(sentence)
    (line,) = reading.keys(once)
    reading.paragraph(sentence)
    verdict = unpacked(reading.fresh([line])[line])
    assert verdict is not None
    paragraphs = reading.keys(made)
    good = reading.put(paragraphs, {name: packed(_laid(verdict, count)) for name in paragraphs})
    assert good == frozenset(paragraphs)
    return made


def _laid(one: Verdict, count: int) -> Verdict:
    words = sum(one.sizes)
    return Verdict(
        sizes=one.sizes * count,
        upos=one.upos * count,
        xpos=one.xpos * count,
        lemmas=one.lemmas * count,
        heads=one.heads * count,
        relations=one.relations * count,
        spans=tuple(_laid_spans(numbers, words, count) for numbers in one.spans),
    )


def _laid_spans(numbers: tuple[int, ...], words: int, count: int) -> tuple[int, ...]:
    """Return spans repeated; the first of each round has what was left of the round before as its gap."""
    if not numbers:
        return ()
    left = words - sum(numbers[::3]) - sum(numbers[1::3])
    return numbers + (numbers[0] + left, *numbers[1:]) * (count - 1)
