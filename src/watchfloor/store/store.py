"""An open database: what the other floors hold in their hands.

One writer and many readers: several threads may use one Store, several processes may each open their own; writers wait
for each other, readers wait for nobody. A Store does not cross a fork or a pickle: open it in the process that uses it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Engine

from watchfloor.core.annotation import Annotation
from watchfloor.core.aside import Aside
from watchfloor.core.capture import Capture
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.translation import Translation
from watchfloor.store import (
    checking,
    dump,
    fingerprints,
    host_lines,
    read_captures,
    reading,
    readings,
    search,
    sqlite,
    state,
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
from watchfloor.store.fingerprints import Fingerprint, KeptFingerprint
from watchfloor.store.host_lines import HostLines, HostSeen
from watchfloor.store.jobs import Jobs
from watchfloor.store.keeping_evidence import EvidenceKeeping
from watchfloor.store.keeping_feeds import FeedKeeping
from watchfloor.store.keeping_judgements import JudgementKeeping
from watchfloor.store.keeping_shelves import ShelfKeeping
from watchfloor.store.marks import Marks
from watchfloor.store.opened import Explain
from watchfloor.store.partners import Partners
from watchfloor.store.people import People
from watchfloor.store.products import Products
from watchfloor.store.progress import Tell, silent
from watchfloor.store.read_captures import Sighting
from watchfloor.store.reading import Version
from watchfloor.store.readings import Readings
from watchfloor.store.recalls import Recalls
from watchfloor.store.search import Found, Known, Tally
from watchfloor.store.searches import Searches
from watchfloor.store.state import Changes, State
from watchfloor.store.write_captures import Taken
from watchfloor.store.write_records import Kept
from watchfloor.store.write_reports import Outcome

_CHANGES: Mapping[Outcome, Changes] = {
    "new": "reports",
    "new-version": "reports",
    "renewed": "anything",
    "unchanged": "nothing",
}
_PAGE = 100  # pending captures read at once (assumed: some megabytes)


class Store(FeedKeeping, ShelfKeeping, EvidenceKeeping, JudgementKeeping):
    """An open database; `open_store` makes one, `with` closes it. Every read takes the Reader who asks.

    People, partners, products and the log have objects of their own: `store.people.person(reader, name)`.
    Every keep_ function returns after its one transaction is on the disk; what the database refuses is a StoreError.
    """

    def __init__(self, engine: Engine, name: str, explain: Explain = sqlite.explain) -> None:
        super().__init__(engine, name, explain)
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

    def keep_capture(self, capture: Capture) -> Taken:
        """Keep the bytes; "known" when they were kept before, "back" when their text is current again since."""
        return self.keep_captures([capture])[0]

    def keep_new(self, capture: Capture) -> bool:
        """Keep the bytes if nothing of them is kept; return whether that is so, otherwise nothing is done."""
        with self._transaction(writes=True, changes="nothing") as connection:
            is_new = write_captures.keep_new(connection, capture)
            state.note(connection, "reports" if is_new else "nothing")
            return is_new

    def keep_captures(self, captures: Iterable[Capture]) -> list[Taken]:
        """Keep many captures in one transaction."""
        given = list(captures)
        with self._transaction(writes=True, changes="nothing") as connection:
            taken = write_captures.keep_captures(connection, given)
            state.note(connection, "reports" if set(taken) - {"known"} else "nothing")
            return taken

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
        with self._transaction(writes=True, changes="nothing") as connection:
            if printed is not None:
                host_lines.keep(connection, printed)
            if read is not None:
                readings.keep(connection, read)
            (outcome,) = write_reports.keep_reports(connection, [(report, annotations)], recipe)
            if fingerprint is not None:
                fingerprints.keep(connection, [fingerprint])
            state.note(connection, _CHANGES[outcome])
            return outcome

    def keep_fingerprints(self, given: Iterable[Fingerprint]) -> None:
        """Keep fingerprints of kept reports, many in one transaction."""
        with self._transaction(writes=True, changes="nothing") as connection:
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
        with self._transaction(writes=True, changes="nothing") as connection:
            outcomes = write_reports.keep_reports(connection, given, recipe)
            for changes in {_CHANGES[one] for one in outcomes}:
                state.note(connection, changes)
            return outcomes

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
        with self._transaction(writes=True, changes="reports") as connection:
            taken = write_captures.keep_captures(connection, captures)
            new = {one.id for one, what in zip(captures, taken, strict=True) if what == "new"}
            mine = [(report, found) for report, found in made if report.capture in new]
            outcomes = write_reports.keep_reports(connection, mine, recipe)
            kept = {report.id for report, _ in mine}
            fingerprints.keep(connection, [one for one in prints if one.report in kept])
            for aside in asides:
                if aside.capture is None or aside.capture in new:
                    write_records.keep_aside(connection, aside)
            for changes in {_CHANGES[one] for one in outcomes} - {"reports"}:
                state.note(connection, changes)
            return outcomes

    def keep_aside(self, aside: Aside) -> Kept:
        """Keep the record of an item that could not go on; of a capture the last one."""
        return self.keep_asides([aside])[0]

    def keep_asides(self, asides: Iterable[Aside]) -> list[Kept]:
        """Keep many such records in one transaction."""
        given = list(asides)
        with self._transaction(writes=True, changes="reports") as connection:
            return [write_records.keep_aside(connection, aside) for aside in given]

    def keep_translation(self, translation: Translation) -> None:
        """Keep a machine translation, in the place of the one before into the same language."""
        with self._transaction(writes=True, changes="nothing") as connection:
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
                page = read_captures.pending(connection, reader, after, _PAGE)
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

    def ids(
        self,
        reader: Reader,
        *,
        as_of: date | None = None,
        since: date | None = None,
        collected_by: datetime | None = None,
    ) -> frozenset[str]:
        """Return the ids of the reports that `reports` returns. collected_by: of those collected by then."""
        with self._transaction(writes=False) as connection:
            return reading.ids(connection, reader, as_of=as_of, since=since, collected_by=collected_by)

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

    def standing(self, reader: Reader, ids: Iterable[str]) -> frozenset[str]:
        """Return which of these reports are current for the reader."""
        with self._transaction(writes=False) as connection:
            return reading.standing(connection, reader, ids)

    def at_addresses(self, reader: Reader, addresses: Iterable[str]) -> dict[str, Report]:
        """Return the current report at each of these addresses, where there is one."""
        with self._transaction(writes=False) as connection:
            return reading.at_addresses(connection, reader, addresses)

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
            return read_captures.capture(connection, reader, id)

    def sightings(self, reader: Reader, capture: str) -> tuple[Sighting, ...]:
        """Return where else, and where again, the bytes of a capture were seen."""
        with self._transaction(writes=False) as connection:
            return read_captures.sightings(connection, reader, capture)

    def asides(self, reader: Reader) -> tuple[Aside, ...]:
        """Return what could not go on and still has not, oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return read_captures.asides(connection, reader)

    def aside_of(self, reader: Reader, capture_id: str) -> Aside | None:
        """Return why a kept capture could not go on and still has not; None when it could."""
        with self._transaction(writes=False) as connection:
            return read_captures.aside_of(connection, reader, capture_id)

    def counts(self, reader: Reader, only: Sequence[str] = ()) -> dict[str, int]:
        """Return how much of what the reader may see: captures = reported + set_aside + pending, at home.

        only: the names of those that are wanted; the others are not counted.
        """
        with self._transaction(writes=False) as connection:
            return read_captures.counts(connection, reader, only)

    def state(self, reader: Reader) -> State | None:
        """Return what is another one as soon as anything in a picture may be; None to a partner's reader."""
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

    def check(self, reader: Reader, tell: Tell = silent) -> tuple[Finding, ...]:
        """Return all that does not hold together, of everything that is kept; for home readers cleared for all."""
        with self._transaction(writes=False) as connection:
            return checking.check(connection, reader, tell)

    def mend(self) -> int:
        """Compute again what follows from other things: editions, the index of words; return how many reports."""
        with self._transaction(writes=True) as connection:
            return checking.mend(connection)

    def dump(self, reader: Reader, *, times: bool = True) -> str:
        """Return everything as one text, the same for the same content; for home readers cleared for all."""
        with self._transaction(writes=False) as connection:
            return dump.dump(connection, reader, times=times)
