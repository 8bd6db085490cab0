"""The hashes of a report in one row, not one row a hash."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table anew. Other hashes than before are kept, so they are computed again from the reports."""
    op.drop_table("fingerprints")
    op.create_table(
        "fingerprints",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("hashes", sa.LargeBinary, nullable=False),
    )
    op.create_index("fingerprints_by_week", "fingerprints", ["week", "report"])


def downgrade() -> None:
    """Make the table of shape 0008, empty; it is computed again from the reports."""
    op.drop_table("fingerprints")
    op.create_table(
        "fingerprints",
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("hash", sa.Integer, nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.PrimaryKeyConstraint("week", "hash", "report"),
        sqlite_with_rowid=False,
    )
