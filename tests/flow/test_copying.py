from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from watchfloor.core.capture import Capture
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.flow.copying import copies_of, fingerprinted
from watchfloor.fuse.copies import copies
from watchfloor.store.connection import open_store

WIRE = " ".join(f"word{number} stands beside{number % 17}" for number in range(160))


def test_copies_are_found_in_a_database_by_their_fingerprints(
    database: Path | str, report: Callable[..., Report], day: Callable[[str], PartialDate]
) -> None:
    reader = Reader(name="us", partner=None, clearance="RED")
    wire = report(WIRE, outlet="a", published=day("2024-10-21"))
    cut = report(WIRE[: len(WIRE) // 2], outlet="b", published=day("2024-10-22"))
    other = report("Ships wait outside the old harbour for a pilot who does not come.", outlet="c")
    with open_store(database, create=True) as store:
        for one in (wire, cut, other):
            at = datetime(2024, 11, 1, tzinfo=UTC)
            capture = Capture(
                id=one.capture,
                locator=one.id,
                feed="t",
                sha256=one.id,
                media_type="text/plain",
                collected=at,
                data=one.id.encode(),
            )
            store.keep_capture(capture)
            store.keep_report(one, (), "1", fingerprint=fingerprinted([one])[0])

        assert copies_of(store, reader, [cut]) == copies([wire, cut])
        assert copies_of(store, reader, [wire]) == copies([wire, cut])
        assert copies_of(store, reader, [other]) == ()
