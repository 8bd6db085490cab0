"""The first shape: captures, reports, annotations, asides, judgements, markings, full text."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    _captures()
    _reports()
    _about_reports()
    _people_and_markings()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE fulltext USING fts5"
            "(headline, text, content='', tokenize='unicode61 remove_diacritics 2')"
        )


def _captures() -> None:
    op.create_table(
        "captures",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("locator", sa.Text, nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("collected", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("packed", sa.Boolean, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_index("captures_by_sha256", "captures", ["sha256"])
    op.create_index("captures_by_locator", "captures", ["locator"])
    op.create_table(
        "sightings",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("capture", sa.Text, sa.ForeignKey("captures.id"), nullable=False),
        sa.Column("locator", sa.Text, nullable=False),
        sa.Column("feed", sa.Text, nullable=False),
        sa.Column("collected", sa.Text, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
    )
    op.create_index("sightings_by_capture", "sightings", ["capture"])
    op.create_index("sightings_by_locator", "sightings", ["locator"])


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("capture", sa.Text, sa.ForeignKey("captures.id"), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("outlet", sa.Text),
        sa.Column("headline", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("published_low", sa.Text),
        sa.Column("published_high", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("known_on", sa.Text, nullable=False),
        sa.Column("collected", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("reports_by_address", "reports", ["address"])
    op.create_index("reports_by_known_on", "reports", ["known_on"])


def _about_reports() -> None:
    op.create_table(
        "made",
        sa.Column("capture", sa.Text, sa.ForeignKey("captures.id"), primary_key=True),
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
    )
    op.create_index("made_by_report", "made", ["report"])
    op.create_table(
        "editions",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("nth", sa.Integer, nullable=False),
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.Column("known_from", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("address", "nth"),
    )
    op.create_index("editions_by_report", "editions", ["report"])
    op.create_table(
        "annotations",
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), primary_key=True),
        sa.Column("recipe", sa.Text, nullable=False),
        sa.Column("generated_by", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "asides",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("locator", sa.Text, nullable=False),
        sa.Column("capture", sa.Text, sa.ForeignKey("captures.id")),
        sa.Column("room", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
    )
    op.create_index("asides_by_capture", "asides", ["capture"])


def _people_and_markings() -> None:
    op.create_table(
        "judgements",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("left", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("reason", sa.Text),
    )
    op.create_table(
        "releasable",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("partner", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("item", "partner"),
    )


def downgrade() -> None:
    """Drop every table, and with them all that is kept."""
    tables = "releasable judgements asides annotations editions made reports sightings captures".split()
    fulltext = ["fulltext"] if op.get_bind().dialect.name == "sqlite" else []
    for table in [*fulltext, *tables]:
        op.drop_table(table)
