"""What goes into a partner's collection is asked for, decided by another and logged; what must leave leaves at once."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.flow.node import DAY, NOW, Node, to

from watchfloor.core.collection import Selection
from watchfloor.core.errors import ConfigError, ReleaseDenied
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow import offering, recalling, releasing
from watchfloor.flow.admission import Admitted
from watchfloor.flow.marking import mark

PAGE = "https://courier.example/1"
OTHER = "https://courier.example/2"
THEM = Reader(name="them", partner="Ally", clearance="RED", at=NOW)


class Team:
    """Somebody who asks, somebody who decides, and a partner with a collection."""

    def __init__(self, node: Node) -> None:
        self.node = node
        node.partner("Ally")
        self.ann: Admitted = node.person("ann", "analyst")
        self.rita: Admitted = node.person("rita", "release officer")

    def offer(self, now: int = 0, reason: str = "they need it") -> offering.Offered:
        return offering.offer(self.node.opened, self.ann, "Ally", NOW + now * DAY, reason=reason)

    def pass_on(self, now: int = 0) -> None:
        made = self.offer(now)
        assert made.asked is not None
        releasing.approve(self.node.opened, self.rita, made.asked.request.id, NOW + now * DAY)
        offering.hand_over(self.node.store, self.rita, made.asked.request.id, NOW + now * DAY)

    def lies_there(self, reader: Reader = THEM) -> list[dict[str, object]]:
        """Return all versions of all that lies in the collection for a reader."""
        everything = Selection(most=999, versions=("all",))
        return [
            json.loads(one.body or "")
            for one in self.node.store.shelved(reader, self.node.shelves["Ally"], everything).found
        ]

    def names(self) -> list[str]:
        return sorted(str(one["name"]) for one in self.lies_there() if one["type"] == "report")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    node = Node(tmp_path / "a.db")
    yield Team(node)
    node.close()


def test_nothing_is_in_the_collection_before_somebody_else_has_decided(team: Team) -> None:
    team.node.report("Arda called Bruun.", to("Ally"), address=PAGE)
    made = team.offer()
    assert made.asked is not None
    request = made.asked.request

    assert team.lies_there() == []
    with pytest.raises(ReleaseDenied, match="is asked; only what was approved"):
        offering.hand_over(team.node.store, team.rita, request.id, NOW)
    both = team.node.person("both", "analyst", "release officer")
    again = offering.offer(team.node.opened, both, "Ally", NOW, reason="r")
    assert again.asked is not None
    assert not again.asked.is_new
    releasing.approve(team.node.opened, team.rita, request.id, NOW)
    delivery, done = offering.hand_over(team.node.store, team.rita, request.id, NOW)

    assert team.names() == ["Head of Arda called Bruun."]
    assert (delivery.how, delivery.version, delivery.partner) == ("TAXII collection", 1, "Ally")
    assert done.new == len(team.lies_there())
    assert team.offer(1).asked is None  # the collection says it all


def test_who_asks_does_not_decide_no_reason_is_no_request_and_nothing_overrides(team: Team) -> None:
    report = team.node.report("Arda called Bruun.", to("Ally"), address=PAGE)
    with pytest.raises(ConfigError, match="no reason"):
        team.offer(reason=" ")
    both = team.node.person("both", "analyst", "release officer")
    made = offering.offer(team.node.opened, both, "Ally", NOW, reason="r")
    assert made.asked is not None
    request = made.asked.request.id
    with pytest.raises(ConfigError, match="somebody else must decide"):
        releasing.approve(team.node.opened, both, request, NOW)
    mark(team.node.store, team.ann, report, to(), NOW)

    with pytest.raises(ReleaseDenied, match="not releasable to this partner"):
        releasing.approve(team.node.opened, team.rita, request, NOW, override=True, reason="so")


def test_what_is_marked_stricter_is_out_of_sight_at_once_and_taken_back_without_a_decision(team: Team) -> None:
    report = team.node.report("Arda called Bruun.", to("Ally"), address=PAGE)
    team.node.report("Cato called Dahl.", to("Ally"), address=OTHER)
    team.pass_on()
    mark(team.node.store, team.ann, report, to(), NOW)

    assert team.names() == ["Head of Cato called Dahl."]
    assert "Arda" not in json.dumps([one for one in team.lies_there() if one["type"] != "identity"])
    made = team.offer(1)
    taken_back = [one for one in team.lies_there() if one.get("revoked")]
    assert made.taken_back == len(taken_back) > 0
    assert made.asked is not None  # the brief over both is another one now, and that waits
    assert "Arda" not in json.dumps([one for one in team.lies_there() if one["type"] != "identity"])


def test_a_marking_that_is_tightened_before_the_handing_over_stops_it(team: Team) -> None:
    report = team.node.report("Arda called Bruun.", to("Ally"), address=PAGE)
    made = team.offer()
    assert made.asked is not None
    releasing.approve(team.node.opened, team.rita, made.asked.request.id, NOW)
    mark(team.node.store, team.ann, report, Marking(level="RED", releasable_to=frozenset({"Ally"})), NOW)

    with pytest.raises(ReleaseDenied, match="refused by the release rule"):
        offering.hand_over(team.node.store, team.rita, made.asked.request.id, NOW)
    assert team.lies_there() == []


def test_a_corrected_page_is_a_new_version_and_waits_like_anything_new(team: Team) -> None:
    team.node.report("Arda called Bruun.", to("Ally"), address=PAGE)
    team.pass_on()
    team.node.report("Arda wrote to Bruun.", to("Ally"), address=PAGE, day=2)
    made = team.offer(1)

    assert team.names() == ["Head of Arda called Bruun."]
    assert made.asked is not None
    releasing.approve(team.node.opened, team.rita, made.asked.request.id, NOW + DAY)
    delivery, done = offering.hand_over(team.node.store, team.rita, made.asked.request.id, NOW + DAY)
    reports = [one for one in team.lies_there() if one["type"] == "report"]
    assert (delivery.version, done.withdrawn) == (2, 0)
    assert len({one["id"] for one in reports}) == 1
    assert [one["created"] for one in reports] == ["2024-10-01T00:00:00.000Z"] * 2


def test_a_withdrawn_report_is_recalled_from_the_collection_and_released_again_as_another_object(team: Team) -> None:
    team.node.report("Arda called Bruun.", to("Ally"), address=PAGE)
    team.pass_on()
    team.node.report("It is withdrawn.", to("Ally"), address=PAGE, withdrawn=True, day=2)
    (listed,) = recalling.affected(team.node.store, team.rita)
    (recall,) = recalling.queue(team.node.store, team.rita, NOW + DAY)
    sent = recalling.send(team.node.store, team.rita, recall.id, NOW + DAY)
    gone = offering.taken_back_for(team.node.store, team.rita, sent, NOW + DAY)

    assert (listed.fallen.kind, listed.product.form) == ("withdrawn", "taxii")
    assert listed.got[0].how == "TAXII collection"
    told = ("report", "note", "relationship", "grouping", "observed-data")
    over = [one for one in team.lies_there() if one["type"] in told]
    assert all(one["revoked"] for one in over)
    assert gone == len(over)
    team.node.report("Arda called Bruun again.", to("Ally"), address=PAGE, day=3)
    team.pass_on(2)
    reports = [one for one in team.lies_there() if one["type"] == "report"]
    assert [bool(one.get("revoked")) for one in reports] == [True, False]
    assert reports[0]["id"] != reports[1]["id"]
