"""Briefs that people work on."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", "version"),
    )
    op.create_table(
        "draft_citations",
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.PrimaryKeyConstraint("draft", "version", "report"),
        sa.ForeignKeyConstraint(["draft", "version"], ["drafts.id", "drafts.version"]),
    )
    op.create_index("draft_citations_by_report", "draft_citations", ["report"])


def downgrade() -> None:
    """Drop the tables; the drafts are lost."""
    op.drop_table("draft_citations")
    op.drop_table("drafts")
