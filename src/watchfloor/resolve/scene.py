"""The course of a report: who has been on stage, and how prominently, up to a place in the text."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct, field

from watchfloor.resolve.cast import Cast, Known
from watchfloor.resolve.layout import Layout

SPOKE, LED, NAMED, QUOTED = 3, 2, 1, 0
"""How prominent an appearance is: as speaker, at the head of a sentence, elsewhere, in a quotation or as an owner."""

_PLACING = frozenset("in at near from to into inside around across outside toward towards over through the".split())
_LOOK_BACK = 60  # appearances looked through for one that fits; about a page of news
_LEAD_IN = re.compile(r"(?:[A-Z][^.;\"“”]{0,120},\s*)?(?:(?:But|And|While|the)\s+|[A-Z][\w.'’-]*\s+){0,6}")


class Appearance(Struct, frozen=True, eq=False):
    """Somebody or something at a place in the text; several when named together."""

    at: int
    who: tuple[Known, ...]
    prominence: int


class Stranger(Struct, frozen=True, eq=False):
    """Somebody without a name who spoke at a place; label: what to call him, None when nothing will do."""

    at: int
    label: str | None
    body: str | None


class Scene(Struct, eq=False):
    """A report while it is read from its beginning to its end."""

    text: str
    layout: Layout
    cast: Cast
    past: list[Appearance] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    lands: list[tuple[int, str]] = field(default_factory=list)

    def land(self, at: int, name: str) -> None:
        """Note a land that acts or is acted on, not one where something happens: "in Oslo" is no party."""
        before = self.text[max(0, at - 12) : at].split()
        if not before or before[-1].casefold() not in _PLACING:
            self.lands = [*self.lands[-_LOOK_BACK:], (at, name)]

    def last_party(self, before: int, floor: int) -> str | None:
        """Return the last body or land named before a place, from floor on; None where a person came since."""
        found: list[tuple[int, str | None]] = [(at, name) for at, name in self.lands if floor <= at < before]
        found += [
            (one.at, None if len(one.who) > 1 or one.who[0].type == "person" else one.who[0].name)
            for one in self.back(before)
            if one.at >= floor
        ]
        return max(found, key=lambda one: one[0])[1] if found else None

    def last_stranger(self, before: int, floor: int) -> Stranger | None:
        """Return the last one without a name who spoke before a place, from floor on, and nobody with a name since."""
        last = next((one for one in reversed(self.strangers) if floor <= one.at < before), None)
        if last is None:
            return None
        since = (one for one in self.back(before) if one.at > last.at and one.prominence >= LED)
        return None if any(known.type == "person" for one in since for known in one.who) else last

    def enter(self, at: int, who: tuple[Known, ...], prominence: int) -> None:
        """Note an appearance."""
        if who:
            self.past.append(Appearance(at, who, prominence))

    def back(self, before: int) -> Iterator[Appearance]:
        """Yield the appearances before a place, the latest first, as far back as is looked."""
        seen = 0
        for appearance in reversed(self.past):
            if appearance.at < before:
                yield appearance
                seen += 1
            if seen >= _LOOK_BACK:
                return

    def latest(self, before: int, fit: Callable[[Known], float], least: int = QUOTED, floor: int = 0) -> Known | None:
        """Return the best fitting of those who appeared at least so prominently from floor on; the latest of equals."""
        best, best_score = None, 0.0
        for appearance in self.back(before):
            if appearance.at < floor:
                break
            if appearance.prominence >= least and len(appearance.who) == 1:
                score = fit(appearance.who[0])
                if score > best_score:
                    best, best_score = appearance.who[0], score
        return best

    def prominence(self, start: int, end: int, title: str | None) -> int:
        """Return how prominently a name at start:end appears."""
        if self.layout.quoted(start) or re.match(r"['’]s?\b", self.text[end : end + 3]):
            return QUOTED
        if not self.layout.told(start):
            return NAMED
        first, _ = self.layout.sentence(start)
        lead = self.text[first:start].rstrip()
        if title and lead.endswith(title):
            lead = lead.removesuffix(title)
        return LED if _LEAD_IN.fullmatch(lead.strip() + " " if lead.strip() else "") else NAMED
