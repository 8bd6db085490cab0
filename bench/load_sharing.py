"""A collection with as many objects as there are reports, read page by page as a partner reads it."""

from datetime import UTC, datetime
from hashlib import sha256

from load_asking import Took, servers_of, used
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


def pages(store: Store, count: int) -> dict[str, list[Took]]:
    """Fill the collection, read all of it in both ways; return the times of a page."""
    home = Reader(name="load", partner=None, clearance="RED")
    if not any(one.id == HERE for one in store.collections(home)):
        store.keep_collection(Collection(id=HERE, title="A", partner="A"))
    there = store.count_shelved(home, HERE)
    for start in range(there, count, 5_000):
        store.shelve(HERE, [stix_object(note(number)) for number in range(start, min(start + 5_000, count))], now=1)
    rows, servers = {}, servers_of(store)
    for path in ("objects", "manifest"):
        found, wall = walk(serving(store), path)
        _, processor = walk(serving(store), path, lambda: used(servers))
        if found != count:
            raise SystemExit(f"{path}: found {found} objects, expected {count}")
        took = [Took(1000 * one, 1000 * other) for one, other in zip(wall, processor, strict=True)]
        rows[f"TAXII, {PAGE} of {path}"] = took
    return rows
