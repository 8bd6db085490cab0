"""People, partners, products and the audit log; markings with an expiry, and on what people said."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables and columns."""
    op.add_column("releasable", sa.Column("expires", sa.Text))
    for table in ("judgements", "assessments"):
        op.add_column(table, sa.Column("tlp", sa.Integer))
        op.add_column(table, sa.Column("marking", sa.Text))
    _people()
    _log()
    _partners()
    _products()


def _people() -> None:
    """Create who may come in, and how often somebody tried."""
    op.create_table(
        "turns",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("taken", sa.Integer, nullable=False),
    )
    op.create_table(
        "teams",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "people",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("login", sa.Text, unique=True),
        sa.Column("password", sa.Text),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("people.name"), nullable=False),
        sa.Column("ends", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("sessions_by_person", "sessions", ["person"])
    op.create_table(
        "keys",
        sa.Column("prefix", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, sa.ForeignKey("people.name"), nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("keys_by_person", "keys", ["person"])
    op.create_table(
        "attempts",
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last", sa.Text, nullable=False),
    )
    op.create_index("attempts_by_last", "attempts", ["last"])


def _log() -> None:
    """Create the log with its seal, and the rows that make writers wait for each other."""
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("audit_by_who", "audit", ["who", "number"])
    op.create_index("audit_by_verb", "audit", ["verb", "number"])
    op.create_table(
        "audit_seal",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.execute(sa.text("INSERT INTO audit_seal (id, number, hash) VALUES (1, 0, :first)").bindparams(first="0" * 64))
    for name in ("audit", "attempts", "people", "partners", "products", "recalls"):
        op.execute(sa.text("INSERT INTO turns (name, taken) VALUES (:name, 0)").bindparams(name=name))


def _partners() -> None:
    """Create who something may be released to."""
    op.create_table(
        "partners",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_table(
        "partner_groups",
        sa.Column("name", sa.Text, primary_key=True),
    )
    op.create_table(
        "partner_members",
        sa.Column("group_name", sa.Text, sa.ForeignKey("partner_groups.name"), nullable=False),
        sa.Column("partner", sa.Text, sa.ForeignKey("partners.name"), nullable=False),
        sa.PrimaryKeyConstraint("group_name", "partner"),
    )
    op.create_index("partner_members_by_partner", "partner_members", ["partner"])


def _products() -> None:
    """Create what leaves, who decided and who got it."""
    op.create_table(
        "products",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("series", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("tlp", sa.Integer),
        sa.Column("marking", sa.Text),
        sa.Column("expires", sa.Text),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.UniqueConstraint("series", "version"),
    )
    op.create_table(
        "citations",
        sa.Column("product", sa.Text, sa.ForeignKey("products.id"), nullable=False),
        sa.Column("report", sa.Text, sa.ForeignKey("reports.id"), nullable=False),
        sa.PrimaryKeyConstraint("product", "report"),
    )
    op.create_index("citations_by_report", "citations", ["report"])
    op.create_table(
        "requests",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("product", sa.Text, sa.ForeignKey("products.id"), nullable=False),
        sa.Column("partner", sa.Text, sa.ForeignKey("partners.name"), nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("override", sa.Boolean, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("requests_by_product", "requests", ["product"])
    op.create_index("requests_by_partner", "requests", ["partner", "state"])
    op.create_table(
        "disseminations",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("product", sa.Text, sa.ForeignKey("products.id"), nullable=False),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("disseminations_by_product", "disseminations", ["product"])
    op.create_index("disseminations_by_partner", "disseminations", ["partner"])
    op.create_table(
        "recalls",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("product", sa.Text, sa.ForeignKey("products.id"), nullable=False),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("queued", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=False),
    )
    op.create_index("recalls_by_partner", "recalls", ["partner", "state"])
    op.create_index("recalls_by_report", "recalls", ["report"])


def downgrade() -> None:
    """Drop them: people, partners, what was released and the log are lost, and markings do not expire any more."""
    for table in (
        "recalls",
        "disseminations",
        "requests",
        "citations",
        "products",
        "partner_members",
        "partner_groups",
        "partners",
        "audit_seal",
        "audit",
        "attempts",
        "keys",
        "sessions",
        "people",
        "teams",
        "turns",
    ):
        op.drop_table(table)
    for table in ("judgements", "assessments"):
        op.drop_column(table, "marking")
        op.drop_column(table, "tlp")
    op.drop_column("releasable", "expires")
