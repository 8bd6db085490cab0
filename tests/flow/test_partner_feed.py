"""What node A releases to B reaches B and nothing else does; what A takes back is taken back at B's door."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.collect.fetching import Fetcher
from watchfloor.core.collection import Collection, Selection
from watchfloor.core.exchange import Exchange, Fetch
from watchfloor.core.feed import Feed, FeedState
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow.feeding import Feeding
from watchfloor.flow.partner_feed import PartnerRun, captured
from watchfloor.flow.pipeline import Line
from watchfloor.flow.publishing import put
from watchfloor.flow.taxii import TaxiiServer
from watchfloor.share.doorkeeper import Credential, FixedDoorkeeper, Right
from watchfloor.share.import_stix import Item
from watchfloor.share.stix_markings import definitions
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

HERE = "5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01"
NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HOME = Reader(name="home", partner=None, clearance="RED")
SECRET = {"authorization": "Basic " + b64encode(b"b:secret").decode()}
WORDS = "The harbour of Vardal was closed on Monday, the ministry said. Two ships had been stopped there last week."


def feed(**more: object) -> Feed:
    values: dict[str, object] = {
        "name": "Node A",
        "kind": "partner",
        "address": f"https://a.example/taxii2/api/collections/{HERE}/",
        "every": 3600,
        "added": NOW,
    }
    return Feed(**(values | more))  # type: ignore[arg-type]


def report(number: int, marking: Marking, words: str = WORDS) -> list[dict[str, object]]:
    marks = definitions(marking)
    one: dict[str, object] = {
        "type": "report",
        "spec_version": "2.1",
        "id": f"report--5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8b{number:02d}",
        "created": "2024-10-21T09:00:00.000Z",
        "modified": "2024-10-21T09:00:00.000Z",
        "name": f"Harbour closed, part {number}",
        "description": words,
        "published": "2024-10-21T00:00:00.000Z",
        "external_references": [{"source_name": "Vardal Courier", "description": "https://courier.example/1"}],
        "object_refs": ["identity--5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a99"],
        "object_marking_refs": [mark["id"] for mark in marks],
    }
    return [*marks, one]


AMBER = Marking(level="AMBER", releasable_to=frozenset({"Node B"}))


@pytest.fixture
def node_a(tmp_path: Path) -> Callable[[str], Fetch]:
    """Node A, asked without a wire, with one report for B and one that is not."""
    store = open_store(tmp_path / "a.db", create=True)
    store.keep_collection(Collection(id=HERE, title="B", partner="Node B"))
    put(store, HOME, HERE, report(1, AMBER), NOW)
    reader = Reader(name="b", partner="Node B", clearance="RED")
    digest = sha256(b"secret").hexdigest()
    rights = {HERE: Right(read=True)}
    keeper = FixedDoorkeeper([Credential(name="b", password_sha256=digest, reader=reader, rights=rights)])
    server = TaxiiServer(store, keeper, lambda: NOW)

    def ask(address: str) -> Fetch:
        reply = server.objects(SECRET, HERE, parse_qsl(urlsplit(address).query))
        exchange = Exchange(
            url=address,
            asked=NOW,
            seconds=0,
            method="GET",
            request=(),
            status=reply.status,
            reason="",
            headers=tuple(reply.headers.items()),
            body=reply.body,
        )
        return Fetch(address=address, outcome="got", exchanges=(exchange,), content=reply.body)

    ask.store = store  # type: ignore[attr-defined]
    return ask


def test_a_partners_report_is_taken_in_with_its_marking_and_the_partner_as_outlet(
    tmp_path: Path, node_a: Callable[[str], Fetch]
) -> None:
    with open_store(tmp_path / "b.db", create=True) as here:
        assert here.keep_feed(feed()) == "new"
        first = _run(here, node_a)
        again = _run(here, node_a)
        (kept,) = here.reports(HOME)
        capture = here.capture(HOME, kept.capture)
    node_a.store.close()  # type: ignore[attr-defined]

    assert (first, again) == ((1, "got"), (0, "got"))
    assert (kept.outlet, kept.published and kept.published.value) == ("Node A", "2024-10-21")
    assert "Vardal was closed" in kept.text
    assert kept.marking == Marking(level="AMBER", caveats=("originator: Node A",))
    assert capture is not None


def _run(here: Store, ask: Callable[[str], Fetch], now: datetime = NOW) -> tuple[int, str]:
    line = Line(here, HOME, (), 30.0)
    feeding = Feeding(here, HOME, line, lambda _asks: iter(()), lambda: now, partners=lambda _feed: ask)
    (ran,) = feeding.run(here.feeds(HOME), all_of_them=True).ran
    return ran.new, ran.outcome


def test_the_feed_remembers_where_it_ended(tmp_path: Path, node_a: Callable[[str], Fetch]) -> None:
    with open_store(tmp_path / "b.db", create=True) as here:
        here.keep_feed(feed())
        _run(here, node_a)
        state = here.feed_states(HOME)["Node A"]
    node_a.store.close()  # type: ignore[attr-defined]

    assert state.modified == "2024-11-01T12:00:00.000002Z"
    assert "3 objects; all of it" in state.detail


def test_what_was_taken_back_is_no_longer_handed_out(node_a: Callable[[str], Fetch]) -> None:
    store: Store = node_a.store  # type: ignore[attr-defined]
    put(store, HOME, HERE, [], NOW)
    sent = node_a("https://a.example/?match[type]=report").content
    store.close()

    assert json.loads(sent)["objects"][0]["revoked"] is True
    assert b"Vardal" not in sent
    run = PartnerRun(feed(), lambda _url: _fetch(sent), None, NOW, _nothing)
    assert list(run.captures()) == []


def _nothing(locator: str) -> None:
    raise LookupError(locator)


def test_what_the_sender_withdraws_is_withdrawn_here_and_stays_as_evidence(
    tmp_path: Path, node_a: Callable[[str], Fetch]
) -> None:
    theirs: Store = node_a.store  # type: ignore[attr-defined]
    with open_store(tmp_path / "b.db", create=True) as here:
        here.keep_feed(feed())
        _run(here, node_a)
        (before,) = here.reports(HOME)
        bytes_before = here.capture(HOME, before.capture)
        put(theirs, HOME, HERE, [], NOW + DAY)
        _run(here, node_a, NOW + DAY)
        (now,) = here.reports(HOME)
        told = here.versions(HOME, before.address)
        as_it_was = here.reports(HOME, as_of=NOW.date())
        bytes_after = here.capture(HOME, before.capture)
        state = here.feed_states(HOME)["Node A"]
        again = _run(here, node_a, NOW + 2 * DAY)
    theirs.close()

    assert "withdrawn" in {flag.name for flag in now.flags}
    assert "This report was withdrawn by Node A" in now.text
    assert now.marking == before.marking
    assert [one.report.id for one in told] == [before.id, now.id]
    assert [one.id for one in as_it_was] == [before.id]
    assert bytes_after == bytes_before is not None
    assert "1 withdrawn by the sender" in state.detail
    assert again == (0, "got")


def test_what_is_released_again_is_another_object_and_stands_here_again(
    tmp_path: Path, node_a: Callable[[str], Fetch]
) -> None:
    theirs: Store = node_a.store  # type: ignore[attr-defined]
    with open_store(tmp_path / "b.db", create=True) as here:
        here.keep_feed(feed())
        for day, given in enumerate([report(1, AMBER), [], report(1, AMBER), [], report(1, AMBER)]):
            put(theirs, HOME, HERE, given, NOW + day * DAY)
            if day != 3:  # the last time both come in one run
                _run(here, node_a, NOW + day * DAY)
        (now,) = here.reports(HOME)
        stood = ["withdrawn" in {flag.name for flag in one.report.flags} for one in here.versions(HOME, now.address)]
        whole = theirs.shelved(HOME, HERE, Selection(most=99, types=("report",), versions=("all",)))
    theirs.close()

    sent = [json.loads(one.body or "") for one in whole.found]
    assert "Vardal was closed" in now.text
    assert stood == [False, True, False, True, False]
    assert [bool(one.get("revoked")) for one in sent] == [True, True, False]  # each over for good but the last
    assert len({one["id"] for one in sent}) == 3


def test_a_correction_of_a_page_is_another_version_of_the_same_object(
    tmp_path: Path, node_a: Callable[[str], Fetch]
) -> None:
    theirs: Store = node_a.store  # type: ignore[attr-defined]
    with open_store(tmp_path / "b.db", create=True) as here:
        here.keep_feed(feed())
        _run(here, node_a)
        done = put(theirs, HOME, HERE, report(1, AMBER, WORDS.replace("Two", "Three")), NOW + DAY)
        _run(here, node_a, NOW + DAY)
        (now,) = here.reports(HOME)
        told = here.versions(HOME, now.address)
    theirs.close()

    assert (done.changed, done.withdrawn) == (1, 0)
    assert "Three ships" in now.text
    assert len(told) == 2


def test_a_notice_for_a_report_of_next_month_stands_after_it(tmp_path: Path, node_a: Callable[[str], Fetch]) -> None:
    theirs: Store = node_a.store  # type: ignore[attr-defined]
    ahead = report(1, AMBER)
    ahead[-1]["published"] = "2024-12-01T00:00:00.000Z"
    with open_store(tmp_path / "b.db", create=True) as here:
        here.keep_feed(feed())
        put(theirs, HOME, HERE, ahead, NOW + DAY)
        _run(here, node_a, NOW + DAY)
        put(theirs, HOME, HERE, [], NOW + 2 * DAY)
        _run(here, node_a, NOW + 2 * DAY)
        (now,) = here.reports(HOME)
    theirs.close()

    assert "withdrawn" in {flag.name for flag in now.flags}


def _fetch(content: bytes) -> Fetch:
    return Fetch(address="x", outcome="got", content=content)


@pytest.mark.parametrize(
    ("sender", "own", "level"),
    [("RED", "GREEN", "RED"), ("GREEN", "AMBER", "AMBER"), ("CLEAR", None, "CLEAR")],
)
def test_a_senders_marking_is_never_widened(sender: str, own: str | None, level: str) -> None:
    item = Item(
        id="report--1",
        version="1",
        title=None,
        text="Words.",
        url=None,
        published=None,
        level=sender,  # type: ignore[arg-type]
        outlet=None,
        language=None,
        place="report--1",
    )
    laid = Marking(level=own, releasable_to=frozenset({"Node C"})) if own else None  # type: ignore[arg-type]

    marking = captured(item, feed(marking=laid), NOW).marking

    assert marking is not None
    assert (marking.level, marking.releasable_to) == (level, frozenset())


def test_a_password_is_not_sent_where_others_can_read_it() -> None:
    with Fetcher(FetchSettings(), now=lambda: NOW) as fetcher:
        fetch = fetcher.ask("http://a.example/", accept="x", secret="Basic x")

    assert (fetch.outcome, fetch.exchanges) == ("refused", ())
    assert FeedState().modified is None
