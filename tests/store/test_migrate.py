import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from watchfloor.core.errors import StoreError
from watchfloor.core.marking import Reader
from watchfloor.store import migrate, state
from watchfloor.store.connection import open_store, renew
from watchfloor.store.schema import HEAD, metadata
from watchfloor.store.store import Store


def test_the_migrations_lead_to_the_tables_that_the_program_expects(store: Store) -> None:
    with store._transaction(writes=False) as connection:
        options = {
            "include_name": lambda name, _kind, _: not (name or "").startswith("fulltext"),
            "compare_type": connection.dialect.name == "sqlite",  # PostgreSQL's numbers are made wider: see settle
        }
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    assert found == []


def test_the_program_knows_its_newest_migration() -> None:
    assert ScriptDirectory(str(migrate.MIGRATIONS), version_locations=[str(migrate.MIGRATIONS)]).get_heads() == [HEAD]


def test_a_migration_that_breaks_off_leaves_an_empty_file_that_can_be_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(migrate.MIGRATIONS, tmp_path / "steps")
    with (tmp_path / "steps" / "v0001_first.py").open("a") as step:
        step.write("\n\ndef _people_and_markings() -> None:\n    raise KeyboardInterrupt\n")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", tmp_path / "steps")
        with pytest.raises(KeyboardInterrupt):
            open_store(tmp_path / "a.db", create=True)

    raw = sqlite3.connect(tmp_path / "a.db")
    assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    raw.close()
    open_store(tmp_path / "a.db", create=True).close()


def test_a_database_of_the_first_shape_is_brought_up_to_date_and_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, item: Callable[..., Any], home: Reader
) -> None:
    (tmp_path / "steps").mkdir()
    shutil.copy(migrate.MIGRATIONS / "v0001_first.py", tmp_path / "steps")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", tmp_path / "steps")
        patch.setattr(state, "note", lambda *_: None)  # those shapes do not count their changes
        with open_store(tmp_path / "a.db", create=True) as store:
            store.keep_capture(item("Troops.")[0])

    with open_store(tmp_path / "a.db", create=False) as store:
        assert store.counts(home)["captures"] == 1
        assert store.readings(home, "1", ["a"]) == {}


def test_a_database_of_the_third_shape_is_given_room_for_evidence_and_keeps_what_it_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, item: Callable[..., Any], home: Reader
) -> None:
    (tmp_path / "steps").mkdir()
    for step in sorted(migrate.MIGRATIONS.glob("v000[123]_*.py")):
        shutil.copy(step, tmp_path / "steps")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "MIGRATIONS", tmp_path / "steps")
        patch.setattr(state, "note", lambda *_: None)  # those shapes do not count their changes
        with open_store(tmp_path / "a.db", create=True) as store:
            store.keep_capture(item("Troops.")[0])

    with open_store(tmp_path / "a.db", create=False) as store:
        assert store.counts(home)["captures"] == 1
        assert store.evidence(home, "rep_x") == ()
        assert store.checked_archives(home) == {}


def test_every_migration_goes_down_and_up_again(store: Store) -> None:
    """Down one step and up to the newest, from every shape; then down to nothing."""
    for to in reversed(migrate.shapes()[:-1]):
        with store._transaction(writes=True) as connection:
            migrate.downgrade(connection, to)
            assert migrate.shape(connection) == to
            renew(connection, store.name)
            assert migrate.shape(connection) == HEAD
    with store._transaction(writes=True) as connection:
        migrate.downgrade(connection, "base")
        assert set(inspect(connection).get_table_names()) == {"alembic_version"}
        renew(connection, store.name)
    assert store.dump(Reader(name="us", partner=None, clearance="RED")) == ""


def test_reports_are_found_again_after_the_index_was_made_anew(
    store: Store, kept: Callable[..., Any], home: Reader
) -> None:
    report = kept("Troops 대통령은.", headline="Déployées")
    with store._transaction(writes=True) as connection:
        migrate.downgrade(connection, "0009")
        renew(connection, store.name)

    found = [store.search(home, words) for words in ("troops", "대통령", "deployees")]

    assert [[hit.report for hit in one.hits] for one in found] == [[report]] * 3


@pytest.mark.parametrize("to", [HEAD, "9999", "newest"])
def test_there_is_no_way_back_to_a_shape_that_is_not_older(store: Store, to: str) -> None:
    expected = r"cannot go back to .*; expected one of 0001, 0002"
    with store._transaction(writes=True) as connection, pytest.raises(StoreError, match=expected):
        migrate.downgrade(connection, to)
