"""Numbered citations: report, outlet, headline, date, offsets and a quotation no longer than may be quoted."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from watchfloor.core.marking import Marking
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share.evidence import lines_of
from watchfloor.share.gate import Released

LONGEST_QUOTE = 280  # characters quoted from one place of a report that belongs to somebody else; assumed


class Citation(Struct, frozen=True, kw_only=True):
    """One place that an exported item rests on.

    published: ISO 8601 as far as known. start, end: code points in the report's text. quote: the words, at most
        LONGEST_QUOTE characters, None when the report is not at hand.
    """

    number: int
    report: str
    outlet: str | None
    headline: str | None
    published: str | None
    start: int
    end: int
    quote: str | None
    marking: Marking | None


Cited = Mapping[Span, Citation]
"""The citation of every span that the released items rest on."""


def numbered(released: Released) -> dict[Span, Citation]:
    """Return every span that the released items rest on with its citation, numbered in order of first use."""
    spans = list(dict.fromkeys(_spans(released)))
    reports = {report.id: report for report in released.reports}
    return {span: _citation(number, span, reports) for number, span in enumerate(spans, start=1)}


def _spans(released: Released) -> Iterable[Span]:
    for line in lines_of(released.brief):
        yield from line.citations
    for claim in released.claims:
        yield from (position.span for position in claim.positions)
        yield from (figure.span for figure in claim.figures)
    for encounter in released.encounters:
        yield from encounter.tellings


def _citation(number: int, span: Span, reports: Mapping[str, Report]) -> Citation:
    report = reports.get(span.report)
    return Citation(
        number=number,
        report=span.report,
        outlet=report.outlet if report else None,
        headline=limited(report.headline) if report and report.headline else None,
        published=report.published.value if report and report.published else None,
        start=span.start,
        end=span.end,
        quote=limited(report.text[span.start : span.end]) if report else None,
        marking=report.marking if report else None,
    )


def limited(text: str) -> str:
    """Return the text on one line, cut after a word so that it is no longer than may be quoted."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_QUOTE:
        return text
    cut = text[: LONGEST_QUOTE - 1]
    if " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip() + "…"


def numbers(spans: Sequence[Span], known: Mapping[Span, Citation]) -> list[int]:
    """Return the numbers of the citations of these spans, in their order, once each."""
    return list(dict.fromkeys(known[span].number for span in spans if span in known))
