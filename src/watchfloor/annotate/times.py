"""When: dates and times as far as the words and the report's own date say."""

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from watchfloor.annotate.time_days import calendar_day
from watchfloor.annotate.time_frame import Frame, Resolve, is_history
from watchfloor.annotate.time_rules import RULES, folded_for_rules
from watchfloor.core.annotation import Annotation, Time
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

VERSION = "annotate.times@3"
KINDS: tuple[PassageKind, ...] = ("headline", "dek", "dateline", "body", "subhead", "caption")

_UP_TO = re.compile(r"\b(?:through|until|till|before|by|no\slater\sthan|up\sto)\s(?:the\s)?$", re.I)
_SINCE = re.compile(r"\b(?:since|starting|as\sof)\s(?:on\s)?(?:the\s)?$", re.I)
_BEFORE = 20  # characters before an expression that can hold one of these


def annotate(report: Report, found: Sequence[Annotation] = ()) -> Iterator[Time]:
    """Yield every date or time expression, in text order, read against the report's own date."""
    published = report.published
    exact = published is not None and published.precision in {"day", "hour", "minute"}
    frame = Frame(
        text=report.text,
        reference=published.low if published is not None and exact else None,
        collected=report.collected.date(),
        dated={},
        history=is_history(report.text, published.low if published is not None and exact else None),
    )
    passages = report.parts(*KINDS)
    matches = [match for part in passages for match in _matches(report.text, part.start, part.end)]
    captions = [(part.start, part.end) for part in passages if part.kind == "caption"]
    if frame.reference is None:
        _read_anchors(matches, frame)
    for match, resolve in matches:
        when = resolve(match, frame)
        if when is None:
            continue
        when = _bounded(when, match, report.text)
        if not any(start <= match.start() < end for start, end in captions):  # a photograph has days of its own
            frame.speak_of(when)
        yield Time(span=Span(report=report.id, start=match.start(), end=match.end()), date=when, generated_by=VERSION)


def _matches(text: str, start: int, end: int) -> list[tuple[re.Match[str], Resolve]]:
    """Return the longest expressions that do not overlap, the leftmost first."""
    folded = folded_for_rules(text[start:end])
    every = [
        (match, rule.resolve)
        for rule in RULES
        if rule.may_match(folded)
        for match in rule.pattern.finditer(text, start, end)
    ]
    every.sort(key=lambda pair: (pair[0].start(), -pair[0].end()))
    kept: list[tuple[re.Match[str], Resolve]] = []
    for match, resolve in every:
        if match.end() > match.start() and (not kept or match.start() >= kept[-1][0].end()):
            kept.append((match, resolve))
    return kept


def _read_anchors(matches: list[tuple[re.Match[str], Resolve]], frame: Frame) -> None:
    """Note the dates that the report gives with their weekday: they are near its own day."""
    for match, resolve in matches:
        if resolve is not calendar_day or not match["weekday"] or match["year"]:
            continue
        when = calendar_day(match, frame)
        if when is not None and when.low is not None:
            frame.dated.setdefault(when.low.weekday(), when.low)
            frame.anchor = frame.anchor or when.low


def _bounded(when: PartialDate, match: re.Match[str], text: str) -> PartialDate:
    """Open the bound that "by", "until" or "since" leaves open."""
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if when.high is not None and _UP_TO.search(before):
        return structs.replace(when, low=None, how=f"{when.how}; at the latest")
    if when.low is not None and _SINCE.search(before):
        return structs.replace(when, high=None, how=f"{when.how}; at the earliest")
    return when
