"""One sentence as the words of contact read it: who stands where in it, by the tree, else by word order."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct, structs

from watchfloor.annotate import scenes, titles
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.contact_parties import Cast
from watchfloor.annotate.contact_side import Side
from watchfloor.annotate.parties import Actor, group_after
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told
from watchfloor.annotate.scenes import Scene
from watchfloor.core.annotation import ContactType


class Telling(Struct, frozen=True):
    """A contact as one predicate tells it; sides have their roles."""

    contact_type: ContactType
    sides: tuple[Side, ...]
    predicate: Predicate


class View(Struct, frozen=True):
    """One sentence with its predicates and everybody in it."""

    told: Told
    cast: Cast

    def sides(self, phrases: Sequence[Phrase], predicate: Predicate | None = None) -> list[Side]:
        """Return the parties that the phrases name, none twice."""
        said = [
            one
            for governor in (predicate.governors if predicate else ())
            if governor.relation in {"ccomp", "parataxis", "advcl"}
            for one in governor.subjects
        ]
        found = once(side for phrase in phrases for side in self.cast.sides(phrase, self.told.tree, said))
        return list(_named(self.cast.text, found))

    def acting(self, actors: Sequence[Actor]) -> list[Side]:
        """Return the parties of actors found by word order; of "Foreign Minister of Romania Radu Ilie" the person."""
        found = list(actors)
        for i, one in enumerate(found):
            if one.kind == "country":
                found[i] = self.cast.titled_by(one) or one
        sides = once(side for one in found for side in self.cast.acting(one))
        return [one for one in sides if one.public or one.kind == "person"]

    def subjects(self, p: Predicate) -> list[Side]:
        """Return who does it; by word order where the tree gives nobody."""
        phrases = p.subjects
        if self.told.tree.xpos[p.at] == "VBG" and (right_before := self._right_before(p)):
            return right_before
        if not phrases and not p.passive and p.objects and all(one.heads[0] < p.start for one in p.objects):
            phrases = p.objects  # read as the object of a verb behind it
        found = self.sides(phrases, p)
        if found or (phrases and not unclear(phrases)):
            return found
        if p.passive:
            return [] if phrases else self.acting(scenes.agent(self.scene, p.end))
        return self.acting(scenes.subject(self.scene, p.start))

    def _right_before(self, p: Predicate) -> list[Side]:
        """Return the person right before a participle: "with the minister travelling to"."""
        near = self.cast.within(max(self.told.start, p.start - 90), p.start)
        one = next((one for one in reversed(near) if one.end <= p.start), None)
        adjoins = one is not None and one.kind == "person" and not self.cast.text[one.end : p.start].strip(" ,")
        return self.acting([one]) if adjoins and one is not None else []

    def objects(self, p: Predicate) -> list[Side]:
        """Return to whom it is done; by word order where the tree gives nobody."""
        relative = any(one.relation == "acl:relcl" for one in p.governors[:1])
        phrases = [one for one in p.objects if p.passive or relative or one.heads[0] > p.start]
        found = self.sides(phrases, p)
        if found or (phrases and not unclear(phrases)):
            return found
        if p.passive:
            return self.acting(scenes.subject(self.scene, p.start))
        gap = re.compile(r"\s(?:the\s|his\s|her\s|its\s)?(?=[A-Z])").match(self.cast.text, p.end)
        return self.acting(scenes.target(self.scene, p.end, 6)) if gap else []

    def behind(self, p: Predicate, *leads: str) -> list[Side]:
        """Return who stands behind a preposition; by word order where the tree gives nobody."""
        phrases = p.behind(*leads)
        found = self.sides(phrases, p)
        if found or (phrases and not unclear(phrases)):
            return found
        return self.acting(scenes.partner(self.scene, p.end, 60, to="to" in leads and "with" not in leads))

    @property
    def scene(self) -> Scene:
        """Return the sentence for reading by word order."""
        start, end = self.told.start, self.told.end
        return Scene(self.cast.report.id, self.cast.text, start, end, self.cast.within(start, end), (), ())

    def words(self) -> str:
        """Return the sentence."""
        return self.cast.text[self.told.start : self.told.end]


def once(sides: Iterable[Side]) -> list[Side]:
    """Return the sides, none twice."""
    found: dict[str, Side] = {}
    for side in sides:
        found.setdefault(side.party.name, side)
    return list(found.values())


def _named(text: str, sides: Sequence[Side]) -> Iterator[Side]:
    """Yield the sides; an office before a name is that person's: "his Pakistani counterpart Bilal Ansari"."""
    before: Side | None = None
    for side in sides:
        if before is not None:
            one, other = before.party.span, side.party.span
            joined = one is not None and other is not None and re.fullmatch(r",?\s", text[one.end : other.start])
            if joined and before.kind == "office" and side.kind == "person":
                country = side.party.country or before.party.country
                before = structs.replace(side, party=structs.replace(side.party, country=country), public=True)
                continue
            yield before
        before = side
    if before is not None:
        yield before


def unclear(phrases: Sequence[Phrase]) -> bool:
    """Return whether the phrases are bare titles, which the tree has cut off from their names."""
    return all(titles.is_head(one.lemma) for one in phrases)


Read = Callable[[View, Predicate], Iterator[Telling]]


BY_PHONE = re.compile(r"\b(?:tele)?phone|\bvideo|\bby\sphone|\bonline\b|\bvirtual", re.I)


def pair(left: Sequence[Side], right: Sequence[Side], roles: tuple[str | None, str | None]) -> tuple[Side, ...]:
    """Return both sides with their roles, nobody twice."""
    found: dict[str, Side] = {}
    for sides, role in ((left, roles[0]), (right, roles[1])):
        for one in sides:
            found.setdefault(one.party.name, structs.replace(one, party=structs.replace(one.party, role=role)))
    return tuple(found.values())


def both(left: Sequence[Side], right: Sequence[Side], roles: tuple[str | None, str | None]) -> tuple[Side, ...]:
    """Return both sides, none at all where one is missing."""
    return pair(left, right, roles) if left and right else ()


def _travellers(sides: Sequence[Side]) -> list[Side]:
    """Return those who go somewhere for a state or a body; troops do not count."""
    return [one for one in sides if one.kind in {"person", "office"} or one.public]


def hosts_of(view: View, phrases: Sequence[Phrase]) -> list[Side]:
    """Return the states where the phrases lie, or who receives there."""
    return once(side for phrase in phrases for side in view.cast.hosts(phrase, view.told.tree))


def _with_next(view: View, hosts: Sequence[Side]) -> list[Side]:
    """Return the states with those that "and" joins to the only one, where the tree has lost them."""
    scene = view.scene
    span = hosts[0].party.span if len(hosts) == 1 else None
    at = next((i for i, one in enumerate(scene.actors) if span is not None and one.end == span.end), None)
    if at is None or scene.actors[at].kind != "country":
        return list(hosts)
    more = [one for one in group_after(scene.text, scene.actors, at)[1:] if one.kind == "country" and not one.owns]
    return once([*hosts, *view.acting(more)])


def visits_of(view: View, guests: Sequence[Side], hosts: Sequence[Side], p: Predicate) -> Iterator[Telling]:
    """Yield a visit to every state."""
    states: dict[str, list[Side]] = {}
    for one in _with_next(view, hosts):
        states.setdefault(one.party.country or one.party.name, []).append(one)
    for there in states.values():
        if sides := both(_travellers(guests), there[:1], ("visitor", "host")):
            yield Telling("visit", sides, p)


def next_state(view: View, at: int) -> list[Side]:
    """Return the state of the place that the words right behind an offset name."""
    after = re.match(r"\s?(?:the\s)?(?=[A-Z])", view.cast.text[at : at + 6])
    return view.cast.state_at(at + after.end()) if after else []


def with_joined(view: View, found: list[Side], p: Predicate) -> list[Side]:
    """Return the one side that was found with those that "and" joins to it, where the tree has lost them."""
    if len(found) != 1 or found[0].party.span is None:
        return found
    scene = view.scene
    at = next((i for i, one in enumerate(scene.actors) if one.end == found[0].party.span.end), None)
    if at is None or scene.actors[at].end > p.start:
        return found
    group = group_after(scene.text, scene.actors, at)
    return once([*found, *view.acting([one for one in group[1:] if one.end <= p.start and not one.owns])])
