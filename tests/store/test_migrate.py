import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from watchfloor.core.marking import Reader
from watchfloor.store import migrate
from watchfloor.store.connection import open_store
from watchfloor.store.schema import HEAD, metadata
from watchfloor.store.store import Store


def test_the_migrations_lead_to_the_tables_that_the_program_expects(store: Store) -> None:
    with store._transaction(writes=False) as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("fulltext")}
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
        with open_store(tmp_path / "a.db", create=True) as store:
            store.keep_capture(item("Troops.")[0])

    with open_store(tmp_path / "a.db", create=False) as store:
        assert store.counts(home)["captures"] == 1
        assert store.evidence(home, "rep_x") == ()
        assert store.checked_archives(home) == {}
