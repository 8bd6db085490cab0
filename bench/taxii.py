"""The TAXII server over a collection of 25,000 objects: every stock client reads all of it; how long a page takes.

usage: python bench/taxii.py [OBJECTS]     needs the development tools (taxii2-client, stix2)
The times of pages are those of the server's work in this process (CPU and disk, without the network), and beside them
those of the stock client over loopback.
"""

import socket
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import stix2
import taxii2client.v21 as client
import uvicorn

from watchfloor.core.collection import Collection
from watchfloor.core.marking import Reader
from watchfloor.flow.taxii import TaxiiServer
from watchfloor.share.doorkeeper import Credential, FixedDoorkeeper, Right
from watchfloor.share.taxii_envelope import stix_object
from watchfloor.store.connection import open_store
from watchfloor.web.taxii import application

HERE = "5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01"
PAGE = 100
HEADERS = {"authorization": "Basic YTpzZWNyZXQ="}


def note(number: int) -> dict[str, object]:
    """Return a note with about as many words as a claim has."""
    return {
        "type": "note",
        "spec_version": "2.1",
        "id": f"note--{uuid.UUID(int=number, version=4)}",
        "created": "2024-10-21T09:00:00.000Z",
        "modified": "2024-10-21T09:00:00.000Z",
        "content": f"Claim {number}: " + "some 12,000 soldiers are to be sent, the service says. " * 20,
        "object_refs": [f"report--{uuid.UUID(int=number % 997, version=4)}"],
    }


def percentile(times: list[float], share: float) -> float:
    """Return the time in milliseconds within which this share of the pages came."""
    return sorted(times)[int(share * (len(times) - 1))] * 1000


def walk(server: TaxiiServer, path: str, clock: Callable[[], float] = time.perf_counter) -> tuple[int, list[float]]:
    """Read everything page by page in this process; return how many objects, and the seconds of each page.

    clock: what tells the seconds.
    """
    import msgspec

    ask: Callable[..., object] = getattr(server, path)
    found = 0
    times: list[float] = []
    more: list[tuple[str, str]] = []
    while True:
        began = clock()
        reply = ask(HEADERS, HERE, [("limit", str(PAGE)), *more])
        times.append(clock() - began)
        page = msgspec.json.decode(reply.body)  # type: ignore[attr-defined]
        found += len(page.get("objects", ()))
        if not page.get("more"):
            return found, times
        more = [("next", page["next"])]


def main(count: int) -> None:
    """Fill a collection, read it in every way, print the table."""
    with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "a.db", create=True) as store:
        store.keep_collection(Collection(id=HERE, title="A", partner="A"))
        began = time.perf_counter()
        for start in range(0, count, 5_000):
            some = [stix_object(note(number)) for number in range(start, min(start + 5_000, count))]
            store.shelve(HERE, some, now=1)  # all at one time: the worst case of paging
        print(f"{count} objects put in, {count / (time.perf_counter() - began):,.0f} a second")
        reader = Reader(name="a", partner="A", clearance="GREEN")
        rights = {HERE: Right(read=True)}
        digest = sha256(b"secret").hexdigest()
        keeper = FixedDoorkeeper([Credential(name="a", password_sha256=digest, reader=reader, rights=rights)])
        server = TaxiiServer(store, keeper, lambda: datetime.now(UTC))
        for path in ("objects", "manifest"):
            found, times = walk(server, path)
            told = f"p50 {percentile(times, 0.5):.1f} ms, p95 {percentile(times, 0.95):.1f} ms"
            print(f"{path}: {found} in {len(times)} pages of {PAGE}: {told}")
        over_the_wire(server, count)


def over_the_wire(server: TaxiiServer, count: int) -> None:
    """Read everything with taxii2-client and stix2 over loopback."""
    bound = socket.create_server(("127.0.0.1", 0))
    served = uvicorn.Server(uvicorn.Config(application(server), log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=served.run, kwargs={"sockets": [bound]})
    thread.start()
    url = f"http://127.0.0.1:{bound.getsockname()[1]}/taxii2/api/collections/{HERE}/"
    collection = client.Collection(url, user="a", password="secret")
    try:
        ids, times, began = set(), [], time.perf_counter()
        for page in client.as_pages(collection.get_objects, per_request=PAGE):
            times.append(time.perf_counter() - began)
            ids |= {one["id"] for one in page["objects"]}
            began = time.perf_counter()
        print(f"taxii2-client: {len(ids)} of {count}, {len(times)} pages, p95 {percentile(times, 0.95):.1f} ms")
        source = stix2.TAXIICollectionSource(collection, items_per_page=5_000)
        seen = source.query([stix2.Filter("type", "=", "note")])
        print(f"stix2.TAXIICollectionSource: {len({one.id for one in seen})} of {count}")
    finally:
        collection.close()
        served.should_exit = True
        thread.join()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25_000)
