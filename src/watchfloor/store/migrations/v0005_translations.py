"""What a machine made of reports in other languages."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "translations",
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("target", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("generated_by", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("report", "target"),
    )


def downgrade() -> None:
    """Drop the table; translations can be asked for again."""
    op.drop_table("translations")
