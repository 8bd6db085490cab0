"""Collections for partners, the objects in them, and what became of what partners sent."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "taxii_collections",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("partner", sa.Text),
        sa.Column("description", sa.Text),
        sa.Column("alias", sa.Text),
        sa.Column("last_added", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "taxii_objects",
        sa.Column("collection", sa.Text, sa.ForeignKey("taxii_collections.id"), nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.Column("object", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("version", sa.Text),
        sa.Column("moment", sa.BigInteger, nullable=False),
        sa.Column("spec_version", sa.Text, nullable=False),
        sa.Column("is_first", sa.Boolean, nullable=False),
        sa.Column("is_last", sa.Boolean, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sender", sa.Text),
        sa.PrimaryKeyConstraint("collection", "added"),
        sa.UniqueConstraint("collection", "object", "moment", name="taxii_objects_by_version"),
    )
    op.create_table(
        "taxii_statuses",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("taxii_statuses_by_at", "taxii_statuses", ["at"])


def downgrade() -> None:
    """Drop the tables: what partners sent is lost, what was released to them can be published again."""
    op.drop_table("taxii_statuses")
    op.drop_table("taxii_objects")
    op.drop_table("taxii_collections")
