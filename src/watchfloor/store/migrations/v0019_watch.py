"""Indicators, alerts and their delivery, moves of measures, and the jobs of the service."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _watched()
    _told()
    _service()
    op.execute(sa.text("INSERT INTO turns (name, taken) VALUES ('watch', 0)"))


def _watched() -> None:
    op.create_table(
        "indicator_states",
        sa.Column("indicator", sa.Text, primary_key=True),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("began", sa.Text, nullable=False),
        sa.Column("looked", sa.Text, nullable=False),
    )
    op.create_table(
        "seen_things",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
    )
    op.create_index("seen_things_by_indicator", "seen_things", ["indicator"])
    op.create_table(
        "moves",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
    )
    op.create_index("moves_by_measure", "moves", ["measure", "seq"])
    op.create_table(
        "watch_texts",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )


def _told() -> None:
    op.create_table(
        "alerts",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("indicator", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
    )
    op.create_index("alerts_by_at", "alerts", ["at"])
    op.create_index("alerts_by_indicator", "alerts", ["indicator", "at"])
    op.create_table(
        "acknowledgements",
        sa.Column("alert", sa.Text, sa.ForeignKey("alerts.id"), primary_key=True),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("alert", sa.Text, sa.ForeignKey("alerts.id"), nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("detail", sa.Text),
        sa.Column("at", sa.Text),
    )
    op.create_index("deliveries_by_state", "deliveries", ["state", "due"])
    op.create_index("deliveries_by_alert", "deliveries", ["alert"])


def _service() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("lease", sa.Text),
        sa.Column("began", sa.Text),
        sa.Column("ended", sa.Text),
        sa.Column("reason", sa.Text),
    )
    op.create_index("jobs_by_state", "jobs", ["state", "kind", "due"])
    op.create_index("jobs_by_worker", "jobs", ["worker"])
    op.create_index("jobs_by_unit", "jobs", ["unit"])
    op.create_table(
        "workers",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("began", sa.Text, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("doing", sa.Text),
        sa.Column("done", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables; alerts, moves of measures and what waits to be sent are lost."""
    for name in (
        "workers", "jobs", "deliveries", "acknowledgements", "alerts", "watch_texts", "moves", "seen_things",
        "indicator_states",
    ):  # fmt: skip
        op.drop_table(name)
    op.execute(sa.text("DELETE FROM turns WHERE name = 'watch'"))
