"""Reports and what is said of them lie packed.

What is kept already is left as it lies: it is read all the same, and packed when it is made anew by the next release.
"""

import sqlalchemy as sa
from alembic import op

from watchfloor.store.packed import unpack

revision = "0022"
down_revision = "0020"
branch_labels = None
depends_on = None

_COLUMNS = (("reports", "id", "document"), ("annotations", "report", "body"))
_ROWS = 500  # that are unpacked at once


def upgrade() -> None:
    """Make room for bytes; a file takes them in the column that it has."""
    if op.get_bind().dialect.name == "postgresql":
        for table, _, column in _COLUMNS:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE bytea USING convert_to({column}, 'UTF8')")


def downgrade() -> None:
    """Unpack everything; nothing is lost."""
    is_server = op.get_bind().dialect.name == "postgresql"
    for table, key, column in _COLUMNS:
        _unpack(table, key, column)
        if is_server:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE text USING convert_from({column}, 'UTF8')")


def _unpack(name: str, key: str, column: str) -> None:
    bind, last = op.get_bind(), ""
    is_server = bind.dialect.name == "postgresql"
    table = sa.table(name, sa.column(key, sa.Text), sa.column(column, sa.LargeBinary if is_server else None))
    while True:
        asked = sa.select(table.c[key], table.c[column]).where(table.c[key] > last).order_by(table.c[key]).limit(_ROWS)
        rows = bind.execute(asked).all()
        if not rows:
            return
        last = rows[-1][0]
        texts = [(id, unpack(value)) for id, value in rows]
        written = sa.update(table).where(table.c[key] == sa.bindparam("of")).values({column: sa.bindparam("now")})
        bind.execute(written, [{"of": id, "now": text.encode() if is_server else text} for id, text in texts])
