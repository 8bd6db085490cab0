"""Claims as CSV (RFC 4180): one row for each party's position, each with its marking and the place it rests on."""

import csv
from collections.abc import Iterator
from io import StringIO

from watchfloor.core.brief import Brief
from watchfloor.core.claim import Claim, Figure
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.share.citations import limited
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.harmless import cell
from watchfloor.share.release import banner

COLUMNS = (
    "marking",
    "claim",
    "proposition",
    "topic",
    "reports",
    "outlets",
    "origins_min",
    "origins_max",
    "party",
    "speaks_for",
    "via",
    "stance",
    "outlet",
    "date",
    "figure_low",
    "figure_high",
    "figure_unit",
    "figure_verbatim",
    "quote",
    "headline",
    "url",
    "report",
    "start",
    "end",
)


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the claims as CSV with a head line, as far as the reader may have them; unknown is an empty cell.

    Lines end in CR LF. A cell that a spreadsheet would take for a formula is led by an apostrophe.
    """
    released = release(picture, brief, reader or picture.reader)
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(COLUMNS)
    for row in _rows(released):
        rows.writerow(["" if one is None else one if isinstance(one, int) else cell(one) for one in row])
    return Export(text=written.getvalue(), marking=released.marking, withheld=released.withheld)


def _rows(released: Released) -> Iterator[list[str | int | None]]:
    reports = {report.id: report for report in released.reports}
    for claim in released.claims:
        mark = banner(released.marks.get(claim.id))
        for position in claim.positions:
            report = reports.get(position.span.report)
            figure = _figure(claim, position.span.report, position.span.start, position.span.end)
            yield [
                mark,
                claim.id,
                limited(claim.proposition),
                claim.topic,
                claim.reports,
                claim.outlets,
                claim.origins_min,
                claim.origins_max,
                position.party,
                position.speaks_for,
                position.via,
                position.stance,
                position.outlet,
                position.date.value if position.date else None,
                figure.low if figure else None,
                figure.high if figure else None,
                figure.unit if figure else None,
                limited(figure.verbatim) if figure else None,
                limited(position.quote),
                limited(report.headline) if report and report.headline else None,
                report.url if report else None,
                position.span.report,
                position.span.start,
                position.span.end,
            ]


def _figure(claim: Claim, report: str, start: int, end: int) -> Figure | None:
    """Return the figure of the claim that stands in these words."""
    inside = (one for one in claim.figures if one.span.report == report and start <= one.span.start < end)
    return next(inside, None)
