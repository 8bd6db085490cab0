"""For whom somebody speaks: the body or state in a title, the state of a body."""

import re

from watchfloor.resolve import bodies, names, roles, states
from watchfloor.resolve.cast import Cast, Known

_OF = re.compile(r"\b(?:of|for)\s+(?:the\s+)?(?P<body>[^,]+)$")
_STATE_KINDS = frozenset({"ministry", "agency", "office", "embassy", "government", "military"})
_OWN_VOICE = frozenset({"institute", "university"})  # who works there speaks for himself


def stands_for(known: Known, cast: Cast) -> str | None:
    """Return the body or state that one of the cast speaks for, None when the words do not say."""
    if known.type != "person":
        official = known.body is None or known.body.kind in _STATE_KINDS or states.seat(known.name)
        return states.name_of(known.country) if official else None
    for title in known.titles:
        if roles.speaks_for_others(title):
            found = _in_title(title, cast) or states.name_of(known.country)
            if found:
                return found
    return None


def _in_title(title: str, cast: Cast) -> str | None:
    """Return the body or state in a title.

    >>> _in_title("NATO Secretary General", Cast()), _in_title("Japanese Ambassador to Australia", Cast())
    ('NATO', 'Japan')
    """
    code, rest = states.leading(title)
    if code:
        return states.name_of(code)
    if found := _OF.search(title):
        return _body(found["body"], cast)
    before = rest.split()
    for count in range(1, len(before)):
        if bodies.international(" ".join(before[:count])):
            return _body(" ".join(before[:count]), cast)
    for count in range(len(before) - 1, 0, -1):
        words = " ".join(before[:count])
        known = bodies.international(words) or names.fold(words) in cast.by_name
        if known and words[0].isupper() and not roles.is_role(words):
            return _body(words, cast)
    return None


def _body(words: str, cast: Cast) -> str | None:
    """Return the fullest name of a body or state, None for words that name neither."""
    given = bodies.parse(words)
    name = bodies.bare(words)
    known = cast.by_name.get(names.fold(given.acronym or "")) or cast.by_name.get(given.plain)
    if known and known.type == "organisation":
        state = states.name_of(known.country) if known.country and given.kind in _STATE_KINDS else None
        return known.name if bodies.is_name(known.name) or not state else _of_state(known.name, state)
    if code := states.state(name):
        return states.name_of(code)
    if given.kind in _OWN_VOICE:
        return None
    if given.country and given.kind in _STATE_KINDS and not given.named:
        return _of_state(name, states.name_of(given.country) or given.country)
    return name if given.kind or bodies.international(name) else None


def _of_state(name: str, state: str) -> str:
    """Return a body with its state once: "the presidency" is "Kenya's presidency", "Kenyan presidency" names it."""
    bare = bodies.bare(name)
    return bare if bodies.parse(bare).country else f"{state}'s {bare}"
