"""Pictures kept for as long as nothing changes, so that walking from page to page does not put them together anew."""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock, Thread

from msgspec import Struct, structs

from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.picture import REPORTS_AT_ONCE, Since, beginning, fused, picture
from watchfloor.store.store import Store

MOST = 6  # pictures kept: now and a few days, for one or two clearances (assumed)
LONG = 1.0  # seconds from which nobody waits for a picture that only has to be renewed (assumed)

_Key = tuple[str, date | None, Since, datetime | None]


class _Kept(Struct):
    """A picture, what the store was like before it was put together, and how many seconds that took."""

    state: str
    picture: Picture
    took: float


class Pictures:
    """The last pictures of a store for this node's own people; what a partner sees is put together each time.

    at_once: of how many of the newest reports. A picture that took long is renewed beside: until that is done the
    former one is shown, and is_old says so. beside: runs a function in another thread.
    """

    def __init__(
        self,
        store: Store,
        at_once: int = REPORTS_AT_ONCE,
        beside: "Callable[[Callable[[], None]], object] | None" = None,
    ) -> None:
        self._store, self._at_once = store, at_once
        self._beside = beside or _in_thread
        self._locks: dict[_Key, Lock] = {}
        self._lock = Lock()
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._renewing: set[_Key] = set()

    def picture(
        self, reader: Reader, as_of: date | None = None, since: Since = "newest", *, fresh: bool = False
    ) -> Picture:
        """Return the picture, as `flow.picture.picture` does, or the former one while a new one is put together.

        fresh: never the former one; for whoever has just changed something and looks at what follows.
        """
        if reader.partner is not None:  # what is theirs can expire at any moment
            return picture(self._store, reader, as_of, since, self._at_once)
        key = (reader.clearance, as_of, since, None)
        kept = self._found(key)
        if kept is None or (
            kept.state != self._store.state(reader) and (fresh or not self._renewed_beside(key, reader, kept))
        ):
            kept = self._made(key, reader)
        return structs.replace(kept.picture, reader=reader)

    def collected(
        self, reader: Reader, moment: datetime, as_of: date | None = None, since: Since = "newest"
    ) -> Picture:
        """Return the picture that the reports collected by a moment make, judgements of today applied."""
        if reader.partner is not None:
            return self._earlier(reader, moment, as_of, since)
        return structs.replace(self._made((reader.clearance, as_of, since, moment), reader).picture, reader=reader)

    def _earlier(self, reader: Reader, moment: datetime, as_of: date | None, since: Since) -> Picture:
        first = beginning(self._store, reader, as_of, since, self._at_once)
        known = self._store.reports(reader, as_of=as_of, since=first)
        reports = sorted((one for one in known if one.collected <= moment), key=earliest_first)
        found = self._store.annotations(reader, [one.id for one in reports])
        return fused(reports, found, reader, self._store.judgements(reader), as_of)

    def is_old(self, reader: Reader, as_of: date | None = None, since: Since = "newest") -> bool:
        """Return whether the picture that is shown is being renewed; a partner's never is."""
        if reader.partner is not None:
            return False
        with self._lock:
            return (reader.clearance, as_of, since, None) in self._renewing

    def _found(self, key: _Key) -> _Kept | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _made(self, key: _Key, reader: Reader) -> _Kept:
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:  # one thread puts it together, the others wait for it
            state = self._store.state(reader)
            kept = self._found(key)
            if kept is None or kept.state != state:
                begun = time.monotonic()
                made = self._put_together(key, reader)
                kept = _Kept(state, made, time.monotonic() - begun)
            with self._lock:
                self._kept[key] = kept
                self._kept.move_to_end(key)
                while len(self._kept) > MOST:
                    self._locks.pop(self._kept.popitem(last=False)[0], None)
        return kept

    def _put_together(self, key: _Key, reader: Reader) -> Picture:
        _, as_of, since, moment = key
        if moment is not None:
            return self._earlier(reader, moment, as_of, since)
        return picture(self._store, reader, as_of, since, self._at_once)

    def _renewed_beside(self, key: _Key, reader: Reader, kept: _Kept) -> bool:
        """Return whether the former picture can be shown while another thread puts a new one together."""
        if kept.took < LONG:
            return False
        with self._lock:
            if key in self._renewing:
                return True
            self._renewing.add(key)

        def renew() -> None:
            try:
                self._made(key, reader)
            finally:
                with self._lock:
                    self._renewing.discard(key)

        self._beside(renew)
        return True


def _in_thread(renew: Callable[[], None]) -> None:
    Thread(target=renew, daemon=True).start()
