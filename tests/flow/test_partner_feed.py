"""What node A releases to B reaches B and nothing else does; what A takes back is taken back at B's door."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest

from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.collect.fetching import Fetcher
from watchfloor.core.collection import Collection
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


def _run(here: Store, ask: Callable[[str], Fetch]) -> tuple[int, str]:
    line = Line(here, HOME, (), 30.0)
    feeding = Feeding(here, HOME, line, lambda _asks: iter(()), lambda: NOW, partners=lambda _feed: ask)
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
    assert list(PartnerRun(feed(), lambda _url: _fetch(sent), None, NOW).captures()) == []


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
