"""What is worked on in a bulk run, and what comes of it: the words between the run and those who work for it."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from watchfloor.clean.reports import Quality
from watchfloor.core.aside import Aside
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking

_WEEK = 7  # days


class Header(Struct, frozen=True, kw_only=True):
    """What holds for a whole run, written when it begins.

    base: the folder in which the names of inputs begin. folder: where the run keeps its own files; all who work for it
    must reach both under these names. now: when it began, which stands wherever a time of its own is needed. recipe:
    how reports are read; made_with: the versions of what decides about a text (`child.made_with`). keeps_bytes: what
    was collected goes on with the reports, because a database is filled; dataset: else the folder for Parquet files.
    """

    base: str
    folder: str
    now: datetime
    recipe: str
    made_with: str
    keeps_bytes: bool
    dataset: str | None = None
    parts: tuple[str, ...] = ()
    gazetteer: str | None = None
    seconds: float = 30.0
    quality: Quality = "bulk"
    outlet: str | None = None
    published: str | None = None
    marking: Marking | None = None


class Cut(Struct, frozen=True, kw_only=True, tag="cut"):
    """Look for places where a web archive may be cut into pieces of about so many pages."""

    file: str
    pages: int

    @property
    def key(self) -> str:
        """Return what tells this from all other work of the run."""
        return f"cut-{content_id('file', self.file)}"


class Read(Struct, frozen=True, kw_only=True, tag="read"):
    """Read one piece: some files, or the part of a web archive from one byte to another.

    skip: the places of items in it that are passed over, because they killed whoever read them.
    """

    id: str
    files: tuple[str, ...]
    part: tuple[int, int] | None = None
    skip: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Return what tells this from all other work of the run."""
        return self.id

    @property
    def locator(self) -> str:
        """Return where the piece lies, in words."""
        if self.part is not None:
            return f"{self.files[0]}@{self.part[0]}-{self.part[1]}"
        return self.files[0] if len(self.files) == 1 else f"{self.files[0]} and {len(self.files) - 1} more"


class Group(Struct, frozen=True, kw_only=True, tag="group"):
    """Put together of some pieces what was set aside, and the ids of their reports, sorted.

    of: digest of what it is made of, by which it is known later whether it must be made again. more: what the run
    itself set aside.
    """

    number: int
    of: str
    pieces: tuple[str, ...]
    more: tuple[Aside, ...] = ()

    @property
    def key(self) -> str:
        """Return what tells this from all other work of the run."""
        return f"group-{self.number:06d}"


class Doubles(Struct, frozen=True, kw_only=True, tag="doubles"):
    """Find the reports that stand in more than one week, in one of some equal stretches of all ids."""

    number: int
    of: str
    stretches: int
    groups: int

    @property
    def key(self) -> str:
        """Return what tells this from all other work of the run."""
        return f"doubles-{self.number:06d}"


class Week(Struct, frozen=True, kw_only=True, tag="week"):
    """Find the copies of a week, and write it down. monday: its first day, ISO 8601.

    pieces: those that hold reports of it or of the weeks before it in which their originals may lie, in order, in a
    file beside the run's own (`inputs`).
    """

    monday: str
    of: str
    inputs: str

    @property
    def key(self) -> str:
        """Return what tells this from all other work of the run."""
        return f"week-{self.monday}"


class Inputs(Struct, frozen=True, kw_only=True):
    """What a week is made of: ids of pieces, and how many files hold reports that stand in several weeks."""

    pieces: tuple[str, ...]
    doubles: int


Unit = Cut | Read | Group | Doubles | Week


class Places(Struct, frozen=True, kw_only=True, tag="places"):
    """Where a web archive may be cut; aside: why it cannot be read."""

    file: str
    parts: tuple[tuple[int, int], ...]
    aside: Aside | None = None


class Part(Struct, frozen=True, kw_only=True, tag="part"):
    """A piece was read: what came of it, and the digest of the file that holds it. weeks: reports by first day;
    reasons: what was set aside, by reason. cpu: seconds of a core that it took.
    """

    id: str
    digest: str
    size: int
    items: int
    reports: int
    reasons: dict[str, int]
    weeks: dict[str, int]
    cpu: float


class Grouped(Struct, frozen=True, kw_only=True, tag="grouped"):
    """Some pieces were put together."""

    number: int
    of: str
    ids: int
    asides: int


class Doubled(Struct, frozen=True, kw_only=True, tag="doubled"):
    """Reports that stand in several weeks were looked for. found: by first day of a week the number left out there."""

    number: int
    of: str
    found: dict[str, int]


class Written(Struct, frozen=True, kw_only=True, tag="written"):
    """A week was written. of: digest of what it was made of. files: digests by name within the dataset.

    cpu: seconds of a core that it took. translations: False when there were too many reports to look for
    translations among them.
    """

    monday: str
    of: str
    reports: int
    annotations: int
    copies: int
    translations: bool
    files: dict[str, str]
    cpu: float


class GivenUp(Struct, frozen=True, kw_only=True, tag="given-up"):
    """A piece of work could not be done. key: of the work. locator: where it lies, in words."""

    key: str
    locator: str
    reason: str
    detail: str


class Torn(Struct, frozen=True, kw_only=True, tag="torn"):
    """The file of a piece is not there or is not what it was; the piece must be read again."""

    piece: str
    detail: str


Outcome = Places | Part | Grouped | Doubled | Written | GivenUp | Torn

encode = msgspec.msgpack.Encoder(order="deterministic").encode
header_of = msgspec.msgpack.Decoder(Header).decode
unit_of = msgspec.msgpack.Decoder(Unit).decode
outcome_of: Callable[[bytes], Outcome] = msgspec.msgpack.Decoder(Outcome).decode
inputs_of = msgspec.msgpack.Decoder(Inputs).decode


def monday(day: date) -> str:
    """Return the first day of the week of a day.

    >>> monday(date(2024, 11, 3))
    '2024-10-28'
    """
    return (day - timedelta(days=min(day.weekday(), day.toordinal() - 1))).isoformat()


def weeks_before(first: str, number: int) -> tuple[str, ...]:
    """Return the first days of so many weeks before one, and of itself, earliest first.

    >>> weeks_before("2024-10-28", 2)
    ('2024-10-14', '2024-10-21', '2024-10-28')
    """
    ordinal = date.fromisoformat(first).toordinal()
    days = range(ordinal - _WEEK * number, ordinal + 1, _WEEK)
    return tuple(date.fromordinal(day).isoformat() for day in days if day > 0)


def digest_of(parts: Sequence[str]) -> str:
    """Return a digest that tells these texts, in their order, from any others."""
    return content_id("of", *parts)
