"""Pictures kept for as long as nothing changes, so that walking from page to page does not put them together anew."""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from threading import BoundedSemaphore, Lock, Thread

from msgspec import Struct, structs

from watchfloor.core.errors import ConfigError, StoreError
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow import clock
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.picture import REPORTS_AT_ONCE, Since, beginning, besides, fused, picture
from watchfloor.flow.remembered import let_go
from watchfloor.store.state import State
from watchfloor.store.store import Store

MOST = 6  # pictures kept: now and a few days, for one or two clearances (assumed)
FEW = 30  # reports of which a picture is put together while one waits for it: a third of a second (measured)
REST = 3.0  # seconds at least from the end of one renewal to the beginning of the next (assumed)
MANY = 300  # reports of which a picture is not waited for: some seconds (measured: 10 to 16 ms a report)
TOO_MANY = 20_000  # reports of which no picture is put together for pages: minutes, and gigabytes (assumed)
AT_ONCE = 2  # pictures put together at the same time; more would only wait for each other (two cores, one interpreter)

_Key = tuple[str, date | None, Since, datetime | None]


class _Kept(Struct):
    """A picture, what the store was like before it was put together, when that began and ended, and what it took.

    at: when it began, for people. is_behind: it was shown since although the store had changed.
    """

    state: State | None
    picture: Picture
    began: float
    ended: float
    took: float
    at: datetime
    is_behind: bool = False


class Pictures:
    """The last pictures of a store for this node's own people; what a partner sees is put together each time.

    One of more than a FEW reports is renewed beside: until that is done the former one is shown, and behind says so.
    Never after a marking was changed: then whoever asks waits for the new one.

    at_once: of how many of the newest reports. ready: what is made of each picture before it is shown, so that nobody
    waits for that either. beside: runs a function in another thread. pause: waits so many seconds, in that thread.
    """

    def __init__(
        self,
        store: Store,
        at_once: int = REPORTS_AT_ONCE,
        beside: "Callable[[Callable[[], None]], object] | None" = None,
        *,
        ready: Sequence[Callable[[Store, Picture], object]] = (),
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self._store, self._at_once = store, at_once
        self._beside, self._pause, self._ready = beside or _in_thread, pause, ready
        self._locks: dict[_Key, Lock] = {}
        self._lock = Lock()
        self._room, self._turn = BoundedSemaphore(AT_ONCE), Lock()
        self._kept: OrderedDict[_Key, _Kept] = OrderedDict()
        self._renewing: set[_Key] = set()

    def picture(
        self, reader: Reader, as_of: date | None = None, since: Since = "newest", *, fresh: bool = False
    ) -> Picture:
        """Return the picture, as `flow.picture.picture` does, or the former one while a new one is put together.

        fresh: for whoever has just changed something and looks at what follows: it is renewed without a rest.
        """
        return self._shown((reader.clearance, as_of, since, None), reader, fresh=fresh)

    def collected(
        self, reader: Reader, moment: datetime, as_of: date | None = None, since: Since = "newest"
    ) -> Picture:
        """Return the picture that the reports collected by a moment make, judgements of today applied.

        Without what was found in each report: it is there to be compared with, and kept beside others.
        """
        return self._shown((reader.clearance, as_of, since, moment), reader)

    def behind(self, reader: Reader, as_of: date | None = None, since: Since = "newest") -> datetime | None:
        """Return when the picture that is shown was put together, if something came in since; a partner's never is."""
        if reader.partner is not None:
            return None
        kept = self._found((reader.clearance, as_of, since, None))
        return kept.at if kept is not None and kept.is_behind else None

    def awaited(
        self,
        reader: Reader,
        as_of: date | None = None,
        since: Since = "newest",
        *,
        moment: datetime | None = None,
        most: int = MANY,
    ) -> int:
        """Return of how many reports a picture is that is not to be had yet; it is put together beside from now on.

        0 when it can be shown at once, or is of so few that whoever asks may wait for it; always for a partner.
        """
        if reader.partner is not None:
            return 0
        key = (reader.clearance, as_of, since, moment)
        kept = self._found(key)
        if kept is not None and _may_be_shown(kept, self._store.state(reader)):
            return 0
        first = beginning(self._store, reader, as_of, since, self._at_once)
        reports = len(self._store.ids(reader, as_of=as_of, since=first, collected_by=moment))
        if reports <= most or reports > TOO_MANY:  # whoever asks for too many is told so
            return 0
        self._renew(key, reader, rests=False)
        return reports

    def _shown(self, key: _Key, reader: Reader, *, fresh: bool = False) -> Picture:
        if reader.partner is not None:  # what is theirs can expire at any moment
            with self._room:
                return self._put_together(key, reader)
        asked, kept, state = time.monotonic(), self._found(key), self._store.state(reader)
        if kept is None or kept.state != state:
            if kept is not None and not fresh and _may_be_shown(kept, state) and len(kept.picture.reports) > FEW:
                kept.is_behind = True
                self._renew(key, reader, rests=not fresh)
            else:
                kept = self._made(key, reader, asked)
        return structs.replace(kept.picture, reader=reader)

    def _found(self, key: _Key) -> _Kept | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _made(self, key: _Key, reader: Reader, asked: float) -> _Kept:
        """Return a picture of the store as it is, or as it was at some moment after it was asked for."""
        with self._lock:
            lock = self._locks.setdefault(key, Lock())
        with lock:  # one thread puts it together, the others wait for it
            kept = self._found(key)
            if kept is None or kept.began < asked:
                began, at, state = time.monotonic(), clock.now(), self._store.state(reader)
                if kept is None or kept.state != state:
                    same = None if kept is None else self._same(key, reader, kept, state)
                    made = same or self._got_ready(key, reader)
                    took = kept.took if same and kept else time.monotonic() - began
                    kept = _Kept(state=state, picture=made, began=began, ended=time.monotonic(), took=took, at=at)
            self._keep(key, kept)
        return kept

    def _keep(self, key: _Key, made: _Kept) -> None:
        """Keep a picture in place of the former one; nothing that was made of one that goes is held any longer."""
        with self._lock:
            gone = [self._kept[key]] if key in self._kept else []
            self._kept[key] = made
            self._kept.move_to_end(key)
            while len(self._kept) > MOST:
                name, last = self._kept.popitem(last=False)
                self._locks.pop(name, None)
                gone.append(last)
            shown = [one.picture.reports for one in self._kept.values()]
        for one in gone:
            if not any(one.picture.reports is reports for reports in shown):
                let_go(one.picture)

    def _same(self, key: _Key, reader: Reader, kept: _Kept, state: State | None) -> Picture | None:
        """Return the former picture where what came in since is not of its days: the same reports make the same."""
        if state is None or not _may_be_shown(kept, state) or kept.state is None or kept.state.decided != state.decided:
            return None
        _, as_of, since, moment = key
        first = beginning(self._store, reader, as_of, since, self._at_once)
        now = self._store.ids(reader, as_of=as_of, since=first, collected_by=moment)
        if now != {report.id for report in kept.picture.reports}:
            return None
        if moment is not None:
            return kept.picture
        return structs.replace(kept.picture, **besides(self._store, reader, as_of, first))

    def _got_ready(self, key: _Key, reader: Reader) -> Picture:
        with self._room:
            made = self._put_together(key, reader)
            if key[1] is None and key[3] is None:
                for make in self._ready:
                    make(self._store, made)
        return made

    def _put_together(self, key: _Key, reader: Reader) -> Picture:
        _, as_of, since, moment = key
        first = beginning(self._store, reader, as_of, since, self._at_once)
        reports = len(self._store.ids(reader, as_of=as_of, since=first))
        if reports > max(TOO_MANY, self._at_once):
            raise ConfigError(
                f"that is a picture of {reports:,} reports; expected at most {TOO_MANY:,}: ask from a later day on "
                "(from=2024-10-01), or at the terminal"
            )
        if moment is not None:
            return self._earlier(reader, moment, as_of, since)
        return picture(self._store, reader, as_of, since, self._at_once)

    def _earlier(self, reader: Reader, moment: datetime, as_of: date | None, since: Since) -> Picture:
        first = beginning(self._store, reader, as_of, since, self._at_once)
        known = self._store.reports(reader, as_of=as_of, since=first)
        reports = sorted((one for one in known if one.collected <= moment), key=earliest_first)
        found = self._store.annotations(reader, [one.id for one in reports])
        made = fused(reports, found, reader, self._store.judgements(reader), as_of)
        return structs.replace(made, annotations={}, copies=(), stories=(), routes=())

    def _renew(self, key: _Key, reader: Reader, *, rests: bool = True) -> None:
        """Have another thread put the picture together, unless one does; not at once after the last time.

        It rests as long as that took, so that renewing takes half of a core at most, whatever comes in.
        """
        with self._lock:
            if key in self._renewing:
                return
            self._renewing.add(key)

        def renew() -> None:
            try:
                if rests and (kept := self._found(key)) is not None:
                    rest = max(REST, kept.took)
                    self._pause(max(0.0, kept.ended + rest - time.monotonic()))
                with self._turn:  # one renewal at a time, so that those who read have half of the interpreter
                    self._made(key, reader, time.monotonic())
            except (StoreError, ConfigError):
                return  # the database is away or closed, or there is too much; whoever asks next hears of it
            finally:
                with self._lock:
                    self._renewing.discard(key)

        self._beside(renew)


def _may_be_shown(kept: _Kept, state: State | None) -> bool:
    """Return whether nothing in a former picture was marked otherwise since."""
    return kept.state is not None and state is not None and kept.state.marked == state.marked


def _in_thread(renew: Callable[[], None]) -> None:
    Thread(target=renew, daemon=True).start()
