"""Where a web archive may be cut so that its parts can be read beside each other."""

from collections.abc import Iterator
from pathlib import Path

from watchfloor.collect.limits import DEFAULT, Limits
from watchfloor.collect.warc import Before
from watchfloor.collect.warc_archives import read_archive
from watchfloor.collect.warc_records import Damage

_NO_BLOCK = 0  # bytes held of each record while places are looked for
_PAGES = frozenset({"response", "resource", "revisit"})


def parts(path: Path, pages: int, *, limits: Limits = DEFAULT) -> Iterator[tuple[int, int]]:
    """Yield the parts of an archive as (first byte, byte behind), together all of it, each of about so many pages.

    Every cut stands before a record that was met by reading from the beginning: a page that holds what looks like a
    record cannot make one. Records that stand before a page and belong to it stay with it. An archive that is packed
    as one is one part. Raises OSError when the file cannot be read.
    """
    before, start, held, damages = Before(), 0, 0, 0
    for found in read_archive(lambda: path.open("rb"), most=_NO_BLOCK):
        if isinstance(found, Damage):
            damages += 1
            if damages >= limits.warc_damages:
                break
            continue
        belongs_to = before.start(found)
        if held >= pages and belongs_to == found.offset > start:
            yield start, found.offset
            start, held = found.offset, 0
        held += found.type in _PAGES
    size = path.stat().st_size
    if size > start:
        yield start, size
