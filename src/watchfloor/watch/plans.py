"""What is planned: contacts and events that are announced or possible, not yet done."""

from collections.abc import Mapping, Sequence

from watchfloor.core.annotation import Attribution, Event
from watchfloor.core.brief import Line
from watchfloor.core.encounter import Encounter
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.watch import contact_log
from watchfloor.watch.days import said
from watchfloor.watch.reading import by_id, is_own, overlap, placed, words
from watchfloor.watch.wording import LONGEST_QUOTE, number, quoted, sentence

MOST_PLANS = 12  # plans told in one brief; the rest is counted; assumed


def lines(
    picture: Picture, encounters: Sequence[Encounter], names: Mapping[str, str], every: Sequence[Encounter] = ()
) -> tuple[Line, ...]:
    """Return the planned contacts, then the planned events that no contact and no statement tells already.

    every: all contacts, among which those that carry out a plan.
    """
    told = contact_log.lines(encounters, names, every)
    taken = [span for encounter in encounters for span in encounter.tellings]
    made = [*told, *_events(picture, taken)]
    if len(made) > MOST_PLANS:
        rest = made[MOST_PLANS:]
        spans = tuple(line.citations[0] for line in rest[:8])
        more = Line(text=sentence(f"And {number(len(rest))} more plans"), citations=spans, weight="note")
        return (*made[:MOST_PLANS], more)
    return tuple(made)


def _events(picture: Picture, taken: Sequence[Span]) -> list[Line]:
    reports = by_id(picture)
    used = list(taken)
    found: dict[str, Event] = {}
    for report in picture.reports:
        found_here = picture.annotations.get(report.id, ())
        spoken = [one.span for one in found_here if isinstance(one, Attribution)]
        for event in found_here:
            if not isinstance(event, Event) or event.status != "planned" or not is_own(report, event.span):
                continue
            if any(overlap(event.span, span) for span in spoken):  # told under what is promised and claimed
                continue
            key = words(reports, event.span).casefold()
            if key and key not in found and not any(overlap(event.span, span) for span in used):
                found[key] = event
                used.append(event.span)
    planned = sorted(found.values(), key=lambda event: (placed(event.date), event.span))
    return [
        Line(
            text=sentence(f"{said(event.date)}: {quoted(words(reports, event.span), LONGEST_QUOTE)}"),
            citations=(event.span,),
        )
        for event in planned
    ]
