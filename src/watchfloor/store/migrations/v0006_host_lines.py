"""Which lines the pages of a host print, by digest: how furniture is known."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "hosts",
        sa.Column("host", sa.Text, primary_key=True),
        sa.Column("pages", sa.Integer, nullable=False),
    )
    op.create_table(
        "host_pages",
        sa.Column("host", sa.Text, sa.ForeignKey("hosts.host"), nullable=False),
        sa.Column("page", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("host", "page"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "host_lines",
        sa.Column("host", sa.Text, sa.ForeignKey("hosts.host"), nullable=False),
        sa.Column("line", sa.LargeBinary, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("first_seen", sa.Text, nullable=False),
        sa.Column("last_seen", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("host", "line"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the tables; what is furniture on a host is learnt again from the pages to come."""
    for table in ("host_lines", "host_pages", "hosts"):
        op.drop_table(table)
