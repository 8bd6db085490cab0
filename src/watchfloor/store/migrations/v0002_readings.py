"""What the annotator read in paragraphs, by key: a cache."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "readings",
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("version", "key"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table; what stood in it is read again."""
    op.drop_table("readings")
