import hashlib
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import MetaData

from watchfloor.core.errors import ReleaseDenied, StoreError
from watchfloor.core.marking import Marking, Reader
from watchfloor.store import backup, migrate, upkeep
from watchfloor.store.backup import back_up, look_into, restore
from watchfloor.store.connection import open_store
from watchfloor.store.readings import Readings
from watchfloor.store.schema import HEAD
from watchfloor.store.store import Store

NOW = datetime(2024, 11, 3, tzinfo=UTC)


@pytest.fixture
def filled(store: Store, item: Callable[..., Any], keep: Callable[..., str]) -> Store:
    keep(store, item("Troops \x00 대통령은.", locator="a.txt", headline="Head"))
    keep(store, item("Troops: 12,000.", locator="a.txt", collected="2024-11-02", page=bytes(range(256)) * 9))
    capture, report, found = item("Ships.", locator="b.txt", marking=Marking(level="RED"))
    store.keep_capture(capture)
    store.keep_report(report, found, "1", Readings("1", {"key": b"\x00\xff"}))
    return store


@pytest.fixture
def target(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where to restore to: a database of the other kind than the one that is backed up."""
    if kind == "postgresql":
        return tmp_path / "restored.db"
    return str(request.getfixturevalue("address"))


@pytest.mark.postgresql
def test_a_backup_is_restored_into_a_database_of_the_other_kind(
    filled: Store, target: Path | str, home: Reader, tmp_path: Path, item: Callable[..., Any], keep: Callable[..., str]
) -> None:
    back_up(filled, home, tmp_path / "b", NOW)

    made = restore(tmp_path / "b", target)

    assert {name: kept.rows for name, kept in made.tables.items() if kept.rows} == {
        "captures": 3,
        "made": 3,
        "reports": 3,
        "annotations": 3,
        "editions": 3,
        "readings": 1,
        "facets": 3,
        "audit_seal": 1,
        "turns": made.tables["turns"].rows,
    }
    with open_store(target, create=False) as restored:
        assert restored.dump(home) == filled.dump(home)
        assert restored.search(home, "troops") == filled.search(home, "troops")
        assert restored.readings(home, "1", ["key"]) == {"key": b"\x00\xff"}
        assert restored.check(home) == ()
        assert keep(restored, item("New.", locator="new")) == "new"


def test_a_backup_overwrites_nothing_and_leaves_nothing_beside_it(filled: Store, home: Reader, tmp_path: Path) -> None:
    back_up(filled, home, tmp_path / "b", NOW)
    before = (tmp_path / "b").read_bytes()

    with pytest.raises(StoreError, match="overwrites nothing"):
        back_up(filled, home, tmp_path / "b", NOW)

    assert (tmp_path / "b").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert (tmp_path / "b").stat().st_mode & 0o077 == 0


def test_a_backup_that_breaks_off_leaves_no_file(
    filled: Store, home: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_lines", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        back_up(filled, home, tmp_path / "b", NOW)

    assert [path for path in tmp_path.iterdir() if path.is_file()] == []


def test_a_backup_into_no_folder_says_so(filled: Store, home: Reader, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(filled, home, tmp_path / "none" / "b", NOW)


def test_a_database_that_holds_something_is_not_restored_into(filled: Store, home: Reader, tmp_path: Path) -> None:
    back_up(filled, home, tmp_path / "b", NOW)
    before = filled.dump(home)

    with pytest.raises(StoreError, match="into an empty database only"):
        restore(tmp_path / "b", filled.name)

    assert filled.dump(home) == before


@pytest.fixture
def saved(file_store: Store, item: Callable[..., Any], keep: Callable[..., str], home: Reader, tmp_path: Path) -> Path:
    keep(file_store, item("Troops."))
    back_up(file_store, home, tmp_path / "saved", NOW)
    return tmp_path / "saved"


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Return a copy of a backup in which one file in it is another."""
    copy = path.with_name("copy")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy, "w") as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return copy


@pytest.mark.parametrize("name", ["tables/reports.jsonl", "manifest.json", "manifest.sha256"])
def test_a_backup_that_was_changed_is_refused(saved: Path, name: str, tmp_path: Path) -> None:
    copy = rewritten(saved, name, lambda old: old.replace(b"0", b"1") + b" ")

    with pytest.raises(StoreError, match="is no whole backup"):
        restore(copy, tmp_path / "new.db")

    assert not (tmp_path / "new.db").exists()


@given(cut=st.integers(0, 10_000), flipped=st.integers(0, 10_000), keep=st.booleans())
def test_no_damage_is_taken_for_a_backup(
    tmp_path_factory: pytest.TempPathFactory, cut: int, flipped: int, keep: bool
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "b"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", b"{}")
    data = bytearray(path.read_bytes())
    data[flipped % len(data)] ^= 0x55
    path.write_bytes(data if keep else data[: cut % len(data)])

    with pytest.raises(StoreError):
        look_into(path)


def test_a_backup_of_a_newer_program_is_refused(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "HEAD", "0001")

    with pytest.raises(StoreError, match=f"its shape is {HEAD}, this program knows shapes up to 0001"):
        look_into(saved)


def test_a_backup_of_an_older_shape_is_restored_and_brought_up_to_date(store: Store, saved: Path, home: Reader) -> None:
    old = saved.with_name("old")
    there = MetaData()
    with store._transaction(writes=True) as connection:
        migrate.downgrade(connection, "0006")
        there.reflect(connection)
        migrate.upgrade(connection, store.name)
    with zipfile.ZipFile(saved) as now, zipfile.ZipFile(old, "w") as archive:
        tables = {name: one for name, one in look_into(saved).tables.items() if name in there.tables}
        kept = {}
        for name, one in tables.items():
            rows = [msgspec.json.decode(line) for line in now.read(f"tables/{name}.jsonl").splitlines()]
            known = [{key: row[key] for key in row if key in there.tables[name].c} for row in rows]
            lines = b"".join(backup._encode(row) + b"\n" for row in known)
            archive.writestr(f"tables/{name}.jsonl", lines)
            kept[name] = structs.replace(one, sha256=hashlib.sha256(lines).hexdigest())
        manifest = backup._encode(
            backup.Manifest(format=backup.FORMAT, shape="0006", made_at="", made_from="sqlite", tables=kept)
        )
        archive.writestr("manifest.json", manifest)
        archive.writestr("manifest.sha256", hashlib.sha256(manifest).hexdigest())

    restore(old, store.name)

    assert [report.text for report in store.reports(home)] == ["Troops."]
    assert store.search(home, "troops").total == 1
    assert store.check(home) == ()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear desk")

    with pytest.raises(StoreError, match="is no whole backup"):
        restore(tmp_path / "letter", tmp_path / "new.db")
    with pytest.raises(StoreError, match="there is no file"):
        restore(tmp_path / "none", tmp_path / "new.db")


def test_a_backup_is_refused_to_whoever_may_not_see_everything(
    store: Store, partner: Callable[..., Reader], tmp_path: Path
) -> None:
    low = Reader(name="us", partner=None, clearance="AMBER")
    for reader in (partner("a"), low):
        with pytest.raises(ReleaseDenied):
            back_up(store, reader, tmp_path / "b", NOW)
        with pytest.raises(ReleaseDenied):
            upkeep.info(store, reader)


def test_the_database_says_what_it_is(filled: Store, home: Reader, kind: str) -> None:
    found = upkeep.info(filled, home)

    assert (found.kind, found.shape, found.rows["reports"]) == (kind, HEAD, 3)
    assert found.size > 0
    assert found.version[0].isdigit()


def test_a_database_is_taken_back_and_brought_up_to_date_again(filled: Store, home: Reader) -> None:
    filled.close()

    assert upkeep.downgrade(filled.name, "0008") == (HEAD, "0008")
    assert upkeep.upgrade(filled.name) == ("0008", HEAD)
    assert upkeep.upgrade(filled.name) == (HEAD, HEAD)
    assert filled.check(home) == ()
    assert filled.search(home, "troops").total == 1
    with pytest.raises(StoreError, match="nothing would be left"):
        upkeep.downgrade(filled.name, "base")
