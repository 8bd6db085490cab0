"""Where in web archives the bytes of captures lie."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "evidence",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("capture", sa.Text, sa.ForeignKey("captures.id"), nullable=False),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("length", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("date", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
    )
    op.create_index("evidence_by_capture", "evidence", ["capture"])
    op.create_index("evidence_by_file", "evidence", ["file", "offset"])
    op.create_index("evidence_by_digest", "evidence", ["digest"])
    op.create_index("evidence_by_record", "evidence", ["record"])
    op.create_index("evidence_by_url", "evidence", ["url"])
    op.create_table(
        "archives",
        sa.Column("file", sa.Text, primary_key=True),
        sa.Column("checked", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables; the bytes stay in the archives and in the database, where they lie is forgotten."""
    op.drop_table("archives")
    op.drop_table("evidence")
