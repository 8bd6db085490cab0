"""Links of entities to identifiers that a user supplied."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "identities",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("file", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("qid", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("identities_by_file", "identities", ["file"])


def downgrade() -> None:
    """Drop the table; the files of the user give it again."""
    op.drop_table("identities")
