"""The contact log as CSV (RFC 4180): one row for each telling of a contact, with its marking."""

from collections.abc import Iterator

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.share.citations import limited
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.release import banner
from watchfloor.share.rows import cited_columns, written

COLUMNS = (
    "marking",
    "contact",
    "type",
    "status",
    "date",
    "first_day",
    "last_day",
    "date_how",
    "parties",
    "countries",
    "roles",
    "place",
    "topic",
    "told_by",
    "carried_out_by",
)


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the contacts as far as the reader may have them; what is not known is an empty cell."""
    released = release(picture, brief, reader or picture.reader)
    return Export(text=written(COLUMNS, _rows(released)), marking=released.marking, withheld=released.withheld)


def _rows(released: Released) -> Iterator[list[str | int | None]]:
    reports = {report.id: report for report in released.reports}
    for one in released.encounters:
        mark = banner(released.marks.get(one.id))
        for span in one.tellings:
            yield [
                mark,
                one.id,
                one.contact_type,
                one.status,
                one.date.value if one.date else None,
                one.date.low.isoformat() if one.date and one.date.low else None,
                one.date.high.isoformat() if one.date and one.date.high else None,
                one.date.how if one.date else None,
                "; ".join(party.name for party in one.parties) or None,
                "; ".join(party.country or "" for party in one.parties) or None,
                "; ".join(party.role or "" for party in one.parties) or None,
                one.place,
                limited(one.topic) if one.topic else None,
                "; ".join(one.told_by) or None,
                one.carried_out_by,
                *cited_columns(span, reports.get(span.report)),
            ]
