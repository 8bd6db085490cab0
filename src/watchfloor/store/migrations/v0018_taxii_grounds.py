"""On which reports each object in a partner's collection rests."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; what was published before is bound to its reports when it is published again."""
    op.create_table(
        "taxii_grounds",
        sa.Column("collection", sa.Text, sa.ForeignKey("taxii_collections.id"), nullable=False),
        sa.Column("added", sa.BigInteger, nullable=False),
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.PrimaryKeyConstraint("collection", "added", "report"),
    )
    op.create_index("taxii_grounds_by_report", "taxii_grounds", ["report"])


def downgrade() -> None:
    """Drop the table: objects stay in the collections until they are published again or taken back."""
    op.drop_table("taxii_grounds")
