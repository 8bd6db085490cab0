"""What a host prints on page after page is furniture: lines remembered by their digests, never by their words.

The room keeps nothing itself: it is handed a `Recall` that says what is known, and flow adds a page's lines after.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit, letters

LEAST_PAGES = 3
"""Pages of a host, the one at hand counted, before anything is said of its furniture."""

_LEAST_PRINTED = 2  # pages that a line stands on, the one at hand counted (notes: measured on 7 hosts, five pages each)
_LONG = 40  # weight of a line that may be a report's own paragraph printed again
_LONG_PRINTED = 3  # pages that such a line must stand on
_MOST_TAKEN = 0.5  # share of a page's letters; more of it known means the same report at another address; assumed
_KEY_BYTES = 8  # two of a billion lines agree by chance with odds of 3 in 100

_JUDGED = frozenset({"body", "subhead"})


class Seen(Struct, frozen=True):
    """On how many pages a line was printed, and on which days first and last (ISO 8601)."""

    pages: int
    first: str
    last: str


class Memory(Struct, frozen=True):
    """What is known of a host: pages seen, and of the lines asked for those that were seen, by key.

    counted: the page at hand is one of them already, so that looking at it again changes nothing.
    """

    pages: int
    lines: Mapping[bytes, Seen]
    counted: bool


REPEATED = "other pages of its host print it too"
"""Why: without numbers, for they would tell a partner of pages that are not his to see."""

Recall = Callable[[str, str, Sequence[bytes]], Memory]
"""Answers what is known of these lines of a host: recall(host, address of the page at hand, keys)."""


def key(line: str) -> bytes:
    """Return the key of a line: the same whatever its white space and its case.

    Figures count: "The index closed at 1,234 points." is news every day.

    >>> key("Read  more ") == key("read more"), key("Read 12 more") == key("Read 7 more")
    (True, False)
    """
    normal = " ".join(line.casefold().split())
    return hashlib.blake2b(normal.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).digest()


def keys(text: str, units: Sequence[Unit]) -> tuple[bytes, ...]:
    """Return the keys of units of a text, in order."""
    return tuple(key(text[unit.start : unit.end]) for unit in units)


def furniture(
    units: Sequence[Unit], labels: Labels, known: Sequence[bytes], memory: Memory
) -> Iterator[tuple[int, Label]]:
    """Yield the index and a label of each line that other pages of the host print too.

    known: the keys of the units. A line counts when it stands on at least two of at least three pages, a line of more
    than 40 words on three. Nothing is taken when that would be half of what is left of the report.
    """
    own = 0 if memory.counted else 1
    pages = memory.pages + own
    if pages < LEAST_PAGES:
        return
    open_ = [index for index, label in enumerate(labels) if label is None or label.kind in _JUDGED]
    found = []
    for index in open_:
        seen = memory.lines.get(known[index])
        printed = (seen.pages if seen else 0) + own
        if seen and printed >= (_LONG_PRINTED if units[index].weight > _LONG else _LEAST_PRINTED):
            found.append(index)
    if letters(units, found) > _MOST_TAKEN * letters(units, open_):
        return
    for index in found:
        yield index, Label("boilerplate", REPEATED)
