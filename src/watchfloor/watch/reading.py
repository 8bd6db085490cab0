"""What a span says and in which report it stands."""

from collections.abc import Iterable, Mapping, Sequence

from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

MOST_CITED = 8  # spans one sentence cites; the claim itself lists all; assumed
FOREIGN: tuple[PassageKind, ...] = ("embedded", "boilerplate", "disclosure", "credit")
"""Passages in which the report itself does not speak."""


def by_id(picture: Picture) -> dict[str, Report]:
    """Return the reports of the picture by id."""
    return {report.id: report for report in picture.reports}


def words(reports: Mapping[str, Report], span: Span) -> str:
    """Return the words of the span on one line, nothing when the report is not in the picture."""
    report = reports.get(span.report)
    return " ".join(report.text[span.start : span.end].split()) if report else ""


def overlap(left: Span, right: Span) -> bool:
    """Return whether two spans share text."""
    return left.report == right.report and left.start < right.end and right.start < left.end


def is_own(report: Report, span: Span) -> bool:
    """Return whether the report itself speaks there, not something appended to it."""
    return not any(passage.start < span.end and span.start < passage.end for passage in report.parts(*FOREIGN))


def cited(spans: Iterable[Span], *, most: int = MOST_CITED) -> tuple[Span, ...]:
    """Return the spans once each, at most `most`: one of every report before a second one of any."""
    kept = list(dict.fromkeys(spans))
    turn: dict[str, int] = {}
    order = []
    for at, span in enumerate(kept):
        turn[span.report] = turn.get(span.report, 0) + 1
        order.append((turn[span.report], at))
    chosen = sorted(at for _, at in sorted(order)[:most])
    return tuple(kept[at] for at in chosen)


def opening(report: Report) -> Span:
    """Return the first passage of the report itself: what to cite for the report as a whole."""
    for kind in ("headline", "body"):
        for passage in report.passages:
            if passage.kind == kind:
                return Span(report=report.id, start=passage.start, end=passage.end)
    return Span(report=report.id, start=0, end=len(report.text))


def looked_in(reports: Sequence[Report]) -> tuple[Span, ...]:
    """Return what to cite for an absence: the opening of every report that was read."""
    return cited(opening(report) for report in reports)


def placed(when: PartialDate | None) -> tuple[bool, str]:
    """Return a key that sorts by first possible day, unknown days last."""
    return (when is None or when.low is None, str(when.low) if when is not None and when.low else "")
