"""Bring a database to the shape that this program expects, or back to an earlier one."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, inspect

from watchfloor.core.errors import StoreError
from watchfloor.store.schema import HEAD

MIGRATIONS = Path(__file__).with_name("migrations")
BASE = "base"  # the shape of an empty database


def shape(connection: Connection) -> str | None:
    """Return the number of the last migration that was applied, None when there was none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def upgrade(connection: Connection, name: str, to: str | None = None) -> None:
    """Apply the migrations that are missing, inside of the running transaction: all or none.

    to: the shape to stop at, by default the newest. Raises StoreError when the database was made by a newer program;
    `name` is what to call it in the message.
    """
    found = shape(connection)
    if found == (to or HEAD):
        return
    if found is not None and found > HEAD:
        raise StoreError(
            f"{name} was made by a newer Watchfloor: its shape is {found}, this program knows shapes up to {HEAD}; "
            "update the program, the database was left as it is"
        )
    _apply(connection, found or BASE, to or shapes()[-1])


def downgrade(connection: Connection, to: str) -> None:
    """Take migrations back, the last first, inside of the running transaction; what their tables held is lost.

    Raises StoreError when there is no such shape, or when it is not older than the one found.
    """
    found = shape(connection)
    known = shapes()
    if to not in (BASE, *known) or found not in known or (to != BASE and to >= found):
        older = ", ".join(one for one in known if found is not None and one < found)
        raise StoreError(f"the database has the shape {found}, it cannot go back to {to!r}; expected one of {older}")
    _apply(connection, found, to)


def shapes() -> list[str]:
    """Return the numbers of all migrations that this program knows, the oldest first."""
    return [step.revision for step in reversed(list(_scripts().walk_revisions()))]


def _scripts() -> Any:
    from alembic.script import ScriptDirectory  # Alembic takes long to load and is needed only here

    return ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])


def _apply(connection: Connection, found: str, to: str) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    scripts = _scripts()
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        if to == BASE or (found != BASE and to < found):
            for step in scripts.iterate_revisions(found, to):
                step.module.downgrade()
        else:
            for step in reversed(list(scripts.iterate_revisions(to, found))):
                step.module.upgrade()
        context.stamp(scripts, to)
