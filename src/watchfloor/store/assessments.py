"""What people hold of claims; it stays at home and is no partner's to see."""

import msgspec
from msgspec import structs
from sqlalchemy import Connection, insert, select

from watchfloor.core.assessment import Assessment, grounds
from watchfloor.core.marking import Marking, Reader, strictest
from watchfloor.store import markings
from watchfloor.store.markings import columns, hidden_reports, laid_on, visible
from watchfloor.store.schema import assessments
from watchfloor.store.text import moment

_read = msgspec.json.Decoder(Assessment).decode


def keep(connection: Connection, made: Assessment) -> None:
    """Keep an assessment; the same one again changes nothing."""
    if connection.execute(select(assessments.c.id).where(assessments.c.id == made.id)).first() is None:
        body = msgspec.json.encode(made).decode()
        row = {"id": made.id, "at": moment(made.at), "body": body, **columns(made.marking)}
        connection.execute(insert(assessments), row)


def read(connection: Connection, reader: Reader) -> tuple[Assessment, ...]:
    """Return the assessments, oldest first, none that rests on a report which the reader may not see by now.

    Each with the marking that satisfies its own and those that its reports have by now. A partner's reader sees none.
    """
    rows = connection.execute(
        select(assessments.c.body, assessments.c.marking)
        .where(visible(assessments, reader))
        .order_by(assessments.c.at, assessments.c.id)
    )
    found = [structs.replace(_read(row.body), marking=markings.read(row.marking)) for row in rows]
    reports = {report for one in found for report in grounds(one)}
    hidden = hidden_reports(connection, reader, reports)
    laid = laid_on(connection, reader, reports)
    return tuple(_as_marked(one, laid) for one in found if hidden.isdisjoint(grounds(one)))


def _as_marked(one: Assessment, laid: dict[str, Marking]) -> Assessment:
    return structs.replace(one, marking=strictest([one.marking, *(laid.get(report) for report in grounds(one))]))
