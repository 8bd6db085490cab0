import pytest

from watchfloor.core.collection import Collection, Selection, StixObject
from watchfloor.core.marking import Reader
from watchfloor.store.store import Store

HERE = "5a4b7d10-6b0e-4b5f-9a52-0f6f3b6f8a01"
ALL = Selection(most=100, versions=("all",))


def note(name: str, moment: int | None = 1, body: str = "{}") -> StixObject:
    version = None if moment is None else f"v{moment}"
    return StixObject(id=f"note--{name}", type="note", version=version, moment=moment, spec_version="2.1", body=body)


@pytest.fixture
def shelf(store: Store) -> Store:
    store.keep_collection(Collection(id=HERE, title="Partner A", partner="Partner A"))
    return store


def test_objects_lie_in_the_order_in_which_they_were_added_and_no_two_at_one_instant(
    shelf: Store, home: Reader
) -> None:
    shelf.shelve(HERE, [note("b"), note("a")], now=1_000)
    shelf.shelve(HERE, [note("c")], now=1_000)
    shelf.shelve(HERE, [note("d")], now=5)  # a clock that went back

    found = shelf.shelved(home, HERE, ALL).found
    assert [(one.id, one.added) for one in found] == [
        ("note--b", 1_000),
        ("note--a", 1_001),
        ("note--c", 1_002),
        ("note--d", 1_003),
    ]


def test_the_same_object_again_is_no_failure_and_another_under_its_version_is(shelf: Store, home: Reader) -> None:
    assert shelf.shelve(HERE, [note("a"), note("a")], now=1) == [None, None]
    assert shelf.shelve(HERE, [note("a"), note("a", body='{"x":1}')], now=2)[0] is None
    (answer,) = shelf.shelve(HERE, [note("a", body='{"x":1}')], now=2)

    assert answer is not None
    assert shelf.count_shelved(home, HERE) == 1


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
def test_first_and_last_version_are_known_in_whatever_order_they_come(
    order: tuple[int, ...], shelf: Store, home: Reader
) -> None:
    for moment in order:
        shelf.shelve(HERE, [note("a", moment)], now=moment)

    def versions(*wanted: str | int) -> list[str]:
        return sorted(one.version for one in shelf.shelved(home, HERE, Selection(most=9, versions=wanted)).found)

    assert (versions("last"), versions("first"), versions("first", 2)) == (["v3"], ["v1"], ["v1", "v2"])


def test_when_the_last_version_is_deleted_the_one_before_is_the_last(shelf: Store, home: Reader) -> None:
    shelf.shelve(HERE, [note("a", 1), note("a", 2)], now=1)

    assert shelf.unshelve(HERE, "note--a", Selection(most=1, versions=("last",))) == 1
    assert [one.version for one in shelf.shelved(home, HERE, Selection(most=9)).found] == ["v1"]
    assert shelf.unshelve(HERE, "note--a", ALL) == 1
    assert not shelf.is_shelved(home, HERE, "note--a")


def test_an_object_without_a_version_is_kept_under_the_instant_of_its_adding(shelf: Store, home: Reader) -> None:
    shelf.shelve(HERE, [note("a", None)], now=7)
    shelf.shelve(HERE, [note("a", None)], now=9)

    assert shelf.count_shelved(home, HERE) == 1


def test_a_reader_of_another_partner_finds_neither_collection_nor_objects(shelf: Store) -> None:
    shelf.shelve(HERE, [note("a")], now=1)
    theirs, others = (Reader(name="r", partner=name, clearance="RED") for name in ("Partner A", "Partner B"))

    assert len(shelf.collections(theirs)) == len(shelf.shelved(theirs, HERE, ALL).found) == 1
    assert shelf.collections(others) == ()
    assert shelf.shelved(others, HERE, ALL).found == ()
    assert not shelf.is_shelved(others, HERE, "note--a")
    assert shelf.count_shelved(others, HERE) == 0


def test_what_became_of_a_request_is_told_to_whom_it_was_and_not_for_ever(store: Store) -> None:
    store.keep_taxii_status("1", "ada", at=0, body="{}")

    assert (store.taxii_status("ada", "1"), store.taxii_status("bob", "1")) == ("{}", None)
    store.keep_taxii_status("2", "ada", at=10**13, body="{}")
    assert store.taxii_status("ada", "1") is None
