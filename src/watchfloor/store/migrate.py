"""Bring a database to the shape that this program expects."""

from pathlib import Path

from sqlalchemy import Connection, inspect

from watchfloor.core.errors import StoreError
from watchfloor.store.schema import HEAD

MIGRATIONS = Path(__file__).with_name("migrations")


def shape(connection: Connection) -> str | None:
    """Return the number of the last migration that was applied, None when there was none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return found


def upgrade(connection: Connection, name: str) -> None:
    """Apply the migrations that are missing, inside of the running transaction: all or none.

    Raises StoreError when the database was made by a newer program; `name` is what to call it in the message.
    """
    found = shape(connection)
    if found == HEAD:
        return
    if found is not None and found > HEAD:
        raise StoreError(
            f"{name} was made by a newer Watchfloor: its shape is {found}, this program knows shapes up to {HEAD}; "
            "update the program, the database was left as it is"
        )
    _apply(connection, found)


def _apply(connection: Connection, found: str | None) -> None:
    from alembic.operations import Operations  # Alembic takes long to load and is needed only here
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS)])
    context = MigrationContext.configure(connection)
    with Operations.context(context):
        for step in reversed(list(scripts.iterate_revisions("head", found or "base"))):
            step.module.upgrade()
        context.stamp(scripts, "head")
