"""Who was in contact with whom: calls, meetings, summons, visits and what is planned of them.

Each telling is a contact of its own; which tellings are one contact is decided later, in fuse. A sent envoy is told as
a delegation of one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from msgspec import structs

from watchfloor.annotate import contact_frames, contact_setting, contact_status, gazetteer, predicates
from watchfloor.annotate.contact_parties import Cast
from watchfloor.annotate.contact_view import Telling, View
from watchfloor.annotate.parties import actors
from watchfloor.core.annotation import Annotation, Attribution, Contact, Mention, Party, Place, Time
from watchfloor.core.report import Report
from watchfloor.core.span import Span

VERSION = "annotate.contacts@3"
_MOVING = frozenset({"visit", "delegation", "invitation", "summons"})
_RECEIVING = frozenset({"host", "summoner"})
_SENT = frozenset("delegation team mission envoy emissary".split())
_AHEAD = frozenset({"planned", "hypothetical"})
_PAST = frozenset({"actual", "alleged"})


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Contact]:
    """Yield every telling of a contact, in text order; a sentence told twice word for word is told once.

    found: mentions, times, places and attributions.
    """
    said = [one for one in found if isinstance(one, Attribution)]
    times = [one for one in found if isinstance(one, Time)]
    places = [one for one in found if isinstance(one, Place)]
    cast = Cast(report, actors(report, [one for one in found if isinstance(one, Mention)], said), places)
    begins = [one.span.start for one in times], [one.span.start for one in places]
    seen: set[str] = set()
    for told in predicates.told(report):
        words = report.text[told.start : told.end]
        if words in seen:
            continue
        seen.add(words)
        cuts = [slice(bisect_left(begin, told.start), bisect_left(begin, told.end)) for begin in begins]
        yield from _told(View(told, cast), times[cuts[0]], places[cuts[1]])


def _told(view: View, times: Sequence[Time], places: Sequence[Place]) -> Iterator[Contact]:
    """Yield the contacts of one sentence and let the cast learn from it."""
    told, cast = view.told, view.cast
    found: list[tuple[Telling, Contact]] = []
    for telling in contact_frames.tellings(view):
        contact = _contact(view, telling, times, places)
        names = {(party.name, party.role) for party in contact.parties}
        again = any(
            (other.contact_type, other.status) == (contact.contact_type, contact.status)
            and names <= {(one.name, one.role) for one in other.parties}
            for _, other in found
        )
        if not again and _counts(telling, contact):
            found.append((telling, contact))
    contacts = _weighed([contact for _, contact in found])
    for contact in contacts:
        _learn_visit(cast, contact)
    yield from (_hosted(cast, contact, places) for contact in contacts)
    together = next((one.sides for one, _ in found if len(one.sides) > 1), ())
    past = [one for one, contact in found if contact.status in _PAST and len(one.sides) > 1]
    met = next((one.sides for one in sorted(past, key=lambda one: one.contact_type == "summons")), ())
    heads = [one.subjects for one in told.predicates if one.kind == "verb" and one.subjects]
    cast.memory.remember([view.sides(phrases) for phrases in heads[:6]], together, met)


def _weighed(contacts: Sequence[Contact]) -> list[Contact]:
    """Return the contacts of a sentence without what is only another side of one of them.

    Who is summoned is spoken to; who travels because the host invited them was invited.
    """
    found = list(contacts)
    for one in contacts:
        if one.contact_type == "summons":
            found = [o for o in found if o.contact_type not in {"meeting", "call"} or not _sides(o) <= _sides(one)]
        if one.contact_type == "invitation" and one.status in _PAST:
            visit = next(
                (o for o in found if o.contact_type == "visit" and o.status in _PAST and _follows(o, one)), None
            )
            if visit is not None:
                inviter = structs.replace(_in_role(one, "inviter")[0], role="host")
                guests = _in_role(visit, "visitor")
                found[found.index(visit)] = structs.replace(visit, parties=(*guests, inviter))
                found.remove(one)
    return found


def _follows(visit: Contact, invitation: Contact) -> bool:
    """Return whether a visit goes to whoever invited the visitor."""
    visitor, host = _in_role(visit, "visitor"), _in_role(visit, "host")
    inviter, invited = _in_role(invitation, "inviter"), _in_role(invitation, "invited")
    return (
        {one.name for one in visitor} == {one.name for one in invited}
        and len(inviter) == 1
        and {one.country for one in host} == {inviter[0].country}
    )


def _in_role(contact: Contact, role: str) -> tuple[Party, ...]:
    return tuple(party for party in contact.parties if party.role == role)


def _learn_visit(cast: Cast, contact: Contact) -> None:
    if contact.contact_type == "visit":
        for guest in _in_role(contact, "visitor"):
            for host in _in_role(contact, "host"):
                cast.memory.visited(guest.name, host.country or host.name)


def _contact(view: View, telling: Telling, times: Sequence[Time], places: Sequence[Place]) -> Contact:
    told, text, p = view.told, view.cast.text, telling.predicate
    kind = telling.contact_type
    place: str | None = None if kind == "call" else contact_setting.place(told, p, places, text, moving=kind in _MOVING)
    receiver = next((one.party for one in telling.sides if one.party.role in _RECEIVING), None)
    if receiver is not None and receiver.country is not None:
        where = next((one.country for one in places if one.name == place), None)
        place = place if where == receiver.country else None  # whoever left Oslo for Rome was in Rome
        if place is None and kind != "summons":
            place = next((one.name for one in places if one.span == receiver.span), None)
    status = contact_status.status(text, (told.start, told.end), p)
    parties = tuple(one.party for one in telling.sides)
    if kind == "visit" and status in _AHEAD and _is_sent(telling):
        kind, parties = "delegation", tuple(_as_sender(one) for one in parties)
    return Contact(
        span=Span(report=view.cast.report.id, start=told.start, end=told.end),
        contact_type=kind,
        parties=parties,
        date=contact_setting.date(told, p, times),
        place=place,
        status=status,
        topic=contact_setting.topic(text, p, told.end),
        generated_by=VERSION,
    )


def _is_sent(telling: Telling) -> bool:
    """Return whether the visitors are a delegation or an envoy without a name: who is still to go is to be sent."""
    p = telling.predicate
    guests = [one for one in telling.sides if one.party.role == "visitor"]
    whose = p.subjects or p.of
    return (
        len(guests) == 1
        and any(one.lemma in _SENT for one in whose)
        and (guests[0].kind != "person" or not guests[0].named or guests[0].party.name.split()[-1] in _SENT)
        and guests[0].party.country is not None
    )


def _as_sender(party: Party) -> Party:
    """Return a visitor as the state that sends them, a host as it is."""
    if party.role != "visitor":
        return party
    state = gazetteer.country_name(party.country or "") or next(
        (party.name[a:b] for a, b, code in gazetteer.countries_in(party.name) if code == party.country), party.name
    )
    return structs.replace(party, role="sender", name=state)


def _hosted(cast: Cast, contact: Contact, places: Sequence[Place]) -> Contact:
    """Return the contact with a state for the party that has none: that where the other is on a visit."""
    where = next((one.country for one in places if one.name == contact.place), None)
    states = [one.country for one in contact.parties]
    if where is None or len(states) != 2 or states.count(None) != 1 or where in states:
        return contact
    at = states.index(None)
    if not cast.memory.is_visiting(contact.parties[1 - at].name, where):
        return contact
    parties = list(contact.parties)
    parties[at] = structs.replace(parties[at], country=where)
    return structs.replace(contact, parties=tuple(parties))


def _counts(telling: Telling, contact: Contact) -> bool:
    """Return whether it is a contact of states or bodies: two sides of which one is public, not both of one state."""
    kind, sides, parties = telling.contact_type, telling.sides, contact.parties
    if any(one.kind == "group" and one.party.country is None for one in sides):
        return False  # "the leaders of five states" name nobody
    if not parties or not any(one.public for one in sides):
        return False
    if kind == "press_briefing":
        return len(parties) == 1
    if len(parties) == 1:
        return kind == "delegation" or (kind == "meeting" and parties[0].country == gazetteer.MANY_STATES)
    if kind == "visit":
        guests, hosts = _in_role(contact, "visitor"), _in_role(contact, "host")
        if not hosts or {one.country for one in guests} & {one.country for one in hosts if one.country}:
            return False
    if not any(one.named for one in sides) and not any(one.country for one in parties):
        return False
    states = [one.country for one in parties]
    if None not in states:
        return len(set(states)) > 1 or states[0] == gazetteer.MANY_STATES
    return any(states) or all(one.kind == "person" and one.named for one in sides)


def _sides(contact: Contact) -> frozenset[str]:
    return frozenset(party.country or party.name for party in contact.parties)
