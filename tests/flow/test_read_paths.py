"""Nothing leaks through any read path there is, found by introspection: a new one must be added here or this fails."""

import importlib
import inspect
import os
import pkgutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from watchfloor import flow, store
from watchfloor.annotate.corrected import digest_of
from watchfloor.core.alert import Acknowledgement, Alert
from watchfloor.core.annotation import Mention
from watchfloor.core.aside import Aside
from watchfloor.core.assessment import Assessment
from watchfloor.core.audit import Note
from watchfloor.core.capture import Capture
from watchfloor.core.channel import Delivery
from watchfloor.core.collection import Collection, Selection, StixObject
from watchfloor.core.correction import Correction
from watchfloor.core.draft import Draft, Part, Sentence
from watchfloor.core.egress import Egress
from watchfloor.core.entity import Identity
from watchfloor.core.errors import WatchfloorError
from watchfloor.core.evidence import Evidence
from watchfloor.core.feed import Feed, Grade
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import LEVELS, Level, Marking, Reader
from watchfloor.core.measure import Move
from watchfloor.core.partner import Approval, Partner, PartnerGroup
from watchfloor.core.person import Person
from watchfloor.core.product import Dissemination, Product, Recall, Request, Way
from watchfloor.core.report import Passage, Report
from watchfloor.core.saved_search import SavedSearch
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.core.translation import Translation
from watchfloor.flow import correcting, feed_desk, news, reading_room, searching, watch_searches
from watchfloor.flow.charting import let_out
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.copying import fingerprinted
from watchfloor.flow.delivering import deliver
from watchfloor.flow.job_page import job_page
from watchfloor.flow.picture import picture
from watchfloor.flow.pictures import Pictures
from watchfloor.flow.release import prepared
from watchfloor.flow.situation import Situation
from watchfloor.flow.watch_page import atom_feed, watch_page
from watchfloor.flow.watching import board_of, watch_once
from watchfloor.resolve.identities import attached
from watchfloor.share import export_ftm, export_json, export_markdown
from watchfloor.share.release import effective
from watchfloor.store import fingerprints
from watchfloor.store.alerts import Look
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store
from watchfloor.watch.watch_file import Watch

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
PARTNERS = ("Alder", "Birch", "Cedar")
GROUP = frozenset({"Alder", "Birch"})
ITEMS = int(os.environ.get("WATCHFLOOR_ITEMS", "12"))  # bench/isolation.py asks with 200
DAY = date(2024, 10, 21)
NOTED = "note--0b1a4a9e-3b6e-4e0e-9d0c-1c4c6a3f0c11"
COLLECTIONS = {name: f"0b1a4a9e-3b6e-4e0e-9d0c-{n:012d}" for n, name in enumerate((*PARTNERS, "nobody's"))}
"""A TAXII collection of each partner and one of this node's own, by its owner."""
HOME = Reader(name="us", partner=None, clearance="RED", at=NOW)


class Laid(Struct, frozen=True, kw_only=True):
    """Everything that was kept of one item, and the words by which it is known wherever it shows."""

    n: int
    marking: Marking | None
    capture: Capture
    report: Report

    @property
    def words(self) -> tuple[str, ...]:
        return (secret(self.n), self.capture.id, self.report.id)


def secret(n: int) -> str:
    return f"secret{n:02d}x"


Path_ = Callable[[Store, Reader, list[Laid]], object]


def each(call: Callable[[Laid], object], laid: list[Laid]) -> list[object]:
    return [call(one) for one in laid]


PATHS: dict[str, Path_] = {
    "Store.annotations": lambda s, r, all_: s.annotations(r, [one.report.id for one in all_]),
    "Store.archive_ends": lambda s, r, all_: s.archive_ends(r),
    "Store.aside_of": lambda s, r, all_: each(lambda one: s.aside_of(r, one.capture.id), all_[::4]),
    "Store.asides": lambda s, r, all_: s.asides(r),
    "Store.assessments": lambda s, r, all_: s.assessments(r),
    "Store.awaited": lambda s, r, all_: s.awaited(r, "feed", NOW, 10),
    "Store.capture": lambda s, r, all_: each(lambda one: s.capture(r, one.capture.id), all_),
    "Store.checked_archives": lambda s, r, all_: s.checked_archives(r),
    "Store.count_awaited": lambda s, r, all_: s.count_awaited(r),
    "Store.counts": lambda s, r, all_: s.counts(r),
    "Store.dump": lambda s, r, all_: s.dump(r),
    "Store.evidence": lambda s, r, all_: each(lambda one: s.evidence(r, one.report.id), all_[::2]),
    "Store.evidence_of_digest": lambda s, r, all_: s.evidence_of_digest(r, "digest"),
    "Store.evidence_of_record": lambda s, r, all_: each(lambda one: s.evidence_of_record(r, f"urn:{one.n}"), all_),
    "Store.evidence_of_url": lambda s, r, all_: s.evidence_of_url(r, "https://common.example/"),
    "Store.evidence_offsets": lambda s, r, all_: s.evidence_offsets(r, "a.warc.gz", 0),
    "Store.feed_states": lambda s, r, all_: s.feed_states(r),
    "Store.feeds": lambda s, r, all_: s.feeds(r),
    "Store.host_lines": lambda s, r, all_: s.host_lines(r, "common.example", b"p", [b"l"]),
    "Store.identities": lambda s, r, all_: s.identities(r),
    "Store.judgements": lambda s, r, all_: s.judgements(r),
    "Store.last_seen": lambda s, r, all_: s.last_seen(r, ["elsewhere"]),
    "Store.pending": lambda s, r, all_: list(s.pending(r)),
    "Store.readings": lambda s, r, all_: s.readings(r, "1", ["key"]),
    "Store.newest_days": lambda s, r, all_: [s.newest_days(r, most) for most in (1, 20, 1000)],
    "Store.number_before": lambda s, r, all_: [s.number_before(r, date(2024, month, 1)) for month in (1, 6, 12)],
    "Store.report": lambda s, r, all_: each(lambda one: s.report(r, one.report.id), all_),
    "Store.reports": lambda s, r, all_: [s.reports(r), s.reports(r, as_of=date(2024, 12, 1), current_only=False)],
    "Store.resolve": lambda s, r, all_: s.resolve(r, ""),
    "Store.runs": lambda s, r, all_: s.runs(r, "feed"),
    "Store.search": lambda s, r, all_: [
        s.search(r, "common", limit=50),
        *each(lambda one: found(s, r, one), all_[::3]),
    ],
    "Store.check": lambda s, r, all_: s.check(r),
    "Store.collections": lambda s, r, all_: s.collections(r),
    "Store.count_shelved": lambda s, r, all_: [s.count_shelved(r, id) for id in COLLECTIONS.values()],
    "Store.fingerprints_since": lambda s, r, all_: s.fingerprints_since(r, fingerprints.weeks(DAY, 7), 0),
    "Store.is_shelved": lambda s, r, all_: [s.is_shelved(r, id, NOTED) for id in COLLECTIONS.values()],
    "Store.outlet_grades": lambda s, r, all_: s.outlet_grades(r),
    "Store.published": lambda s, r, all_: [s.published(r, id) for id in COLLECTIONS.values()],
    "Store.reports_named": lambda s, r, all_: s.reports_named(r, [one.report.id for one in all_]),
    "Store.shelved": lambda s, r, all_: [s.shelved(r, id, Selection(most=999)) for id in COLLECTIONS.values()],
    "Store.without_fingerprint": lambda s, r, all_: s.without_fingerprint(r),
    "Store.sightings": lambda s, r, all_: each(lambda one: s.sightings(r, one.capture.id), all_[::4]),
    "Store.at_addresses": lambda s, r, all_: s.at_addresses(r, [one.report.address for one in all_]),
    "Store.ids": lambda s, r, all_: [s.ids(r), s.ids(r, as_of=DAY, since=DAY, collected_by=NOW)],
    "Store.standing": lambda s, r, all_: s.standing(r, [one.report.id for one in all_]),
    "Store.state": lambda s, r, all_: s.state(r),
    "Store.stale": lambda s, r, all_: s.stale(r, "other"),
    "Store.translations": lambda s, r, all_: s.translations(r, [one.report.id for one in all_]),
    "Store.versions": lambda s, r, all_: each(lambda one: s.versions(r, one.report.address), all_[1::2]),
    "Alerts.acknowledge": lambda s, r, all_: s.alerts.acknowledge(
        r, Acknowledgement(alert="alt_1", by="them", at=NOW), note()
    ),
    "Alerts.alerts": lambda s, r, all_: [s.alerts.alerts(r), s.alerts.alerts(r, ids=["alt_1"], open_only=True)],
    "Alerts.asked": lambda s, r, all_: s.alerts.asked(r),
    "Alerts.count": lambda s, r, all_: s.alerts.count(r),
    "Alerts.deliveries": lambda s, r, all_: s.alerts.deliveries(r),
    "Alerts.keep_look": lambda s, r, all_: looked(s, r),
    "Alerts.moves": lambda s, r, all_: s.alerts.moves(r),
    "Alerts.seen": lambda s, r, all_: s.alerts.seen(r),
    "Alerts.texts": lambda s, r, all_: s.alerts.texts(r),
    "EgressLog.since": lambda s, r, all_: s.egress.since(r, NOW),
    "Jobs.counts": lambda s, r, all_: s.jobs.counts(r),
    "Jobs.jobs": lambda s, r, all_: s.jobs.jobs(r),
    "Jobs.replay": lambda s, r, all_: s.jobs.replay(r, [], NOW),
    "Jobs.workers": lambda s, r, all_: s.jobs.workers(r),
    "flow.delivering.deliver": lambda s, r, all_: deliver(s, r, Configuration(), Nobody(), NOW),
    "flow.watch_page.atom_feed": lambda s, r, all_: atom_feed(s, r, Configuration()),
    "flow.job_page.job_page": lambda s, r, all_: job_page(s, r),
    "flow.watch_page.watch_page": lambda s, r, all_: watch_page(s, r, Configuration()),
    "flow.watch_searches.searching": lambda s, r, all_: watch_searches.searching(s, r)(
        [
            Indicator(id="a", title="A", over="reports", when="first seen", search=typed)
            for typed in ("secret*", *(secret(one.n) for one in all_))
        ],
        picture(s, r),
    ).values(),
    "flow.watching.board_of": lambda s, r, all_: board_of(s, r, Watch()),
    "flow.watching.watch_once": lambda s, r, all_: watch_once(s, r, Configuration(), Watch(), picture(s, r), NOW),
    "Audit.entries": lambda s, r, all_: list(s.audit.entries(r)),
    "Audit.latest": lambda s, r, all_: s.audit.latest(r),
    "Audit.last": lambda s, r, all_: s.audit.last(r),
    "Audit.verify": lambda s, r, all_: s.audit.verify(r),
    "Drafts.drafts": lambda s, r, all_: s.drafts.drafts(r),
    "Drafts.versions": lambda s, r, all_: each(lambda one: s.drafts.versions(r, f"drf_{one.n}"), all_[:3]),
    "Corrections.corrections": lambda s, r, all_: s.corrections.corrections(r),
    "Corrections.corrections_at": lambda s, r, all_: s.corrections.corrections_at(
        r, [one.report.address for one in all_]
    ),
    "Marks.find": lambda s, r, all_: [s.marks.find(r, kind) for kind in ("rep_", "cap_", "jdg_", "ass_", "cor_")],
    "Partners.change_partner": lambda s, r, all_: s.partners.change_partner(r, "Cedar", lambda one: one, note()),
    "Partners.groups": lambda s, r, all_: s.partners.groups(r),
    "Partners.partner": lambda s, r, all_: [s.partners.partner(r, name) for name in PARTNERS],
    "Partners.partners": lambda s, r, all_: s.partners.partners(r),
    "People.attempts": lambda s, r, all_: s.people.attempts(r, ["account:secretpatx"]),
    "People.change_person": lambda s, r, all_: s.people.change_person(r, "secretpatx", lambda one: one, note()),
    "People.key": lambda s, r, all_: s.people.key(r, "prefix"),
    "People.keys": lambda s, r, all_: s.people.keys(r),
    "People.password": lambda s, r, all_: s.people.password(r, "secretpatx"),
    "People.people": lambda s, r, all_: s.people.people(r),
    "People.person": lambda s, r, all_: s.people.person(r, "secretpatx"),
    "People.person_of_login": lambda s, r, all_: s.people.person_of_login(r, "pat"),
    "People.session": lambda s, r, all_: s.people.session(r, "hash"),
    "People.teams": lambda s, r, all_: s.people.teams(r),
    "Products.change_dissemination": lambda s, r, all_: each(
        lambda one: s.products.change_dissemination(r, f"dis_{one.n}", lambda made: made, note()), all_[:6]
    ),
    "Products.change_request": lambda s, r, all_: each(
        lambda one: s.products.change_request(r, f"req_{one.n}", lambda made: made, note()), all_[:6]
    ),
    "Products.citing": lambda s, r, all_: s.products.citing(r, [one.report.id for one in all_]),
    "Products.data": lambda s, r, all_: data_of(s, r),
    "Products.disseminations": lambda s, r, all_: s.products.disseminations(r),
    "Products.product": lambda s, r, all_: each(lambda one: s.products.product(r, f"prd_{one.n}"), all_[:6]),
    "Products.products": lambda s, r, all_: [s.products.products(r), s.products.products(r, way="release")],
    "Products.requests": lambda s, r, all_: s.products.requests(r),
    "Recalls.change_recall": lambda s, r, all_: each(
        lambda one: s.recalls.change_recall(r, f"rcl_{one.n}", lambda made: made, note()), all_[:6]
    ),
    "Recalls.recalls": lambda s, r, all_: s.recalls.recalls(r),
    "Searches.feed_of": lambda s, r, all_: s.searches.feed_of(r, "hash"),
    "Searches.search": lambda s, r, all_: s.searches.search(r, "sch_1"),
    "Searches.searches": lambda s, r, all_: s.searches.searches(r),
    "Searches.team_searches": lambda s, r, all_: s.searches.team_searches(r, "us"),
    "flow.copying.copies_of": lambda s, r, all_: importlib.import_module("watchfloor.flow.copying").copies_of(
        s, r, s.reports(r)
    ),
    "flow.charting.let_out": lambda s, r, all_: told(let_out(picture(s, r), r), r),
    "flow.picture.picture": lambda s, r, all_: told(picture(s, r), r),
    "flow.news.since_day": lambda s, r, all_: told(news.since_day(Pictures(s), r, DAY + timedelta(days=1)), r),
    "flow.news.since_look": lambda s, r, all_: told(news.since_look(Pictures(s), r, NOW - timedelta(days=1)), r),
    "flow.correcting.listed": lambda s, r, all_: correcting.listed(s, r),
    "flow.correcting.readout": lambda s, r, all_: [correcting.readout(s, r, one) for one in s.reports(r)],
    "flow.reading_room.opened": lambda s, r, all_: each(lambda one: reading_room.opened(s, r, one.report.id), all_[:4]),
    "flow.feed_desk.fares": lambda s, r, all_: feed_desk.fares(s, r),
    "flow.searching.tally": lambda s, r, all_: [searching.tally(s, r, typed) for typed in ("common", "date:0001..")],
    "Store.tally": lambda s, r, all_: s.tally(r, "common"),
    "flow.searching.search": lambda s, r, all_: [
        [found.total, found.hits]
        for typed in ("outlets:1", "note:secretthoughtx", "-date:2000", "figure:>0 OR -lang:xx")
        for found in [searching.search(s, r, typed, limit=50)]
    ],
    "flow.release.prepared": lambda s, r, all_: exports(s, r),
}

ELSEWHERE = {
    "flow.delivering.retry": "gives back a number only; asks Alerts.deliveries",
    "flow.watch_page.outlets_of": "asks Store.reports_named",
    "flow.watching.past": "as watch_once",
    "flow.watch_searches.resolved": "asks Searches.team_searches",
    "flow.watch_searches.right": "as resolved",
    "flow.watch_page.tried": "is handed pictures; asks flow.watch_searches.searching",
    "flow.copying.complete": "gives back a number only; asks Store.without_fingerprint",
    "flow.publishing.publish": "gives back numbers only; asks Store.published",
    "flow.publishing.put": "as publish",
    "flow.publishing.take_back": "as publish",
    "flow.publishing.take_back_from": "as publish",
    "flow.publishing.differs": "gives back yes or no; asks Store.published for this node's own people",
    "flow.partner_feed.kept_in": "asks Store.last_seen and versions when it is called",
    "flow.publishing.collection_of": "gives back one of Store.collections",
    "flow.feed_desk.named": "asks Store.feeds; its error repeats the question",
    "flow.feed_desk.runs": "asks Store.feeds and Store.runs; its error repeats the question",
    "flow.correcting.named": "asks Store.resolve and Store.report; its error repeats the question",
    "flow.entities.uncertain": "is handed a picture; asks the store for judgements only",
    "flow.evidence.basis": "needs archives beside the database: tests/flow/test_evidence.py",
    "flow.evidence.looked_up": "as basis",
    "flow.evidence.verified": "as basis",
    "flow.evidence_export.export": "as basis",
    "flow.lockout.waiting": "asks People.attempts; gives back names that were handed in",
    "flow.keeping.finder": "asks Store.evidence_of_record when it is called",
    "flow.memory.recall": "asks Store.host_lines when it is called",
    "flow.partnering.receiver": "is handed a partner; asks Partners.groups",
    "flow.partnering.receivers": "asks Partners.partners and groups",
    "flow.picture.beginning": "asks Store.newest_days",
    "flow.picture.besides": "asks Store.asides and Store.number_before",
    "flow.picture.fused": "is handed reports and annotations",
}
"""Read paths that only pass on what another one gives, or need files, and where they are tested."""


class Nobody:
    """A sender that has nothing to send."""

    def mail(self, *said: object, **more: object) -> None:
        raise AssertionError(said, more)

    post = mail


def looked(s: Store, reader: Reader) -> object:
    """Return what a look is told of what was seen until then."""
    told: list[object] = []

    def look(seen: object, asked: object) -> Look:
        told.extend([seen, asked])
        return Look(alerts=(), seen={})

    return [s.alerts.keep_look(reader, NOW, look), told]


def data_of(s: Store, reader: Reader) -> list[str]:
    """Return the products' bytes, with the way by which each was had."""
    ways: tuple[Way, ...] = ("show", "release")
    return [f"product{n}x{way}" for n in range(6) for way in ways if s.products.data(reader, f"prd_{n}", way)]


def told(made: Any, reader: Reader) -> str:
    return repr(made).replace(repr(reader), "")


def exports(s: Store, reader: Reader) -> list[str]:
    opened = Situation(s, HOME, Configuration())
    ready = prepared(opened, receiver=reader)
    links = attached(ready.picture.entities, ready.picture.identities)
    return [
        export_json.export(ready.picture, ready.brief, reader=reader).text,
        export_markdown.export(ready.picture, ready.brief, reader=reader).text,
        export_ftm.export(ready.picture, reader=reader, links=links).text,
    ]


def found(s: Store, reader: Reader, one: Laid) -> list[object]:
    answer = s.search(reader, secret(one.n))
    return [answer.total, answer.hits]


def note(what: str = "secretnotex") -> Note:
    return Note(at=NOW, who="secretwhox", verb="see", what=what)


def read_paths() -> Iterator[str]:
    """Every public method of the store's objects, and every public function of flow, that takes a Reader."""
    for module in pkgutil.iter_modules(store.__path__):
        loaded = importlib.import_module(f"{store.__name__}.{module.name}")
        for name, kind in inspect.getmembers(loaded, inspect.isclass):
            is_part = kind is not Store and issubclass(Store, kind)  # its methods are those of Store
            if kind.__module__ == loaded.__name__ and not is_part and not issubclass(kind, Struct | Exception):
                for method, function in inspect.getmembers(kind, inspect.isfunction):
                    if not method.startswith("_") and takes_a_reader(function):
                        yield f"{name}.{method}"
    for module in pkgutil.iter_modules(flow.__path__):
        loaded = importlib.import_module(f"{flow.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ == loaded.__name__ and not name.startswith("_") and takes_a_reader(function):
                yield f"flow.{module.name}.{name}"


def takes_a_reader(function: Any) -> bool:
    return any("Reader" in str(p.annotation) for p in inspect.signature(function).parameters.values())


LEVEL = st.sampled_from(LEVELS)
MARKINGS = st.none() | st.builds(
    Marking,
    level=LEVEL,
    releasable_to=st.frozensets(st.sampled_from([*PARTNERS, "North"])),
    expires=st.sampled_from([None, None, NOW - timedelta(days=1), NOW + timedelta(days=1)]),
)
STANDING = st.sampled_from(["approved", "approved", "suspended", "proposed", "expired"])


class Drawn(Struct, frozen=True, kw_only=True):
    """One whole case: markings of the items; per partner its standing and level; who may have which product how."""

    markings: list[Marking | None]
    partners: dict[str, tuple[str, Level]]
    requests: list[tuple[str, str, bool, str]]  # partner, state, override, way: of product n


CASES = st.builds(
    Drawn,
    markings=st.lists(MARKINGS, min_size=ITEMS, max_size=ITEMS),
    partners=st.fixed_dictionaries({name: st.tuples(STANDING, LEVEL) for name in PARTNERS}),
    requests=st.lists(
        st.tuples(
            st.sampled_from(PARTNERS),
            st.sampled_from(["asked", "approved", "approved", "refused", "recalled"]),
            st.booleans(),
            st.sampled_from(["show", "release"]),
        ),
        min_size=6,
        max_size=6,
    ),
)
HIDDEN = ("secretwhox", "secretnotex", "secretpatx", "secretreasonx", "secretfeedx", "secretthoughtx", "elsewhere")
"""Words of this node's own work, which no partner ever reads."""


def test_every_read_path_is_in_the_list() -> None:
    assert set(read_paths()) == {*PATHS, *ELSEWHERE}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "a.db"
    open_store(path, create=True).close()
    return path


@pytest.mark.parametrize("asking", PARTNERS)
@settings(max_examples=2, phases=[Phase.generate])  # a case is large: shrinking it takes minutes and says no more
@given(drawn=CASES)
def test_nothing_leaks_through_any_read_path(asking: str, drawn: Drawn, empty: Path) -> None:
    with TemporaryDirectory() as directory:
        path = Path(directory) / "a.db"
        path.write_bytes(empty.read_bytes())
        with open_store(path, create=False) as s:
            laid = [lay_out(n, marking) for n, marking in enumerate(drawn.markings)]
            fill(s, laid, drawn)
            reader = Reader(name="them", partner=asking, clearance="RED", at=NOW, groups=groups_of(asking))
            said = {name: said_by(call, s, reader, laid) for name, call in PATHS.items()}
            counts = s.counts(reader)
            everything = s.search(reader, "common", limit=50)

    theirs = [one for one in laid if may(one.marking, asking, drawn)]
    for name, text in said.items():
        for one in laid:
            if one not in theirs:
                assert not [word for word in one.words if word in text], f"{name} tells {one.marking} to {asking}"
        assert not [word for word in HIDDEN if word in text], name
        assert not [other for other in ({*PARTNERS, "North"} - {asking}) if other in text], name
    is_open = drawn.partners[asking][0] == "approved"
    for name in ("Store.collections", "Store.shelved"):
        assert (asking in said[name]) == is_open, name
        assert "nobody" not in said[name], name
    for n, request in enumerate(drawn.requests):
        for way in ("show", "release"):
            is_theirs = gets(n, request, way, asking, drawn)
            assert (f"product{n}x{way}" in said["Products.data"]) == is_theirs, request
        assert (f"title{n}x" in said["Products.products"]) == gets(n, request, "show", asking, drawn)
    for one in theirs:
        shown = ("Store.report", "Store.reports", "Store.search", "Store.shelved", "Store.published")
        assert all(secret(one.n) in said[name] for name in shown)
    assert counts["captures"] == counts["reported"] == counts["reports"] == counts["versions"] == len(theirs)
    assert everything.total == len(everything.hits) == len(theirs)


def said_by(call: Path_, s: Store, reader: Reader, laid: list[Laid]) -> str:
    """Return all that a read path says, its errors included, and nothing of the question."""
    try:
        return repr(call(s, reader, laid))
    except WatchfloorError as error:
        return repr(error)


def groups_of(partner: str) -> frozenset[str]:
    return frozenset({"North"} if partner in GROUP else ())


def may(marking: Marking | None, partner: str, drawn: Drawn, *, override: bool = False) -> bool:
    """Return by the rule, written a second time and on its own, whether the partner may have an item."""
    standing, level = drawn.partners[partner]
    if marking is None or standing != "approved":
        return False
    names = {partner, *groups_of(partner)}
    named = override or bool(names & marking.releasable_to)
    lasts = marking.expires is None or marking.expires > NOW
    return named and lasts and LEVELS.index(marking.level) <= LEVELS.index(level)


def gets(n: int, request: tuple[str, str, bool, str], way: str, partner: str, drawn: Drawn) -> bool:
    to, state, override, granted = request
    if to != partner or state != "approved" or (way == "release" and granted == "show"):
        return False
    cited = cited_by(n, drawn)
    by_rule = all(may(marking, partner, drawn) for marking in cited)
    return by_rule or (override and may(product_marking(cited), partner, drawn, override=True))


def cited_by(n: int, drawn: Drawn) -> list[Marking | None]:
    return [drawn.markings[2 * n], drawn.markings[2 * n + 1]]


def product_marking(cited: list[Marking | None]) -> Marking | None:
    members = [one if one is None or "North" not in one.releasable_to else with_members(one) for one in cited]
    return effective(members)


def with_members(marking: Marking) -> Marking:
    return Marking(level=marking.level, releasable_to=marking.releasable_to | GROUP, expires=marking.expires)


def lay_out(n: int, marking: Marking | None) -> Laid:
    text = f"Common words of {secret(n)} were said in Port Lund."
    data = text.encode()
    digest = sha256(data).hexdigest()
    capture = Capture(
        id=content_id("cap", n, digest),
        locator=f"{secret(n)}.txt",
        feed="secretfeedx",
        sha256=digest,
        media_type="text/plain",
        collected=NOW,
        data=data,
        outlet=f"Outlet {secret(n)}",
        marking=marking,
    )
    report = Report(
        id=content_id("rep", n, text),
        capture=capture.id,
        address=f"{secret(n)}.txt",
        url=None,
        outlet=f"Outlet {secret(n)}",
        outlet_how="given",
        headline=f"Head {secret(n)}",
        published=None,
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=NOW,
        marking=marking,
        generated_by="test@1",
    )
    return Laid(n=n, marking=marking, capture=capture, report=report)


def fill(s: Store, laid: list[Laid], drawn: Drawn) -> None:
    for name, (standing, level) in drawn.partners.items():
        s.partners.keep_partner(
            Partner(
                name=name,
                terms="secretreasonx",
                clearance=level,
                proposed_by="secretwhox",
                proposed=NOW,
                expires=NOW + timedelta(days=-1 if standing == "expired" else 1),
                approvals=(Approval(by="secretwhox", at=NOW),),
                standing="approved" if standing == "expired" else standing,  # type: ignore[arg-type]
            ),
            note(),
        )
    s.partners.keep_group(PartnerGroup(name="North", members=GROUP), note())
    person = Person(name="secretpatx", roles=frozenset({"reader"}), clearance="RED", added=NOW, login="pat")
    s.people.keep_person(person, note())
    s.keep_feed(
        Feed(
            name="secretfeedx", kind="page", address="https://a.example/", every=60, added=NOW, marking=laid[0].marking
        )
    )
    s.keep_captures(keep_evidence(one) for one in laid)
    s.keep_captures(
        Capture(
            **{**fields(laid[0].capture), "id": content_id("cap", "again"), "locator": "elsewhere", "marking": None}
        )
        for _ in (0,)
    )
    mentions = [(one.report, (mention(one),)) for one in laid]
    s.keep_reports(mentions, "1")
    s.keep_fingerprints(fingerprinted([one.report for one in laid]))
    thoughts(s, laid)
    for name, id in COLLECTIONS.items():
        owner = name if name in PARTNERS else None
        s.keep_collection(Collection(id=id, title=f"shelf of {name}", partner=owner))
        s.shelve(id, [noted_object(name), *map(told_from, laid)], 1_700_000_000_000_000)
    s.keep_outlet_grade("Common", Grade(reliability="B", by="secretwhox", at=NOW, reason="secretthoughtx"))
    for n, request in enumerate(drawn.requests):
        leave(s, laid, n, request, drawn)
    for one in laid[:3]:
        cited = Sentence(text="secretthoughtx", citations=(Span(report=one.report.id, start=0, end=6),))
        parts = (Part(heading="h", sentences=(cited,)),)
        draft = Draft(
            id=f"drf_{one.n}",
            version=1,
            title=secret(one.n),
            since=None,
            as_of=None,
            parts=parts,
            made=NOW,
            by="secretwhox",
            change="begun",
        )
        s.drafts.keep_draft(draft, note())


def noted_object(owner: str) -> StixObject:
    body = f'{{"type":"note","id":"{NOTED}","content":"for {owner}"}}'
    return StixObject(id=NOTED, type="note", version=None, moment=None, spec_version="2.1", body=body)


def told_from(one: Laid) -> StixObject:
    """Return an object that tells from one report; who may not see the report does not see it."""
    id = f"note--0b1a4a9e-3b6e-4e0e-9d0c-1c4c6a3f{one.n:04d}"
    body = f'{{"type":"note","id":"{id}","content":"{secret(one.n)}"}}'
    return StixObject(
        id=id, type="note", version="v", moment=one.n, spec_version="2.1", body=body, rests_on=(one.report.id,)
    )


def fields(capture: Capture) -> dict[str, Any]:
    return {name: getattr(capture, name) for name in capture.__struct_fields__}


def keep_evidence(one: Laid) -> Capture:
    evidence = Evidence(
        capture=one.capture.id,
        file=f"{secret(one.n)}.warc.gz",
        start=0,
        offset=one.n,
        length=1,
        kind="response",
        record=f"urn:{one.n}",
        digest="digest",
        url="https://common.example/",
        date=NOW,
    )
    return Capture(**{**fields(one.capture), "evidence": evidence})


def mention(one: Laid) -> Mention:
    span = Span(report=one.report.id, start=0, end=6)
    return Mention(span=span, type="person", name=f"Person {secret(one.n)}", generated_by="test@1")


def watched(s: Store, laid: list[Laid], open_: Marking) -> None:
    """Keep what this node watches for, what came of it, and the work of the service."""
    span = Span(report=laid[0].report.id, start=0, end=6)
    alert = Alert(
        id="alt_1", indicator="secretthoughtx", title="secretthoughtx", about="clm_1", trigger="first seen", at=NOW,
        because="secretreasonx", not_before="secretreasonx", sentence=secret(0), evidence=(span,), reports=1, outlets=1,
        origins_min=1, origins_max=1, rests_on=(span.report,), marking=open_,
    )  # fmt: skip
    seen = Seen(id="see_1", evidence=(span,), first=NOW, last=NOW, parties=("secretwhox",), marking=open_)
    delivery = Delivery(id="dlv_1", alert="alt_1", channel="secretfeedx", state="waiting", due=NOW)
    look = Look(
        alerts=(alert,), seen={"secretthoughtx": (seen,)}, asked={"secretthoughtx": "a"}, deliveries=(delivery,)
    )
    s.alerts.keep_look(HOME, NOW, lambda seen, asked: look)
    s.alerts.keep_move(
        Move(id="mov_1", measure="secretthoughtx", status="agreed", by="secretwhox", at=NOW, reason="secretreasonx",
             marking=open_), note())  # fmt: skip
    s.alerts.keep_text("secretthoughtx", "secretwhox", NOW, note())
    s.jobs.enqueue("read", [laid[0].capture.id], NOW)
    s.jobs.beat("secretwhox", NOW, timedelta(minutes=1))
    s.egress.note([Egress(host="secretfeedx", purpose="feeds", asked=1, failed=1, last=NOW, detail="secretreasonx")])


def thoughts(s: Store, laid: list[Laid]) -> None:
    """Keep what people of this node think of the items, and what could not go on."""
    watched(s, laid, Marking(level="CLEAR", releasable_to=frozenset(PARTNERS)))
    one = laid[0]
    open_ = Marking(level="CLEAR", releasable_to=frozenset(PARTNERS))
    s.keep_judgement(
        Judgement(id="jdg_1", left="secretthoughtx", right="b", verdict="same", by="secretwhox", at=NOW, marking=open_)
    )
    s.keep_assessment(
        Assessment(
            id="ass_1",
            spans=(Span(report=one.report.id, start=0, end=6),),
            credibility="3",
            by="secretwhox",
            at=NOW,
            reason="secretthoughtx",
            marking=open_,
        )
    )
    for other, to in ((one, None), *((each_, each_.marking) for each_ in laid)):
        s.corrections.keep_correction(correction(other, to), note())
    kept = SavedSearch(id="sch_1", owner="secretpatx", name="secretthoughtx", query="secretthoughtx", made=NOW)
    s.searches.keep_search(kept, note())
    s.searches.keep_feed_secret("sch_1", "secretpatx", "hash", note())
    s.keep_aside(
        Aside(
            id="a",
            locator="secretthoughtx",
            capture=None,
            room="clean",
            reason="empty",
            detail="secretthoughtx",
            at=NOW,
        )
    )
    s.keep_translation(
        Translation(report=one.report.id, target="en", paragraphs=(), made_at=NOW, generated_by="secretthoughtx")
    )
    s.keep_identities(
        [
            Identity(
                name=f"Person {secret(0)}",
                schema="Person",
                country=None,
                qid="Q1",
                label="secretthoughtx",
                score=1.0,
                reason="",
                file="f",
                by="secretwhox",
                at=NOW.isoformat(),
            )
        ],
        "f",
    )


def correction(one: Laid, marking: Marking | None) -> Correction:
    return Correction(
        id=content_id("cor", one.n, marking is None),
        verb="reject",
        report=one.report.id,
        address=one.report.address,
        text=digest_of(one.report.text),
        finding=mention(one),
        said=secret(one.n),
        by="secretwhox",
        at=NOW,
        reason="secretreasonx",
        marking=marking,
    )


def leave(s: Store, laid: list[Laid], n: int, request: tuple[str, str, bool, str], drawn: Drawn) -> None:
    """Keep a product over two items, the request for it, its delivery, and a correction that is only queued."""
    to, state, override, way = request
    data = f"product{n}xshow product{n}xrelease".encode()
    product = Product(
        id=f"prd_{n}",
        series=f"ser_{n}",
        version=1,
        title=f"title{n}x",
        form="md",
        sha256=sha256(data).hexdigest(),
        size=len(data),
        made=NOW,
        made_by="secretwhox",
        prepared_for=to,
        marking=product_marking(cited_by(n, drawn)),
        cites=(laid[2 * n].report.id, laid[2 * n + 1].report.id),
    )
    s.products.keep_product(product, data, note())
    s.products.keep_request(
        Request(
            id=f"req_{n}",
            product=product.id,
            partner=to,
            way=way,  # type: ignore[arg-type]
            asked_by="secretwhox",
            asked=NOW,
            asked_because="secretreasonx",
            state=state,  # type: ignore[arg-type]
            override=override,
        ),
        note(),
    )
    s.products.keep_dissemination(
        Dissemination(
            id=f"dis_{n}",
            request=f"req_{n}",
            product=product.id,
            partner=to,
            version=1,
            sha256=product.sha256,
            at=NOW,
            how="by hand",
            by="secretwhox",
        ),
        note(),
    )
    s.recalls.keep_recall(
        Recall(
            id=f"rcl_{n}",
            product=product.id,
            partner=to,
            report=laid[n].report.id,
            kind="corrected",
            reason="secretreasonx",
            queued=NOW,
            queued_by="secretwhox",
            text="secretreasonx",
        ),
        note(),
    )
