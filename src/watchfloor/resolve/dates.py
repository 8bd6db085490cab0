"""The day of a statement: from its sentence, its paragraph, or the contact in which it was made."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from watchfloor.core.annotation import Annotation, Attribution, Contact, Time
from watchfloor.core.partial_date import PartialDate, Precision
from watchfloor.resolve.layout import Layout

_EXACT: tuple[Precision, ...] = ("minute", "hour", "day", "weekday")
"""Precisions that date a whole paragraph; a month does so only in the sentence itself."""

_ON = len(" on ")
_CARRIED = "; the speaker goes on"


class Ground(Struct, frozen=True):
    """What in one report can give a statement its day, in text order; times within what is said are left out.

    free: the times outside of what is said. exact: those that date a whole paragraph. starts: where each begins.
    met: for each party the place and day of its contacts that can date a paragraph, with the rank in text order.
    """

    free: tuple[Time, ...]
    starts: tuple[int, ...]
    exact: tuple[Time, ...]
    exact_starts: tuple[int, ...]
    met: dict[str, list[tuple[int, int, PartialDate]]]


def contents(annotations: Sequence[Annotation], published: PartialDate | None = None) -> Ground:
    """Return what can date the statements; a time within what is said dates what is told, not the telling.

    published: of the report, which tells nothing that was said later.
    """
    told = _told(annotations)
    begins = [start for start, _ in told]
    free = []
    for time in sorted((one for one in annotations if isinstance(one, Time)), key=lambda one: one.span.start):
        place = bisect_right(begins, time.span.start) - 1
        if (place < 0 or time.span.start >= told[place][1]) and not _later(time.date, published):
            free.append(time)
    exact = [time for time in free if time.date.precision in _EXACT]
    return Ground(
        free=tuple(free),
        starts=tuple(time.span.start for time in free),
        exact=tuple(exact),
        exact_starts=tuple(time.span.start for time in exact),
        met=_met(annotations),
    )


def _later(one: PartialDate, published: PartialDate | None) -> bool:
    """Tell whether a date lies wholly after the publication."""
    last = None if published is None else published.high
    return one.low is not None and last is not None and one.low > last


def day_of(said: Attribution, who: Sequence[str], told: Ground, layout: Layout) -> PartialDate | None:
    """Return the day of a statement by the named speakers, None when the text does not give it.

    told: as from `contents`, which holds the times and contacts of the report.
    """
    at = _place(said)
    paragraph = layout.paragraph(at)
    near = _behind(told, said) or _nearest(told, at, layout.sentence(at)) or _last_exact(told, at, paragraph)
    if near is not None:
        return near.date
    before = layout.before(at)
    for stretch in (paragraph, before) if before else (paragraph,):
        found = _in_contact(told, who, stretch)
        if found is not None:
            return found
    return None


def carry(statements: Sequence[Attribution], layout: Layout) -> list[Attribution]:
    """Return the statements, an undated one with the day of its speaker's last if that stands at most a paragraph back.

    Only days are carried, and the date says so.
    """
    last: dict[str, tuple[int, PartialDate]] = {}
    found: dict[int, Attribution] = {}
    for place in sorted(range(len(statements)), key=lambda i: (_place(statements[i]), i)):
        one = statements[place]
        before = last.get(one.speaker or "")
        if one.date is None and before and before[0] >= layout.earlier(_place(one), 1):
            how = before[1].how.removesuffix(_CARRIED) + _CARRIED
            one = replace(one, date=replace(before[1], how=how))
        if one.speaker and one.date and one.date.precision in _EXACT:
            last[one.speaker] = (_place(one), one.date)
        found[place] = one
    return [found[place] for place in range(len(statements))]


def _place(one: Attribution) -> int:
    """Return where a statement is made in the text."""
    return (one.cue or one.source or one.content or (one.span,))[0].start


def _told(annotations: Sequence[Annotation]) -> list[tuple[int, int]]:
    """Return the stretches of what is said, sorted, those that overlap put together."""
    spans = [span for one in annotations if isinstance(one, Attribution) for span in one.content]
    found: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _behind(ground: Ground, said: Attribution) -> Time | None:
    """Return the time right behind the word of saying: "said on Thursday"."""
    if not said.cue:
        return None
    place = bisect_left(ground.starts, said.cue[-1].end)
    return ground.free[place] if place < len(ground.starts) and ground.starts[place] - said.cue[-1].end == _ON else None


def _nearest(ground: Ground, at: int, sentence: tuple[int, int]) -> Time | None:
    """Return the time of the sentence that is nearest to an offset, of two equally near the earlier."""
    after = bisect_left(ground.starts, at)
    before = bisect_left(ground.starts, ground.starts[after - 1]) if after else -1
    near = [place for place in (before, after) if 0 <= place < len(ground.starts)]
    inside = [place for place in near if sentence[0] <= ground.starts[place] < sentence[1]]
    place = min(inside, key=lambda place: abs(ground.starts[place] - at), default=None)
    return None if place is None else ground.free[place]


def _last_exact(ground: Ground, at: int, paragraph: tuple[int, int]) -> Time | None:
    """Return the last time before an offset that dates its whole paragraph."""
    place = bisect_left(ground.exact_starts, min(at, paragraph[1])) - 1
    return ground.exact[place] if place >= 0 and ground.exact_starts[place] >= paragraph[0] else None


def _in_contact(ground: Ground, who: Sequence[str], stretch: tuple[int, int]) -> PartialDate | None:
    """Return the day of the first contact in the stretch in which one of the speakers takes part."""
    found = []
    for name in set(who):
        met = ground.met.get(name, [])
        place = bisect_left(met, stretch[0], key=lambda one: one[0])
        if place < len(met) and met[place][0] < stretch[1]:
            found.append(met[place])
    return min(found, key=lambda one: one[1])[2] if found else None


def _met(annotations: Sequence[Annotation]) -> dict[str, list[tuple[int, int, PartialDate]]]:
    """Return for each party where and on which day its contacts were; an undated one has the day of its other tellings.

    The other tellings give a day only if all that are dated agree.
    """
    contacts = sorted((one for one in annotations if isinstance(one, Contact)), key=lambda one: one.span.start)
    parties = [frozenset(party.name for party in contact.parties) for contact in contacts]
    dates: dict[tuple[str, frozenset[str]], dict[str | None, PartialDate]] = {}
    for contact, names in zip(contacts, parties, strict=True):
        if contact.date:
            dates.setdefault((contact.contact_type, names), {}).setdefault(contact.date.value, contact.date)
    met: dict[str, list[tuple[int, int, PartialDate]]] = {}
    for rank, (contact, names) in enumerate(zip(contacts, parties, strict=True)):
        told = dates.get((contact.contact_type, names), {})
        day = contact.date or (next(iter(told.values())) if len(told) == 1 else None)
        if day and day.precision in _EXACT:
            for name in names:
                met.setdefault(name, []).append((contact.span.start, rank, day))
    return met
