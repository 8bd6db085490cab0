"""Run feeds: look at each, queue what it names, fetch what is not kept yet, and write down how it fared.

What a feed names is queued in one transaction with what the source said about itself; a page leaves the queue when it
is kept. So a crash at any point loses nothing, a "nothing new" loses nothing that is still queued, and running again
does only what is left.
"""

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from msgspec import structs

from watchfloor.collect.captured import Told
from watchfloor.collect.fetched import fetched
from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, SourceError, WatchfloorError
from watchfloor.core.exchange import Fetch, Outcome
from watchfloor.core.feed import Feed, FeedKind, FeedState
from watchfloor.core.marking import Reader
from watchfloor.flow import feed_items, schedule
from watchfloor.flow.asks import Ask, FetchAll, Wants
from watchfloor.flow.feed_items import Named
from watchfloor.flow.feed_runs import FeedsReceipt, FeedTally, Ran
from watchfloor.flow.partner_feed import PartnerRun, kept_in
from watchfloor.flow.pipeline import Progress, Settled
from watchfloor.flow.receipt import Receipt, Taken
from watchfloor.store.feeds import Awaited, Run
from watchfloor.store.store import Store

MOST_PAGES = 100
"""Pages of one feed that one run fetches (assumed: a news feed names 20 to 50); the rest waits for the next run."""

LOCAL = frozenset({"file", "folder", "warc", "partner"})
"""Kinds of feeds that are not asked by fetching an address."""

_WANTS: dict[FeedKind, Wants] = {"page": "page", "feed": "feed", "sitemap": "sitemap"}


class Takes(Protocol):
    """Takes in what is collected: `pipeline.Line` reads it at once, `intake.Intake` leaves that to workers."""

    def add(
        self,
        items: Iterable[Capture | SetAside],
        progress: Progress | None = None,
        settled: Settled | None = None,
    ) -> Receipt:
        """Take in everything collected and return the receipt; every item ends in exactly one of its counts."""
        ...


class Feeding:
    """What running feeds needs: where things are kept, the production line, a way to fetch, a clock.

    told: told the name of the feed and where the last page was found, for showing how far it is. own: what belongs to
    the node itself and is not collected from folders. partners: how to ask the server of a partner.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        line: Takes,
        fetch_all: FetchAll,
        now: Callable[[], datetime],
        *,
        told: Callable[[str, str], None] | None = None,
        own: Collection[Path] = (),
        partners: Callable[[Feed], Callable[[str], Fetch]] | None = None,
    ) -> None:
        self._partners = partners
        self._store, self._reader, self._line = store, reader, line
        self._fetch_all, self._now = fetch_all, now
        self._record: Callable[[Fetch, Capture], Capture] = lambda _fetch, capture: capture
        self._recorded: Callable[[Fetch], None] = lambda _fetch: None
        self._left: Iterable[Capture | SetAside] = ()
        self._own = own
        self._told = told or (lambda _feed, _locator: None)
        self._asides: list[Aside] = []
        self._resumed = 0

    def keep(
        self,
        record: Callable[[Fetch, Capture], Capture],
        note: Callable[[Fetch], None],
        left: Iterable[Capture | SetAside],
    ) -> None:
        """Keep evidence of every fetch from now on.

        record: given every page that was got and its capture, before that goes into the line; returns the capture with
        where it lies. note: given every other fetch. left: what an interrupted run recorded and did not keep; the next
        run takes it in first.
        """
        self._record, self._recorded, self._left = record, note, left

    def run(self, feeds: Sequence[Feed], *, all_of_them: bool = False, most: int = MOST_PAGES) -> FeedsReceipt:
        """Run those of the feeds that are due, or all of them, and fetch what is queued of any; return the receipt.

        Whatever goes wrong with one is written down and stops no other. most: pages fetched of one feed.
        """
        began = time.monotonic()
        left = self._line.add(self._left)
        self._asides, self._resumed = list(left.set_aside), left.resumed + left.new + left.new_versions
        states = self._store.feed_states(self._reader)
        chosen = [feed for feed in feeds if all_of_them or not feed.paused]
        tallies = [FeedTally(feed, states.get(feed.name, FeedState())) for feed in chosen]
        now = self._now()
        due = [one for one in tallies if all_of_them or schedule.is_due(one.feed, one.state, now)]
        for tally in due:
            if tally.feed.kind in LOCAL:
                self._run_local(tally)
        self._look([tally for tally in due if tally.feed.kind not in LOCAL])
        here = [tally for tally in tallies if tally.feed.kind not in LOCAL and not tally.is_away]
        self._fetch_pages(here, most)  # pages of a source that is away wait: asking it again would hold up the others
        return FeedsReceipt(
            ran=self._conclude(tallies),
            set_aside=tuple(self._asides),
            resumed=self._resumed,
            seconds=round(time.monotonic() - began, 3),
        )

    def _run_local(self, tally: FeedTally) -> None:
        """Read a file, folder or archive; its items go through the line as they come."""
        feed = tally.feed
        if feed.kind == "partner":
            self._run_partner(tally)
            return
        try:
            self._take(tally, feed_items.local(feed, self._now(), self._own))
            self._note(tally, "got", "read")
        except SourceError as error:
            self._note(tally, "failed", str(error))

    def _run_partner(self, tally: FeedTally) -> None:
        """Read what a partner added since the last run; where it ended is kept with how the feed fares."""
        if self._partners is None:
            self._note(tally, "failed", "this run was given no way to ask partners (TAXII)")
            return
        kept = kept_in(self._store, self._reader)
        run = PartnerRun(tally.feed, self._partners(tally.feed), tally.before.modified, self._now(), kept)
        try:
            self._take(tally, run.captures())
        except SourceError as error:
            self._note(tally, "failed", f"{error} (after {run.detail})")
        else:
            self._note(tally, "got", run.detail)
        tally.state = structs.replace(tally.state, modified=run.last)
        self._store.keep_feed_state(tally.feed.name, tally.state)

    def _look(self, due: Sequence[FeedTally]) -> None:
        """Ask each feed what it has, and the sitemaps that an index among them names; queue what is new."""
        asked: dict[str, list[FeedTally]] = {}
        for tally in due:
            asked.setdefault(tally.feed.address, []).append(tally)
        inner: dict[str, list[FeedTally]] = {}
        for fetch in self._fetch_all([self._asking(address, tallies) for address, tallies in asked.items()]):
            for tally in asked.get(fetch.address, ()):
                for address in self._heard(tally, fetch):
                    inner.setdefault(address, []).append(tally)
        for fetch in self._fetch_all([Ask(address=address, wants="sitemap") for address in inner]):
            for tally in inner.get(fetch.address, ()):
                self._heard_inner(tally, fetch)

    def _asking(self, address: str, tallies: Sequence[FeedTally]) -> Ask:
        """Return how to ask for an address; where several feeds have it, what one knows the others may not."""
        wants = _WANTS.get(tallies[0].feed.kind, "page")
        etag, modified = schedule.conditions(tallies[0].state, self._now()) if len(tallies) == 1 else (None, None)
        return Ask(address=address, wants=wants, etag=etag, modified=modified)

    def _heard(self, tally: FeedTally, fetch: Fetch) -> tuple[str, ...]:
        """Take what a feed answered; return the sitemaps that are to be asked as well."""
        self._told(tally.feed.name, fetch.address)
        if fetch.outcome != "got" or tally.feed.kind != "page":
            self._recorded(fetch)
        if fetch.outcome != "got":
            self._note(tally, fetch.outcome, fetch.detail, fetch)
            return ()
        try:
            named = feed_items.named(tally.feed, fetch, tally.state)
            if tally.feed.kind == "page":
                named = self._take_page(tally, fetch)
        except SourceError as error:
            self._note(tally, "broken", str(error), fetch)
            return ()
        except WatchfloorError:
            raise
        except Exception as error:  # noqa: BLE001 - what nobody foresaw in one feed must not stop the others
            self._note(tally, "broken", f"{type(error).__name__}: {error}; please report it", fetch)
            return ()
        self._queue(tally, named, fetch)
        return named.sitemaps

    def _heard_inner(self, tally: FeedTally, fetch: Fetch) -> None:
        """Take what a sitemap answered that an index names; when one fails, all is asked again in full next time."""
        self._recorded(fetch)
        try:
            if fetch.outcome != "got":
                raise SourceError(f"{fetch.outcome}: {fetch.detail}")
            named = feed_items.named(tally.feed, fetch, tally.state)
        except SourceError as error:
            detail = f"{tally.state.detail}; {fetch.address} could not be read: {error}"
            tally.state = structs.replace(tally.state, detail=detail, full=tally.before.full, etag=None, modified=None)
            return
        self._queue(tally, named, None)

    def _take_page(self, tally: FeedTally, fetch: Fetch) -> Named:
        """Take a page that is collected itself; when it is a list, the reports that it links are named."""
        page = Awaited(address=tally.feed.address, next_try=self._now(), named=self._now())
        asides = self._take(tally, [self._captured(tally.feed, page, fetch)])
        if any(aside.reason == "not-a-report" for aside in asides):
            return feed_items.linked(fetch)
        return Named(detail="a page")

    def _queue(self, tally: FeedTally, named: Named, fetch: Fetch | None) -> None:
        """Write down how the feed answered, and in the same transaction what of it is to be fetched."""
        now = self._now()
        seen = self._store.last_seen(self._reader, (entry.url for entry in named.entries if entry.url), now)
        pages = feed_items.wanted(named, seen, now)
        tally.named += len(pages)
        tally.is_asked = True
        if fetch is not None:
            tally.state = schedule.after(tally.feed, tally.state, "got", named.detail, now, fetch)
            tally.is_index = bool(named.sitemaps)
        self._store.keep_feed_state(tally.feed.name, tally.before if tally.is_index else tally.state, awaited=pages)

    def _note(self, tally: FeedTally, outcome: Outcome, detail: str, fetch: Fetch | None = None) -> None:
        tally.is_asked = True
        tally.state = schedule.after(tally.feed, tally.state, outcome, detail, self._now(), fetch)
        self._store.keep_feed_state(tally.feed.name, tally.state)

    def _fetch_pages(self, tallies: Sequence[FeedTally], most: int) -> None:
        """Fetch what is queued of the feeds, each address once, and take it in as it comes."""
        queued: dict[str, list[tuple[FeedTally, Awaited]]] = {}
        for tally in tallies:
            for page in self._queued(tally, most):
                queued.setdefault(page.address, []).append((tally, page))
        asks = [Ask(address=address) for address in queued]

        def items() -> Iterator[Capture | SetAside]:
            for fetch in self._fetch_all(asks):
                for tally, page in queued.get(fetch.address, ())[:1]:
                    self._told(tally.feed.name, fetch.address)
                    yield self._captured(tally.feed, page, fetch)

        def settled(item: Capture | SetAside, outcome: Taken) -> None:
            named_by = queued[item.locator or ""]
            named_by[0][0].count(outcome)
            if isinstance(item, Capture):
                for tally, page in named_by:
                    self._store.forget_awaited(tally.feed.name, page.address)

        receipt = self._line.add(items(), settled=settled)
        self._asides += receipt.set_aside
        self._resumed += receipt.resumed

    def _queued(self, tally: FeedTally, most: int) -> list[Awaited]:
        """Return the queued pages of a feed; what was kept since it was named is struck off the queue."""
        found = []
        now = self._now()
        pages = self._store.awaited(self._reader, tally.feed.name, now, most)
        seen = self._store.last_seen(self._reader, (page.address for page in pages), now)
        for page in pages:
            last = seen.get(page.address)
            if last is not None and page.named <= last <= now:
                self._store.forget_awaited(tally.feed.name, page.address)
            else:
                found.append(page)
        return found

    def _captured(self, feed: Feed, page: Awaited, fetch: Fetch) -> Capture | SetAside:
        """Return the capture of a fetched page; when there is none, why, and it is queued for later or given up."""
        now = self._now()
        told = Told(
            now=now,
            feed=feed.name,
            outlet=page.outlet or feed.outlet,
            published=page.published,
            marking=feed.marking,
        )
        if fetch.outcome == "got":
            found = fetched(fetch, told)
        else:
            found = SetAside(fetch.outcome, fetch.detail or "no reason was given", fetch.address)
        if isinstance(found, Capture):
            return self._record(fetch, found)
        self._recorded(fetch)
        later = schedule.again(page, fetch.outcome in schedule.PASSING, found.detail, now, fetch.retry)
        if later is None:
            self._store.forget_awaited(feed.name, page.address)
        else:
            self._store.keep_awaited(feed.name, later)
        return found

    def _take(self, tally: FeedTally, items: Iterable[Capture | SetAside]) -> tuple[Aside, ...]:
        """Put items of one feed through the line; return what of them was set aside."""
        own: list[Aside] = []

        def settled(item: Capture | SetAside, outcome: Taken) -> None:
            tally.count(outcome)
            self._told(tally.feed.name, item.locator or "")
            if isinstance(outcome, Aside):
                own.append(outcome)

        receipt = self._line.add(items, settled=settled)
        self._asides += receipt.set_aside
        self._resumed += receipt.resumed
        return tuple(own)

    def _conclude(self, tallies: Sequence[FeedTally]) -> tuple[Ran, ...]:
        """Write down each run with what came of its pages; return them, but for feeds with which nothing was done."""
        waiting = self._store.count_awaited(self._reader)
        ran = []
        for one in tallies:
            if not one.is_asked and not (one.new or one.unchanged or one.set_aside):
                continue
            state = structs.replace(one.state, new=one.new)
            outcome = state.outcome or "got"
            detail = state.detail if one.is_asked else "pages that were left from an earlier run"
            run = Run(at=self._now(), outcome=outcome, detail=detail, new=one.new)
            self._store.keep_feed_state(one.feed.name, state, run)
            ran.append(
                Ran(
                    feed=one.feed.name,
                    outcome=outcome,
                    detail=detail,
                    named=one.named,
                    new=one.new,
                    unchanged=one.unchanged,
                    set_aside=one.set_aside,
                    waiting=waiting.get(one.feed.name, 0),
                    next_try=state.next_try,
                )
            )
        return tuple(ran)
