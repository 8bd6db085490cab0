"""Statements about saying nothing, and statements whose word of saying holds a noun: refusals, silence, "expressed"."""

from collections.abc import Sequence

from watchfloor.annotate import acts, contents
from watchfloor.annotate.frames import content_end
from watchfloor.annotate.hits import Hit, Statement
from watchfloor.annotate.tokens import Token

_EXPRESS = frozenset(("express", "convey", "voice"))
_ANSWERS = frozenset("respond reply comment answer".split())
_TOPIC = frozenset("on about regarding over".split())
_NOUN_NEAR = 5  # tokens between "expressed" and its noun
_TOPIC_NEAR = 7  # tokens between "declined" and "on"
_TOLD_NEAR = 14  # tokens of the person to whom regret is expressed


def withheld(text: str, items: Sequence[Token], hit: Hit, limit: int) -> Statement | None:
    """Return the statement of "declined to comment on X", "did not respond to X": X is the content; else None.

    With no X the refusal itself is the content.
    """
    refusal = hit.entry.words[0] in ("decline", "refuse") and hit.end < limit and items[hit.end].low == "to"
    if not refusal and not (hit.negated and hit.entry.words[0] in _ANSWERS):
        return None
    near = range(hit.end, min(limit, hit.end + _TOPIC_NEAR))
    about = next((at + 1 for at in near if items[at].low in _TOPIC), hit.end)
    on_comment = any(items[at].low.startswith("comment") for at in range(hit.at, about))
    at = about if on_comment else hit.end
    begin, end = contents.trimmed(items, at, content_end(text, items, at, limit, False))
    if begin >= end:
        return Statement(hit, ((hit.begin, hit.end),), None, None)
    return Statement(hit._replace(end=max(hit.end, begin if on_comment else hit.end)), ((begin, end),), None, None)


def silent(hit: Hit) -> Statement | None:
    """Return the statement that is the silence itself, its own words being its content; None for other verbs."""
    return Statement(hit, ((hit.begin, hit.end),), None, None) if "S" in hit.entry.frames else None


def expresses(hit: Hit) -> bool:
    """Tell whether the verb needs a noun to mean anything: "expressed", "conveyed", "voiced"."""
    return hit.entry.words[0] in _EXPRESS


def expressed(text: str, items: Sequence[Token], hit: Hit, limit: int) -> Statement | None:
    """Return the statement of "expressed his gratitude for X": the noun belongs to the cue, "for X" is the content.

    A noun that somebody else owns, or that is quoted, belongs to the content.
    """
    near = range(hit.end, min(limit, hit.end + _NOUN_NEAR))
    noun = next((at for at in near if acts.of_noun(items[at].text)), None)
    owned = any(not items[at].word for at in range(hit.end, noun)) if noun is not None else True
    end = hit.end if noun is None or owned else noun + 1
    at = _behind_addressee(items, end, limit) if end > hit.end else end
    content = contents.trimmed(items, at, content_end(text, items, at, limit, False)) if at < limit else (at, at)
    if content[0] >= content[1]:
        content, end = contents.trimmed(items, hit.end, limit), hit.end
    if content[0] >= content[1]:
        return None
    return Statement(hit._replace(end=end), (content,), None, None)


def _behind_addressee(items: Sequence[Token], at: int, limit: int) -> int:
    """Return the index behind "to Ambassador Ann Lee" in "conveyed regret to Ambassador Ann Lee over ..."."""
    if at + 1 >= limit or items[at].low != "to" or not items[at + 1].capital:
        return at
    near = range(at, min(limit, at + _TOLD_NEAR))
    return next((one for one in near if items[one].low in ("over", "for", "about", "that")), at)
