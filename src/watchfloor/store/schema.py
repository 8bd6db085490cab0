"""The tables, as the program expects them. A change here needs a migration; a test compares the two."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    false,
)

from watchfloor.store.packed import Packed

HEAD = "0026"
"""The newest migration, so that opening a database that is up to date need not load Alembic."""

metadata = MetaData()

captures = Table(
    "captures",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("locator", Text, nullable=False),
    Column("feed", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("collected", Text, nullable=False),
    Column("outlet", Text),
    Column("url", Text),
    Column("published", Text),
    Column("tlp", Integer),
    Column("marking", Text),
    Column("size", Integer, nullable=False),
    Column("packed", Boolean, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("captures_by_sha256", "sha256"),
    Index("captures_by_locator", "locator"),
    Index("captures_at_a_glance", "tlp", "id"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("capture", Text, ForeignKey("captures.id"), nullable=False),
    Column("locator", Text, nullable=False),
    Column("feed", Text, nullable=False),
    Column("collected", Text, nullable=False),
    Column("url", Text),
    Column("published", Text),
    Column("tlp", Integer),
    Column("marking", Text),
    Index("sightings_by_capture", "capture"),
    Index("sightings_by_locator", "locator"),
)

reports = Table(
    "reports",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("capture", Text, ForeignKey("captures.id"), nullable=False),
    Column("address", Text, nullable=False),
    Column("outlet", Text),
    Column("headline", Text),
    Column("language", Text),
    Column("published_low", Text),
    Column("published_high", Text),
    Column("published", Text),
    Column("known_on", Text, nullable=False),
    Column("collected", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Column("document", Packed, nullable=False),
    Column("sole", Boolean, nullable=False, server_default=false()),
    Index("reports_by_address", "address"),
    Index("reports_by_known_on", "known_on"),
    Index("reports_at_a_glance", "seq", "tlp", "sole", "known_on", "language", "id"),
)
"""`sole`: nothing else ever stood at its address, so it is current for whoever sees it; computed with `editions`."""

made = Table(
    "made",
    metadata,
    Column("capture", Text, ForeignKey("captures.id"), primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Index("made_by_report", "report"),
)
"""Which report was made from which capture: several give one report when the page differs and its text does not."""

editions = Table(
    "editions",
    metadata,
    Column("address", Text, nullable=False),
    Column("nth", Integer, nullable=False),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("known_from", Text, nullable=False),
    PrimaryKeyConstraint("address", "nth"),
    Index("editions_by_report", "report"),
)
"""What stood at an address, in order; computed from `made`, so it can always be computed again."""

annotations = Table(
    "annotations",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("recipe", Text, nullable=False),
    Column("generated_by", Text, nullable=False),
    Column("body", Packed, nullable=False),
)

asides = Table(
    "asides",
    metadata,
    Column("id", Text, primary_key=True),
    Column("locator", Text, nullable=False),
    Column("capture", Text, ForeignKey("captures.id")),
    Column("room", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("at", Text, nullable=False),
    Index("asides_by_capture", "capture"),
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Text, primary_key=True),
    Column("left", Text, nullable=False),
    Column("right", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
    Column("tlp", Integer),
    Column("marking", Text),
)

identities = Table(
    "identities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("qid", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("document", Text, nullable=False),
    Index("identities_by_file", "file"),
)
"""Links of entities to identifiers from files that a user supplied; `document` is the whole link, as JSON."""

assessments = Table(
    "assessments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
)

releasable = Table(
    "releasable",
    metadata,
    Column("item", Text, nullable=False),
    Column("partner", Text, nullable=False),
    Column("expires", Text),
    PrimaryKeyConstraint("item", "partner"),
)
"""To which partners a capture, sighting or report may go; the other half of its marking."""

readings = Table(
    "readings",
    metadata,
    Column("version", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    PrimaryKeyConstraint("version", "key"),
    sqlite_with_rowid=False,
)
"""What the annotator read in a paragraph; a cache, so nothing may rest on a row being there.

Rows are short and many: without row numbers of their own each needs 80 bytes less, and lies with those of its version.
"""

feeds = Table(
    "feeds",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("every", Integer, nullable=False),
    Column("added", Text, nullable=False),
    Column("outlet", Text),
    Column("language", Text),
    Column("tlp", Integer),
    Column("marking", Text),
    Column("paused", Boolean, nullable=False),
)
"""Where we collect; `marking` is that of what comes from it, and decides who of this node sees the feed."""

grades = Table(
    "grades",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("feed", Text, ForeignKey("feeds.name"), nullable=False),
    Column("reliability", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
    Index("grades_by_feed", "feed"),
)

feed_states = Table(
    "feed_states",
    metadata,
    Column("feed", Text, ForeignKey("feeds.name"), primary_key=True),
    Column("next_try", Text),
    Column("state", Text, nullable=False),
)
"""How a feed fared by now, as JSON; `next_try` beside it, to find what is due."""

runs = Table(
    "runs",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("feed", Text, ForeignKey("feeds.name"), nullable=False),
    Column("at", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("new", Integer, nullable=False),
    Index("runs_by_feed", "feed", "seq"),
)
"""The last runs of each feed."""

awaited = Table(
    "awaited",
    metadata,
    Column("feed", Text, ForeignKey("feeds.name"), nullable=False),
    Column("address", Text, nullable=False),
    Column("rank", Text, nullable=False),
    Column("next_try", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("item", Text, nullable=False),
    PrimaryKeyConstraint("feed", "address"),
    Index("awaited_by_feed", "feed", "next_try"),
)
"""Pages that a feed named and that are not kept yet; `item` is what it said of them, as JSON, `rank` sorts them."""

evidence = Table(
    "evidence",
    metadata,
    Column("id", Text, primary_key=True),
    Column("capture", Text, ForeignKey("captures.id"), nullable=False),
    Column("file", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("offset", Integer, nullable=False),
    Column("length", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("date", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Index("evidence_by_capture", "capture"),
    Index("evidence_by_file", "file", "offset"),
    Index("evidence_by_digest", "digest"),
    Index("evidence_by_record", "record"),
    Index("evidence_by_url", "url"),
)
"""Where in a web archive the bytes of a capture lie; several when they were received more than once."""

archives = Table(
    "archives",
    metadata,
    Column("file", Text, primary_key=True),
    Column("checked", Integer, nullable=False),
)
"""Up to which offset everything in an archive of the node's own is known to be kept here."""

translations = Table(
    "translations",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("target", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("generated_by", Text, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("report", "target"),
)
"""What a machine made of a report's paragraphs; nothing is counted from it."""

hosts = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("pages", Integer, nullable=False),
)
"""How many pages of a host were seen."""

host_pages = Table(
    "host_pages",
    metadata,
    Column("host", Text, ForeignKey("hosts.host"), nullable=False),
    Column("page", LargeBinary, nullable=False),
    PrimaryKeyConstraint("host", "page"),
    sqlite_with_rowid=False,
)
"""Which pages of a host were seen, by the digest of their address: each counts once."""

host_lines = Table(
    "host_lines",
    metadata,
    Column("host", Text, ForeignKey("hosts.host"), nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    PrimaryKeyConstraint("host", "line"),
    sqlite_with_rowid=False,
)
"""On how many pages of a host a line was seen, by the digest of the line."""

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("report", Integer, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    Column("week", Integer, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Index("fingerprints_by_week", "week", "report"),
)
"""Some hashes of each report's unquoted words, by week: who shares some may be a copy. Only the weeks asked for are
read, and of them only what came since.

Computed from the reports, so it can always be computed again; `report` is the row number, to keep rows short.
"""

facets = Table(
    "facets",
    metadata,
    Column("field", Text, nullable=False),
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False),
    Column("terms", Text, nullable=False),
    PrimaryKeyConstraint("field", "report"),
    Index("facets_by_report", "report"),
    sqlite_with_rowid=False,
)
"""The terms of all values that a report has for a field of the search, see `facets`; can always be computed again."""

counts = Table(
    "counts",
    metadata,
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False),
    Column("low", BigInteger, nullable=False),
    Column("high", BigInteger),
    Index("counts_by_low", "low", "high", "report"),
    Index("counts_by_report", "report"),
)
"""The counts in a report, as the figure in the words or the range that they allow; can always be computed again."""

outlet_grades = Table(
    "outlet_grades",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("outlet", Text, nullable=False),
    Column("reliability", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("reason", Text),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("tlp", Integer),
    Column("marking", Text),
    Index("corrections_by_address", "address"),
    Index("corrections_by_report", "report"),
)
"""What people said of findings, an entry a row; nothing is ever changed here."""
