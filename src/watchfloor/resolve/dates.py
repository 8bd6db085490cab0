"""The day of a statement: from its sentence, its paragraph, or the contact in which it was made."""

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.core.annotation import Annotation, Attribution, Contact, Time
from watchfloor.core.partial_date import PartialDate, Precision
from watchfloor.resolve.layout import Layout

_EXACT: tuple[Precision, ...] = ("minute", "hour", "day", "weekday")
"""Precisions that date a whole paragraph; a month does so only in the sentence itself."""

_CARRIED = "; the speaker goes on"


def contents(annotations: Sequence[Annotation]) -> tuple[tuple[int, int], ...]:
    """Return the stretches of what is said: a time within them dates what is told, not the telling."""
    spans = [span for one in annotations if isinstance(one, Attribution) for span in one.content]
    return tuple(sorted((span.start, span.end) for span in spans))


def day_of(
    said: Attribution,
    who: Sequence[str],
    times: Sequence[Time],
    contacts: Sequence[Contact],
    told: Sequence[tuple[int, int]],
    layout: Layout,
) -> PartialDate | None:
    """Return the day of a statement by the named speakers, None when the text does not give it.

    times, contacts: of this report, in text order. told: as from `contents`.
    """
    at = _place(said)
    free = [time for time in times if not any(start <= time.span.start < end for start, end in told)]
    sentence, paragraph = layout.sentence(at), layout.paragraph(at)
    near = sorted(_within(free, sentence), key=lambda time: abs(time.span.start - at))
    near = near or [time for time in _within(free, paragraph) if time.date.precision in _EXACT and time.span.start < at]
    if near:
        return near[0].date if near[0].span.start >= sentence[0] else near[-1].date
    before = layout.before(at)
    for stretch in (paragraph, before) if before else (paragraph,):
        for contact in contacts:
            takes_part = {party.name for party in contact.parties} & set(who)
            found = contact.date or _elsewhere(contact, contacts)
            if found and found.precision in _EXACT and takes_part and stretch[0] <= contact.span.start < stretch[1]:
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


def _within(times: Sequence[Time], stretch: tuple[int, int]) -> list[Time]:
    """Return the times inside a stretch."""
    return [time for time in times if stretch[0] <= time.span.start < stretch[1]]


def _elsewhere(contact: Contact, contacts: Sequence[Contact]) -> PartialDate | None:
    """Return the date of another telling of the contact, if all that are dated agree."""
    parties = {party.name for party in contact.parties}
    dates = [
        other.date
        for other in contacts
        if other.date
        and other.contact_type == contact.contact_type
        and {party.name for party in other.parties} == parties
    ]
    return dates[0] if dates and len({date.value for date in dates}) == 1 else None
