"""Two nodes exchange what they have over loopback; the bytes of wire and database say that nothing else went over."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import pytest
from msgspec import Struct
from tests.flow.node import DAY, NOW, Node, to
from tests.flow.wire import Relay, served

from watchfloor.collect.fetch_settings import FetchSettings
from watchfloor.core.feed import Feed
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.flow import offering, recalling, releasing
from watchfloor.flow.admission import Admitted, make_key
from watchfloor.flow.configuration import Configuration, PartnerKey
from watchfloor.flow.feeding import Feeding
from watchfloor.flow.marking import mark
from watchfloor.flow.picture import picture
from watchfloor.flow.pipeline import Line
from watchfloor.flow.web import opened_partners

HOME = Reader(name="us", partner=None, clearance="RED")
EXPIRED = Marking(level="GREEN", releasable_to=frozenset({"Birch"}), expires=NOW - DAY)
KEPT_BACK = {
    "unmarkedq": None,
    "otherq": to("Cedar"),
    "higherq": to("Birch", level="RED"),
    "nobodyq": to(),
    "expiredq": EXPIRED,
}
"""A word of each report that Alder may not release to Birch, with its marking."""


class Side:
    """A node with its people, and where the other one finds it. moment: its clock."""

    def __init__(self, path: Path, own: str, other: str) -> None:
        self.own, self.other, self.path = own, other, path
        self.node = Node(path)
        self.node.partner(other)
        self.ann: Admitted = self.node.person("ann", "analyst")
        self.rita: Admitted = self.node.person("rita", "release officer")
        guest = self.node.person("guest", "reader", partner=other)
        self.key, _ = make_key(self.node.store, guest, "guest", guest.may, NOW)
        self.moment = NOW
        self.port = 0

    def now(self) -> datetime:
        return self.moment

    def pass_on(self) -> None:
        made = offering.offer(self.node.opened, self.ann, self.other, self.moment, reason="they need it")
        assert made.asked is not None
        releasing.approve(self.node.opened, self.rita, made.asked.request.id, self.moment)
        offering.hand_over(self.node.store, self.rita, made.asked.request.id, self.moment)

    def follow(self, other: "Side", port: int) -> None:
        self.port = port
        shelf = other.node.shelves[self.own]
        address = f"http://127.0.0.1:{port}/taxii2/api/collections/{shelf}/"
        feed = Feed(name=self.other, kind="partner", address=address, every=60, added=NOW)
        self.node.store.keep_feed(feed)

    def pull(self, key: str) -> str:
        store = self.node.store
        settings = Configuration(
            fetch=FetchSettings(allow=("127.0.0.0/8",), ports=(self.port,), gap=0.0),
            partners={self.other: PartnerKey(token=key)},
        )
        with opened_partners(settings) as partners:
            line = Line(store, HOME, (), 30.0)
            feeding = Feeding(store, HOME, line, lambda _: iter(()), self.now, partners=partners)
            (ran,) = feeding.run(store.feeds(HOME), all_of_them=True).ran
        assert ran.outcome == "got", ran.detail
        return ran.detail

    def all_bytes(self) -> bytes:
        """Return every byte of the database's files, and all that lies packed in them."""
        files = [file.read_bytes() for file in sorted(self.path.parent.glob(f"{self.path.name}*"))]
        return b"".join([*files, self.node.store.dump(HOME).encode()])


class Told(Struct, frozen=True, kw_only=True):
    """What was seen of one exchange."""

    at_birch: tuple[Report, ...]
    at_alder: tuple[Report, ...]
    bytes_at_birch: bytes
    bytes_at_alder: bytes
    wire: bytes
    after_recall: tuple[Report, ...]
    before_recall: tuple[Report, ...]
    passed_on: tuple[recalling.Affected, ...]
    detail: str


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """Exchange once, both ways; then Birch passes something on and Alder takes it back."""
    alder = Side(tmp_path_factory.mktemp("alder") / "a.db", "Alder", "Birch")
    birch = Side(tmp_path_factory.mktemp("birch") / "b.db", "Birch", "Alder")
    birch.node.partner("Cedar")
    with ExitStack() as open_:
        relays = []
        for one, other in ((alder, birch), (birch, alder)):
            relay = Relay(open_.enter_context(served(other.node.store, other.now)))
            open_.callback(relay.close)
            one.follow(other, relay.port)
            relays.append(relay)
        alder.node.report("Arda called Bruun.", to("Birch"), address="https://courier.example/1")
        alder.node.report("Eskil called Frey.", to("Birch"), address="https://courier.example/2")
        for word, marking in KEPT_BACK.items():
            alder.node.report(f"{word} called {word}x.", marking, address=f"https://courier.example/{word}")
        birch.node.report("Gudrun called Holm.", to("Alder"), address="https://herald.example/1")
        birch.node.report("homeq called homeqx.", to("Cedar"), address="https://herald.example/2")
        alder.pass_on()
        birch.pass_on()
        birch.pull(alder.key)
        alder.pull(birch.key)
        at_birch, at_alder = birch.node.store.reports(HOME), alder.node.store.reports(HOME)
        bytes_at_birch, bytes_at_alder = birch.all_bytes(), alder.all_bytes()

        theirs = next(one for one in at_birch if "Arda" in one.text and one.outlet == "Alder" and "Head" in one.text)
        mark(birch.node.store, birch.rita, theirs.id, to("Cedar"), NOW, reason="Alder agreed")
        (asked,) = releasing.ask(birch.node.opened, birch.ann, "Cedar", NOW, reason="they asked")
        releasing.approve(birch.node.opened, birch.rita, asked.request.id, NOW)
        releasing.deliver(birch.node.store, birch.rita, asked.request.id, NOW, how="by hand")
        alder.moment = birch.moment = NOW + DAY
        alder.node.report("It is withdrawn.", to("Birch"), address="https://courier.example/1", withdrawn=True, day=2)
        (recall,) = recalling.queue(alder.node.store, alder.rita, alder.moment)
        sent = recalling.send(alder.node.store, alder.rita, recall.id, alder.moment)
        offering.taken_back_for(alder.node.store, alder.rita, sent, alder.moment)
        before = picture(birch.node.store, HOME).reports
        detail = birch.pull(alder.key)
        yield Told(
            at_birch=at_birch,
            at_alder=at_alder,
            bytes_at_birch=bytes_at_birch,
            bytes_at_alder=bytes_at_alder,
            wire=b"".join(relay.recorded for relay in relays),
            before_recall=before,
            after_recall=birch.node.store.reports(HOME),
            passed_on=recalling.affected(birch.node.store, birch.rita),
            detail=detail,
        )
    alder.node.close()
    birch.node.close()


def test_each_has_what_the_other_released_with_the_marking_of_its_sender(told: Told) -> None:
    theirs = [one for one in told.at_birch if one.outlet == "Alder"]
    ours = [one for one in told.at_alder if one.outlet == "Birch"]

    assert any("Arda called Bruun" in one.text for one in theirs)
    assert any("Gudrun called Holm" in one.text for one in ours)
    assert {one.marking for one in (*theirs, *ours)} == {
        Marking(level="GREEN", caveats=("originator: Alder",)),
        Marking(level="GREEN", caveats=("originator: Birch",)),
    }


def test_what_may_not_be_released_is_in_no_byte_of_the_wire_and_of_the_other_database(told: Told) -> None:
    assert b"Arda called Bruun" in told.wire
    assert b"Arda called Bruun" in told.bytes_at_birch
    for word in KEPT_BACK:
        assert word.encode() not in told.wire
        assert word.encode() not in told.bytes_at_birch
        assert word.encode() in told.bytes_at_alder
    assert b"homeq" not in told.wire
    assert b"homeq" not in told.bytes_at_alder


def test_no_body_that_is_not_party_to_it_is_named_on_the_wire(told: Told) -> None:
    assert b"Cedar" not in told.wire


def test_a_recall_there_shows_here_and_lists_what_went_on_to_others(told: Told) -> None:
    withdrawn = [one for one in told.after_recall if "withdrawn" in {flag.name for flag in one.flags}]
    (fallen,) = told.passed_on

    assert withdrawn
    assert not any("Arda" in one.text for one in told.after_recall)
    assert any("Arda" in one.text for one in told.before_recall)
    assert any("Eskil" in one.text for one in told.after_recall)
    assert "withdrawn by the sender" in told.detail
    assert (fallen.request.partner, fallen.fallen.kind) == ("Cedar", "withdrawn")
    assert fallen.got[0].how == "by hand"
