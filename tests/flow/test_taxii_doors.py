"""Partners' people come to the TAXII server by their own keys, to what is their body's, while its agreement lasts."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from watchfloor.core.audit import Note
from watchfloor.core.collection import Collection
from watchfloor.core.partner import Approval, Partner
from watchfloor.core.permission import Role
from watchfloor.core.person import Person
from watchfloor.flow import passwords
from watchfloor.flow.admission import admitted, make_key
from watchfloor.flow.taxii import TaxiiServer
from watchfloor.flow.taxii_doors import PeopleDoorkeeper
from watchfloor.share.doorkeeper import Right
from watchfloor.share.taxii_error import TaxiiError
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
DONE = Note(at=NOW, who="test", verb="people", what="test")
ALDERS, OURS = "0b1a4a9e-3b6e-4e0e-9d0c-000000000001", "0b1a4a9e-3b6e-4e0e-9d0c-000000000002"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    for name, value in (("TIME_COST", 1), ("MEMORY_COST", 8)):
        monkeypatch.setattr(passwords, name, value)
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()
    with open_store(tmp_path / "a.db", create=True) as opened:
        opened.partners.keep_partner(
            Partner(
                name="Alder",
                terms="none",
                clearance="AMBER",
                proposed_by="a",
                proposed=NOW,
                expires=NOW + timedelta(days=9),
                approvals=(Approval(by="a", at=NOW), Approval(by="b", at=NOW)),
                standing="approved",
            ),
            DONE,
        )
        opened.keep_collection(Collection(id=ALDERS, title="For Alder", partner="Alder"))
        opened.keep_collection(Collection(id=OURS, title="Ours"))
        yield opened
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()


def header(store: Store, name: str, role: Role, partner: str | None) -> dict[str, str]:
    """Return what a new person's key makes of a request's headers."""
    person = Person(name=name, roles=frozenset({role}), clearance="RED", added=NOW, partner=partner)
    store.people.keep_person(person, DONE)
    known = admitted(store, person, NOW, how="password")
    key, _ = make_key(store, known, name, known.may, NOW)
    return {"authorization": f"Bearer {key}"}


def test_a_partners_person_reads_the_partners_collection_and_no_other(store: Store) -> None:
    keeper = PeopleDoorkeeper(store, lambda: NOW)

    reader = keeper.who(header(store, "rea", "reader", "Alder"))
    analyst = keeper.who(header(store, "ana", "analyst", "Alder"))

    assert reader is not None
    assert analyst is not None
    assert reader.rights == {ALDERS: Right(read=True)}
    assert analyst.rights == {ALDERS: Right(read=True, write=True)}
    assert reader.reader.partner == "Alder"


def test_this_nodes_people_read_all_collections_and_write_none(store: Store) -> None:
    found = PeopleDoorkeeper(store, lambda: NOW).who(header(store, "own", "analyst", None))

    assert found is not None
    assert found.rights == {ALDERS: Right(read=True), OURS: Right(read=True)}


def test_nobody_comes_in_without_a_key_with_a_wrong_one_or_when_the_agreement_has_ended(store: Store) -> None:
    right = header(store, "rea", "reader", "Alder")
    wrong = base64.b64encode(b"rea:guessed").decode()

    assert PeopleDoorkeeper(store, lambda: NOW).who({}) is None
    assert PeopleDoorkeeper(store, lambda: NOW).who({"authorization": f"Basic {wrong}"}) is None
    assert PeopleDoorkeeper(store, lambda: NOW + timedelta(days=10)).who(right) is None
    with pytest.raises(TaxiiError, match="401"):
        TaxiiServer(store, PeopleDoorkeeper(store, lambda: NOW), lambda: NOW).discovery({})


def test_who_guesses_too_often_is_told_to_wait(store: Store) -> None:
    header(store, "rea", "reader", "Alder")
    keeper = PeopleDoorkeeper(store, lambda: NOW)
    guess = {"authorization": "Basic " + base64.b64encode(b"rea:guessed").decode()}

    told = [_asked(keeper, guess) for _ in range(50)]

    assert told[0] is None
    assert told[-1] is not None
    assert (told[-1].status, bool(told[-1].retry_after)) == (429, True)


def _asked(keeper: PeopleDoorkeeper, headers: dict[str, str]) -> TaxiiError | None:
    try:
        keeper.who(headers)
    except TaxiiError as refused:
        return refused
    return None
