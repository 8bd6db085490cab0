"""Every STIX bundle that leaves this node, and a collection of 25,000 objects, against the standard's own validator.

usage: python bench/bundles.py [OBJECTS]     needs the development tools (stix2-validator 3.2.0, stix2)
The bundles are those of the sample situation: for this node and for a partner, as exports and as what `taxii publish`
puts into the partner's collection; the collection is filled up with notes as `bench/taxii.py` makes them and read page
by page over TAXII. Everything is validated in strict mode and parsed by stix2; the exit code is 1 when anything fails.
"""

import json
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import msgspec
import stix2
import stix2validator

from load_sharing import serving
from taxii import HEADERS, HERE, PAGE, note
from watchfloor.core.collection import Collection
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow.publishing import publish
from watchfloor.flow.release import prepared
from watchfloor.flow.sample import reports
from watchfloor.flow.situation import situation
from watchfloor.share import export_stix
from watchfloor.share.taxii_envelope import stix_object

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
OBJECTS = 25_000
STRICT = stix2validator.ValidationOptions(strict=True, version="2.1")


def bundles(path: Path, objects: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each bundle with what it is a part of."""
    to = Reader(name="them", partner="A", clearance="GREEN", at=NOW)
    with situation(path, create=True) as opened:
        opened.add([str(reports())], marking=Marking(level="GREEN", releasable_to=frozenset({"A"})))
        for name, reader in (("export, this node's own", opened.reader), ("export, a partner's", to)):
            ready = prepared(opened, receiver=reader)
            yield name, json.loads(export_stix.export(ready.picture, ready.brief, reader=reader).text)
        shelf = Collection(id=HERE, title="A", partner="A")
        opened.store.keep_collection(shelf)
        publish(opened.store, opened.reader, shelf, prepared(opened, receiver=to), NOW)
        there = opened.store.count_shelved(opened.reader, HERE)
        opened.store.shelve(HERE, [stix_object(note(number)) for number in range(objects - there)], now=1)
        yield from _pages(opened.store)


def _pages(store: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    server = serving(store)
    more: tuple[tuple[str, str], ...] = ()
    for number in count():
        page = msgspec.json.decode(server.objects(HEADERS, HERE, [("limit", str(PAGE)), *more]).body)
        id = f"bundle--{uuid.UUID(int=number, version=4)}"  # strict mode wants a random one, whatever it stands for
        yield "collection, pages of 100", {"type": "bundle", "id": id, "objects": page["objects"]}
        if not page.get("more"):
            return
        more = (("next", page["next"]),)


def main(asked: int) -> int:
    """Validate everything, print the table; return 1 when something failed."""
    made, objects, wrong = Counter[str](), Counter[str](), Counter[str]()
    began, used = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        for name, bundle in bundles(Path(folder) / "a.db", asked):
            made[name] += 1
            objects[name] += len(bundle["objects"])
            found = stix2validator.validate_instance(bundle, STRICT)
            if not found.is_valid:
                wrong[name] += 1
                print(f"{name}: {[str(one) for one in found.errors][:3]}")
            stix2.parse(bundle, allow_custom=False)
    print("| | bundles | objects | failed |\n|---|---|---|---|")
    for name in made:
        print(f"| {name} | {made[name]:,} | {objects[name]:,} | {wrong[name]} |")
    print(f"{time.perf_counter() - began:.0f} s, of the processor {time.process_time() - used:.0f} s")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else OBJECTS))
