"""A collection with as many objects as there are reports, read page by page as a partner reads it."""

from datetime import UTC, datetime
from hashlib import sha256

from load_asking import told
from taxii import HERE, PAGE, note, walk
from watchfloor.core.collection import Collection
from watchfloor.core.marking import Reader
from watchfloor.flow.taxii import TaxiiServer
from watchfloor.share.doorkeeper import Credential, FixedDoorkeeper, Right
from watchfloor.share.taxii_envelope import stix_object
from watchfloor.store.store import Store


def serving(store: Store) -> TaxiiServer:
    """Return a TAXII server over the store with the one collection, and the one partner who may read it."""
    reader = Reader(name="a", partner="A", clearance="GREEN")
    keeper = FixedDoorkeeper(
        [
            Credential(
                name="a",
                password_sha256=sha256(b"secret").hexdigest(),
                reader=reader,
                rights={HERE: Right(read=True)},
            )
        ]
    )
    return TaxiiServer(store, keeper, lambda: datetime.now(UTC))


def pages(store: Store, count: int) -> dict[str, str]:
    """Fill the collection, read all of it twice; return p50, p95 and p99 of a page of objects and of records."""
    home = Reader(name="load", partner=None, clearance="RED")
    if not any(one.id == HERE for one in store.collections(home)):
        store.keep_collection(Collection(id=HERE, title="A", partner="A"))
    there = store.count_shelved(home, HERE)
    for start in range(there, count, 5_000):
        store.shelve(HERE, [stix_object(note(number)) for number in range(start, min(start + 5_000, count))], now=1)
    rows = {}
    for path in ("objects", "manifest"):
        found, times = walk(serving(store), path)
        if found != count:
            raise SystemExit(f"{path}: found {found} objects, expected {count}")
        rows[f"TAXII, {PAGE} of {path}"] = told([1000 * one for one in times])
    return rows
