"""Rows of a table for a spreadsheet: which report a row rests on, and cells that no program takes for a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share.citations import limited
from watchfloor.share.harmless import cell

CITED = ("outlet", "quote", "headline", "url", "report", "start", "end")
"""The last columns of every row: where it is told, and in which words."""


def written(columns: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> str:
    """Return rows as CSV (RFC 4180) under a head line that ends in the columns of the evidence; unknown is empty."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow((*columns, *CITED))
    for row in rows:
        lines.writerow(["" if one is None else cell(one) if isinstance(one, str) else one for one in row])
    return text.getvalue()


def cited_columns(span: Span, report: Report | None) -> list[str | int | None]:
    """Return the columns that say where a row is told; no quotation is longer than may be quoted."""
    return [
        report.outlet if report else None,
        limited(report.text[span.start : span.end]) if report else None,
        limited(report.headline) if report and report.headline else None,
        report.url if report else None,
        span.report,
        span.start,
        span.end,
    ]
