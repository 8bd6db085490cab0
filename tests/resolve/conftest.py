"""Annotations by hand, found by their words in a report."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from watchfloor.core.annotation import Annotation, Attribution, Contact, Mention, Party, Time
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.resolve import within

Make = Callable[..., Any]


def place(report: Report, words: str, after: str = "") -> Span:
    """Return the span of the words, the first one after some other words."""
    start = report.text.index(words, report.text.index(after) if after else 0)
    return Span(report=report.id, start=start, end=start + len(words))


@pytest.fixture
def mention() -> Make:
    """Make the mention of a name or description at its first place after some words."""

    def make(report: Report, name: str, kind: str = "person", *, after: str = "", **fields: object) -> Mention:
        span = place(report, name, after)
        return Mention(span=span, type=kind, name=name, generated_by="test@1", **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def people(mention: Make) -> Make:
    """Make a mention of every place at which the names stand, longer names first; titles stand right before them."""

    def make(report: Report, *names: str, titles: Sequence[str] = ()) -> list[Mention]:
        found: dict[int, Mention] = {}
        taken: set[int] = set()
        for name in sorted(names, key=len, reverse=True):
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", report.text):
                if not taken & set(range(*match.span())):
                    taken.update(range(*match.span()))
                    before = report.text[: match.start()].rstrip()
                    title = next((one for one in sorted(titles, key=len, reverse=True) if before.endswith(one)), None)
                    span = Span(report=report.id, start=match.start(), end=match.end())
                    found[match.start()] = Mention(
                        span=span, type="person", name=name, title=title, generated_by="test@1"
                    )
        return [found[start] for start in sorted(found)]

    return make


@pytest.fixture
def said() -> Make:
    """Make the statement with these words for its speaker and its content."""

    def make(
        report: Report, speaker: str, content: str, kind: str = "person", *, after: str = "", **fields: object
    ) -> Attribution:
        told = place(report, content, after)
        around = report.text.rfind("\n", 0, told.start) + 1
        source = place(report, speaker, after or report.text[around : told.end])
        values = {"kind": "indirect", "act": "assert", "speaker_type": kind, "speaker": speaker} | fields
        return Attribution(span=told, source=(source,), cue=(), content=(told,), generated_by="test@1", **values)  # type: ignore[arg-type]

    return make


@pytest.fixture
def contact() -> Make:
    """Make a contact told in the sentence with these words."""

    def make(report: Report, words: str, *names: str, kind: str = "call", date: PartialDate | None = None) -> Contact:
        parties = tuple(Party(name=name) for name in names)
        return Contact(
            span=place(report, words),
            contact_type=kind,  # type: ignore[arg-type]
            parties=parties,
            date=date,
            place=None,
            status="actual",
            generated_by="test@1",
        )

    return make


@pytest.fixture
def time() -> Make:
    """Make a time expression at its words."""

    def make(report: Report, words: str, date: PartialDate) -> Time:
        return Time(span=place(report, words), date=date, generated_by="test@1")

    return make


@pytest.fixture
def speakers() -> Callable[[Report, Sequence[Annotation]], list[str | None]]:
    """Resolve a report and return the speakers of its statements in the order given."""

    def resolve(report: Report, annotations: Sequence[Annotation]) -> list[str | None]:
        return [one.speaker for one in within.resolve(report, annotations) if isinstance(one, Attribution)]

    return resolve
