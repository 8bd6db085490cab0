"""What is planned: contacts and events that are announced or possible, not yet done."""

from collections.abc import Mapping, Sequence

from watchfloor.core.annotation import Attribution, Event, Time
from watchfloor.core.brief import Line
from watchfloor.core.encounter import Encounter
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.watch import contact_log
from watchfloor.watch.days import said
from watchfloor.watch.naming import called
from watchfloor.watch.reading import by_id, is_own, overlap, placed, words
from watchfloor.watch.wording import LONGEST_QUOTE, clause, number, quoted, sentence

_TOLD_ELSEWHERE = frozenset({"promise", "demand", "wish"})  # under what is promised and demanded
MOST_PLANS = 12  # plans told in one brief; the rest is counted; assumed


def lines(
    picture: Picture, encounters: Sequence[Encounter], names: Mapping[str, str], every: Sequence[Encounter] = ()
) -> tuple[Line, ...]:
    """Return the planned contacts, the planned events and what somebody announces for a day, each told once.

    every: all contacts, among which those that carry out a plan.
    """
    told = contact_log.lines(encounters, names, every)
    taken = [span for encounter in encounters for span in encounter.tellings]
    made = [*told, *_events(picture, taken), *_announced(picture, taken, names)]
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


def _announced(picture: Picture, taken: Sequence[Span], names: Mapping[str, str]) -> list[Line]:
    """Return what somebody says will be on a day after the report: "the ballot will be held on 18 March, she said"."""
    reports = by_id(picture)
    found: dict[str, tuple[Time, Attribution]] = {}
    for report in picture.reports:
        last = report.published.high if report.published else None
        here = picture.annotations.get(report.id, ())
        for one in here:
            if not isinstance(one, Attribution) or one.tense != "future" or one.polarity == "negative" or last is None:
                continue
            if not one.speaker or one.act in _TOLD_ELSEWHERE or not is_own(report, one.span):
                continue
            if any(overlap(one.span, span) for span in taken):
                continue
            days = [
                time
                for time in here
                if isinstance(time, Time)
                and time.date.precision == "day"
                and time.date.low is not None
                and time.date.low > last
                and overlap(time.span, one.content[0])
            ]
            key = words(reports, one.content[0]).casefold()
            if len(days) == 1 and key not in found:
                found[key] = (days[0], one)
    planned = sorted(found.values(), key=lambda both: (placed(both[0].date), both[1].span))
    return [
        Line(
            text=sentence(
                f"{said(time.date)}: {quoted(clause(words(reports, one.content[0])), LONGEST_QUOTE)}; "
                f"said by {called(one.speaker or '', names)}"
            ),
            citations=(one.span,),
        )
        for time, one in planned
    ]
