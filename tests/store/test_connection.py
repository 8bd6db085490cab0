import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store.connection import open_store
from watchfloor.store.sqlite import explain
from watchfloor.store.store import Store


def test_a_new_database_is_made_and_can_be_opened_again(tmp_path: Path, home: Reader) -> None:
    open_store(tmp_path / "a.db", create=True).close()

    with open_store(tmp_path / "a.db", create=False) as store:
        assert store.reports(home) == ()


def test_an_sqlite_address_names_the_same_file_as_its_path(tmp_path: Path) -> None:
    open_store(f"sqlite:///{tmp_path}/a.db", create=True).close()

    assert (tmp_path / "a.db").is_file()


def test_a_write_is_on_the_disk_before_it_returns(file_store: Store) -> None:
    with file_store._transaction(writes=False) as connection:
        asked = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]

    assert asked == ["wal", 2]


def test_foreign_keys_hold(file_store: Store) -> None:
    with file_store._transaction(writes=False) as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_missing_database_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database at"):
        open_store(tmp_path / "a.db", create=False)

    assert not (tmp_path / "a.db").exists()


def test_a_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the directory .*none of the database does not exist"):
        open_store(tmp_path / "none" / "a.db", create=True)


def test_a_directory_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="is a directory"):
        open_store(tmp_path, create=True)


def test_another_kind_of_database_address_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="'mysql'"):
        open_store("mysql://somewhere/else", create=True)


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(b"Dear desk, " * 100)

    with pytest.raises(StoreError, match="not a Watchfloor database: it is not an SQLite file"):
        open_store(path, create=True)

    assert path.read_bytes() == b"Dear desk, " * 100


def test_the_database_of_another_program_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE cookies (name)")
    other.close()
    before = path.read_bytes()

    with pytest.raises(StoreError, match="holds tables of another program"):
        open_store(path, create=True)

    assert path.read_bytes() == before


def test_an_empty_file_is_no_database_to_read_from(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()

    with pytest.raises(StoreError, match="is empty"):
        open_store(tmp_path / "a.db", create=False)


def test_an_empty_file_may_become_a_database(tmp_path: Path) -> None:
    (tmp_path / "a.db").touch()

    open_store(tmp_path / "a.db", create=True).close()

    open_store(tmp_path / "a.db", create=False).close()


def test_a_database_of_a_newer_program_is_refused(store: Store) -> None:
    with store._transaction(writes=True) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num='9999'")

    with pytest.raises(StoreError, match="newer Watchfloor: its shape is 9999"):
        open_store(store.name, create=False)


def test_a_locked_database_says_so(store: Store, item: Callable[..., Any]) -> None:
    capture, _, _ = item("Troops.")
    with store._transaction(writes=True), open_store(store.name, create=False, wait=0.01) as second:  # noqa: SIM117
        with pytest.raises(StoreError, match="locked by another program"):
            second.keep_capture(capture)


def test_a_full_disk_says_so_and_keeps_what_was_acknowledged(
    file_store: Store, item: Callable[..., Any], home: Reader
) -> None:
    file_store.keep_capture(item("Troops.", locator="1")[0])
    with file_store._transaction(writes=False) as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")  # the pool hands this connection out again
    big = bytes(range(256)) * 4_000

    with pytest.raises(StoreError, match="no room left on the disk"):
        file_store.keep_capture(item("Big.", locator="2", page=big + bytes(reversed(big)))[0])

    assert file_store.counts(home)["captures"] == 1


def test_a_database_that_may_only_be_read_says_so(file_store: Store) -> None:
    reader = sqlite3.connect(f"file:{file_store.name}?mode=ro", uri=True)
    with pytest.raises(sqlite3.OperationalError) as caught:
        reader.execute("DELETE FROM reports")
    reader.close()

    assert "may only be read" in str(explain(caught.value, file_store.name))


def test_a_damaged_database_says_so(file_store: Store, item: Callable[..., Any], home: Reader) -> None:
    file_store.close()
    path = Path(file_store.name)
    path.write_bytes(path.read_bytes()[:4096] + b"\x99" * 40_960)

    with (
        pytest.raises(StoreError, match=r"damaged|not a Watchfloor database"),
        open_store(path, create=False) as opened,
    ):
        opened.reports(home)


def test_loading_the_room_costs_nothing() -> None:
    code = "import sys, watchfloor.store; sys.exit('sqlalchemy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_opening_a_database_that_is_up_to_date_does_not_load_alembic(store: Store) -> None:
    code = (
        "import sys; from watchfloor.store.connection import open_store; "
        "open_store(sys.argv[1], create=False).close(); sys.exit('alembic' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", code, store.name], check=False).returncode == 0
