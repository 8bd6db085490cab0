import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, update

from watchfloor.core.audit import FIRST, Entry, Note, checked, digest, linked
from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store
from watchfloor.store.schema_sharing import audit, audit_seal
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)


def note(what: str, who: str = "ann", verb: str = "see") -> Note:
    return Note(at=NOW, who=who, verb=verb, what=what)


def chain(length: int) -> list[Entry]:
    made: list[Entry] = []
    for n in range(length):
        made.append(linked(made[-1] if made else None, note(str(n))))
    return made


def test_an_entry_holds_the_hash_of_the_one_before(store: Store, home: Reader) -> None:
    assert [store.audit.keep_note(note(what)) for what in "abc"] == [1, 2, 3]

    first, second, third = store.audit.entries(home)

    assert (first.previous, second.previous, third.previous) == (FIRST, first.hash, second.hash)
    assert third.hash == digest(3, note("c"), second.hash)
    assert store.audit.verify(home).entries == 3


def test_an_empty_log_holds(store: Store, home: Reader) -> None:
    verdict = store.audit.verify(home)

    assert (verdict.entries, verdict.broken) == (0, None)


@pytest.mark.parametrize(
    ("damage", "broken", "why"),
    [
        (update(audit).where(audit.c.number == 2).values(document='{"at":"x"}'), 2, "changed"),
        (update(audit).where(audit.c.number == 3).values(hash="0" * 64), 3, "changed"),
        (delete(audit).where(audit.c.number == 2), 2, "missing"),
        (delete(audit).where(audit.c.number == 1), 1, "missing"),
        (delete(audit).where(audit.c.number >= 4), 4, "cut off"),
        (delete(audit), 1, "cut off"),
        (update(audit_seal).values(hash="0" * 64), 5, "sealed"),
    ],
)
def test_the_first_entry_that_does_not_hold_is_named(
    store: Store, home: Reader, damage: Any, broken: int, why: str
) -> None:
    for n in range(5):
        store.audit.keep_note(note(str(n)))
    with store._transaction(writes=True) as connection:
        connection.execute(damage)

    verdict = store.audit.verify(home)

    assert verdict.broken == broken
    assert why in str(verdict.why)


def test_who_makes_a_whole_new_chain_is_found_by_an_anchor_kept_elsewhere(store: Store, home: Reader) -> None:
    for n in range(3):
        store.audit.keep_note(note(str(n)))
    anchor = store.audit.last(home)
    with store._transaction(writes=True) as connection:
        connection.execute(delete(audit))
        connection.execute(update(audit_seal).values(number=0, hash=FIRST))
    for n in range(4):
        store.audit.keep_note(note(f"other {n}"))

    assert store.audit.verify(home).broken is None
    assert store.audit.verify(home, anchor).broken == 3
    assert store.audit.verify(home, (9, "0" * 64)).broken == 5


def test_a_log_without_its_seal_is_written_no_further(store: Store) -> None:
    with store._transaction(writes=True) as connection:
        connection.execute(delete(audit_seal))

    with pytest.raises(StoreError, match="seal"):
        store.audit.keep_note(note("a"))


def test_writers_at_the_same_time_keep_one_chain(tmp_path: Path, empty: Path, home: Reader) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(empty.read_bytes())

    def write(name: str) -> None:
        with open_store(path, create=False) as store:
            for n in range(5):
                store.audit.keep_note(note(str(n), who=name))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with open_store(path, create=False) as store:
        verdict = store.audit.verify(home)
        assert (verdict.entries, verdict.broken) == (20, None)


def test_the_log_is_asked_by_who_and_what_page_by_page(store: Store, home: Reader) -> None:
    for n in range(6):
        store.audit.keep_note(note(str(n), who="ab"[n % 2], verb="see" if n < 4 else "decide"))

    assert [entry.number for entry in store.audit.entries(home, who="b")] == [2, 4, 6]
    assert [entry.number for entry in store.audit.entries(home, verb="decide", after=5)] == [6]
    assert [entry.number for entry in store.audit.entries(home, most=2)] == [1, 2]


def test_a_partner_reads_nothing_of_the_log(store: Store) -> None:
    store.audit.keep_note(note("a"))
    partner = Reader(name="p", partner="p", clearance="RED")

    assert list(store.audit.entries(partner)) == []
    assert store.audit.last(partner) == (0, FIRST)


@given(st.integers(1, 6), st.integers(0, 5), st.sampled_from(["what", "who", "outcome", "verb"]))
def test_any_change_of_any_entry_breaks_the_chain_there(length: int, which: int, field: str) -> None:
    entries = chain(length)
    which %= length
    changed = msgspec.structs.replace(entries[which].note, **{field: "other"})
    entries[which] = msgspec.structs.replace(entries[which], note=changed)

    assert checked(entries).broken == which + 1


@given(st.integers(2, 6), st.data())
def test_any_other_order_and_anything_left_out_breaks_the_chain(length: int, data: st.DataObject) -> None:
    entries = chain(length)
    other = data.draw(st.lists(st.sampled_from(entries), max_size=length).filter(lambda o: o != entries[: len(o)]))

    assert checked(other).broken is not None


@given(st.text(), st.dictionaries(st.text(), st.text(), max_size=3))
def test_an_exported_entry_reads_back_to_the_same_hash(what: str, detail: dict[str, str]) -> None:
    made = linked(None, Note(at=NOW, who="ann", verb="see", what=what, detail=detail))

    again = msgspec.json.decode(msgspec.json.encode(made), type=Entry)

    assert checked([again]).broken is None
