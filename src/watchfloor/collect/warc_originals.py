"""The records that revisits refer to: looked for only once a revisit is met, so that other archives cost nothing."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from watchfloor.collect.warc_archives import read_archive
from watchfloor.collect.warc_records import Damage, Record, record_at

Find = Callable[[Record], Record | None]
"""Returns the record whose payload a revisit stands for, None when there is none."""

_Where = tuple[Callable[[], BinaryIO], int, str]
_NO_BLOCK = 0  # bytes held of each record while the names are gathered


class Originals:
    """Finds originals in files: in the first ones, then in others, one more each time that an original is missing.

    It remembers a name, a digest and an address with its time of each response and resource it has passed: about half
    a kilobyte each.
    """

    def __init__(
        self, first: Iterable[Callable[[], BinaryIO]], others: Iterable[Callable[[], BinaryIO]], *, most: int
    ) -> None:
        self._files = _chained(first, others)
        self._known: dict[str, _Where] = {}
        self._most = most

    def of(self, revisit: Record) -> Record | None:
        """Return the record whose payload the revisit stands for; None when no file has it."""
        while (where := self._named(revisit)) is None:
            opened = next(self._files, None)
            if opened is None:
                return None
            self._gather(opened)
        with where[0]() as stream:
            return record_at(stream, where[1], where[2], most=self._most)

    def _named(self, revisit: Record) -> _Where | None:
        headers = revisit.headers
        digest = headers.get("warc-payload-digest", "")
        for name in (
            headers.get("warc-refers-to", "").strip("<> "),
            _visit(headers.get("warc-refers-to-target-uri", "").strip("<> "), headers.get("warc-refers-to-date", "")),
            digest,
        ):
            if name and (found := self._known.get(name)) is not None:
                return found
        return None

    def _gather(self, opened: Callable[[], BinaryIO]) -> None:
        for found in read_archive(opened, most=_NO_BLOCK):
            if isinstance(found, Damage) or found.type not in ("response", "resource"):
                continue
            where = (opened, found.offset, found.id)
            names = (found.id, _visit(found.url, found.headers.get("warc-date", "")))
            for name in (*names, found.headers.get("warc-payload-digest", "")):
                if name:
                    self._known.setdefault(name, where)


def _visit(url: str, date: str) -> str:
    return f"{date} {url}" if url and date else ""


def _chained(
    first: Iterable[Callable[[], BinaryIO]], others: Iterable[Callable[[], BinaryIO]]
) -> Iterator[Callable[[], BinaryIO]]:
    yield from first
    yield from others
