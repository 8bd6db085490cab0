"""The timeline as CSV (RFC 4180): one row for each place that a moment rests on, with its marking."""

from collections.abc import Callable, Iterator

from watchfloor.core.brief import Brief, Moment
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.share.document import Export
from watchfloor.share.evidence import of_line
from watchfloor.share.gate import Released, release
from watchfloor.share.release import banner
from watchfloor.share.rows import cited_columns, written

COLUMNS = ("marking", "first_day", "last_day", "precision", "date", "kind", "text", "parties", "about")


def export(
    picture: Picture,
    brief: Brief,
    *,
    reader: Reader | None = None,
    wanted: Callable[[Moment], bool] = lambda _: True,
) -> Export:
    """Return the moments as far as the reader may have them; wanted: which of them. Unknown is an empty cell."""
    released = release(picture, brief, reader or picture.reader)
    rows = _rows(released, wanted)
    return Export(text=written(COLUMNS, rows), marking=released.marking, withheld=released.withheld)


def _rows(released: Released, wanted: Callable[[Moment], bool]) -> Iterator[list[str | int | None]]:
    reports = {report.id: report for report in released.reports}
    for moment in released.brief.timeline:
        if not wanted(moment):
            continue
        mark = banner(of_line(moment, released.marks))
        for span in moment.citations:
            yield [
                mark,
                moment.day.isoformat() if moment.day else None,
                moment.last.isoformat() if moment.last else None,
                moment.precision,
                moment.label,
                moment.kind,
                moment.text,
                "; ".join(moment.parties) or None,
                moment.about,
                *cited_columns(span, reports.get(span.report)),
            ]
