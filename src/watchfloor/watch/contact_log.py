"""The contact log: who met, called or summoned whom, and how certain that is."""

from collections.abc import Mapping, Sequence

from watchfloor.core.annotation import ContactType, Party, Status
from watchfloor.core.brief import Line
from watchfloor.core.encounter import Encounter
from watchfloor.core.picture import Picture
from watchfloor.watch.days import said
from watchfloor.watch.naming import called
from watchfloor.watch.reading import cited, placed
from watchfloor.watch.wording import LONGEST_NAME, capital, count, listed, sentence, shorten

TYPE_WORDS: Mapping[ContactType, str] = {
    "call": "call",
    "meeting": "meeting",
    "summons": "summons",
    "visit": "visit",
    "briefing": "briefing",
    "press_briefing": "press briefing",
    "delegation": "delegation",
    "envoy": "envoy",
    "invitation": "invitation",
    "letter": "letter",
}
STATUS_WORDS: Mapping[Status, str] = {
    "actual": "held",
    "planned": "planned",
    "alleged": "alleged",
    "denied": "denied",
    "hypothetical": "possible",
}
_MUTUAL = frozenset({"call", "meeting"})
_SENDING = ("visitor", "sender", "summoner", "inviter", "briefer", "caller", "writer", "envoy", "guest", "delegat")
_RECEIVING = ("host", "summoned", "invited", "briefed", "called", "recipient", "addressee", "receiver")
MOST_PARTIES = 5  # parties named in one sentence; assumed


def contact_log(
    picture: Picture,
    *,
    contact_type: ContactType | None = None,
    party: str | None = None,
    status: Status | None = None,
) -> tuple[Encounter, ...]:
    """Return the contacts by first possible day, undated last, narrowed to a type, a party and a status.

    party: words of a name ("yoon", "rutte") in any order and case, or an ISO 3166-1 alpha-3 code ("KOR").
    """
    kept = [
        encounter
        for encounter in picture.encounters
        if (contact_type is None or encounter.contact_type == contact_type)
        and (status is None or encounter.status == status)
        and (party is None or any(_is_called(one, party) for one in encounter.parties))
    ]
    return tuple(sorted(kept, key=lambda one: (placed(one.date), said(one.date), one.contact_type, one.id)))


def _is_called(party: Party, asked: str) -> bool:
    wanted = asked.casefold().split()
    if party.country and wanted == [party.country.casefold()]:
        return True
    name = party.name.casefold()
    return bool(wanted) and all(word in name for word in wanted)


def described(encounter: Encounter, names: Mapping[str, str]) -> str:
    """Return the contact in words, without its date: "Call between A and B"."""
    senders, receivers, others = _sides(encounter, names)
    noun = TYPE_WORDS[encounter.contact_type]
    if encounter.status != "actual":
        noun = f"{STATUS_WORDS[encounter.status]} {noun}"
    everyone = [*senders, *receivers, *others]
    if not everyone:
        text = f"{noun}, parties not named"
    elif encounter.contact_type == "summons" and senders and receivers:
        text = f"{noun} of {_named(receivers)} by {_named([*senders, *others])}"
    elif encounter.contact_type not in _MUTUAL and senders and receivers:
        text = f"{noun} of {_named([*senders, *others])} to {_named(receivers)}"
        text = text.replace("briefing of", "briefing by", 1)
    elif len(everyone) > 1:
        text = f"{noun} {'between' if encounter.contact_type in _MUTUAL else 'involving'} {_named(everyone)}"
    else:
        text = f"{noun} {'by' if 'briefing' in noun else 'of'} {everyone[0]}"
    return capital(text + _where(encounter, everyone))


def _where(encounter: Encounter, everyone: Sequence[str]) -> str:
    """Return where it took place, unless a party's name says it: a visit to South Korea needs no "(Korea)"."""
    place = shorten(encounter.place, LONGEST_NAME) if encounter.place else ""
    words = set(place.split())
    return f" ({place})" if place and not any(words <= set(name.split()) for name in everyone) else ""


def _named(parties: Sequence[str]) -> str:
    return listed(list(dict.fromkeys(parties)), most=MOST_PARTIES)


def _sides(encounter: Encounter, names: Mapping[str, str]) -> tuple[list[str], list[str], list[str]]:
    senders: list[str] = []
    receivers: list[str] = []
    others: list[str] = []
    for party in encounter.parties:
        role = (party.role or "")[:LONGEST_NAME].casefold()
        name = called(party.name, names)
        if any(word in role for word in _RECEIVING):
            receivers.append(name)
        elif any(word in role for word in _SENDING):
            senders.append(name)
        else:
            others.append(name)
    if receivers and others and not senders:
        senders, others = others, []
    return senders, receivers, others


def lines(
    encounters: Sequence[Encounter], names: Mapping[str, str], every: Sequence[Encounter] = ()
) -> tuple[Line, ...]:
    """Return one line a contact, with its date as far as it is known and who tells it.

    every: all contacts there are. A plan that one of them carries out says so and cites it too: who may not know of the
    one may not read of the other.
    """
    by_id = {encounter.id: encounter for encounter in every}
    return tuple(
        _line(encounter, by_id.get(encounter.carried_out_by or ""), names)
        for encounter in encounters
        if encounter.tellings
    )


def _line(encounter: Encounter, done: Encounter | None, names: Mapping[str, str]) -> Line:
    citations = cited((*(done.tellings if done else ()), *encounter.tellings))
    if done is not None and not {span.report for span in done.tellings} <= {span.report for span in citations}:
        done, citations = None, cited(encounter.tellings)  # not all can be cited, and what is not cited is not told
    told = count(len({span.report for span in encounter.tellings}), "report")
    by = listed([called(name, names) for name in encounter.told_by], most=3)
    text = f"{said(encounter.date)}: {_lower(described(encounter, names))}; told in {told}"
    text += f", said by {by}" if by else ""
    text += f"; carried out {said(done.date)}" if done is not None else ""
    return Line(text=sentence(text), citations=citations, about=encounter.id)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
