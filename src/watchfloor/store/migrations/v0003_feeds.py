"""Feeds: where reporting comes from again and again, their grades, how they fared, and what is still to be fetched."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "feeds",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("every", sa.Integer, nullable=False),
        sa.Column("added", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
        sa.Column("paused", sa.Boolean, nullable=False),
    )
    op.create_table(
        "grades",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("feed", sa.Text, sa.ForeignKey("feeds.name"), nullable=False),
        sa.Column("reliability", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_index("grades_by_feed", "grades", ["feed"])
    _how_they_fare()


def _how_they_fare() -> None:
    op.create_table(
        "feed_states",
        sa.Column("feed", sa.Text, sa.ForeignKey("feeds.name"), primary_key=True),
        sa.Column("next_try", sa.Text),
        sa.Column("state", sa.Text, nullable=False),
    )
    op.create_table(
        "runs",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("feed", sa.Text, sa.ForeignKey("feeds.name"), nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("new", sa.Integer, nullable=False),
    )
    op.create_index("runs_by_feed", "runs", ["feed", "seq"])
    op.create_table(
        "awaited",
        sa.Column("feed", sa.Text, sa.ForeignKey("feeds.name"), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("rank", sa.Text, nullable=False),
        sa.Column("next_try", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("feed", "address"),
    )
    op.create_index("awaited_by_feed", "awaited", ["feed", "next_try"])


def downgrade() -> None:
    """Drop the tables, and with them what was planned; what was collected stays."""
    for name in ("awaited", "runs", "feed_states", "grades", "feeds"):
        op.drop_table(name)
