"""What stands before a verb: its auxiliaries, adverbs and expressions of time."""

from collections.abc import Sequence
from typing import NamedTuple

from watchfloor.annotate.grammar import ADVERBS, AUXILIARIES, BE, MODALS, NEGATED, PRONOUNS, RAISING, TIME, TIME_LEADS
from watchfloor.annotate.tokens import Token

_FARTHEST = 8  # tokens between a subject and its verb


class Verb(NamedTuple):
    """What stands before a verb form: index after its subject, and what the auxiliaries make of it."""

    edge: int
    perfect: bool
    passive: bool
    modal: bool
    negated: bool
    to: bool


def verb_group(items: Sequence[Token], at: int) -> Verb:
    """Return what the adverbs and auxiliaries before the verb at `at` say."""
    edge = at
    perfect = passive = modal = negated = to = False
    while edge > 0 and at - edge < _FARTHEST:
        low = items[edge - 1].low
        if low in AUXILIARIES or low in NEGATED:
            perfect = True
            negated = negated or low in NEGATED
        elif low in BE or (low in ("'s", "’s", "'re", "’re") and edge > 1 and items[edge - 2].low in PRONOUNS):
            passive = True
        elif low == "to" and edge > 1 and items[edge - 2].low in RAISING:
            perfect = True
            edge -= 2 if items[edge - 2].low == "on" else 1
        elif low in MODALS:
            modal = modal or low != "to"
            to = to or low == "to"
        elif low in ("not", "never", "n't"):
            negated = True
        elif low not in ADVERBS and not _is_adverb(items[edge - 1]):
            break
        edge -= 1
    return Verb(_before_time(items, edge), perfect, passive, modal, negated, to)


def _is_adverb(item: Token) -> bool:
    """Tell whether the word ends as an adverb does; with a capital it is a name ("Connolly")."""
    return item.low.endswith(("ly", "wise")) and item.low not in ("family", "ally") and not item.capital


def _before_time(items: Sequence[Token], edge: int) -> int:
    """Return the edge before an expression of time: the "on Monday" of "Yoon on Monday said"."""
    at = edge
    while at > 0 and (items[at - 1].low in TIME or (items[at - 1].text[0].isdigit() and at < edge)):
        at -= 1
    if at < edge:
        while at > 0 and items[at - 1].low in TIME_LEADS:
            at -= 1
    return at if at > 0 else edge
