"""A party of a contact and what kind of party it is; which words make it a public one."""

import re

from msgspec import Struct

from watchfloor.annotate import gazetteer, titles
from watchfloor.annotate.parties import Actor
from watchfloor.core.annotation import Party

_PUBLIC = re.compile(
    r"\b(?:minist(?:er|ry)|president|presiden(?:cy|tial)|premier|PM|chancellor|secretary|ambassador|envoy|king|queen|prince(?:ss)?|emir|pope"
    r"|sultan|leader|general|admiral|marshal|chief|commissioner|diplomat|officials?|spokes\w+|commander|adviser|advisor|government"
    r"|representative|chairman|chairwoman|chair|governor|consul|charg[eé]|emissary|negotiator|mediator|embassy|commission"
    r"|council|parliament|kremlin|white\shouse|agency|delegation|congress|senate|assembly|department|intelligence|army"
    r"|cabinet|counterpart|head\sof\sstate|deputy|speaker|union|nation|NATO|EU)s?\b",
    re.I,
)
NOT_PUBLIC = re.compile(
    r"\b(?:chief\sexecutive|CEO|executive|founder|businessm\w+|coach|manager|captain|union\sleader)\b", re.I
)


class Side(Struct, frozen=True):
    """A party of a contact, and what it is: kind as in `Actor`, or "office" for a description.

    public: it holds an office or is a state or a public body, as the report says somewhere.
    """

    party: Party
    kind: str
    public: bool
    named: bool


def is_name(actor: Actor) -> bool:
    """Tell whether an actor is named, not described by an office."""
    name = actor.parties[0].name
    return name[:1].isupper() and not any(titles.is_head(word) for word in name.split())


def is_public(words: str) -> bool:
    """Tell whether the words name an office or a body of a state, and not a company's."""
    return _PUBLIC.search(words) is not None and NOT_PUBLIC.search(words) is None


def is_same(one: Party, other: Party) -> bool:
    """Return whether two names of one report are one party: a state, or a name and part of it."""
    if one.country is not None and one.country == other.country:
        return True
    few, many = sorted((set(one.name.split()), set(other.name.split())), key=len)
    return few <= many


def last_word(name: str) -> str:
    """Return the last word of a name, lower case."""
    return name.rsplit(" ", 1)[-1].casefold()


def expanded(name: str) -> str:
    """Return a body's name with "U.N." written out: "United Nations Security Council"."""
    first, _, rest = name.partition(" ")
    full = gazetteer.body_name(first) if rest and (first.isupper() or "." in first) else None
    return f"{full} {rest}" if full else name
