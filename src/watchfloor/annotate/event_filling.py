"""Whether enough stands in a sentence for an event of a trigger: who acts, on whom, with what name."""

from collections.abc import Sequence

from watchfloor.annotate.event_sides import AGENTS
from watchfloor.annotate.event_status import Standing
from watchfloor.annotate.event_typing import HARMING, WISHING
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.triggers import Trigger
from watchfloor.core.annotation import Party

_GIVING = frozenset("pledge promise offer vow give grant commitment".split())
_WITHOUT_RECIPIENT = frozenset(
    {"AGREE", "CONSULT", "REQUEST", "ACCUSE", "REJECT", "PROTEST", "MOBILIZE", "RETREAT", "CONCEDE"}
)
"""Types that PLOVER 0.8 lets stand without a recipient and that are events without one in a sentence of news."""


def fills(
    one: Predicate,
    row: Trigger,
    how: Standing,
    actor: Sequence[Party],
    recipient: Sequence[Party],
    inner: Sequence[Predicate],
) -> bool:
    """Tell whether enough stands there for an event: an actor that is named, or described with a named recipient."""
    named = any(party.country or _is_name(party.name) for party in (*actor, *recipient))
    named = named or bool(actor and recipient and row.event_type in HARMING)
    if "both" in row.flags:
        if "party" in row.flags and not recipient and one.kind == "verb" and one.lemma != "meet":
            return False
        return len({party.country or party.name for party in (*actor, *recipient)}) > 1 and named
    promised = how.status == "planned" and how.word != "would" and row.event_type == "AID" and row.wants != "troops"
    if not actor or not named or ("party" in row.flags and not recipient and not promised):
        return False
    if one.kind == "noun" and not recipient and (not one.light or row.event_type == "PROTEST"):
        return False
    if "near" in row.flags and not recipient and not inner:
        return False
    if row.event_type == "REQUEST":
        if row.word == "want" and not any(party.country or _is_name(party.name) for party in recipient):
            return False
        if row.word == "want" and not inner:
            return False
        return bool(recipient or (inner and row.word != "want") or (row.word in {"demand", "urge"} and one.objects))
    if row.event_type == "AGREE" and "verbal" in row.flags:
        if row.word in WISHING and (one.objects or not recipient):
            return False
        return bool(inner) or bool(recipient and row.word in _GIVING)
    return bool(recipient) or promised or "none" in row.flags or row.event_type in _WITHOUT_RECIPIENT


def _is_name(words: str) -> bool:
    """Tell whether it is a name, not the first word of a sentence: "Police", "Rebels"."""
    return words[:1].isupper() and words.lower().rstrip("s") not in AGENTS
