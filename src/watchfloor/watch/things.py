"""What an indicator can look at, in one form: a claim, contact, event or transfer with who says so."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import Struct

from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.watch.reading import overlap

_STRENGTH = ("hypothetical", "planned", "alleged", "denied", "actual")  # of a status; the strongest told is told


class Side(Struct, frozen=True):
    """Somebody by name and state."""

    name: str
    country: str | None = None


class Voice(Struct, frozen=True, kw_only=True):
    """One telling: who says it and how, in which report, when.

    stance: of a claim; of anything else its status. day: of the statement, else of the report. is_copy: its text comes
    from another report here, so it tells nothing of its own.
    """

    side: Side | None
    stance: str
    span: Span
    day: date
    is_copy: bool
    outlet: str | None = None
    represents: str | None = None


class Value(Struct, frozen=True, kw_only=True):
    """A figure with the party that gives it."""

    party: str | None
    low: int
    high: int | None
    verbatim: str
    unit: str
    span: Span
    day: date


class Thing(Struct, frozen=True, kw_only=True):
    """One claim, contact, event or transfer.

    about: its id. said: the words that name it; texts: those in which a word is looked for. kinds: what it is. sides:
    who acts, is acted upon, meets. places: where. voices: the tellings. values: figures. before: where what it carries
    out or revises stands. origins: names of those behind it. low, high: at least and at most so many origins.
    """

    about: str
    said: str
    texts: tuple[str, ...]
    kinds: tuple[str, ...]
    sides: tuple[Side, ...]
    places: tuple[Side, ...]
    voices: tuple[Voice, ...]
    values: tuple[Value, ...] = ()
    before: tuple[Span, ...] = ()
    origins: tuple[str, ...] = ()
    low: int = 0
    high: int = 0

    @property
    def reports(self) -> frozenset[str]:
        """Return the ids of the reports that tell of it."""
        return frozenset(voice.span.report for voice in self.voices)

    @property
    def anchors(self) -> tuple[Span, ...]:
        """Return the words by which it is known again: its figures, and tellings without one."""
        numbers = tuple(dict.fromkeys(value.span for value in self.values))
        told = dict.fromkeys(voice.span for voice in self.voices)
        return (*numbers, *(span for span in told if not any(overlap(span, number) for number in numbers)))

    @property
    def outlets(self) -> int:
        """Return how many outlets tell of it."""
        return len({voice.outlet for voice in self.voices if voice.outlet})


def known_on(report: Report) -> date:
    """Return the day by which a report is known: of its publication, else of its collection."""
    return report.published.low if report.published and report.published.low else report.collected.date()


def strongest(statuses: Iterable[str]) -> str | None:
    """Return the status that weighs most.

    >>> strongest(["planned", "actual"])
    'actual'
    """
    return max(statuses, key=lambda one: _STRENGTH.index(one) if one in _STRENGTH else -1, default=None)


def of_party(voices: Sequence[Voice]) -> Mapping[str, list[Voice]]:
    """Return by name what each party says, the earliest first, without copies."""
    found: dict[str, list[Voice]] = defaultdict(list)
    for voice in sorted(voices, key=lambda one: (one.day, one.span)):
        if voice.side is not None and not voice.is_copy:
            found[voice.side.name].append(voice)
    return found
