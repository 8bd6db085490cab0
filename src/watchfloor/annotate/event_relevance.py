"""Whether an event is one of public life: somebody in it stands for a state, a body, a party, an armed group.

PLOVER codes politics. That a diner was visited, a daughter's school paid for, a husband urged to stay, or one club
hosts another is told with the same verbs.
"""

from collections.abc import Sequence

from watchfloor.annotate import gazetteer
from watchfloor.annotate.event_ground import Coded
from watchfloor.core.annotation import Party

_PUBLIC = frozenset("GOV MIL LEG JUD SPY COP PTY REB OPP IGO NGO UAF PRE UIS PRM ELI".split())
"""PLOVER sectors of those who act in public life; business, media, science, faith and citizens do so beside them."""
_BODIES = _PUBLIC | frozenset("BUS LAB REL MED EDU REF JRN".split())
_OF_BODIES = frozenset({"summon", "call_in", "inspect", "scrutinise", "scrutinize"})
_GOING = frozenset("arrive land travel fly journey host greet".split())
_MUTUAL = frozenset({"CONSULT"})


def is_public(coded: Coded) -> bool:
    """Tell whether an event belongs to public life, by its type and who its sides are."""
    kind, under = coded.event_type, coded.underlying
    if coded.trigger.word in _GOING and not any(one.country or one.sector in _PUBLIC for one in coded.recipient):
        return False
    if coded.trigger.word == "complain":
        return has_office([*coded.actor, *coded.recipient])
    if kind in _MUTUAL or (kind == "AGREE" and under in _MUTUAL):
        return has_office(coded.actor)
    if kind in {"REQUEST", "AID"}:
        return has_office([*coded.actor, *coded.recipient])
    if kind == "MOBILIZE":
        return has_office(coded.actor)
    if kind == "AGREE":
        return any(one.sector in _BODIES or one.country for one in (*coded.actor, *coded.recipient))
    if kind == "THREATEN" and coded.trigger.word in {"warn", "caution"}:
        return has_office(coded.recipient)
    if kind == "ACCUSE" and coded.trigger.word in _OF_BODIES:
        return has_office(coded.recipient)
    return True


def has_office(parties: Sequence[Party]) -> bool:
    """Tell whether one of them is a state or somebody of public life; whose country alone is known may be."""
    return any(one.sector in _PUBLIC or (one.sector is None and _stands_for_a_state(one)) for one in parties)


def _stands_for_a_state(party: Party) -> bool:
    return party.country is not None and (
        party.name[:1].isupper() or party.name == gazetteer.country_name(party.country)
    )
