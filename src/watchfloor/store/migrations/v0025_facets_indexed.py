"""On PostgreSQL what a report has for a field is found by an index of its terms; SQLite reads the rows of the field."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_TERMS = """
    CREATE FUNCTION fulltext_facets(field text, terms text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000 AS $$
    BEGIN
        IF octet_length(terms) > 500000 THEN
            RETURN array_to_tsvector(ARRAY['=' || field, '<']);
        END IF;
        RETURN array_to_tsvector(
            array_append(string_to_array(rtrim(translate(terms, '<|', ''), '>'), '>'), '=' || field)
        );
    END $$
"""
"""The field is a term too, with a sign that no other has; a row of very many terms is found by "<" alone."""


def upgrade() -> None:
    """Make the function and the index of it."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_TERMS)
        op.execute(
            "CREATE INDEX fulltext_facets ON facets USING gin (fulltext_facets(field, terms)) "
            "WITH (gin_pending_list_limit = 512)"
        )


def downgrade() -> None:
    """Drop them; nothing is lost."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX fulltext_facets")
        op.execute("DROP FUNCTION fulltext_facets(text, text)")
