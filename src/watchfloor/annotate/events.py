"""Who did what to whom: events in the terms of PLOVER 0.8, from contacts and from the predicates of every sentence.

A coder that would rather miss than invent: an event needs a trigger and an actor. Every event's span is the sentence,
its trigger the words that tell it, and `because` says which rule or score decided.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from msgspec import structs

from watchfloor.annotate import event_coding, gazetteer, reading, scenes
from watchfloor.annotate.event_check import checked
from watchfloor.annotate.event_ground import Coded, Ground
from watchfloor.annotate.event_relevance import has_office, is_public
from watchfloor.annotate.event_sides import Sides, subject_of
from watchfloor.annotate.parties import KINDS, actors
from watchfloor.annotate.predicates import Told, of_sentence
from watchfloor.annotate.scenes import Scene
from watchfloor.core.annotation import (
    Act,
    Annotation,
    Attribution,
    Contact,
    Event,
    Mention,
    Party,
    Place,
    Quantity,
    Status,
    Time,
)
from watchfloor.core.report import Report
from watchfloor.core.span import Span

VERSION = "annotate.events@3"

_AHEAD: frozenset[Status] = frozenset({"planned", "hypothetical"})
_ALLEGING: frozenset[Act] = frozenset({"assert", "condemn", "predict", "justify"})
_OURS = frozenset({"government", "the government", "our government", "our party", "our country", "our nation"})
_MET = frozenset({"CONSULT", "AGREE"})  # what a contact may be coded as
_MATERIAL = frozenset(
    {"AID", "COOPERATE", "RETREAT", "MOBILIZE", "SANCTION", "COERCE", "ASSAULT", "PROTEST", "CONSULT"}
)
"""What happens or does not: with these it matters who says so; words of praise or blame are there to be read."""


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Event]:
    """Yield events in text order, none twice in one sentence.

    found: mentions, times, places, quantities, attributions and contacts. A contact is CONSULT, a summons ACCUSE, a
    planned contact AGREE.
    """
    met = [one for one in found if isinstance(one, Contact) and _is_coded(one)]
    events = [_of_contact(one) for one in met]
    said = sorted((one for one in found if isinstance(one, Attribution)), key=lambda one: one.span.start)
    for told, ground in _grounds(report, found):
        here = [one for one in events if one.span.start < told.end and told.start < one.span.end]
        around = _overlapping(said, told.start, told.end)
        for coded in event_coding.coded(told, ground):
            sure = None if _again(coded, here) or not is_public(coded) else checked(report.text, coded, told)
            if sure is not None:
                events.append(_as_told(_event(sure, told, ground), around))
    body = [(one.start, one.end) for one in report.parts("body")]
    ordered = sorted(events, key=lambda one: (not _inside(one, body), *_place(one)))
    yield from sorted(_once(ordered), key=_place)


def _is_coded(contact: Contact) -> bool:
    """Tell whether a contact is an event: no press briefing, and no journey of somebody without an office."""
    if contact.contact_type == "visit":
        return has_office([one for one in contact.parties if one.role != "host"])
    return contact.contact_type != "press_briefing"


def _place(event: Event) -> tuple[int, int]:
    return event.span.start, event.trigger.start if event.trigger else 0


def _inside(event: Event, body: Sequence[tuple[int, int]]) -> bool:
    """Tell whether an event is told in the body, not in a headline or caption; body: in text order."""
    at = bisect_right(body, event.span.start, key=lambda one: one[0])
    return at > 0 and event.span.start < body[at - 1][1]


def _once(events: Sequence[Event]) -> Iterator[Event]:
    """Yield the events of a report, one that is told again only once: the first, in the body rather than elsewhere."""
    told: dict[tuple[object, ...], list[Event]] = {}
    for event in events:
        ahead = event.status in _AHEAD
        key = (event.event_type, event.underlying, _names(event.actor), _names(event.recipient), ahead)
        before = told.setdefault(key, [])
        if not any(_same_day(one, event) for one in before):
            before.append(event)
            yield event


def _same_day(one: Event, other: Event) -> bool:
    """Tell whether nothing in their dates and places parts two events of the same sides."""
    if one.span == other.span or one.date is None or other.date is None:
        return True
    return one.date.value == other.date.value


def _names(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(sorted(party.country or party.name for party in parties))


def _again(coded: Coded, here: Sequence[Event]) -> bool:
    """Tell whether a contact of the sentence is the same already."""
    if coded.event_type not in _MET and coded.trigger.word not in {"summon", "call_in"}:
        return False
    sides = {party.country or party.name for party in (*coded.actor, *coded.recipient)}
    for one in here:
        if one.event_type in {coded.event_type, "CONSULT", "ACCUSE"} and one.trigger is None:
            met = {party.country or party.name for party in (*one.actor, *one.recipient)}
            if coded.underlying in {None, "CONSULT"} and (sides & met or not coded.recipient):
                return True
    return False


def _grounds(report: Report, found: Sequence[Annotation]) -> Iterator[tuple[Told, Ground]]:
    """Yield every sentence with what is known in it; a passage told before word for word is left out."""
    said = [one for one in found if isinstance(one, Attribution)]
    mentions = [one for one in found if isinstance(one, Mention)]
    every = actors(report, mentions, said)
    peoples = [one for one in mentions if one.country or one.type in {"nationality", "group"}]
    times = [one for one in found if isinstance(one, Time)]
    places = [one for one in found if isinstance(one, Place)]
    amounts = [one for one in found if isinstance(one, Quantity)]
    starts = [one.start for one in every]
    begins = [[one.span.start for one in kind] for kind in (peoples, times, places, amounts)]
    seen: set[str] = set()
    it: tuple[Party, ...] = ()
    for passage in report.parts(*KINDS):
        words = report.text[passage.start : passage.end]
        if words in seen:
            continue
        seen.add(words)
        for offset, paragraph in reading.read(report.text, passage.start, passage.end):
            for sentence in paragraph.sentences:
                told = of_sentence(report.text, offset, paragraph, sentence)
                acting = every[bisect_left(starts, told.start) : bisect_left(starts, told.end)]
                cuts = [slice(bisect_left(one, told.start), bisect_left(one, told.end)) for one in begins]
                scene = Scene(report.id, report.text, told.start, told.end, acting, times[cuts[1]], places[cuts[2]])
                sides = Sides(report.id, report.text, acting, peoples[cuts[0]], it)
                yield told, Ground(scene, sides, amounts[cuts[3]])
                it = _spoken_of(told, sides) or it


def _spoken_of(told: Told, sides: Sides) -> tuple[Party, ...]:
    """Return what "it" or "they" of the next sentence stands for: who does the first verb of this one."""
    people = {party.name for one in sides.actors if one.kind == "person" for party in one.parties}
    for one in told.predicates[:6]:
        if one.governors and one.governors[0].relation in {"acl", "acl:relcl"}:
            continue
        if one.kind == "verb" and (found := subject_of(sides, one)):
            return tuple(party for party in found[:2] if party.name not in people)
    return ()


def _overlapping(said: Sequence[Attribution], start: int, end: int) -> list[Attribution]:
    """Return the statements that reach into a sentence; said: by their beginning."""
    until = bisect_right(said, end, key=lambda one: one.span.start)
    return [one for one in said[max(0, until - 20) : until] if one.span.end > start]


def _of_contact(contact: Contact) -> Event:
    """Return the contact as PLOVER codes it: visitor, sender, summoner act; else all parties do."""
    kind = contact.contact_type
    if kind == "summons":
        event_type, mode, cameo = "ACCUSE", "disapprove", "113"
    elif contact.status in _AHEAD or kind in {"invitation", "delegation"}:
        event_type, mode, cameo = "AGREE", None, "036"
    else:
        event_type = "CONSULT"
        mode, cameo = {"call": ("phone", "041"), "visit": ("visit", "042")}.get(kind, (None, "040"))
    acting = {"visitor", "sender", "summoner", "inviter", "briefer", "caller"}
    actor = tuple(party for party in contact.parties if party.role in acting) or contact.parties
    return Event(
        span=contact.span,
        event_type=event_type,
        mode=mode,
        actor=actor,
        recipient=tuple(party for party in contact.parties if party not in actor),
        status=contact.status,
        date=contact.date,
        place=contact.place,
        underlying="CONSULT" if event_type == "AGREE" else None,
        cameo=cameo,
        because=f"a {kind} of the contact log, {contact.status}",
        generated_by=VERSION,
    )


def _event(coded: Coded, told: Told, ground: Ground) -> Event:
    """Return what was coded with its words, date, place and quantity."""
    scene, one = ground.scene, coded.predicate
    return Event(
        span=Span(report=scene.report, start=told.start, end=told.end),
        event_type=coded.event_type,
        mode=coded.mode,
        actor=tuple(coded.actor),
        recipient=tuple(coded.recipient),
        status=coded.status,
        date=scenes.date_near(scene, one.start, one.end),
        place=scenes.place_near(scene, one.end),
        trigger=Span(report=scene.report, start=one.start, end=one.end),
        underlying=coded.underlying,
        quantity=coded.quantity,
        contexts=ground.contexts(told),
        cameo=coded.cameo,
        because=coded.because,
        generated_by=VERSION,
    )


def _as_told(event: Event, said: Sequence[Attribution]) -> Event:
    """Return an event with who says it: one that somebody denies as denied, one that somebody only says as alleged."""
    at = event.trigger.start if event.trigger else event.span.start
    holding = [one for one in said if any(span.start <= at < span.end for span in one.content)]
    names = tuple(dict.fromkeys(one.speaker for one in holding if one.speaker and not one.machine_generated))
    event = structs.replace(event, asserted_by=names) if names else event
    speaker = next((one for one in holding if one.speaker and one.kind != "indirect"), None)
    if speaker is not None and speaker.speaker and len(event.actor) == 1 and event.actor[0].name.lower() in _OURS:
        own = structs.replace(
            event.actor[0], name=speaker.speaker, country=gazetteer.country_of(speaker.speaks_for or "")
        )
        because = f"{event.because}; {event.actor[0].name!r} in direct speech is the speaker's own"
        event = structs.replace(event, actor=(own,), because=because)
    acts = {one.act for one in holding}
    if event.status != "actual" or event.event_type not in _MATERIAL:
        return event
    acting = {party.name for party in event.actor}
    if "deny" in acts:
        because = f"{event.because}; denied by {', '.join(names) or 'somebody'}"
        return structs.replace(event, status="denied", because=because)
    if acts & _ALLEGING and "confirm" not in acts and not acting & set(names):
        because = f"{event.because}; alleged, as {', '.join(names) or 'somebody'} says it"
        return structs.replace(event, status="alleged", because=because)
    return event
