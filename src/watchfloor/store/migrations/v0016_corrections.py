"""What people said of findings, and the searches that they keep."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "corrections",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
    )
    op.create_index("corrections_by_address", "corrections", ["address"])
    op.create_index("corrections_by_report", "corrections", ["report"])
    op.create_table(
        "saved_searches",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("partner", sa.Text),
        sa.Column("team", sa.Text),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("saved_searches_by_owner", "saved_searches", ["owner"])
    op.create_table(
        "search_visits",
        sa.Column("search", sa.Text, sa.ForeignKey("saved_searches.id"), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("search", "person"),
    )
    op.create_table(
        "search_feeds",
        sa.Column("search", sa.Text, sa.ForeignKey("saved_searches.id"), nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False, unique=True),
        sa.Column("made", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("search", "person"),
    )


def downgrade() -> None:
    """Drop the tables: corrections and saved searches made since are lost."""
    bind = op.get_bind()
    bind.execute(sa.text("DELETE FROM releasable WHERE item LIKE 'cor\\_%' ESCAPE '\\'"))
    for name in ("search_feeds", "search_visits", "saved_searches", "corrections"):
        op.drop_table(name)
