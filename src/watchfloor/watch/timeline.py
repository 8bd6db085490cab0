"""The timeline: what happened, is planned, was said and was published, in order."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from watchfloor.core.annotation import Attribution, Event
from watchfloor.core.brief import Moment
from watchfloor.core.claim import Claim, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.watch.contact_log import described
from watchfloor.watch.days import UNKNOWN, said
from watchfloor.watch.naming import called, fullest
from watchfloor.watch.reading import by_id, cited, is_own, opening, overlap, words
from watchfloor.watch.refusals import LEAST_QUOTED
from watchfloor.watch.stances import STANCE_ACTS, is_generic, verb, who
from watchfloor.watch.voices import is_verbatim, stated, worded
from watchfloor.watch.wording import LONGEST_QUOTE, agreeing, clause, quoted, shorten

BACKGROUND_DAYS = 120  # an event longer before the first report is background, not the situation; assumed
HORIZON_DAYS = 400  # a plan further after the last report is an ambition; assumed
TELLING = frozenset({"confirms", "denies", "withdraws", "revises", "doubts", "declines to comment"})
_COARSE = frozenset({"year", "decade", "season", "unknown"})
_ORDER = ("happened", "said", "planned", "published")
_PLANNED = frozenset({"planned", "hypothetical"})


def timeline(picture: Picture) -> tuple[Moment, ...]:
    """Return the moments by first possible day, undated ones last with what is known of their date.

    Contacts, dated events, statements of figures, confirmations and denials, and publications; the same moment told by
    several reports is one, with all its citations.
    """
    names = fullest(picture.entities)
    moments = [
        *(_contact(encounter, names) for encounter in picture.encounters if encounter.tellings),
        *_events(picture, names),
        *_statements(picture, names),
        *(_published(report) for report in picture.reports),
    ]
    return tuple(sorted(_merged(moments), key=_place))


def _place(moment: Moment) -> tuple[bool, date, int, str, tuple[Span, ...]]:
    return (
        moment.day is None,
        moment.day or date.min,
        _ORDER.index(moment.kind),
        moment.text.casefold(),
        moment.citations,
    )


def _merged(moments: list[Moment]) -> list[Moment]:
    """Return the moments, those that say the same of one day put together; an undated one joins a dated one."""
    found: dict[tuple[str, str, date | None, str], Moment] = {}
    dated: dict[tuple[str, str], tuple[date | None, str]] = {}
    for moment in sorted(moments, key=lambda moment: (moment.day is None, moment.label == UNKNOWN)):
        when = (moment.day, moment.label)
        if moment.kind == "said":
            first = dated.setdefault((moment.kind, moment.text.casefold()), when)
            when = first if moment.label == UNKNOWN else when
        key = (moment.kind, moment.text.casefold(), *when)
        old = found.get(key)
        spans = cited([*old.citations, *moment.citations]) if old else moment.citations
        found[key] = replace(old or moment, citations=spans)
    return list(found.values())


def _contact(encounter: Encounter, names: Mapping[str, str]) -> Moment:
    return Moment(
        day=encounter.date.low if encounter.date else None,
        label=said(encounter.date),
        kind="planned" if encounter.status in _PLANNED else "happened" if encounter.status == "actual" else "said",
        text=described(encounter, names),
        parties=tuple(dict.fromkeys(called(party.name, names) for party in encounter.parties)),
        citations=cited(encounter.tellings),
        about=encounter.id,
        last=encounter.date.high if encounter.date else None,
        precision=encounter.date.precision if encounter.date else "unknown",
    )


def _events(picture: Picture, names: Mapping[str, str]) -> Iterator[Moment]:
    """Yield dated events near the reports that no contact tells already; one of those that share words."""
    reports = by_id(picture)
    used = [span for encounter in picture.encounters for span in encounter.tellings]
    low, high = _horizon(picture)
    for report in picture.reports:
        found = picture.annotations.get(report.id, ())
        told = [span for one in found if isinstance(one, Attribution) for span in one.content]
        for event in found:
            if not isinstance(event, Event) or event.date is None or event.date.precision in _COARSE:
                continue
            day = event.date.low
            if day is None or not low <= day <= high or not is_own(report, event.span):
                continue
            if any(overlap(event.span, span) for span in (*used, *told)):  # what somebody says is told as said
                continue
            used.append(event.span)
            yield _event(event, event.date, words(reports, event.span), names)


def _event(event: Event, when: PartialDate, text: str, names: Mapping[str, str]) -> Moment:
    how = {"alleged": "Alleged: ", "denied": "Denied: ", "hypothetical": "Possible: "}.get(event.status, "")
    return Moment(
        day=when.low,
        label=said(when),
        kind="planned" if event.status in _PLANNED else "happened" if event.status == "actual" else "said",
        text=how + quoted(text, LONGEST_QUOTE),
        parties=tuple(dict.fromkeys(called(party.name, names) for party in (*event.actor, *event.recipient))),
        citations=(event.span,),
        last=when.high,
        precision=when.precision,
    )


def _horizon(picture: Picture) -> tuple[date, date]:
    days = [d for r in picture.reports if r.published for d in (r.published.low, r.published.high) if d]
    if not days:
        return date.min, date.max
    return min(days) - timedelta(days=BACKGROUND_DAYS), max(days) + timedelta(days=HORIZON_DAYS)


def _statements(picture: Picture, names: Mapping[str, str]) -> Iterator[Moment]:
    for claim in picture.claims:
        for position in claim.positions:
            if position.party and (position.stance in TELLING or claim.topic == "figure"):
                yield _statement(claim, position, names)


def _statement(claim: Claim, position: Position, names: Mapping[str, str]) -> Moment:
    plain = position.party and position.resolved and not is_generic(position.party)
    teller = called(position.party, names) if plain and position.party else who(position, names)
    does = agreeing(verb(position).removesuffix(" it"), position.party or "")
    what = _what(claim, position)
    return Moment(
        day=position.date.low if position.date else None,
        label=said(position.date),
        kind="said",
        text=f"{teller} {does}: {what}" if what else f"{teller} {does}",
        parties=(called(position.party, names),) if position.party else (),
        citations=(position.span,),
        about=claim.id,
        last=position.date.high if position.date else None,
        precision=position.date.precision if position.date else "unknown",
    )


def _what(claim: Claim, position: Position) -> str:
    """Return what is stated: for a figure the value that stands in this position, where there is one."""
    if position.stance in ("declines to comment", "silent"):
        return "" if position.quote.startswith("to ") else quoted(position.quote)
    if position.act == "deny" and len(position.quote.split()) >= LEAST_QUOTED:
        return quoted(clause(position.quote))  # what is denied may be less than all that the claim says
    if claim.topic == "figure" and position.act in STANCE_ACTS and position.stance == "asserts":
        return quoted(position.quote)  # who demands the release of 30 fighters demands no 30 fighters
    if claim.topic != "figure" or not is_verbatim(claim):
        return clause(worded(claim))
    inside = [figure for figure in claim.figures if overlap(figure.span, position.span)]
    return stated(inside[0]) if inside else worded(claim)


def _published(report: Report) -> Moment:
    outlet = report.outlet or "An undetermined outlet"
    start = opening(report)
    if report.headline:
        title = quoted(report.headline, LONGEST_QUOTE)
    else:
        title = f"a report without a headline, beginning {quoted(report.text[start.start : start.end], 60)}"
    return Moment(
        day=report.published.low if report.published else None,
        label=said(report.published),
        kind="published",
        text=f"{shorten(outlet, 80)} publishes {title}",
        parties=(),
        citations=(start,),
        last=report.published.high if report.published else None,
        precision=report.published.precision if report.published else "unknown",
    )
