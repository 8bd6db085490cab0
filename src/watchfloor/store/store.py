"""An open database: what the other floors hold in their hands.

One writer and many readers: several threads may use one Store, several processes may each open their own; writers wait
for each other, readers wait for nobody. A Store does not cross a fork or a pickle: open it in the process that uses it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, TimeoutError

from watchfloor.core.annotation import Annotation
from watchfloor.core.aside import Aside
from watchfloor.core.assessment import Assessment
from watchfloor.core.capture import Capture
from watchfloor.core.collection import Collection, Page, Selection, StixObject
from watchfloor.core.entity import Identity
from watchfloor.core.errors import StoreError
from watchfloor.core.evidence import Evidence
from watchfloor.core.feed import Feed, FeedState, Grade
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.translation import Translation
from watchfloor.store import (
    assessments,
    checking,
    dump,
    evidence,
    feeds,
    fingerprints,
    host_lines,
    identities,
    outlets,
    reading,
    readings,
    search,
    sqlite,
    state,
    taxii,
    translations,
    write_captures,
    write_records,
    write_reports,
)
from watchfloor.store.alerts import Alerts
from watchfloor.store.audit import Audit
from watchfloor.store.checking import Finding
from watchfloor.store.corrections import Corrections
from watchfloor.store.drafts import Drafts
from watchfloor.store.egress import EgressLog
from watchfloor.store.feeds import Awaited, Run
from watchfloor.store.fingerprints import Fingerprint, KeptFingerprint
from watchfloor.store.host_lines import HostLines, HostSeen
from watchfloor.store.jobs import Jobs
from watchfloor.store.marks import Marks
from watchfloor.store.partners import Partners
from watchfloor.store.people import People
from watchfloor.store.products import Products
from watchfloor.store.progress import Tell, silent
from watchfloor.store.reading import Sighting, Version
from watchfloor.store.readings import Readings
from watchfloor.store.recalls import Recalls
from watchfloor.store.search import Found, Known, Tally
from watchfloor.store.searches import Searches
from watchfloor.store.write_captures import Taken
from watchfloor.store.write_records import Kept
from watchfloor.store.write_reports import Outcome

Explain = Callable[[BaseException | None, str], StoreError]

_PAGE = 100  # pending captures read at once (assumed: some megabytes)


class Store:
    """An open database; `open_store` makes one, `with` closes it. Every read takes the Reader who asks.

    People, partners, products and the log have objects of their own: `store.people.person(reader, name)`.
    Every keep_ function returns after its one transaction is on the disk; what the database refuses is a StoreError.
    """

    def __init__(self, engine: Engine, name: str, explain: Explain = sqlite.explain) -> None:
        self._engine = engine
        self._explain = explain
        self.name = name
        self.alerts = Alerts(self._transaction)
        self.audit = Audit(self._transaction)
        self.corrections = Corrections(self._transaction)
        self.drafts = Drafts(self._transaction)
        self.egress = EgressLog(self._transaction)
        self.jobs = Jobs(self._transaction)
        self.marks = Marks(self._transaction)
        self.partners = Partners(self._transaction)
        self.people = People(self._transaction)
        self.products = Products(self._transaction)
        self.recalls = Recalls(self._transaction)
        self.searches = Searches(self._transaction)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection; closing twice is no error."""
        self._engine.dispose()

    @contextmanager
    def _transaction(self, *, writes: bool, alone: bool = True) -> Iterator[Connection]:
        """Open a transaction; alone: one writer at a time; a queue whose rows are locked one by one needs it not."""
        try:
            options = {"writes": writes, "alone": alone}
            with self._engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            raise self._explain(error.orig, self.name) from error
        except TimeoutError as error:
            raise StoreError(f"{self.name}: every connection of this program is in use; try again later") from error
        except UnicodeEncodeError as error:
            raise StoreError(f"found half a character in an id or a digest ({error}), expected plain text") from error

    def keep_capture(self, capture: Capture) -> Taken:
        """Keep the bytes; "known" when they were kept before, "back" when their text is current again since."""
        return self.keep_captures([capture])[0]

    def keep_captures(self, captures: Iterable[Capture]) -> list[Taken]:
        """Keep many captures in one transaction."""
        given = list(captures)
        with self._transaction(writes=True) as connection:
            return write_captures.keep_captures(connection, given)

    def keep_report(
        self,
        report: Report,
        annotations: Sequence[Annotation],
        recipe: str,
        read: Readings | None = None,
        printed: HostLines | None = None,
        fingerprint: Fingerprint | None = None,
    ) -> Outcome:
        """Keep a report with its annotations and what was read for it; write_reports.keep_report says the answers.

        printed: the lines of its page, for the memory of its host. fingerprint: by which its copies are found.
        """
        with self._transaction(writes=True) as connection:
            if printed is not None:
                host_lines.keep(connection, printed)
            if read is not None:
                readings.keep(connection, read)
            (outcome,) = write_reports.keep_reports(connection, [(report, annotations)], recipe)
            if fingerprint is not None:
                fingerprints.keep(connection, [fingerprint])
            return outcome

    def keep_fingerprints(self, given: Iterable[Fingerprint]) -> None:
        """Keep fingerprints of kept reports, many in one transaction."""
        with self._transaction(writes=True) as connection:
            fingerprints.keep(connection, given)

    def fingerprints_since(self, reader: Reader, weeks: Sequence[int], number: int) -> tuple[KeptFingerprint, ...]:
        """Return the fingerprints in these weeks of reports kept after the one with this number, in the order kept."""
        with self._transaction(writes=False) as connection:
            return fingerprints.since(connection, reader, weeks, number)

    def without_fingerprint(self, reader: Reader) -> tuple[str, ...]:
        """Return the reports without a fingerprint that the reader may see, the one kept last first."""
        with self._transaction(writes=False) as connection:
            return fingerprints.missing(connection, reader)

    def keep_reports(self, made: Iterable[tuple[Report, Sequence[Annotation]]], recipe: str) -> list[Outcome]:
        """Keep many reports with their annotations in one transaction."""
        given = list(made)
        with self._transaction(writes=True) as connection:
            return write_reports.keep_reports(connection, given, recipe)

    def keep_piece(
        self,
        captures: Sequence[Capture],
        made: Sequence[tuple[Report, Sequence[Annotation]]],
        prints: Sequence[Fingerprint],
        asides: Sequence[Aside],
        recipe: str,
    ) -> list[Outcome]:
        """Keep captures with all that was made of them in one transaction; return what became of the reports.

        What was made of a capture that is kept already is left out: it has its report, or the reason why it has none.
        """
        with self._transaction(writes=True) as connection:
            taken = write_captures.keep_captures(connection, captures)
            new = {one.id for one, what in zip(captures, taken, strict=True) if what == "new"}
            mine = [(report, found) for report, found in made if report.capture in new]
            outcomes = write_reports.keep_reports(connection, mine, recipe)
            kept = {report.id for report, _ in mine}
            fingerprints.keep(connection, [one for one in prints if one.report in kept])
            for aside in asides:
                if aside.capture is None or aside.capture in new:
                    write_records.keep_aside(connection, aside)
            return outcomes

    def keep_aside(self, aside: Aside) -> Kept:
        """Keep the record of an item that could not go on; of a capture the last one."""
        return self.keep_asides([aside])[0]

    def keep_asides(self, asides: Iterable[Aside]) -> list[Kept]:
        """Keep many such records in one transaction."""
        given = list(asides)
        with self._transaction(writes=True) as connection:
            return [write_records.keep_aside(connection, aside) for aside in given]

    def keep_checked(self, file: str, offset: int) -> None:
        """Keep up to which offset an archive of the node's own is known to be in the database."""
        with self._transaction(writes=True) as connection:
            evidence.keep_checked(connection, file, offset)

    def keep_judgement(self, judgement: Judgement) -> Kept:
        """Keep what a person decided."""
        with self._transaction(writes=True) as connection:
            return write_records.keep_judgement(connection, judgement)

    def keep_assessment(self, assessment: Assessment) -> None:
        """Keep what a person holds of a claim."""
        with self._transaction(writes=True) as connection:
            assessments.keep(connection, assessment)

    def assessments(self, reader: Reader) -> tuple[Assessment, ...]:
        """Return what people hold of claims, oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return assessments.read(connection, reader)

    def keep_translation(self, translation: Translation) -> None:
        """Keep a machine translation, in the place of the one before into the same language."""
        with self._transaction(writes=True) as connection:
            translations.keep(connection, translation)

    def translations(self, reader: Reader, ids: Iterable[str]) -> dict[str, tuple[Translation, ...]]:
        """Return the machine translations of the reports by report id; a partner's reader finds none."""
        with self._transaction(writes=False) as connection:
            return translations.find(connection, reader, ids)

    def pending(self, reader: Reader) -> Iterator[Capture]:
        """Yield captures that are neither reported nor set aside, to any home reader; new ones are seen."""
        after = 0
        while True:
            with self._transaction(writes=False) as connection:
                page = reading.pending(connection, reader, after, _PAGE)
            if not page:
                return
            after = page[-1][0]
            yield from (capture for _, capture in page)

    def reports(
        self, reader: Reader, *, as_of: date | None = None, current_only: bool = True, since: date | None = None
    ) -> tuple[Report, ...]:
        """Return the reports known by the end of a day (None: by now), earliest first, as they stood then.

        since: without those that were known before this day.
        """
        with self._transaction(writes=False) as connection:
            return reading.reports(connection, reader, as_of=as_of, current_only=current_only, since=since)

    def newest_days(self, reader: Reader, most: int, as_of: date | None = None) -> date | None:
        """Return the first of the newest days that together have at most so many reports; None when all fit."""
        with self._transaction(writes=False) as connection:
            return reading.newest_days(connection, reader, most, as_of)

    def number_before(self, reader: Reader, day: date, as_of: date | None = None) -> int:
        """Return how many current reports were known before a day."""
        with self._transaction(writes=False) as connection:
            return reading.number_before(connection, reader, day, as_of)

    def report(self, reader: Reader, id: str) -> Report | None:
        """Return one report, current or not; None when there is none for this reader."""
        with self._transaction(writes=False) as connection:
            return reading.report(connection, reader, id)

    def reports_named(self, reader: Reader, ids: Iterable[str]) -> dict[str, Report]:
        """Return the reports with these ids, current or not, by id; what the reader may not see is not among them."""
        with self._transaction(writes=False) as connection:
            return reading.reports_named(connection, reader, ids)

    def annotations(self, reader: Reader, ids: Iterable[str]) -> dict[str, tuple[Annotation, ...]]:
        """Return the annotations of the reports by report id, in the order in which they were kept."""
        with self._transaction(writes=False) as connection:
            return reading.annotations(connection, reader, ids)

    def readings(self, reader: Reader, version: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the kept readings of a version of the annotator by key, to any home reader who has the keys."""
        with self._transaction(writes=False) as connection:
            return readings.find(connection, reader, version, keys)

    def host_lines(self, reader: Reader, host: str, page: bytes, lines: Iterable[bytes]) -> HostSeen:
        """Return what is known of a host and of these lines of one of its pages, to any home reader."""
        with self._transaction(writes=False) as connection:
            return host_lines.find(connection, reader, host, page, lines)

    def stale(self, reader: Reader, recipe: str) -> tuple[str, ...]:
        """Return the ids of the reports that another recipe annotated."""
        with self._transaction(writes=False) as connection:
            return reading.stale(connection, reader, recipe)

    def versions(self, reader: Reader, address: str) -> tuple[Version, ...]:
        """Return what stood at the address, the oldest first."""
        with self._transaction(writes=False) as connection:
            return reading.versions(connection, reader, address)

    def capture(self, reader: Reader, id: str) -> Capture | None:
        """Return the capture with its bytes; None when there is none for this reader."""
        with self._transaction(writes=False) as connection:
            return reading.capture(connection, reader, id)

    def sightings(self, reader: Reader, capture: str) -> tuple[Sighting, ...]:
        """Return where else, and where again, the bytes of a capture were seen."""
        with self._transaction(writes=False) as connection:
            return reading.sightings(connection, reader, capture)

    def asides(self, reader: Reader) -> tuple[Aside, ...]:
        """Return what could not go on and still has not, oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return reading.asides(connection, reader)

    def aside_of(self, reader: Reader, capture_id: str) -> Aside | None:
        """Return why a kept capture could not go on and still has not; None when it could."""
        with self._transaction(writes=False) as connection:
            return reading.aside_of(connection, reader, capture_id)

    def evidence(self, reader: Reader, report: str) -> tuple[Evidence, ...]:
        """Return where in web archives the bytes lie that gave a report, the earliest first."""
        with self._transaction(writes=False) as connection:
            return evidence.of_report(connection, reader, report)

    def evidence_of_digest(self, reader: Reader, digest: str) -> Evidence | None:
        """Return the first record that holds a payload itself; None for a partner's reader."""
        with self._transaction(writes=False) as connection:
            return evidence.of_digest(connection, reader, digest)

    def evidence_of_record(self, reader: Reader, record: str) -> Evidence | None:
        """Return where the record of a name lies."""
        with self._transaction(writes=False) as connection:
            return evidence.of_record(connection, reader, record)

    def evidence_of_url(self, reader: Reader, url: str) -> tuple[Evidence, ...]:
        """Return where all lies that was received from an address, the earliest first."""
        with self._transaction(writes=False) as connection:
            return evidence.of_url(connection, reader, url)

    def evidence_offsets(self, reader: Reader, file: str, after: int) -> frozenset[int]:
        """Return the offsets, from one on, of the records of a file whose captures are kept."""
        with self._transaction(writes=False) as connection:
            return evidence.offsets(connection, reader, file, after)

    def checked_archives(self, reader: Reader) -> dict[str, int]:
        """Return up to which offset each of the node's own archives is known to be in the database."""
        with self._transaction(writes=False) as connection:
            return evidence.checked(connection, reader)

    def archive_ends(self, reader: Reader) -> dict[str, int]:
        """Return by archive the last offset at which a whole record is known to end."""
        with self._transaction(writes=False) as connection:
            return evidence.ends(connection, reader)

    def judgements(self, reader: Reader) -> tuple[Judgement, ...]:
        """Return what people decided, oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return reading.judgements(connection, reader)

    def keep_identities(self, given: Sequence[Identity], file: str) -> int:
        """Keep the links that a file gives in place of what it gave before; return how many there are now."""
        with self._transaction(writes=True) as connection:
            return identities.keep(connection, given, file)

    def identities(self, reader: Reader) -> tuple[Identity, ...]:
        """Return the links of entities to a user's identifiers; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return identities.find(connection, reader)

    def counts(self, reader: Reader) -> dict[str, int]:
        """Return how much of what the reader may see: captures = reported + set_aside + pending, at home."""
        with self._transaction(writes=False) as connection:
            return reading.counts(connection, reader)

    def state(self, reader: Reader) -> str:
        """Return a word that is another one as soon as anything that is shown may be; for those who keep pictures."""
        with self._transaction(writes=False) as connection:
            return state.state(connection, reader)

    def resolve(self, reader: Reader, prefix: str) -> tuple[str, ...]:
        """Return the ids of reports and captures that begin so."""
        with self._transaction(writes=False) as connection:
            return reading.resolve(connection, reader, prefix)

    def search(
        self,
        reader: Reader,
        query: str,
        *,
        limit: int = 20,
        offset: int = 0,
        as_of: date | None = None,
        known: search.Known | None = None,
        newest: bool = False,
        since: datetime | None = None,
    ) -> Found:
        """Return a page of the current reports that fit the query, the best first; every string is a query.

        newest: the last that came in first. since: only what came in later. known: answers what is no matter of one
        report, see `search.search`; it is asked inside of this read.
        """
        with self._transaction(writes=False) as connection:
            return search.search(
                connection,
                reader,
                query,
                limit=limit,
                offset=offset,
                as_of=as_of,
                known=known,
                newest=newest,
                since=since,
            )

    def tally(self, reader: Reader, query: str, *, as_of: date | None = None, known: Known | None = None) -> Tally:
        """Return how many of the current reports that fit come from which outlet, language, month and marking."""
        with self._transaction(writes=False) as connection:
            return search.tally(connection, reader, query, as_of=as_of, known=known)

    def keep_outlet_grade(self, outlet: str, grade: Grade) -> None:
        """Add a grade to those of an outlet; it holds from now on."""
        with self._transaction(writes=True) as connection:
            outlets.keep_grade(connection, outlet, grade)

    def outlet_grades(self, reader: Reader) -> dict[str, tuple[Grade, ...]]:
        """Return the grades by outlet, the oldest first, those of its feeds too; a partner sees none."""
        with self._transaction(writes=False) as connection:
            return outlets.read(connection, reader)

    def keep_feed(self, feed: Feed) -> Kept:
        """Keep a new feed; "known", and nothing is changed, when one has its name."""
        with self._transaction(writes=True) as connection:
            return feeds.keep_feed(connection, feed)

    def change_feed(self, feed: Feed) -> bool:
        """Make the feed of that name what is given, but for its grades and when it was added; False without one."""
        with self._transaction(writes=True) as connection:
            return feeds.change_feed(connection, feed)

    def keep_grade(self, name: str, grade: Grade) -> bool:
        """Add a grade to those of a feed; False when there is no such feed."""
        with self._transaction(writes=True) as connection:
            return feeds.keep_grade(connection, name, grade)

    def keep_feed_state(
        self, name: str, state: FeedState, run: Run | None = None, awaited: Sequence[Awaited] = ()
    ) -> None:
        """Keep how a feed fares now, a run of it, and the pages that it names; all or nothing."""
        with self._transaction(writes=True) as connection:
            feeds.keep_state(connection, name, state, run, awaited)

    def keep_awaited(self, name: str, page: Awaited) -> None:
        """Write down when an awaited page is to be tried again, and why it could not be had."""
        with self._transaction(writes=True) as connection:
            feeds.keep_awaited(connection, name, page)

    def forget_awaited(self, name: str, address: str) -> None:
        """Strike an awaited page off: it is kept now, or given up."""
        with self._transaction(writes=True) as connection:
            feeds.forget_awaited(connection, name, address)

    def feeds(self, reader: Reader) -> tuple[Feed, ...]:
        """Return the feeds by name, with their grades; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return feeds.feeds(connection, reader)

    def feed_states(self, reader: Reader) -> dict[str, FeedState]:
        """Return how the feeds fare, by name; one that was never run is not among them."""
        with self._transaction(writes=False) as connection:
            return feeds.states(connection, reader)

    def runs(self, reader: Reader, name: str, most: int = 20) -> tuple[Run, ...]:
        """Return the last runs of a feed, the latest first."""
        with self._transaction(writes=False) as connection:
            return feeds.runs(connection, reader, name, most)

    def awaited(self, reader: Reader, name: str, now: datetime, most: int) -> tuple[Awaited, ...]:
        """Return the pages of a feed that may be fetched now, in the order in which they should be."""
        with self._transaction(writes=False) as connection:
            return feeds.awaited(connection, reader, name, now, most)

    def count_awaited(self, reader: Reader) -> dict[str, int]:
        """Return how many pages are awaited, by feed."""
        with self._transaction(writes=False) as connection:
            return feeds.count_awaited(connection, reader)

    def last_seen(self, reader: Reader, locators: Iterable[str], now: datetime | None = None) -> dict[str, datetime]:
        """Return when something was last collected, up to now if it may be, at each locator at which something was."""
        with self._transaction(writes=False) as connection:
            return feeds.last_seen(connection, reader, locators, now)

    def check(self, reader: Reader, tell: Tell = silent) -> tuple[Finding, ...]:
        """Return all that does not hold together, of everything that is kept; for home readers cleared for all."""
        with self._transaction(writes=False) as connection:
            return checking.check(connection, reader, tell)

    def mend(self) -> int:
        """Compute again what follows from other things: editions, the index of words; return how many reports."""
        with self._transaction(writes=True) as connection:
            return checking.mend(connection)

    def keep_collection(self, collection: Collection) -> None:
        """Keep a TAXII collection, or change what is said of the one with its id."""
        with self._transaction(writes=True) as connection:
            taxii.keep_collection(connection, collection)

    def collections(self, reader: Reader) -> tuple[Collection, ...]:
        """Return the TAXII collections that are there for the reader, always in the same order."""
        with self._transaction(writes=False) as connection:
            return taxii.collections(connection, reader)

    def shelve(
        self,
        collection: str,
        given: Sequence[StixObject],
        now: int,
        *,
        sender: str | None = None,
        fixed: Sequence[int | None] = (),
    ) -> list[str | None]:
        """Add objects to a collection in one transaction; return for each None, or why it was not added.

        now: microseconds since 1970. sender: who sent them, None when this node publishes them. fixed: when each is to
        have been added, for fixtures.
        """
        with self._transaction(writes=True) as connection:
            return taxii.add(connection, collection, given, now, sender=sender, fixed=fixed)

    def keep_grounds(self, collection: str, grounds: Mapping[str, Sequence[str]]) -> None:
        """Write down on which further reports the last versions of objects rest: report ids by object id."""
        with self._transaction(writes=True) as connection:
            taxii.keep_grounds(connection, collection, grounds)

    def published(
        self, reader: Reader, collection: str, *, resting_on: str | None = None
    ) -> dict[str, tuple[int, str]]:
        """Return the last version of what this node published in a collection: instant and body by id.

        resting_on: id of a report; only what rests on it.
        """
        with self._transaction(writes=False) as connection:
            return taxii.published(connection, reader, collection, resting_on=resting_on)

    def shelved(self, reader: Reader, collection: str, wanted: Selection, *, bodies: bool = True) -> Page:
        """Return what is asked for of a collection, the earliest added first."""
        with self._transaction(writes=False) as connection:
            return taxii.find(connection, reader, collection, wanted, bodies=bodies)

    def is_shelved(self, reader: Reader, collection: str, id: str) -> bool:
        """Return whether any version of an object lies in a collection."""
        with self._transaction(writes=False) as connection:
            return taxii.has(connection, reader, collection, id)

    def count_shelved(self, reader: Reader, collection: str) -> int:
        """Return how many versions of objects lie in a collection."""
        with self._transaction(writes=False) as connection:
            return taxii.count(connection, reader, collection)

    def unshelve(self, collection: str, id: str, wanted: Selection) -> int:
        """Take versions of an object out of a collection; return how many."""
        with self._transaction(writes=True) as connection:
            return taxii.remove(connection, collection, id, wanted)

    def keep_taxii_status(self, id: str, owner: str, at: int, body: str) -> None:
        """Keep, for the one who sent objects, what became of them."""
        with self._transaction(writes=True) as connection:
            taxii.keep_status(connection, id, owner, at, body)

    def taxii_status(self, owner: str, id: str) -> str | None:
        """Return what became of objects that this one sent; None when there is no such status."""
        with self._transaction(writes=False) as connection:
            return taxii.status(connection, owner, id)

    def dump(self, reader: Reader, *, times: bool = True) -> str:
        """Return everything as one text, the same for the same content; for home readers cleared for all."""
        with self._transaction(writes=False) as connection:
            return dump.dump(connection, reader, times=times)
