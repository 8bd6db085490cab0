"""Pictures kept for as long as nothing changes, so that walking from page to page does not put them together anew."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock

from msgspec import structs

from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.picture import fused, picture
from watchfloor.store.store import Store

MOST = 6  # pictures kept: now and a few days, for one or two clearances (assumed)

_Key = tuple[datetime | None, str, date | None]


class Pictures:
    """The last pictures of a store for this node's own people; what a partner sees is put together each time."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._kept: OrderedDict[_Key, tuple[str, Picture]] = OrderedDict()

    def picture(self, reader: Reader, as_of: date | None = None) -> Picture:
        """Return the picture, as `flow.picture.picture` does."""
        return self._had(reader, None, as_of, lambda: picture(self._store, reader, as_of))

    def collected(self, reader: Reader, moment: datetime, as_of: date | None = None) -> Picture:
        """Return the picture that the reports collected by a moment make, judgements of today applied."""
        return self._had(reader, moment, as_of, lambda: self._earlier(reader, moment, as_of))

    def _earlier(self, reader: Reader, moment: datetime, as_of: date | None) -> Picture:
        known = self._store.reports(reader, as_of=as_of)
        reports = sorted((one for one in known if one.collected <= moment), key=earliest_first)
        found = self._store.annotations(reader, [one.id for one in reports])
        return fused(reports, found, reader, self._store.judgements(reader), as_of)

    def _had(self, reader: Reader, moment: datetime | None, as_of: date | None, make: Callable[[], Picture]) -> Picture:
        if reader.partner is not None:  # what is theirs can expire at any moment
            return make()
        key = (moment, reader.clearance, as_of)
        with self._lock:  # one thread puts it together, the others wait for it
            state = self._store.state()
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                kept = state, make()
                self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return structs.replace(kept[1], reader=reader)
