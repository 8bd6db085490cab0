"""The tables of what partners fetch over TAXII; schema.py holds the rest."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from watchfloor.store.schema import metadata

taxii_collections = Table(
    "taxii_collections",
    metadata,
    Column("id", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("partner", Text),
    Column("description", Text),
    Column("alias", Text),
    Column("last_added", BigInteger, nullable=False),
)
"""Where partners fetch; `last_added` is the instant of the newest object, so that no two have the same."""

taxii_objects = Table(
    "taxii_objects",
    metadata,
    Column("collection", Text, ForeignKey("taxii_collections.id"), nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("object", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("version", Text),
    Column("moment", BigInteger, nullable=False),
    Column("spec_version", Text, nullable=False),
    Column("is_first", Boolean, nullable=False),
    Column("is_last", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    Column("sender", Text),
    PrimaryKeyConstraint("collection", "added"),
    UniqueConstraint("collection", "object", "moment", name="taxii_objects_by_version"),
)
"""Objects as they are sent. Instants in microseconds since 1970; `moment` is that of `version`, else `added`.

sender: who sent it here, None for what this node published.
"""

taxii_grounds = Table(
    "taxii_grounds",
    metadata,
    Column("collection", Text, ForeignKey("taxii_collections.id"), nullable=False),
    Column("added", BigInteger, nullable=False),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    PrimaryKeyConstraint("collection", "added", "report"),
    Index("taxii_grounds_by_report", "report"),
)
"""On which reports an object rests; whoever may not see one of them does not see the object."""

taxii_statuses = Table(
    "taxii_statuses",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("taxii_statuses_by_at", "at"),
)
"""What became of objects that a partner sent, for that partner."""
