"""Names of bodies that look like places or people: "the Duma" is no town in Syria, "the Kremlin" nobody's surname."""

import re
from collections.abc import Iterable

from msgspec.structs import replace

from watchfloor.annotate.gazetteer import is_country
from watchfloor.annotate.known_bodies import bodies_in
from watchfloor.core.annotation import Mention

_LONGEST = 60  # characters of a body's name before its last word
_CAPITALS = re.compile(r"(?:[A-Z][\w’'-]*\s+){1,3}$")
_WORD = re.compile(r"\S+")
_LEGISLATURE, _GOVERNMENT = "LEG", "GOV"
_LINKS = frozenset("of in at for de du des von".split())


def known_as_bodies(text: str, mentions: Iterable[Mention]) -> list[Mention]:
    """Return the mentions, those taken for places or people that are bodies as such, and known bodies with their state.

    A place is a body when the table of bodies has its name, or when a body of the report ends in it without a link
    ("the City Soviet", "the Soviet"), and an article stands before it, as before few places. A person without a title
    is one when the table has the name, and an article stands before it or it is a government's.
    """
    made = list(mentions)
    tails = {tail for one in made if one.type == "organisation" for tail in _tails(one.name)}
    return [_as_body(text, one, tails) for one in made]


def _tails(name: str) -> list[str]:
    """Return the ends of a body's name by which a report may call it; "Bank of Ghana" is not called "Ghana"."""
    words = name.split()
    if any(word in _LINKS for word in words):
        return []
    return [" ".join(words[at:]) for at in range(1, len(words))]


def _longer(text: str, one: Mention) -> Mention | None:
    """Return a place as the known body that its last words are of: the "Duma" of "State Duma"."""
    found = _CAPITALS.search(text, max(0, one.span.start - _LONGEST), one.span.start)
    if found is None:
        return None
    before = [match.start() for match in _WORD.finditer(text, found.start(), one.span.start)]
    words = [*found[0].split(), *one.name.split()]
    body = next((body for body in bodies_in(words) if body.end == len(words) and body.start < len(before)), None)
    if body is None:
        return None
    start = before[body.start]
    name = " ".join(words[body.start :])
    return replace(one, span=replace(one.span, start=start), name=name, type="organisation", country=body.country)


def _as_body(text: str, one: Mention, tails: set[str]) -> Mention:
    if one.type not in ("place", "organisation", "person") or not one.name[:1].isupper():
        return one
    if one.type == "person" and one.title is not None:
        return one
    words = one.name.split()
    known = next((body for body in bodies_in(words) if (body.start, body.end) == (0, len(words))), None)
    if one.type == "place" and known is not None and (longer := _longer(text, one)) is not None:
        return longer
    country = known.country if known else None
    if one.type == "organisation":
        return replace(one, country=country) if known and known.sector == _LEGISLATURE and not one.country else one
    behind_article = text[max(0, one.span.start - 4) : one.span.start].lower().endswith("the ")
    if one.type == "person":
        is_body = known is not None and (behind_article or known.sector == _GOVERNMENT)
        return replace(one, type="organisation", country=country) if is_body else one
    if behind_article and (known is not None or (one.name in tails and not is_country(one.name))):
        return replace(one, type="organisation", country=country)
    return one
