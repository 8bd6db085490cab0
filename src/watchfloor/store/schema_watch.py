"""The tables of what is watched for, of alerts and their delivery, and of the service's jobs."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from watchfloor.store.schema import metadata

indicator_states = Table(
    "indicator_states",
    metadata,
    Column("indicator", Text, primary_key=True),
    Column("recipe", Text, nullable=False),
    Column("began", Text, nullable=False),
    Column("looked", Text, nullable=False),
)
"""Since when an indicator is asked as it stands: `recipe` is the digest of what it asks."""

seen_things = Table(
    "seen_things",
    metadata,
    Column("id", Text, primary_key=True),
    Column("indicator", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Index("seen_things_by_indicator", "indicator"),
)
"""What an indicator has seen of one thing, as JSON; it can be computed again by looking at past days."""

alerts = Table(
    "alerts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("indicator", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Index("alerts_by_at", "at"),
    Index("alerts_by_indicator", "indicator", "at"),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("alert", Text, ForeignKey("alerts.id"), primary_key=True),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("note", Text),
)

moves = Table(
    "moves",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("measure", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Index("moves_by_measure", "measure", "seq"),
)
"""Every status that a person gave a measure, in order; none is ever changed."""

watch_texts = Table(
    "watch_texts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
)
"""The file of indicators and measures as it stood whenever it was changed here."""

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("alert", Text, ForeignKey("alerts.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("detail", Text),
    Column("at", Text),
    Index("deliveries_by_state", "state", "due"),
    Index("deliveries_by_alert", "alert"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("worker", Text),
    Column("lease", Text),
    Column("began", Text),
    Column("ended", Text),
    Column("reason", Text),
    Index("jobs_by_state", "state", "kind", "due"),
    Index("jobs_by_worker", "worker"),
    Index("jobs_by_unit", "unit"),
)

workers = Table(
    "workers",
    metadata,
    Column("name", Text, primary_key=True),
    Column("began", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("doing", Text),
    Column("done", Integer, nullable=False),
)

egress = Table(
    "egress",
    metadata,
    Column("hour", Text, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("host", Text, primary_key=True),
    Column("asked", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("last", Text, nullable=False),
    Column("detail", Text),
)
"""To which hosts the node spoke in an hour: counts alone, no address."""

OF_THE_SERVICE = (jobs, workers, egress)
"""In no dump: they tell of the work, not of what was collected."""
