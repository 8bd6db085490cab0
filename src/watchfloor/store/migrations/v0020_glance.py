"""What a search looks at in every report that fits lies in an index of its own, with the report's standing.

On PostgreSQL the long columns of the index of words lie apart, so that its rows are short; it is filled again.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_SOLE = """
    UPDATE reports SET sole = (SELECT count(*) FROM editions WHERE editions.address = reports.address) = 1
        AND EXISTS (SELECT 1 FROM editions WHERE editions.report = reports.id)
"""


def upgrade() -> None:
    """Add the column, compute it, make the indexes."""
    op.add_column("reports", sa.Column("sole", sa.Boolean, nullable=False, server_default=sa.false()))
    op.execute(_SOLE)
    op.create_index("reports_at_a_glance", "reports", ["seq", "tlp", "sole", "known_on", "language", "id"])
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE fulltext SET (toast_tuple_target = 128)")
        _empty()


def downgrade() -> None:
    """Drop them; nothing is lost."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE fulltext RESET (toast_tuple_target)")
    op.drop_index("reports_at_a_glance", "reports")
    op.drop_column("reports", "sole")


def _empty() -> None:
    op.execute("DELETE FROM fulltext")
    op.execute("UPDATE fulltext_totals SET reports = 0, terms = 0")
