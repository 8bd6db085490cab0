"""The sequence: collect, clean, annotate, resolve within, store. The only place that knows it."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import structs

from watchfloor import __version__
from watchfloor.clean.reports import Quality, clean
from watchfloor.core.annotation import Annotation
from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, WatchfloorError
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.flow import clock
from watchfloor.flow.copying import complete, fingerprinted
from watchfloor.flow.deadline import deadline
from watchfloor.flow.memory import printed
from watchfloor.flow.memory import recall as recalled
from watchfloor.flow.parts import Part, recipe
from watchfloor.flow.readings import fresh, recall
from watchfloor.flow.receipt import Receipt
from watchfloor.resolve import within
from watchfloor.store.store import Store

MISTYPED = frozenset({"not-found"})
"""Reasons that are told and not kept: nothing was collected, the argument names nothing."""

ENGLISH = "en"

Progress = Callable[[int, str], None]
"""Told after each item how many are done and where the last one was found."""

Taken = str | Aside
"""What became of an item: "new", "new-version", "unchanged", "renewed", or why it was set aside."""

Settled = Callable[[Capture | SetAside, Taken], None]
"""Told of each item what became of it, once that is on the disk."""


class Line:
    """One production line: a store to write to, the annotators in their order, a time limit for each item.

    quality: how pages are read, "bulk" for archives.
    """

    def __init__(
        self, store: Store, reader: Reader, parts: Sequence[Part], seconds_per_report: float, quality: Quality = "best"
    ) -> None:
        self._store = store
        self._reader = reader
        self._parts = parts
        self._recipe = recipe(parts, __version__)
        self._seconds = seconds_per_report
        self._quality = quality
        self._languages = {feed.name: feed.language for feed in store.feeds(reader)}

    def add(
        self,
        items: Iterable[Capture | SetAside],
        progress: Progress | None = None,
        settled: Settled | None = None,
    ) -> Receipt:
        """Take in everything collected and return the receipt; every item ends in exactly one of its counts.

        First finishes what an interrupted run left behind. Each item is on disk before the next one is begun, so that
        a crash at any moment loses nothing and running again does only what is left.
        """
        began = time.monotonic()
        resumed = [self._read(capture) for capture in self._store.pending(self._reader)]
        asides = [outcome for outcome in resumed if isinstance(outcome, Aside)]
        renewed = self._renew()
        complete(self._store, self._reader)
        outcomes: Counter[str] = Counter()
        notes: list[str] = []
        captured = 0
        for captured, item in enumerate(items, 1):
            outcome = self._take(item)
            if settled is not None:
                settled(item, outcome)
            if outcome == "unchanged" and isinstance(item, Capture) and (note := self._not_applied(item)):
                notes.append(note)
            if isinstance(outcome, Aside):
                asides.append(outcome)
            else:
                outcomes[outcome] += 1
            if progress is not None:
                progress(captured, item.locator or "")
        return Receipt(
            captured=captured,
            new=outcomes["new"],
            unchanged=outcomes["unchanged"] + outcomes["renewed"],
            new_versions=outcomes["new-version"],
            set_aside=tuple(asides),
            notes=tuple(notes),
            resumed=len(resumed),
            renewed=renewed,
            seconds=round(time.monotonic() - began, 3),
        )

    def replay(self, asides: Iterable[Aside], ids: frozenset[str], progress: Progress | None = None) -> Receipt:
        """Run kept captures that were set aside once more, all of them or those with these ids; return the receipt."""
        began = time.monotonic()
        outcomes: Counter[str] = Counter()
        again: list[Aside] = []
        captured = 0
        for aside in asides:
            capture = self._store.capture(self._reader, aside.capture) if aside.capture else None
            if capture is None or (ids and aside.id not in ids):
                continue
            captured += 1
            outcome = self._read(capture)
            if isinstance(outcome, Aside):
                again.append(outcome)
            else:
                outcomes[outcome] += 1
            if progress is not None:
                progress(captured, capture.locator)
        return Receipt(
            captured=captured,
            new=outcomes["new"],
            unchanged=outcomes["unchanged"] + outcomes["renewed"],
            new_versions=outcomes["new-version"],
            set_aside=tuple(again),
            seconds=round(time.monotonic() - began, 3),
        )

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
        return "gone" if report is None else self._keep_again(report, *self._annotated_again(report))

    def give_up(self, capture: Capture, reason: str, detail: str) -> Aside:
        """Set a kept capture aside for a reason that lies outside of it; replayable like any other."""
        return self._aside(SetAside(reason, detail), "service", capture.id, capture.locator)

    def refuse(self, item: SetAside) -> Aside:
        """Set aside what could not be collected."""
        return self._aside(item, "collect", None, item.locator or "unknown")

    def _renew(self) -> int:
        """Annotate again what another recipe annotated; return how many reports that were."""
        renewed = 0
        for name in self._store.stale(self._reader, self._recipe):
            report = self._store.report(self._reader, name)
            if report is None:
                continue
            try:
                found, missing = self._annotated_again(report)
            except WatchfloorError:
                continue  # what the older recipe found stays; the next run tries again
            except Exception:  # noqa: BLE001 - one report that a new part cannot read must not stop the batch
                continue
            self._keep_again(report, found, missing)
            renewed += 1
        return renewed

    def _annotated_again(self, report: Report) -> tuple[tuple[Annotation, ...], frozenset[str]]:
        missing = recall(self._store, self._reader, readable(report))
        with deadline(self._seconds):
            return annotated(report, self._parts), missing

    def _keep_again(self, report: Report, found: Sequence[Annotation], missing: frozenset[str]) -> str:
        return self._store.keep_report(
            report, found, self._recipe, fresh(missing), fingerprint=fingerprinted([report])[0]
        )

    def _take(self, item: Capture | SetAside) -> str | Aside:
        """Keep one item and bring it as far as it goes; return what became of it."""
        if isinstance(item, SetAside):
            return self._aside(item, "collect", None, item.locator or "unknown")
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

    def _read(self, capture: Capture) -> str | Aside:
        """Clean, annotate and keep one capture; return what became of it."""
        room = "clean"
        try:
            with deadline(self._seconds):
                report = clean(
                    capture,
                    quality=self._quality,
                    recall=recalled(self._store, self._reader),
                    expected=self._languages.get(capture.feed),
                )
                refuse_other_pages(report)
                room = "annotate"
                missing = recall(self._store, self._reader, readable(report))
                found = annotated(report, self._parts)
        except SetAside as error:
            return self._aside(error, room, capture.id, capture.locator)
        except WatchfloorError:
            raise
        except Exception as error:  # noqa: BLE001 - the one place that records what nobody foresaw, and goes on
            told = SetAside("internal-error", f"{type(error).__name__}: {error}; please report it with this file")
            return self._aside(told, room, capture.id, capture.locator)
        return self._store.keep_report(
            report, found, self._recipe, fresh(missing), printed(capture, report), fingerprinted([report])[0]
        )

    def _aside(self, error: SetAside, room: str, capture: str | None, locator: str) -> Aside:
        aside = Aside(
            id=content_id("aside", locator, capture, room, error.reason),
            locator=locator,
            capture=capture,
            room=room,
            reason=error.reason,
            detail=error.detail,
            at=clock.now(),
        )
        if error.reason not in MISTYPED:
            self._store.keep_aside(aside)
        return aside


def refuse_other_pages(report: Report) -> None:
    """Raise SetAside for a page that is no report; its bytes stay kept, so that a better reading can replay it."""
    for flag in report.flags:
        if flag.name == "not-a-report":
            raise SetAside("not-a-report", f"{flag.detail} ({flag.certainty})")


def annotated(report: Report, parts: Sequence[Part]) -> tuple[Annotation, ...]:
    """Return all that the parts say about a report, names resolved within it, in text order.

    A page that is no report (a listing, a stub before a paywall) says nothing, and nothing is read in paragraphs of
    another language than the report's.
    """
    if any(flag.name == "not-a-report" for flag in report.flags):
        return ()
    read = readable(report)
    found: list[Annotation] = []
    for part in parts:
        found += part.annotate(read, tuple(found))
    return within.resolve(read, found)


def readable(report: Report) -> Report:
    """Return what the annotators are shown of a report: without its paragraphs in another language, English excepted.

    They read English. In a paragraph that is surely in another language names would come with its common nouns, dates
    and figures by halves ("000 soldats"), and no statement at all; so nothing is said of it.
    """
    kept = tuple(part for part in report.passages if part.language in (None, ENGLISH))
    return report if len(kept) == len(report.passages) else structs.replace(report, passages=kept)
