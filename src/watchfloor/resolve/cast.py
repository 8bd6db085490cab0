"""Everybody and everything that one report names, and the ways to look them up."""

from collections import Counter
from typing import Literal

from msgspec import Struct, field
from rapidfuzz.distance import OSA

from watchfloor.resolve import bodies, names
from watchfloor.resolve.romanisation import korean_surname, sound

_SHORTEST_SLIP = 3  # letters of a surname in which one wrong letter is still taken for a slip
_FAMOUS = 3  # times as often as any other must he be named of whom a slip is taken, where several are near
_NAME_PARTICLES = frozenset("von van der den de da di du la le bin ibn ben al el dos del".split())


class Known(Struct, eq=False):
    """Somebody or something that the report names.

    spellings: every name met, with how often. titles: every title and role met. body: what the name says of a body.
    introduced: a full name or a role stands somewhere in the report.
    """

    type: Literal["person", "organisation", "group"]
    spellings: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    country: str | None = None
    body: bodies.Body | None = None
    introduced: bool = True

    @property
    def name(self) -> str:
        """Return the fullest name: a name before a description, more words, met more often, first in the alphabet."""
        return min(
            self.spellings,
            key=lambda one: (not bodies.is_name(one), -len(one.replace("-", " ").split()), -self.spellings[one], one),
        )


class Cast(Struct):
    """Who and what a report names, with the ways to look them up by folded words."""

    people: list[Known] = field(default_factory=list)
    bodies: list[Known] = field(default_factory=list)
    by_name: dict[str, Known] = field(default_factory=dict)
    by_surname: dict[str, list[Known]] = field(default_factory=dict)
    by_part: dict[str, list[Known]] = field(default_factory=dict)

    def named(self, word: str) -> list[Known]:
        """Return the people that a bare surname may stand for, a slip of one letter allowed where nothing else fits."""
        return self.exactly(word) or self._slips(word)

    def exactly(self, word: str) -> list[Known]:
        """Return the people with this surname in any romanisation, else with this part in their name."""
        keys = surname_keys(word)
        found = [known for key in keys for known in self.by_surname.get(key, ())]
        found = found or [known for key in keys for known in self.by_part.get(key, ())]
        return list(dict.fromkeys(found))

    def _slips(self, word: str) -> list[Known]:
        """Return the one person whose surname is one letter away, if the word is no surname of its own."""
        plain = names.fold(word)
        if len(plain) < _SHORTEST_SLIP or korean_surname(plain):
            return []
        near = [known for known in self.people if any(_one_letter_off(plain, surname(one)) for one in known.spellings)]
        near.sort(key=lambda known: -known.spellings.total())
        often = [known for known in near if known.spellings.total() * _FAMOUS >= near[0].spellings.total()]
        return near[:1] if len(often) == 1 else []


def _one_letter_off(plain: str, family: str) -> bool:
    """Return whether a folded word is a surname but for one letter that is not the first."""
    last = names.fold(family)
    return last[:1] == plain[:1] and len(last) >= _SHORTEST_SLIP and OSA.distance(last, plain) == 1


def surname(name: str) -> str:
    """Return the surname: the first word of a Korean name, else the last with its particles.

    >>> surname("Moon Jae-in"), surname("Ursula von der Leyen")
    ('Moon', 'von der Leyen')
    """
    tokens = name.split()
    if len(tokens) < 2:
        return name
    if names.chinese_order(name):
        return tokens[0]
    if names.korean(name):
        return tokens[0] if korean_surname(names.fold(tokens[0])) else tokens[-1]
    start = len(tokens) - 1
    while start > 1 and tokens[start - 1].casefold() in _NAME_PARTICLES:
        start -= 1
    return " ".join(tokens[start:])


def surname_keys(word: str) -> tuple[str, ...]:
    """Return the keys under which a bare surname is looked up, the Korean one first."""
    plain = names.fold(word)
    family = korean_surname(plain)
    key = "".join(sound(part) for part in plain.split())
    return (f"korean {family}", key) if family else (key,)


def same_bodies(cast: Cast, body: bodies.Body, name: str) -> list[Known]:
    """Return the bodies of the cast that these words may name."""
    if name.isupper() and (known := cast.by_name.get(names.fold(name))):
        return [known]
    long = bodies.INTERNATIONAL.get(body.plain)
    if long and (known := cast.by_name.get(long)):
        return [known]
    described = [known for known in cast.bodies if known.body and _fits(body, known)]
    same = [known for known in described if known.body and known.body.topics == body.topics]
    return same or ([] if body.named else described)


def _fits(body: bodies.Body, known: Known) -> bool:
    """Return whether words may stand for a known body, its state included; without any topic the name must say it."""
    if known.body is None or (body.country and known.country and body.country != known.country):
        return False
    return bodies.fits(body, known.body) and bool(body.topics or body.country or not body.named)
