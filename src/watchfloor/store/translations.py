"""Keep and find machine translations; inside of the transaction that is handed in."""

from collections.abc import Iterable
from datetime import datetime

import msgspec
from sqlalchemy import Connection, delete, insert, select

from watchfloor.core.marking import Reader
from watchfloor.core.translation import Rendered, Translation
from watchfloor.store.markings import visible
from watchfloor.store.portions import portions
from watchfloor.store.schema import reports, translations
from watchfloor.store.text import moment, storable, written

_read = msgspec.json.Decoder(tuple[Rendered, ...]).decode


def keep(connection: Connection, given: Translation) -> None:
    """Keep a translation of a report, in the place of the one before into the same language."""
    connection.execute(
        delete(translations).where(translations.c.report == given.report, translations.c.target == given.target)
    )
    connection.execute(
        insert(translations),
        {
            "report": given.report,
            "target": storable(given.target),
            "at": moment(given.made_at),
            "generated_by": storable(given.generated_by),
            "body": written(given.paragraphs),
        },
    )


def find(connection: Connection, reader: Reader, ids: Iterable[str]) -> dict[str, tuple[Translation, ...]]:
    """Return the translations of the reports that the reader may see, by report id, in the order of their targets.

    They stay at home: a partner's reader finds none, for a release holds nothing that a machine made up.
    """
    found: dict[str, tuple[Translation, ...]] = {}
    for some in portions(ids):
        rows = connection.execute(
            select(translations)
            .join(reports, reports.c.id == translations.c.report)
            .where(translations.c.report.in_(some))
            .where(visible(reports, reader), visible(translations, reader))
            .order_by(translations.c.report, translations.c.target)
        ).mappings()
        for row in rows:
            made = Translation(
                report=row["report"],
                target=row["target"],
                paragraphs=_read(row["body"]),
                made_at=datetime.fromisoformat(row["at"]),
                generated_by=row["generated_by"],
            )
            found[made.report] = (*found.get(made.report, ()), made)
    return found
