"""Pictures kept for as long as nothing changes, so that walking from page to page does not put them together anew."""

from collections import OrderedDict
from datetime import date
from threading import Lock

from msgspec import structs

from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.picture import picture
from watchfloor.store.store import Store

MOST = 6  # pictures kept: now and a few days, for one or two clearances (assumed)

_Key = tuple[str, str, date | None]


class Pictures:
    """The last pictures of a store for this node's own people; what a partner sees is put together each time."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._kept: OrderedDict[_Key, tuple[str, Picture]] = OrderedDict()

    def picture(self, reader: Reader, as_of: date | None = None) -> Picture:
        """Return the picture, as `flow.picture.picture` does."""
        if reader.partner is not None:  # what is theirs can expire at any moment
            return picture(self._store, reader, as_of)
        key = ("", reader.clearance, as_of)
        with self._lock:  # one thread puts it together, the others wait for it
            state = self._store.state()
            kept = self._kept.get(key)
            if kept is None or kept[0] != state:
                kept = state, picture(self._store, reader, as_of)
                self._kept[key] = kept
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return structs.replace(kept[1], reader=reader)
