"""What was fetched goes to the node's archives first and to its database second, so that no moment can lose a page."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from msgspec import structs

from watchfloor.collect.captured import Told
from watchfloor.collect.fetched import fetched
from watchfloor.collect.limits import DEFAULT, Limits
from watchfloor.collect.warc_kept import written
from watchfloor.collect.warc_originals import Find
from watchfloor.collect.warc_records import Record, record_at
from watchfloor.collect.warc_writing import NAME, ROTATE, WarcWriter, archives_in
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.evidence import Evidence
from watchfloor.core.exchange import Fetch
from watchfloor.core.marking import Reader
from watchfloor.store.store import Store

OWN = Reader(name="evidence", partner=None, clearance="RED")
"""Reads what the node itself needs to go on with its own work; nothing that it reads is shown to anybody."""

SMALLEST_REVISIT = 2_048  # bytes of a payload below which a second record of it is no larger than a reference; assumed


class Keeper:
    """Writes fetches to the node's archives and makes captures of them; `keeping` opens one.

    A capture that it returns is in the archive already; keep it in the store before the next one is asked for.
    """

    def __init__(self, store: Store, folder: Path, writer: WarcWriter) -> None:
        self.store = store
        self.folder = folder
        self._writer = writer

    def note(self, fetch: Fetch) -> None:
        """Record a fetch that gives no report: robots.txt, a feed, a listing."""
        self._writer.write(fetch)

    def capture(self, fetch: Fetch, told: Told) -> Capture | SetAside | None:
        """Record a fetch and return what it gives: a capture, why it is none, None when nothing is new (304).

        told: what goes with the capture; the time of collection is that of the fetch.
        """
        if fetch.outcome != "got" or not fetch.exchanges:
            self._writer.write(fetch)
            return None if fetch.outcome == "not-modified" else SetAside(fetch.outcome, fetch.detail, fetch.address)
        made = fetched(fetch, structs.replace(told, now=fetch.exchanges[-1].asked))
        if isinstance(made, SetAside):
            self._writer.write(fetch)
            return made
        return self.record(fetch, made)

    def record(self, fetch: Fetch, capture: Capture) -> Capture:
        """Record a fetch and what was made of it; return the capture with where it lies, to be kept in the store next.

        Should the store not get it any more, `unkept` makes the very same capture again.
        """
        original = self._original(fetch.exchanges[-1].body) if fetch.exchanges else None
        return structs.replace(capture, evidence=self._writer.write(fetch, capture, original))

    def mended(self) -> Iterator[SetAside]:
        """Yield what was found wrong with the archives when they were opened, and what was done about it."""
        for repair in self._writer.repairs:
            detail = (
                f"its last {repair.size} bytes were torn, as after a crash: they were cut off at byte {repair.offset} "
                f"and kept in {repair.saved}; every page that was acknowledged is there"
            )
            yield SetAside("torn-archive", detail, (self.folder / repair.file).as_posix())
        for file, trouble in self._writer.troubles.items():
            detail = f"{trouble}; nothing is added to it, restore it from a copy"
            yield SetAside("damaged-archive", detail, (self.folder / file).as_posix())

    def _original(self, body: bytes) -> Evidence | None:
        """Return the record in the node's archives that holds the very payload."""
        if len(body) < SMALLEST_REVISIT:
            return None
        found = self.store.evidence_of_digest(OWN, sha256(body).hexdigest())
        if found is None or not NAME.fullmatch(found.file) or not (self.folder / found.file).is_file():
            return None
        return found


@contextmanager
def keeping(store: Store, folder: Path, *, now: datetime, most: int = ROTATE, durable: bool = True) -> Iterator[Keeper]:
    """Open the node's archives for the block: torn tails are mended, the newest file is gone on with.

    most: bytes after which a file is full. durable: wait for the disk after each fetch.
    """
    with WarcWriter(folder, now=now, most=most, sound=store.archive_ends(OWN), durable=durable) as writer:
        yield Keeper(store, folder, writer)


def captured(keeper: Keeper, fetches: Iterable[tuple[Fetch, Told]]) -> Iterator[Capture | SetAside]:
    """Yield what earlier runs captured and did not keep, what was mended, then what each fetch gives.

    Hand it to `Line.add`: each capture must be kept before the next is asked for.
    """
    yield from keeper.mended()
    yield from unkept(keeper.store, keeper.folder)
    for fetch, told in fetches:
        made = keeper.capture(fetch, told)
        if made is not None:
            yield made


def unkept(store: Store, folder: Path, *, limits: Limits = DEFAULT) -> Iterator[Capture | SetAside]:
    """Yield the captures that are in the node's archives and not in its database, as they were told then.

    What was looked through before is not read again: the database knows up to where each archive is kept in it.
    """
    checked = store.checked_archives(OWN)
    for path in archives_in(folder):
        start = checked.get(path.name, 0)
        if path.stat().st_size <= start:
            continue
        known = store.evidence_offsets(OWN, path.name, start)
        end = yield from written(path, start, known, finder(store, OWN, folder, limits), limits=limits)
        if end > start:
            store.keep_checked(path.name, end)


def finder(store: Store, reader: Reader, folder: Path, limits: Limits) -> Find:
    """Return what finds the original of a revisit, through the database."""

    def find(revisit: Record) -> Record | None:
        name = revisit.headers.get("warc-refers-to", "").strip("<> ")
        evidence = store.evidence_of_record(reader, name) if name else None
        if evidence is None:
            return None
        try:
            with place_of(evidence, folder).open("rb") as stream:
                return record_at(stream, evidence.offset, evidence.record, most=limits.file_bytes)
        except OSError:
            return None

    return find


def place_of(evidence: Evidence, folder: Path) -> Path:
    """Return where the archive lies that evidence names: in the node's folder, or where it was added from."""
    own, added = folder / evidence.file, Path(evidence.file)
    return own if NAME.fullmatch(evidence.file) and (own.exists() or not added.exists()) else added
