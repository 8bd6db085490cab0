"""The state of the database is numbers that changes raise; captures are counted from an index of their own."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0022"
branch_labels = None
depends_on = None

_NAMES = ("shown", "decided", "marked")
_turns = sa.table("turns", sa.column("name", sa.Text), sa.column("taken", sa.Integer))


def upgrade() -> None:
    """Begin to count; make the index."""
    op.bulk_insert(_turns, [{"name": name, "taken": 0} for name in _NAMES])
    op.create_index("captures_at_a_glance", "captures", ["tlp", "id"])


def downgrade() -> None:
    """Drop both; nothing is lost."""
    op.drop_index("captures_at_a_glance", "captures")
    op.execute(_turns.delete().where(_turns.c.name.in_(_NAMES)))
