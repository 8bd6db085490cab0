"""Withdrawals: an outlet takes back what it reported, and what rests on it falls with it."""

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.words import stems

_THING = r"(?:report|story|article|item|news|dispatch|piece|version)s?"
_WITHDRAWN = re.compile(
    rf"\b(?:(?:has|have|had)\s)?(?:withdraw(?:s|n)?|withdrew|retract(?:s|ed)?|taken\sback|took\sback|pulled)\s(?:(?:its|our|the|this|an?)\s)"
    rf"(?:[\w-]+\s){{0,3}}?{_THING}\b"
    rf"|\b(?:its|our|the|this|an?)\s(?:[\w-]+\s){{0,3}}?{_THING}\b[^.;\n]{{0,60}}?\b(?:has|have|was|were|is)\s(?:been\s)?(?:withdrawn|retracted|taken\sback)\b",
    re.I,
)
_LIKE = 0.25  # share of the notice's weighty words that the withdrawn report holds (assumed)


class Withdrawal(Struct, frozen=True, kw_only=True):
    """A report says that its outlet takes back earlier reports. reports: their ids; span: the words that say so."""

    report: str
    reports: tuple[str, ...]
    span: Span


def withdrawals(reports: Sequence[Report], outlets: Mapping[str, str | None]) -> tuple[Withdrawal, ...]:
    """Return what is taken back by whom; reports must stand earliest first.

    Only an outlet's own earlier report is taken back by its notice, and only one about the same matter. A report that
    clean found to be withdrawn itself ("This article has been withdrawn") takes itself back.
    """
    found = []
    stemmed: dict[str, frozenset[str]] = {}
    for number, report in enumerate(reports):
        match = _notice(report)
        flagged = any(flag.name == "withdrawn" for flag in report.flags)
        if match is None and not flagged:
            continue
        span = Span(report=report.id, start=match.start(), end=match.end()) if match else None
        matter = frozenset(stems(_body(report)))
        own = outlets.get(report.id)
        earlier = [
            other.id
            for other in reports[:number]
            if own is not None
            and outlets.get(other.id) == own
            and len(matter & stemmed.setdefault(other.id, frozenset(stems(_body(other)))))
            >= _LIKE * max(1, min(len(matter), len(stemmed[other.id])))
        ]
        if flagged and not earlier:
            earlier = [report.id]
        if earlier:
            words = span or Span(report=report.id, start=0, end=len(report.text))
            found.append(Withdrawal(report=report.id, reports=tuple(earlier), span=words))
    return tuple(found)


def _notice(report: Report) -> re.Match[str] | None:
    for passage in report.parts("headline", "dek", "body", "disclosure"):
        match = _WITHDRAWN.search(report.text, passage.start, passage.end)
        if match:
            return match
    return None


def _body(report: Report) -> str:
    parts = report.parts("headline", "body")
    return "\n".join(report.text[part.start : part.end] for part in parts)
