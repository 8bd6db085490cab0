"""A situation: one opened database with its reader and its production line."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from watchfloor.clean.reports import Quality
from watchfloor.collect.files import collect
from watchfloor.core.assessment import Assessment, Confidence, Credibility, Likelihood
from watchfloor.core.capture import Capture
from watchfloor.core.claim import Claim
from watchfloor.core.errors import ConfigError, SetAside, StoreError
from watchfloor.core.exchange import Fetch
from watchfloor.core.feed import Grade, Reliability
from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement, Verdict
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.translation import Translation
from watchfloor.flow import assessing, clock, translation
from watchfloor.flow.acting import COMMAND, Command, acting, noted
from watchfloor.flow.admission import Admitted, alone
from watchfloor.flow.configuration import Configuration, configuration, evidence_folder, file_of, own_files
from watchfloor.flow.crew import Crew, crewed, size_of
from watchfloor.flow.egress import Tally, host_of
from watchfloor.flow.parts import configured
from watchfloor.flow.picture import Since, beginning, picture
from watchfloor.flow.pipeline import Line, Progress
from watchfloor.flow.receipt import Receipt
from watchfloor.flow.searching import search
from watchfloor.fuse.routes import ABOUT_ROUTES
from watchfloor.store.connection import open_store
from watchfloor.store.search import Found
from watchfloor.store.store import Store

FEW = 24
"""So many items are read faster by the process that is here than by those that would first have to load a model."""
MUCH = 2**25  # bytes of items that are looked at before it is known how many there are (assumed: no burden)

if TYPE_CHECKING:  # what feeds need takes long to load, and few commands run them
    from watchfloor.flow.asks import Ask, FetchAll
    from watchfloor.flow.feed_runs import FeedsReceipt
    from watchfloor.flow.feeding import Takes


class Situation:
    """One opened database, the reader who asks, and what can be done with them. by: who works with it.

    evidence: the folder of its web archives. since: the first day whose reports are looked at.
    """

    def __init__(
        self,
        store: Store,
        reader: Reader,
        settings: Configuration,
        by: Admitted | None = None,
        since: Since = "newest",
    ) -> None:
        self.store = store
        self.reader = reader
        self.since = since
        self.by = by or alone(reader.name, reader.clearance, clock.now())
        self.settings = self._settings = settings
        self.evidence = evidence_folder(settings, store.name)
        self._own = own_files(settings, store.name)
        self.seconds_per_report = settings.seconds_per_report

    def add(
        self,
        arguments: Sequence[str],
        *,
        outlet: str | None = None,
        published: str | None = None,
        marking: Marking | None = None,
        progress: Progress | None = None,
        quality: Quality = "best",
        workers: int | None = None,
    ) -> Receipt:
        """Collect the files, folders, globs and archives named and take them in; return the receipt.

        quality: how pages are cleaned, "bulk" for archives: several times as fast, a little worse. workers: how many
        processes read beside each other, by default as set and for a few items none; what comes out is the same.
        """
        items = collect(
            _spelled(arguments), now=clock.now(), outlet=outlet, published=published, marking=marking, own=self._own
        )
        first = _first(items)
        with self.crewed(workers if workers is not None or len(first) > FEW else 1) as crew:
            return self._line(quality, crew).add(chain(first, items), progress)

    @contextmanager
    def crewed(self, workers: int | None = None) -> "Iterator[Crew | None]":
        """Have processes for the block that read beside each other, by default as set; None where one is enough."""
        size = workers or size_of(self._settings)
        if size == 1:
            yield None
            return
        with crewed(size, self._settings, configured(self._settings)) as crew:
            yield crew

    def run_feeds(
        self,
        names: Sequence[str] = (),
        *,
        all_of_them: bool = False,
        most: int | None = None,
        told: Callable[[str, str], None] | None = None,
        line: "Takes | None" = None,
        going: Callable[[], bool] = lambda: True,
    ) -> "FeedsReceipt":
        """Run the feeds that are due, all of them, or those named; return the receipt.

        most: pages fetched of one feed; told: as in Feeding. line: what takes in the pages, else they are read at once.
        going: asked after each page; once it is False no further one is taken, and the rest is fetched another time.
        """
        from watchfloor.flow.feeding import LOCAL, MOST_PAGES, Feeding
        from watchfloor.flow.keeping import keeping, unkept
        from watchfloor.flow.web import opened_partners, opened_web

        feeds = [feed for feed in self.store.feeds(self.reader) if not names or feed.name in names]
        with opened_web(self._settings) as fetch_all, ExitStack() as archives:
            tally = Tally(self.store, clock.now)
            archives.callback(tally.close)
            partners = tally.partners(archives.enter_context(opened_partners(self._settings)))
            feeding = Feeding(
                self.store,
                self.reader,
                line or self._line(),
                _while(going, tally.fetches(fetch_all)),
                clock.now,
                told=told,
                own=self._own,
                partners=partners,
            )
            if any(feed.kind not in LOCAL for feed in feeds):
                keeper = archives.enter_context(keeping(self.store, self.evidence, now=clock.now()))
                left = chain(keeper.mended(), unkept(self.store, self.evidence))
                feeding.keep(record=keeper.record, note=keeper.note, left=left)
            return feeding.run(feeds, all_of_them=all_of_them or bool(names), most=most or MOST_PAGES)

    @contextmanager
    def web(self) -> "Iterator[FetchAll]":
        """Open the way to the web for the block."""
        from watchfloor.flow.web import opened_web

        tally = Tally(self.store, clock.now)
        with opened_web(self._settings) as fetch_all, closing(tally):
            yield tally.fetches(fetch_all)

    def replay(self, ids: Iterable[str] = (), progress: Progress | None = None) -> Receipt:
        """Try again what was set aside and whose bytes are kept, all of it or these ids; return the receipt."""
        return self._line().replay(self.store.asides(self.reader), frozenset(ids), progress)

    def translate(
        self,
        ids: Sequence[str] = (),
        *,
        target: str | None = None,
        again: bool = False,
        progress: Progress | None = None,
    ) -> translation.Outcome:
        """Translate the current reports in other languages, or those with these ids; keep each as soon as it is done.

        again: also what is translated already. Raises ConfigError when no translator is set.
        """
        into = target or self._settings.translate_to
        with translation.connected(self._settings.translate, self._settings.translate_key) as translator:
            reports = self.store.reports(self.reader) if not ids else tuple(self._named(name) for name in ids)
            kept = {} if again else self.store.translations(self.reader, [report.id for report in reports])
            done = frozenset(id for id, made in kept.items() if any(one.target == into for one in made))
            work = translation.Work(reports=reports, done=done, target=into)
            host = host_of(translator.address)
            with closing(Tally(self.store, clock.now)) as tally:
                return translation.translate(
                    work,
                    translator,
                    self.store.keep_translation,
                    progress,
                    asked=lambda failure: tally.asked("translation", host, failure),
                )

    def judge_route(
        self,
        child: str,
        parent: str,
        verdict: Verdict,
        *,
        by: str,
        reason: str | None = None,
    ) -> Judgement:
        """Keep a person's word on whether one report rests on another ("same"); return it.

        child, parent: ids, or how they begin. Raises ConfigError when they name no report, or the same one.
        """
        left, right = self._named(child).id, self._named(parent).id
        if left == right:
            raise ConfigError(f"both ids name the report {left}; expected two")
        about = ABOUT_ROUTES + left
        before = [one.at for one in self.store.judgements(self.reader) if (one.left, one.right) == (about, right)]
        at = max([clock.now(), *(one + timedelta(microseconds=1) for one in before)])  # the latest stands
        made = Judgement(
            id=content_id("jdg", about, right, verdict, by, at.isoformat(), reason),
            left=about,
            right=right,
            verdict=verdict,
            by=by,
            at=at,
            reason=reason,
        )
        self.store.keep_judgement(made)
        return made

    def assess(
        self,
        claim: str,
        *,
        credibility: Credibility | None,
        likelihood: Likelihood | None,
        confidence: Confidence | None,
        by: str,
        reason: str | None = None,
        marking: Marking | None = None,
    ) -> tuple[Claim, Assessment]:
        """Keep what a person holds of a claim; return both.

        claim: its id, or how it begins. marking: who of this node may know of it. Raises ConfigError for an unknown
        claim, for an assessment that says nothing, and for "1 confirmed" of a claim without two independent origins for
        certain.
        """
        if credibility is None and likelihood is None and confidence is None:
            raise ConfigError("nothing to keep: give --credibility, --likelihood or --confidence")
        holds = (credibility, likelihood, confidence)
        return assessing.assess(
            self.store, self.picture(), claim, holds, by=by, at=clock.now(), reason=reason, marking=marking
        )

    def grade_outlet(self, outlet: str, reliability: Reliability, reason: str) -> None:
        """Keep how far an outlet is trusted from now on; the grades before stay in its history."""
        made = Grade(reliability=reliability, by=self.reader.name, at=clock.now(), reason=reason)
        self.store.keep_outlet_grade(outlet, made)

    def translations(self, report: str) -> tuple[Translation, ...]:
        """Return the machine translations that are kept of a report."""
        return self.store.translations(self.reader, [report]).get(report, ())

    def _named(self, name: str) -> Report:
        fitting = [id for id in self.store.resolve(self.reader, name) if id.startswith("rep_")]
        report = self.store.report(self.reader, fitting[0]) if len(fitting) == 1 else None
        if report is None:
            raise ConfigError(f"{len(fitting)} reports have an id that begins with {name!r}; expected one")
        return report

    def search(self, typed: str, *, limit: int = 20, offset: int = 0, as_of: date | None = None) -> Found:
        """Return a page of the current reports that fit what was typed, the best first; every string is a query."""
        at_once = self._settings.reports_at_once
        return search(self.store, self.reader, typed, limit=limit, offset=offset, as_of=as_of, at_once=at_once)

    def picture(
        self, as_of: date | None = None, reader: Reader | None = None, *, since: Since | None = None
    ) -> Picture:
        """Return everything that a reader, by default the one who opened, can know as of a day.

        since: the first day whose reports are in it, by default what was asked for when the situation was opened.
        """
        return picture(self.store, reader or self.reader, as_of, since or self.since, self._settings.reports_at_once)

    def first_day(self, as_of: date | None = None) -> Since:
        """Return since when pictures go back as of a day, so that those of several days rest on the same reports."""
        first = beginning(self.store, self.reader, as_of, self.since, self._settings.reports_at_once)
        return first or "all"

    def line(self, crew: Crew | None = None) -> Line:
        """Return a production line into this situation; crew: who reads beside each other."""
        return self._line(crew=crew)

    def _line(self, quality: Quality = "best", crew: Crew | None = None) -> Line:
        seconds = self._settings.seconds_per_report
        return Line(self.store, self.reader, configured(self._settings), seconds, quality, crew)


def _first(items: Iterator[Capture | SetAside]) -> list[Capture | SetAside]:
    """Return the first items, one more than a few or as many as hold some megabytes; the rest stays in the iterator."""
    first: list[Capture | SetAside] = []
    size = 0
    for item in items:
        first.append(item)
        size += len(item.data) if isinstance(item, Capture) else 0
        if len(first) > FEW or size > MUCH:
            break
    return first


def _while(going: Callable[[], bool], fetch_all: "FetchAll") -> "FetchAll":
    """Return a way to fetch that stops after the page in hand once it is to."""

    def fetched(asks: "Iterable[Ask]") -> "Iterator[Fetch]":
        if not going():
            return
        for fetch in fetch_all(asks):
            yield fetch
            if not going():
                return

    return fetched


def _spelled(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with absolute paths below the working folder made relative: one file, one spelling."""
    here = Path.cwd()
    return [
        Path(argument).relative_to(here).as_posix() if Path(argument).is_relative_to(here) else argument
        for argument in arguments
    ]


@contextmanager
def situation(
    database: Path | str | None = None, *, create: bool = False, since: Since = "newest"
) -> Iterator[Situation]:
    """Open a situation for the block, by default the one that the configuration names.

    create: make the database when it is not there; otherwise ConfigError says how to begin.
    since: the first day whose reports are looked at.
    """
    opened = _opened(database, since, create=create)
    with opened.store, noted(opened.store, opened.by):
        yield opened


def open_situation(
    database: Path | str | None = None, *, key: str | None = None, doing: str, since: Since = "newest"
) -> Situation:
    """Return an open situation to read in; whoever has it closes its store.

    key: a key to work with, by default as `acting` says. doing: what for, in a word, which the log has from the start.
    since: the first day whose reports are looked at. Raises AccessDenied unless "see" is among what may be done.
    """
    opened = _opened(database, since, key=key)
    command = COMMAND.set(Command(verb="see", words=doing))
    try:
        with noted(opened.store, opened.by):
            return opened
    except BaseException:
        opened.store.close()
        raise
    finally:
        COMMAND.reset(command)


def _opened(database: Path | str | None, since: Since, *, create: bool = False, key: str | None = None) -> Situation:
    settings = configuration()
    where = database or settings.database
    path = file_of(where)
    if path is not None and not create and not path.exists():
        option = "" if path == Path(settings.database) else f" --db {path}"
        begin = f"watchfloor{option} add REPORTS..., or: watchfloor{option} feed add NAME ADDRESS"
        raise ConfigError(f"there is no database {path}; begin with: {begin}")
    if path is not None and path.parent != Path() and not path.parent.is_dir():
        raise StoreError(f"the folder {path.parent} does not exist; make it, or choose another --db")
    store = open_store(path or where, create=create)
    try:
        by = acting(store, settings.clearance, clock.now(), key=key)
    except BaseException:
        store.close()
        raise
    return Situation(store, by.reader, settings, by, since)
