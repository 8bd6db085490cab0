"""Over HTTP: nobody finds what is not theirs, and what is not theirs costs and sounds like what is not there.

Time is not measured: the same answer made from the same questions to the database takes the same time.
"""

import json
import random
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import event
from tests.flow.node import NOW, Node, to

from watchfloor.core.collection import StixObject
from watchfloor.core.marking import LEVELS, Marking
from watchfloor.flow.admission import make_key
from watchfloor.flow.taxii import TAXII, TaxiiServer
from watchfloor.flow.taxii_doors import PeopleDoorkeeper
from watchfloor.web.taxii import application

PARTNERS = ("Alder", "Birch", "Cedar")
ITEMS = 24
NOWHERE = "0b1a4a9e-3b6e-4e0e-9d0c-999999999999"
NO_OBJECT = "note--0b1a4a9e-3b6e-4e0e-9d0c-999999999999"
ROOT = "/taxii2/api/"


class Shelves:
    """A node with items of random markings, each in every partner's collection, and a key of each partner."""

    def __init__(self, path: Path) -> None:
        self.node = Node(path)
        self.keys: dict[str, str] = {}
        for name in PARTNERS:
            self.node.partner(name)
            guest = self.node.person(f"guest-{name.lower()}", "analyst", partner=name)
            self.keys[name], _ = make_key(self.node.store, guest, guest.name, guest.may, NOW)
        chance = random.Random(11)
        self.markings = [self._drawn(chance) for _ in range(ITEMS)]
        given = []
        for n, marking in enumerate(self.markings):
            report = self.node.report(f"word{n}q called word{n}r.", marking, address=f"https://courier.example/{n}")
            body = json.dumps({"type": "note", "id": object_id(n), "spec_version": "2.1", "content": f"word{n}q"})
            given.append(
                StixObject(
                    id=object_id(n),
                    type="note",
                    version="2024-10-21T09:00:00.000Z",
                    moment=1_729_501_200_000_000,
                    spec_version="2.1",
                    body=body,
                    rests_on=(report,),
                )
            )
        for shelf in self.node.shelves.values():
            self.node.store.shelve(shelf, given, 1)
        server = TaxiiServer(self.node.store, PeopleDoorkeeper(self.node.store, lambda: NOW), lambda: NOW)
        self.client = TestClient(application(server))

    def _drawn(self, chance: random.Random) -> Marking | None:
        if chance.random() < 0.1:
            return None
        names = [name for name in PARTNERS if chance.random() < 0.5]
        return to(*names, level=chance.choice(LEVELS))

    def theirs(self, partner: str) -> set[int]:
        """Return the items that the partner may have, by the rule written a second time."""
        return {
            n
            for n, one in enumerate(self.markings)
            if one is not None and partner in one.releasable_to and one.level in LEVELS[: LEVELS.index("AMBER") + 1]
        }

    def get(self, partner: str, path: str, method: str = "GET") -> tuple[int, bytes, dict[str, str]]:
        """Return status, body and headers of an answer."""
        headers = {"Accept": TAXII, "Authorization": f"Bearer {self.keys[partner]}"}
        answer = self.client.request(method, path, headers=headers)
        return answer.status_code, answer.content, dict(answer.headers)


def object_id(n: int) -> str:
    return f"note--7c1b4a9e-3b6e-4e0e-9d0c-{n:012d}"


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelves]:
    made = Shelves(tmp_path_factory.mktemp("shelves") / "a.db")
    with made.client:
        yield made
    made.node.close()


@contextmanager
def counted(shelves: Shelves) -> Iterator[list[str]]:
    """Write down every statement that goes to the database."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    engine = shelves.node.store._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("partner", PARTNERS)
def test_every_path_gives_a_partner_its_own_items_and_no_word_of_others(shelves: Shelves, partner: str) -> None:
    own = shelves.node.shelves[partner]
    theirs = shelves.theirs(partner)
    assert 0 < len(theirs) < ITEMS
    paths = ["/taxii2/", ROOT, f"{ROOT}collections/"]
    for shelf in (*shelves.node.shelves.values(), NOWHERE):
        base = f"{ROOT}collections/{shelf}/"
        paths += [base, f"{base}objects/", f"{base}manifest/", f"{base}objects/?match[version]=all&limit=5"]
        paths += [f"{base}objects/{object_id(n)}/" for n in range(ITEMS)]
        paths += [f"{base}objects/{object_id(n)}/versions/" for n in range(ITEMS)]
    for path in paths:
        status, body, _ = shelves.get(partner, path)
        text = body.decode()
        assert status in (200, 404)
        for n in set(range(ITEMS)) - theirs:
            assert f"word{n}q" not in text, path
            assert object_id(n) not in text, path
        assert not [name for name in PARTNERS if name != partner and name in text], path
        assert not [shelf for name, shelf in shelves.node.shelves.items() if name != partner and shelf in text], path
    whole = shelves.get(partner, f"{ROOT}collections/{own}/objects/")[1].decode()
    assert {n for n in range(ITEMS) if f"word{n}q" in whole} == theirs


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("method", ["GET", "DELETE"])
@pytest.mark.parametrize("rest", ["", "versions/"])
def test_what_is_not_theirs_is_answered_word_for_word_and_question_for_question_like_what_is_not_there(
    shelves: Shelves, partner: str, method: str, rest: str
) -> None:
    own = shelves.node.shelves[partner]
    other = next(shelf for name, shelf in shelves.node.shelves.items() if name != partner)
    hidden = min(set(range(ITEMS)) - shelves.theirs(partner))
    pairs = [
        (f"{ROOT}collections/{own}/objects/{object_id(hidden)}/", f"{ROOT}collections/{own}/objects/{NO_OBJECT}/"),
        (f"{ROOT}collections/{other}/objects/{NO_OBJECT}/", f"{ROOT}collections/{NOWHERE}/objects/{NO_OBJECT}/"),
    ]
    for there, not_there in pairs:
        shelves.get(partner, there + rest, method)  # whatever is written once only is written now
        with counted(shelves) as of_hidden:
            hidden_answer = shelves.get(partner, there + rest, method)
        with counted(shelves) as of_nothing:
            no_answer = shelves.get(partner, not_there + rest, method)

        assert hidden_answer == no_answer
        assert hidden_answer[0] in (404, 405)
        assert of_hidden == of_nothing


def test_a_wrong_key_costs_the_same_whether_or_not_somebody_has_such_a_name(shelves: Shelves) -> None:
    def ask(name: str) -> tuple[int, bytes]:
        secret = b64encode(f"{name}:wf_0000_wrong".encode()).decode()
        headers = {"Accept": TAXII, "Authorization": f"Basic {secret}"}
        answer = shelves.client.get("/taxii2/", headers=headers)
        return answer.status_code, answer.content

    with counted(shelves) as of_known:
        known = ask("guest-alder")
    with counted(shelves) as of_unknown:
        unknown = ask("nobody-here")

    assert known == unknown
    assert known[0] == 401
    assert of_known == of_unknown
