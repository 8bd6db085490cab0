"""The full-text index takes terms as the program cuts them, on PostgreSQL too; the program fills it again.

On SQLite it was cut once more by rules of SQLite's own, which know fewer letters than we do.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


_TERMS = """
    CREATE FUNCTION fulltext_terms(words text[]) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    COST 10000 AS 'BEGIN RETURN array_to_tsvector(words); END'
"""
"""What is indexed. PostgreSQL's own function passes for cheap, so that the index would hardly be used."""


def upgrade() -> None:
    """Make the index anew, empty."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE fulltext")
        op.execute("CREATE VIRTUAL TABLE fulltext USING fts5(headline, text, content='', tokenize='ascii')")
        return
    op.create_table(
        "fulltext",
        sa.Column("report", sa.BigInteger, sa.ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("indexed", sa.Boolean, nullable=False),
        sa.Column("words", ARRAY(sa.Text(collation="C")), nullable=False),
        sa.Column("counts", ARRAY(sa.Integer), nullable=False),
        sa.Column("headline", sa.Text(collation="C"), nullable=False),
        sa.Column("text", sa.Text(collation="C"), nullable=False),
    )
    op.execute(_TERMS)
    op.execute(  # with a short list of what is still to be put in order, for every search reads that list through
        "CREATE INDEX fulltext_words ON fulltext USING gin (fulltext_terms(words)) WITH (gin_pending_list_limit = 512)"
    )
    op.create_table("fulltext_totals", sa.Column("reports", sa.BigInteger), sa.Column("terms", sa.BigInteger))
    op.execute("INSERT INTO fulltext_totals VALUES (0, 0)")


def downgrade() -> None:
    """Make the index as it was, empty; on PostgreSQL there was none."""
    op.drop_table("fulltext")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE fulltext USING fts5"
            "(headline, text, content='', tokenize='unicode61 remove_diacritics 2')"
        )
        return
    op.drop_table("fulltext_totals")
    op.execute("DROP FUNCTION fulltext_terms(text[])")
