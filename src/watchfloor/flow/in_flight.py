"""Reports that several make at once, in the order in which they came: each knows what those before it print.

What clean takes for a host's furniture rests on the pages seen before. So a page waits until all before it are cleaned,
and is told of their lines as if they were kept already: what comes out is what one alone would have made. Only a page
that is cleaned and then fails in annotate is counted for the few that are in flight with it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Condition

from watchfloor.clean import host_memory
from watchfloor.clean.host_memory import Memory, Seen
from watchfloor.core.marking import Reader
from watchfloor.store.host_lines import HostLines
from watchfloor.store.store import Store


class InFlight:
    """The pages that were begun and are not kept yet, by their numbers."""

    def __init__(self, store: Store, reader: Reader) -> None:
        self._store, self._reader = store, reader
        self._changed = Condition()
        self._open: set[int] = set()  # begun and not cleaned
        self._cleaned: dict[int, HostLines] = {}
        self._is_abandoned = False

    def begin(self, number: int) -> None:
        """Know that a page is about to be made; numbers grow."""
        with self._changed:
            self._open.add(number)

    def cleaned(self, number: int, lines: HostLines | None) -> None:
        """Know the lines of a page, None when it has none or comes to nothing."""
        with self._changed:
            self._open.discard(number)
            if lines is not None:
                self._cleaned[number] = lines
            self._changed.notify_all()

    def abandon(self) -> None:
        """Let nobody wait any more: what is made from now on is not kept."""
        with self._changed:
            self._is_abandoned = True
            self._changed.notify_all()

    @contextmanager
    def keeping(self, number: int) -> Iterator[None]:
        """Keep a page in the block: from then on the store knows its lines, if it is one that is kept."""
        with self._changed:
            yield
            self._open.discard(number)
            self._cleaned.pop(number, None)
            self._changed.notify_all()

    def recall(self, number: int, host: str, address: str, keys: Sequence[bytes]) -> Memory:
        """Return what is known of these lines of a host once all pages before this one are kept."""
        page, asked = host_memory.key(address), set(keys)
        with self._changed:
            self._changed.wait_for(lambda: self._is_abandoned or not any(other < number for other in self._open))
            known = self._store.host_lines(self._reader, host, page, keys)
            pages, counted = known.pages, known.counted
            lines = {line: Seen(*seen) for line, seen in known.lines.items()}
            seen_pages = set()
            for _, other in sorted((n, one) for n, one in self._cleaned.items() if n < number and one.host == host):
                if other.page in seen_pages or self._store.host_lines(self._reader, host, other.page, ()).counted:
                    continue
                seen_pages.add(other.page)
                pages, counted = pages + 1, counted or other.page == page
                for line in asked & other.lines:
                    lines[line] = _also(lines.get(line), other.day)
        return Memory(pages, lines, counted)


def _also(seen: Seen | None, day: str) -> Seen:
    return Seen(1, day, day) if seen is None else Seen(seen.pages + 1, min(seen.first, day), max(seen.last, day))
