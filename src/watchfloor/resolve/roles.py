"""Titles and roles: what they say, and whether "the deputy minister" can be a "Vice Foreign Minister"."""

import re
from functools import lru_cache

from msgspec import Struct

from watchfloor.resolve import states
from watchfloor.resolve.bodies import INTERNATIONAL
from watchfloor.resolve.names import fold

# Role nouns and the classes in which news calls one by another ("the NATO chief" for a secretary-general).
_CLASSES = {
    "president": "leader chief",
    "prime-minister": "leader premier",
    "premier": "leader prime-minister",
    "chancellor": "leader",
    "leader": "leader chief",
    "chairman": "leader chief",
    "chairwoman": "leader chief",
    "chair": "leader chief",
    "king": "leader monarch",
    "queen": "leader monarch",
    "secretary-general": "chief leader",
    "director-general": "chief director",
    "head": "chief leader",
    "chief": "leader head",
    "commander": "chief general",
    "general": "chief commander officer",
    "director": "chief head",
    "minister": "diplomat secretary official",
    "secretary": "minister diplomat official",
    "ambassador": "envoy diplomat",
    "envoy": "ambassador diplomat",
    "spokesperson": "official",
    "governor": "leader",
    "mayor": "leader",
    "professor": "expert analyst academic scholar",
    "researcher": "expert analyst scholar",
    "analyst": "expert researcher",
    "expert": "analyst",
    "fellow": "expert analyst researcher",
    "lawmaker": "politician",
    "representative": "lawmaker politician",
    "senator": "lawmaker politician",
    "official": "official",
    "officer": "officer",
    "adviser": "official aide",
    "member": "member",
    "diplomat": "diplomat",
    "judge": "judge",
    "prosecutor": "prosecutor",
    "lawyer": "lawyer",
    "founder": "founder",
    "executive": "chief executive",
    "editor": "editor",
    "reporter": "reporter journalist",
    "journalist": "reporter",
    "politician": "politician",
    "pope": "leader pontiff",
    "prince": "prince",
    "candidate": "candidate",
}
_SPEAKING = frozenset(
    "president prime-minister premier chancellor leader chairman chairwoman chair king queen secretary-general chief "
    "director-general head commander minister secretary ambassador envoy spokesperson governor mayor pope".split()
)
_EQUAL = {"deputy": "vice", "spokesman": "spokesperson", "spokeswoman": "spokesperson", "spokespeople": "spokesperson"}
_EQUAL |= {"european": "eu", "union": "eu", "un": "un", "rep": "representative", "sen": "senator", "gen": "general"}
_EQUAL |= {
    "prof": "professor",
    "advisor": "adviser",
    "kremlin": "rus",
    "defence": "defense",
    "top": "",
    "senior": "",
    "veteran": "",
    "pm": "prime-minister",
    "chiefs": "chief",
}
_PHRASES = (
    ("secretary general", "secretary-general"),
    ("director general", "director-general"),
    ("prime minister", "prime-minister"),
    *((long, short) for short, long in INTERNATIONAL.items()),
)
_SMALL = frozenset("the a an of for to in at and on with from then former then- incumbent visiting said".split())
_VICE = frozenset({"vice", "assistant", "former", "acting"})
_PLACED = re.compile(r"\s(?:to|in|at|from|with|for)\s")  # an ambassador to Japan is not Japanese
_NAME_LIKE = frozenset("king prince pope judge chair head general major".split())  # role nouns that are surnames too
_PARTICLE = re.compile(
    r"(?:al|el|ad|ash|as|an|bin|ibn|von|van|de|der|den|da|dos|du|le|la)(?:-|\s(?:der\s|den\s|la\s)?)[A-Z]\w+$"
)
_BRACKETS = re.compile(r"(?:\b[A-Z][\w'’&-]*\s+(?:(?:of|the|and|for|in)\s+)*)+\(\s*([A-Z][A-Za-z]{1,9})\s*\)")


class Role(Struct, frozen=True):
    """What a title or a description says: its role nouns, the words that narrow it, the state in it."""

    heads: frozenset[str]
    words: frozenset[str]
    country: str | None


@lru_cache(65_536)
def parse(title: str) -> Role:
    """Return what a title or description says.

    >>> sorted(parse("First Vice Foreign Minister").words), parse("the deputy minister").heads
    (['first', 'foreign', 'vice'], frozenset({'minister'}))
    """
    title = _BRACKETS.sub(lambda found: found[1], title)
    country = states.anywhere(_PLACED.split(title)[0])
    plain = fold(_without_states(title))
    for long, short in _PHRASES:
        plain = plain.replace(long, short)
    tokens = [_EQUAL.get(token, token) for token in plain.split()]
    heads = frozenset(token for token in tokens if token in _CLASSES)
    words = frozenset(token for token in tokens if token and token not in _CLASSES and token not in _SMALL)
    return Role(heads, words, country)


def _without_states(title: str) -> str:
    """Return a title without the state it begins with."""
    return states.leading(title)[1] if states.leading(title)[0] else title


def fits(description: Role, title: Role, country: str | None = None) -> float:
    """Return how well a description stands for the holder of a title: 0 not at all, up to 1.

    country: of the holder, when known from elsewhere.

    >>> fits(parse("the deputy minister"), parse("First Vice Foreign Minister")) > 0
    True
    >>> fits(parse("the NATO chief"), parse("European Commission President"))
    0.0
    """
    holder = title.country or country
    if description.country and holder and description.country != holder:
        return 0.0
    if not _heads_fit(description.heads, title.heads) and not _diplomacy(description, title):
        return 0.0
    if not description.words <= title.words | _initials(title.words):
        return 0.0
    exact = bool(description.heads & title.heads)
    extra = (title.words & _VICE) - description.words
    return (1.0 if exact else 0.8) * (0.5 if extra else 1.0) * (1.0 if not description.country or holder else 0.8)


def _diplomacy(description: Role, title: Role) -> bool:
    """Return whether "the top diplomat" can be the one who leads foreign affairs."""
    return "diplomat" in description.heads and "foreign" in title.words and bool(title.heads & {"chief", "minister"})


def _heads_fit(described: frozenset[str], held: frozenset[str]) -> bool:
    """Return whether one role noun is another or is called by it."""
    return any(head in held or any(head in _CLASSES[other].split() for other in held) for head in described)


def _initials(words: frozenset[str]) -> frozenset[str]:
    """Return the parts of hyphenated words, so that "pro-democracy" is met by its parts."""
    return frozenset(part for word in words for part in word.split("-"))


def classes(head: str) -> frozenset[str]:
    """Return the role nouns by which news calls the holder of a role: a president is a leader."""
    return frozenset((head, *_CLASSES.get(head, "").split()))


def is_role(words: str) -> bool:
    """Return whether the words describe somebody by a role noun.

    >>> is_role("the floor leader"), is_role("the river")
    (True, False)
    """
    return bool(parse(words).heads)


def speaks_for_others(title: str) -> bool:
    """Return whether the holder of a title speaks for the body or state in it; a professor does not."""
    return bool(parse(title).heads & _SPEAKING)


def is_description(words: str) -> bool:
    """Return whether the words describe somebody instead of naming him.

    >>> is_description("the ambassador"), is_description("Italy's Prime Minister"), is_description("Stephen King")
    (True, True, False)
    >>> is_description("Ghana's western neighbour"), is_description("Iran's Reza Mohammadi")
    (True, False)
    """
    tokens = words.split()
    if _PARTICLE.match(words):
        return False
    if not tokens or tokens[0][0].islower() or tokens[0].casefold() in {"the", "a", "an"}:
        return True
    last = fold(tokens[-1])
    if re.search(r"['’]s\s", words) and (is_role(words) or tokens[-1][0].islower()):
        return True
    return is_role(tokens[-1]) and last not in _NAME_LIKE
