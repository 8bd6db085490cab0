"""Hashes of the words of each report, by week: how copies are found without reading all reports."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "fingerprints",
        sa.Column("week", sa.Integer, nullable=False),
        sa.Column("hash", sa.Integer, nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.PrimaryKeyConstraint("week", "hash", "report"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table; it is computed again from the reports."""
    op.drop_table("fingerprints")
