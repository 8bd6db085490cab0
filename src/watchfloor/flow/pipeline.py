"""The sequence: collect, clean, annotate, resolve within, store. The only place that knows it."""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future
from contextlib import closing
from functools import partial
from itertools import count

from msgspec import Struct, structs

from watchfloor import __version__
from watchfloor.clean.reports import Quality
from watchfloor.core.aside import Aside, aside_of
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, WatchfloorError
from watchfloor.core.marking import Reader
from watchfloor.flow import clock
from watchfloor.flow.copying import complete
from watchfloor.flow.crew import Crew, Unspeakable
from watchfloor.flow.in_flight import InFlight
from watchfloor.flow.made import (
    Again,
    Asked,
    Failed,
    Made,
    Order,
    annotated,
    make,
    make_again,
    readable,
    refuse_other_pages,
)
from watchfloor.flow.memory import recall
from watchfloor.flow.parts import Part, recipe
from watchfloor.flow.receipt import Receipt, Taken, Tally
from watchfloor.store.store import Store

__all__ = ["Line", "Progress", "Settled", "Taken", "annotated", "readable", "refuse_other_pages"]

MISTYPED = frozenset({"not-found"})
"""Reasons that are told and not kept: nothing was collected, the argument names nothing."""

Progress = Callable[[int, str], None]
"""Told after each item how many are done and where the last one was found."""

Settled = Callable[[Capture | SetAside, Taken], None]
"""Told of each item what became of it, once that is on the disk."""


class _Begun(Struct):
    """An item whose turn to be kept has not come. making: None for what is only to be refused."""

    number: int
    item: Capture | SetAside
    making: "Future[Made | Failed] | None"


class Line:
    """One production line: a store to write to, the annotators in their order, a time limit for each item.

    quality: how pages are read, "bulk" for archives. crew: who makes reports beside each other; without one they are
    made here, one after the other, and the same comes out. This process alone writes, in the order in which items came.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        parts: Sequence[Part],
        seconds_per_report: float,
        quality: Quality = "best",
        crew: Crew | None = None,
    ) -> None:
        self._store = store
        self._reader = reader
        self._parts = parts
        self._recipe = recipe(parts, __version__)
        self._seconds = seconds_per_report
        self._quality = quality
        self._crew = crew
        self._asked = Asked(host=recall(store, reader), readings=partial(store.readings, reader))
        self._languages = {feed.name: feed.language for feed in store.feeds(reader)}

    def add(
        self,
        items: Iterable[Capture | SetAside],
        progress: Progress | None = None,
        settled: Settled | None = None,
    ) -> Receipt:
        """Take in everything collected and return the receipt; every item ends in exactly one of its counts.

        First finishes what an interrupted run left behind. The bytes of each item are on disk before they are read, and
        what became of it before it is told, so that a crash at any moment loses nothing and running again does only
        what is left.
        """
        tally = Tally()
        with closing(self._through(self._store.pending(self._reader), self._read, lambda _: True)) as read:
            resumed = [outcome for _, outcome in read]
        renewed = self._renew()
        complete(self._store, self._reader)
        notes: list[str] = []
        with closing(self._through(items, self._take, self._store.keep_new)) as taken:
            for item, outcome in taken:
                if settled is not None:
                    settled(item, outcome)
                if outcome == "unchanged" and isinstance(item, Capture) and (note := self._not_applied(item)):
                    notes.append(note)
                tally.count(outcome)
                if progress is not None:
                    progress(tally.captured, item.locator or "")
        added = tally.receipt()
        return structs.replace(
            added,
            set_aside=(*(outcome for outcome in resumed if isinstance(outcome, Aside)), *added.set_aside),
            notes=tuple(notes),
            resumed=len(resumed),
            renewed=renewed,
        )

    def replay(self, asides: Iterable[Aside], ids: frozenset[str], progress: Progress | None = None) -> Receipt:
        """Run kept captures that were set aside once more, all of them or those with these ids; return the receipt."""
        tally = Tally()
        for aside in asides:
            capture = self._store.capture(self._reader, aside.capture) if aside.capture else None
            if capture is None or (ids and aside.id not in ids):
                continue
            tally.count(self._read(capture))
            if progress is not None:
                progress(tally.captured, capture.locator)
        return tally.receipt()

    def read(self, capture: Capture) -> Taken:
        """Read one kept capture as far as it goes; return what became of it. Reading it twice changes nothing."""
        return self._read(capture)

    @property
    def recipe(self) -> str:
        """Return by what the annotators of this line are told from those of another."""
        return self._recipe

    def renew(self, id: str) -> str:
        """Annotate a kept report again; return what became of it. What goes wrong is raised: what was found stays."""
        report = self._store.report(self._reader, id)
        if report is None:
            return "gone"
        again = Again(report=report, seconds=self._seconds)
        made = None if self._crew is None else _result(self._crew.submit(again, self._asked))
        made = made or make_again(again, self._parts, self._asked)
        if isinstance(made, Failed):
            raise SetAside(made.reason, made.detail)
        return self._keep_again(made)

    def give_up(self, capture: Capture, reason: str, detail: str) -> Aside:
        """Set a kept capture aside for a reason that lies outside of it; replayable like any other."""
        return self._aside(SetAside(reason, detail), "service", capture.id, capture.locator)

    def refuse(self, item: SetAside) -> Aside:
        """Set aside what could not be collected."""
        return self._aside(item, "collect", None, item.locator or "unknown")

    def _through(
        self,
        items: Iterable[Capture | SetAside],
        alone: Callable[[Capture], Taken],
        is_to_read: Callable[[Capture], bool],
    ) -> Generator[tuple[Capture | SetAside, Taken], None, None]:
        """Yield each item with what became of it, in their order.

        is_to_read: keeps the bytes where that is still to be done, and says whether they are to be read, whatever
        becomes of the items before. alone: deals with an item when all before it are done.
        """
        if self._crew is None:
            yield from ((item, self._refused_or(alone, item)) for item in items)
            return
        flight = InFlight(self._store, self._reader)
        begun: deque[_Begun] = deque()
        try:
            for number, item in zip(count(), items, strict=False):
                if isinstance(item, SetAside):
                    begun.append(_Begun(number, item, None))
                elif is_to_read(item):
                    begun.append(_Begun(number, item, self._making(self._crew, number, item, flight)))
                else:  # it is known: what becomes of it may rest on what becomes of those before
                    yield from (self._ended(begun.popleft(), flight) for _ in range(len(begun)))
                    yield item, alone(item)
                while len(begun) > self._crew.ahead:
                    yield self._ended(begun.popleft(), flight)
            while begun:
                yield self._ended(begun.popleft(), flight)
        finally:
            flight.abandon()

    def _making(self, crew: Crew, number: int, capture: Capture, flight: InFlight) -> "Future[Made | Failed]":
        flight.begin(number)
        making = crew.submit(self._order(capture), self._asked_of(number, flight))

        def done(made: "Future[Made | Failed]") -> None:
            if made.cancelled() or not isinstance(made.exception(), Unspeakable):
                flight.cleaned(number, None)  # nothing, when its lines were told before

        making.add_done_callback(done)
        return making

    def _ended(self, one: _Begun, flight: InFlight) -> tuple[Capture | SetAside, Taken]:
        """Wait until an item is made, keep it, and return it with what became of it."""
        if isinstance(one.item, SetAside) or one.making is None:
            return one.item, self._refused_or(self._read, one.item)
        made = _result(one.making) or make(self._order(one.item), self._parts, self._asked_of(one.number, flight))
        with flight.keeping(one.number):
            return one.item, self._kept(one.item, made)

    def _asked_of(self, number: int, flight: InFlight) -> Asked:
        return Asked(
            host=partial(flight.recall, number),
            readings=self._asked.readings,
            cleaned=partial(flight.cleaned, number),
        )

    def _order(self, capture: Capture) -> Order:
        expected = self._languages.get(capture.feed)
        return Order(capture=capture, quality=self._quality, expected=expected, seconds=self._seconds)

    def _renew(self) -> int:
        """Annotate again what another recipe annotated; return how many reports that were."""
        renewed = 0
        making: deque[Callable[[], Made | Failed | None]] = deque()
        for name in self._store.stale(self._reader, self._recipe):
            report = self._store.report(self._reader, name)
            if report is None:
                continue
            again = Again(report=report, seconds=self._seconds)
            if self._crew is None:
                renewed += self._renewed(partial(make_again, again, self._parts, self._asked))
                continue
            making.append(partial(_result, self._crew.submit(again, self._asked)))
            while len(making) > self._crew.ahead:
                renewed += self._renewed(making.popleft())
        while making:
            renewed += self._renewed(making.popleft())
        return renewed

    def _renewed(self, making: Callable[[], Made | Failed | None]) -> bool:
        """Keep what is made; return whether there is anything. What fails is tried again by the next run."""
        try:
            made = making()
        except WatchfloorError:
            return False  # what the older recipe found stays
        if not isinstance(made, Made):
            return False
        self._keep_again(made)
        return True

    def _keep_again(self, made: Made) -> str:
        return self._store.keep_report(made.report, made.found, self._recipe, made.read, fingerprint=made.fingerprint)

    def _refused_or(self, alone: Callable[[Capture], Taken], item: Capture | SetAside) -> Taken:
        return self.refuse(item) if isinstance(item, SetAside) else alone(item)

    def _take(self, item: Capture) -> Taken:
        """Keep one capture and bring it as far as it goes; return what became of it."""
        taken = self._store.keep_capture(item)
        if taken == "back":  # an older text stands at its place again
            return "new-version"
        if taken == "known":
            return self._store.aside_of(self._reader, item.id) or "unchanged"
        return self._read(item)

    def _not_applied(self, item: Capture) -> str | None:
        """Return in words what was given with a known item and differs from what is kept of it; None when nothing."""
        if item.outlet is None and item.marking is None:
            return None
        kept = self._store.capture(self._reader, item.id)
        if kept is None:
            return None
        changed = [
            name
            for name, now, before in (("outlet", item.outlet, kept.outlet), ("marking", item.marking, kept.marking))
            if now is not None and now != before
        ]
        if not changed:
            return None
        return f"{item.locator} is kept already; the {' and '.join(changed)} given now was not applied to it"

    def _read(self, capture: Capture) -> Taken:
        """Clean, annotate and keep one capture; return what became of it."""
        order = self._order(capture)
        made = None if self._crew is None else _result(self._crew.submit(order, self._asked))
        return self._kept(capture, made or make(order, self._parts, self._asked))

    def _kept(self, capture: Capture, made: Made | Failed) -> Taken:
        if isinstance(made, Failed):
            return self._aside(SetAside(made.reason, made.detail), made.room, capture.id, capture.locator)
        return self._store.keep_report(made.report, made.found, self._recipe, made.read, made.printed, made.fingerprint)

    def _aside(self, error: SetAside, room: str, capture: str | None, locator: str) -> Aside:
        aside = aside_of(error, room, locator, clock.now(), capture)
        if error.reason not in MISTYPED:
            self._store.keep_aside(aside)
        return aside


def _result(making: "Future[Made | Failed]") -> Made | Failed | None:
    """Return what was made, None when it must be made here."""
    try:
        return making.result()
    except Unspeakable:
        return None
