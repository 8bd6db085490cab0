"""What a search may ask of a report beside its words, and the grades of outlets."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables; the program fills those that follow from the reports."""
    op.create_table(
        "facets",
        sa.Column("field", sa.Text, nullable=False),
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("terms", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("field", "report"),
        sqlite_with_rowid=False,
    )
    op.create_index("facets_by_report", "facets", ["report"])
    op.create_table(
        "counts",
        sa.Column("report", sa.Integer, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("low", sa.BigInteger, nullable=False),
        sa.Column("high", sa.BigInteger),
    )
    op.create_index("counts_by_low", "counts", ["low", "high", "report"])
    op.create_index("counts_by_report", "counts", ["report"])
    op.create_table(
        "outlet_grades",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("outlet", sa.Text, nullable=False),
        sa.Column("reliability", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )


def downgrade() -> None:
    """Drop the tables; grades of outlets made since are lost."""
    for name in ("outlet_grades", "counts", "facets"):
        op.drop_table(name)
