import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

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
