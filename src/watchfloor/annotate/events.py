"""Who did what to whom: events in the terms of PLOVER 0.8, from contacts and from trigger words.

A modest coder that would rather miss than invent: an event needs a trigger and an actor. Every event's span is the
sentence, so that the words it rests on can be read.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from msgspec import Struct, structs

from watchfloor.annotate import modality, scenes
from watchfloor.annotate.parties import Actor
from watchfloor.annotate.scenes import Scene
from watchfloor.core.annotation import Act, Annotation, Attribution, Contact, Event, Party, Status
from watchfloor.core.report import Report
from watchfloor.core.span import Span

VERSION = "annotate.events@2"

_AHEAD: frozenset[Status] = frozenset({"planned", "hypothetical"})
_PROMISED = frozenset({"AID", "COOPERATE", "CONSULT", "SUPPORT"})  # ahead of time these are AGREE (PLOVER 0.8, AGREE)
_FAR = 70  # characters after a trigger in which its recipient begins (assumed)
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are)\s(?:\w+ly\s|also\s)?$")
_THING = re.compile(r"\b(?:a|an|the|its|his|her|their|this|that|these|such|[\w]+['’]s)\s(?:[a-z]+\s)?$")
_REFUSED = re.compile(r"\b(?:refus\w+|declin\w+|oppos\w+|not|never|against|without|unwilling)\s(?:to\s)?$")
_SENDING = re.compile(
    r"(?:['’]s?\s|\b)(?:[a-z]+\s){0,2}?(?:deployment|dispatch|sending|supply|provision|transfer)\s(?:of\s[^.;,]{3,50}?\s)?to\s(?=[A-Z]|aid|support|help)"
)


class Trigger(Struct, frozen=True):
    """Words that tell an event; recipient: where the other side stands."""

    event_type: str
    mode: str | None
    recipient: str
    words: re.Pattern[str]


_ALLEGING: frozenset[Act] = frozenset({"assert", "condemn", "predict", "justify"})


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Event]:
    """Yield events in text order, one for each sentence and set of sides.

    found: mentions, times, places, attributions and contacts. A contact is CONSULT, a summons ACCUSE, a planned
    contact AGREE.
    """
    events = [_of_contact(one) for one in found if isinstance(one, Contact) and one.contact_type != "press_briefing"]
    said = [one for one in found if isinstance(one, Attribution)]
    for scene in scenes.scenes(report, found):
        events += _coded(scene, [one for one in said if one.span.start < scene.end and scene.start < one.span.end])
    seen: set[tuple[object, ...]] = set()
    for event in sorted(events, key=lambda one: one.span.start):
        key = (event.span, event.event_type, _names(event.actor), _names(event.recipient))
        if key not in seen:
            seen.add(key)
            yield event


def _names(parties: Sequence[Party]) -> tuple[str, ...]:
    return tuple(sorted(party.name for party in parties))


def _of_contact(contact: Contact) -> Event:
    """Return the contact as PLOVER codes it: visitor, sender, summoner act; else all parties do."""
    kind = contact.contact_type
    if kind == "summons":
        event_type, mode = "ACCUSE", "disapprove"
    elif contact.status in _AHEAD or kind in {"invitation", "delegation"}:
        event_type, mode = "AGREE", None
    else:
        event_type, mode = "CONSULT", {"call": "phone", "visit": "visit"}.get(kind)
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
        generated_by=VERSION,
    )


def _coded(scene: Scene, said: Sequence[Attribution]) -> Iterator[Event]:
    """Yield the events of the trigger words of one sentence; said: the statements in it."""
    for trigger in _triggers():
        for match in trigger.words.finditer(scene.text, scene.start, scene.end):
            event = _event(scene, trigger, match)
            if event is not None:
                yield _as_told(event, match.start(), said)
    for match in _SENDING.finditer(scene.text, scene.start, scene.end):
        actor = scenes.owner(scene, match.start() + 2) or scenes.owner(scene, match.end() - 4)
        recipient = scenes.target(scene, match.end() - 1, 25)
        if actor and recipient:
            yield _make(scene, "AID", None, (actor, recipient), match)


def _as_told(event: Event, at: int, said: Sequence[Attribution]) -> Event:
    """Return an event that somebody denies as denied, and one that somebody only says as alleged."""
    if event.status != "actual":
        return event
    acts = {one.act for one in said if any(span.start <= at < span.end for span in one.content)}
    if "deny" in acts:
        return structs.replace(event, status="denied")
    return structs.replace(event, status="alleged") if acts & _ALLEGING and "confirm" not in acts else event


def _event(scene: Scene, trigger: Trigger, match: re.Match[str]) -> Event | None:
    """Return the event of one trigger, None when nobody does it or the word is a noun here."""
    before = scene.text[max(scene.start, match.start() - 24) : match.start()]
    if _THING.search(before) or _REFUSED.search(before):
        return None
    if _PASSIVE.search(before) and re.match(r"\w+ed\b|sent\b", match[0]):
        actor = scenes.agent(scene, match.end())
        recipient = scenes.subject(scene, match.start())
    else:
        actor = scenes.subject(scene, match.start())
        recipient = _recipient(scene, trigger, match, actor)
    if not actor or not scenes.parties_of(actor):
        return None
    return _make(scene, trigger.event_type, trigger.mode, (actor, recipient), match)


def _recipient(scene: Scene, trigger: Trigger, match: re.Match[str], actor: Sequence[Actor]) -> list[Actor]:
    if trigger.recipient == "none":
        return []
    if trigger.recipient in {"to", "with"}:
        found = scenes.partner(scene, match.end(), to=trigger.recipient == "to")
        if found or trigger.recipient == "with":
            return found
    if trigger.recipient == "against":
        return [one for one in scenes.target(scene, match.end(), 200) if one not in actor]
    return [one for one in scenes.target(scene, match.end(), _FAR) if one not in actor]


def _make(
    scene: Scene,
    event_type: str,
    mode: str | None,
    sides: tuple[Sequence[Actor], Sequence[Actor]],
    match: re.Match[str],
) -> Event:
    status = modality.status(scene.text, (scene.start, scene.end), (match.start(), match.end()))
    if status in _AHEAD and event_type in _PROMISED:
        event_type, mode = "AGREE", None
    actor = scenes.parties_of(sides[0])
    names = {party.name for party in actor}
    return Event(
        span=Span(report=scene.report, start=scene.start, end=scene.end),
        event_type=event_type,
        mode=mode,
        actor=tuple(actor),
        recipient=tuple(party for party in scenes.parties_of(sides[1]) if party.name not in names),
        status="planned" if event_type == "AGREE" and status == "actual" else status,
        date=scenes.date_near(scene, match.start(), match.end()),
        place=scenes.place_near(scene, match.end()),
        generated_by=VERSION,
    )


@cache
def _triggers() -> tuple[Trigger, ...]:
    text = resources.files("watchfloor.annotate").joinpath("data", "triggers.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(Trigger(row[0], row[1] or None, row[2], re.compile(rf"\b(?:{row[3]})\b")) for row in rows)
