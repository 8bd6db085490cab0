"""Noun phrases: where one begins, what it is made of, which nouns speak."""

from collections.abc import Sequence

from watchfloor.annotate import titles
from watchfloor.annotate.grammar import CLAUSE, COMPLEMENTISERS, RELATIVE
from watchfloor.annotate.lexicon import table
from watchfloor.annotate.stretches import is_quote
from watchfloor.annotate.tokens import Token

LONGEST = 14  # tokens of a subject without a name in it
_ASKING = frozenset("asked asking speaking spoke requested requesting".split())


def clause_start(items: Sequence[Token], edge: int) -> int:
    """Return where the stretch without a mark or a clause word that ends at `edge` begins."""
    begin = edge
    while begin > 0 and edge - begin <= LONGEST:
        item = items[begin - 1]
        if is_quote(item) or item.text in ",;:—–(" or item.low in CLAUSE:
            break
        begin -= 1
    return begin


def in_phrase(word: Token) -> bool:
    """Tell whether the token can stand inside a noun phrase: a word, or a mark that parts none."""
    return word.word or word.text in ("'s", "’s", "'", "’", ".", "-", "/", "&", "%")


def before_request(items: Sequence[Token], edge: int) -> int:
    """Return the edge before "who asked not to be named" or "on condition of anonymity", `edge` without one."""
    if items[edge - 1].low == "anonymity":
        start = next((at for at in range(edge - 1, max(0, edge - 8), -1) if items[at].low in _ASKING), edge)
    elif edge > 3 and [item.low for item in items[edge - 4 : edge - 1]] == ["not", "to", "be"]:
        start = next((at for at in range(edge - 4, max(0, edge - 8), -1) if items[at].low in _ASKING), edge)
    else:
        return edge
    return start - 1 if start < edge and start > 1 and items[start - 1].low in RELATIVE else start


def can_speak(noun: str) -> bool:
    """Tell whether a common noun, in lower case, means somebody or a body that speaks."""
    return noun in titles.plurals() or noun in table("roles")["groups"] or noun in table("organisations")["described"]


def opens_content(items: Sequence[Token], at: int) -> bool:
    """Tell whether a quotation or a complementiser stands at `at`, so that content surely begins there."""
    return is_quote(items[at]) or items[at].low in COMPLEMENTISERS - {"what", "if", "why", "how"}
