import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchfloor.store.connection import open_store

Shell = Callable[..., str]


@pytest.fixture
def typed(shell_in: Callable[[Path], Shell], tmp_path: Path) -> Shell:
    return shell_in(tmp_path)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A database with one row that nobody can miss."""
    with open_store(tmp_path / "watchfloor.db", create=True) as store:
        store.keep_checked("a.warc.gz", 7)
    return tmp_path / "watchfloor.db"


def test_reports_are_added_and_read_on_either_kind(typed: Shell, database: Any, tmp_path: Path) -> None:
    (tmp_path / "watchfloor.toml").write_text(f'database = "{database}"\n')
    (tmp_path / "a.txt").write_text("Port Lund\n\n2024-10-02\n\nSome 300 troops came to Port Lund, Ann Lee said.\n")

    assert "1 captured" in typed("add", "a.txt")
    assert json.loads(typed("--db", str(database), "search", "troops", "--json"))["total"] == 1
    assert "holds together" in typed("db", "check")


def test_a_backup_goes_from_one_database_to_another(typed: Shell, made: Path) -> None:
    assert "rows in all, kept in b" in typed("db", "backup", "b")
    assert "restored from b" in typed("--db", "new.db", "db", "restore", "b")
    assert json.loads(typed("--db", "new.db", "db", "info", "--json"))["rows"]["archives"] == 1


def test_a_check_that_finds_something_says_what_to_do_and_ends_with_3(typed: Shell, made: Path) -> None:
    with open_store(made, create=False) as store, store._transaction(writes=True) as connection:
        connection.exec_driver_sql("INSERT INTO releasable (item, partner) VALUES ('rep_x', 'a')")

    said = typed("db", "check", code=3)

    assert "does not hold together: 1 of marking" in said
    assert "rep_x: found releasable to ['a'], expected an item that is kept; look who wrote it" in " ".join(
        said.split()
    )


def test_the_shape_is_taken_back_only_when_that_was_meant(typed: Shell, made: Path) -> None:
    typed("db", "downgrade", "0008", code=1)
    assert "is 0008 now" in typed("db", "downgrade", "0008", "--yes")
    assert "the shape was 0008" in typed("db", "upgrade")


def test_a_server_that_is_away_is_one_line_without_the_password(typed: Shell) -> None:
    pytest.importorskip("psycopg")

    said = typed("--db", "postgresql://u:tr0ub4dor@127.0.0.1:1/x", "status", code=1)

    assert said.count("\n") == 1
    assert "tr0ub4dor" not in said
