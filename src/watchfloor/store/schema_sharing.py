"""The tables of people, partners, products and the audit log; schema.py holds the rest."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from watchfloor.store.schema import metadata

turns = Table(
    "turns",
    metadata,
    Column("name", Text, primary_key=True),
    Column("taken", Integer, nullable=False),
)
"""A row to be written before a change that must see the one before it: who has written it is alone until committed."""

teams = Table(
    "teams",
    metadata,
    Column("name", Text, primary_key=True),
    Column("document", Text, nullable=False),
)

people = Table(
    "people",
    metadata,
    Column("name", Text, primary_key=True),
    Column("login", Text, unique=True),
    Column("password", Text),
    Column("document", Text, nullable=False),
)
"""`password` is what argon2 made of it; it is read by signing in and by nothing else."""

sessions = Table(
    "sessions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.name"), nullable=False),
    Column("ends", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("sessions_by_person", "person"),
)
"""`hash` is the SHA-256 of the token, which is kept nowhere."""

keys = Table(
    "keys",
    metadata,
    Column("prefix", Text, primary_key=True),
    Column("person", Text, ForeignKey("people.name"), nullable=False),
    Column("hash", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("keys_by_person", "person"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Text, nullable=False),
    Index("attempts_by_last", "last"),
)
"""Failed attempts to come in, by account and by address."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("audit_by_who", "who", "number"),
    Index("audit_by_verb", "verb", "number"),
)

audit_seal = Table(
    "audit_seal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)
"""One row: the last entry there is, so that one that was cut off is missed."""

partners = Table(
    "partners",
    metadata,
    Column("name", Text, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("tlp", Integer, nullable=False),
    Column("expires", Text, nullable=False),
    Column("document", Text, nullable=False),
)

partner_groups = Table(
    "partner_groups",
    metadata,
    Column("name", Text, primary_key=True),
)

partner_members = Table(
    "partner_members",
    metadata,
    Column("group_name", Text, ForeignKey("partner_groups.name"), nullable=False),
    Column("partner", Text, ForeignKey("partners.name"), nullable=False),
    PrimaryKeyConstraint("group_name", "partner"),
    Index("partner_members_by_partner", "partner"),
)

products = Table(
    "products",
    metadata,
    Column("id", Text, primary_key=True),
    Column("series", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("made", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Column("expires", Text),
    Column("data", LargeBinary, nullable=False),
    Column("document", Text, nullable=False),
    UniqueConstraint("series", "version"),
)
"""`document` is the whole Product as JSON, without its marking."""

citations = Table(
    "citations",
    metadata,
    Column("product", Text, ForeignKey("products.id"), nullable=False),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    PrimaryKeyConstraint("product", "report"),
    Index("citations_by_report", "report"),
)

requests = Table(
    "requests",
    metadata,
    Column("id", Text, primary_key=True),
    Column("product", Text, ForeignKey("products.id"), nullable=False),
    Column("partner", Text, ForeignKey("partners.name"), nullable=False),
    Column("way", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("override", Boolean, nullable=False),
    Column("asked", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("requests_by_product", "product"),
    Index("requests_by_partner", "partner", "state"),
)

disseminations = Table(
    "disseminations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("product", Text, ForeignKey("products.id"), nullable=False),
    Column("partner", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("disseminations_by_product", "product"),
    Index("disseminations_by_partner", "partner"),
)

recalls = Table(
    "recalls",
    metadata,
    Column("id", Text, primary_key=True),
    Column("product", Text, ForeignKey("products.id"), nullable=False),
    Column("partner", Text, nullable=False),
    Column("report", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("recalls_by_partner", "partner", "state"),
    Index("recalls_by_report", "report"),
)

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("partner", Text),
    Column("team", Text),
    Column("document", Text, nullable=False),
    Index("saved_searches_by_owner", "owner"),
)
"""Searches that people keep; whoever sees one sees what its owner looks for."""

search_visits = Table(
    "search_visits",
    metadata,
    Column("search", Text, ForeignKey("saved_searches.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Text, nullable=False),
    PrimaryKeyConstraint("search", "person"),
)
"""When each person last looked at a saved search."""

search_feeds = Table(
    "search_feeds",
    metadata,
    Column("search", Text, ForeignKey("saved_searches.id"), nullable=False),
    Column("person", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("made", Text, nullable=False),
    PrimaryKeyConstraint("search", "person"),
)
"""Under which secret address a person's program fetches a saved search; the secret itself is nowhere."""

SECRET = (saved_searches, search_visits, search_feeds, turns, people, sessions, keys, attempts, audit, audit_seal)
"""In no dump: secrets, and what tells of the work and not of what was collected."""
