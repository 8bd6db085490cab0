"""Who the two sides of an event are: the parties of the phrases that a predicate has."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer
from watchfloor.annotate.actor_codes import code_of
from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.lexicon import table
from watchfloor.annotate.parties import Actor
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import actors_of, event_nouns
from watchfloor.annotate.scenes import parties_of
from watchfloor.core.annotation import Mention, Party
from watchfloor.core.span import Span

AGENTS = frozenset(
    "hacker officer protestor rioter "
    "army military navy government authority police troop soldier force rebel militant insurgent gunman fighter "
    "protester demonstrator activist opposition court prosecutor parliament ministry guerrilla separatist militia "
    "regime official student worker union lawmaker civilian villager prisoner hostage journalist refugee migrant "
    "diplomat envoy ambassador minister president king leader crowd party coalition council company bank mission "
    "delegation terrorist secretary chancellor premier spokesman spokeswoman spokesperson chief head general "
    "senator governor mayor chairman director adviser advisor administration lawyer judge commission committee "
    "people person child man woman family voter deputy congressman senate congress kremlin bomber jihadist "
    "warplane warship frigate vessel coastguard patrol jet peacekeeper commander crew driver farmer teacher "
    "resident tribesman mob gang".split()
)
_HELD = frozenset(
    "action policy decision move behaviour behavior conduct plan territory position base city village airspace "
    "water ship vessel plane aircraft citizen national embassy consulate goods product import export company "
    "asset oil gas weapon tank missile rocket drone helicopter artillery gunship aircraft shell "
    "building house home target site facility airport border election effort stance role "
    "involvement presence influence threat people athlete team tanker coast island capital".split()
)
_CROWDS = frozenset("thousand hundred dozen score ten group number member crowd majority million".split())
_ITS = frozenset("it they them its their".split())
_ARTICLE = 5  # letters that a mention may have before its phrase: "the ", "some " (assumed)
_LONGEST_NAME = 60  # letters of a side without a name (assumed)
_PAIR = re.compile(
    r"(?:the\stwo|both)\s(?:countries|sides|nations|states|governments|neighbou?rs|allies|leaders)\b", re.I
)
_LEADING = re.compile(
    r"^(?:and\sother|at\sleast|other|the|a|an|its|his|her|their|some|several|about|around|by|to|with|on|against)\s",
    re.I,
)


_AGAINST = re.compile(r"\b(?:pro|anti)[-‐–]\s?$", re.I)
_BESIDE = re.compile(
    r"[-‐–\s]?(?<=[-‐–])(?:linked|backed|led|allied|aligned|inspired|supported|funded|sponsored|held|occupied|controlled|friendly)\b"
)
_WHERE = re.compile(r"\b(?:in|at|near|outside|across|inside|around)\s(?:[\w-]+\s){0,2}$")
_WEAPONS = frozenset(
    "tank missile rocket drone helicopter artillery gunship aircraft shell air mortar navy naval".split()
)


class Sides(Struct, frozen=True):
    """What a sentence knows of sides: its actors, nationalities inside it, and who "it" is."""

    report: str
    text: str
    actors: Sequence[Actor]
    nationalities: Sequence[Mention]
    it: tuple[Party, ...] = ()

    def of(self, phrases: Iterable[Phrase], *, acting: bool = False) -> list[Party]:
        """Return the parties of phrases, none twice; acting: whoever the phrase is, not whose thing it is."""
        found: dict[str, Party] = {}
        for phrase in phrases:
            for party in self._one(phrase, acting):
                found.setdefault(party.name, party)
        return list(found.values())

    def _one(self, phrase: Phrase, acting: bool) -> list[Party]:
        if self.text[phrase.start : phrase.end].lower() in _ITS:
            return self._it(phrase.start)
        own = actors_of(phrase, self.actors, owners=False)
        if own and own[0].kind == "group" and self._is_thing(own[0], phrase):
            return []
        if own:
            return self._cut(parties_of(own), phrase) if own[0].kind == "group" else parties_of(own)
        if self._is_crowd(phrase) and (inside := self._whose_crowd(phrase)):
            return inside
        pair = self._pair(phrase)
        if pair:
            return pair
        people = self._people(phrase)
        if people is not None and people.country:
            return [people]
        if acting and people is None:
            return []
        held = parties_of(
            [
                one
                for one in actors_of(phrase, self.actors)
                if not self._is_leaning(one.start, one.end) and not self._is_where(one, phrase)
            ]
        )
        if held:
            return (self._of_place(people, held, phrase) if people is not None else None) or held
        if re.match(r"(?:[a-z]+\s)?(?:its|their)\b", self.text[phrase.start : phrase.end], re.I):
            return self._it(phrase.start)
        return [people] if people is not None else []

    def _is_thing(self, actor: Actor, phrase: Phrase) -> bool:
        """Tell whether words taken for a group are a thing: "a statement", "two bombs"."""
        party = actor.parties[0]
        if len(actor.parties) != 1 or party.country is not None or party.name[:1].isupper():
            return False
        if phrase.lemma in _WEAPONS or phrase.lemma == "bomb":
            return True
        described = phrase.lemma in AGENTS or phrase.lemma in table("organisations")["described"]
        return party.sector is None and not described and not self._is_crowd(phrase)

    def _cut(self, parties: list[Party], phrase: Phrase) -> list[Party]:
        """Return a described side with the words of its own phrase only, where the mention ran on into the sentence."""
        span = parties[0].span if len(parties) == 1 else None
        if span is None or (phrase.start - 1 <= span.start + _ARTICLE and span.end <= phrase.end):
            return parties
        start, end = max(span.start, phrase.start), min(span.end, max(phrase.head_end, phrase.start + 1))
        name = _LEADING.sub("", " ".join(self.text[start:end].split()))
        return [structs.replace(parties[0], name=name, span=structs.replace(span, start=start, end=end))]

    def _of_place(self, people: Party, held: Sequence[Party], phrase: Phrase) -> list[Party] | None:
        """Return "Oslo police" for the police of a place; None where who stands before them is a state or a body."""
        own = held[0].span if len(held) == 1 else None
        if own is None or not (phrase.start <= own.start and own.end < phrase.head_end):
            return None
        if held[0].country is not None and held[0].name != self.text[own.start : own.end]:
            return None
        if self.text[own.end : own.end + 1] != " " or held[0].sector in {"IGO", "REB"}:
            return None
        return [structs.replace(people, country=held[0].country)]

    def _is_leaning(self, start: int, end: int) -> bool:
        """Tell whether a name only says whose friend or foe somebody is: "pro-Iran", "Iran-backed"."""
        before, behind = self.text[max(0, start - 6) : start], self.text[end : end + 12]
        return bool(_AGAINST.search(before) or _BESIDE.match(behind))

    def _is_where(self, actor: Actor, phrase: Phrase) -> bool:
        """Tell whether a name inside a phrase only says where it is: "the blast in central Oslo"."""
        return actor.start > phrase.head_end and bool(_WHERE.search(self.text, phrase.head_end, actor.start))

    def _whose_crowd(self, phrase: Phrase) -> list[Party]:
        """Return the body whose people they are: "hundreds of UN troops"."""
        at = bisect_left(self.actors, phrase.start, key=lambda one: one.start)
        for one in self.actors[at : at + 2]:
            words = self.text[one.end : phrase.end].lower().split()
            if one.end < phrase.end and words and words[0].rstrip("s") in AGENTS and self.text[one.end] == " ":
                return parties_of([one])
        return []

    def _is_crowd(self, phrase: Phrase) -> bool:
        """Tell whether it is "thousands of teachers": a number of people."""
        if phrase.lemma not in _CROWDS:
            return False
        words = self.text[phrase.start : phrase.end].lower().split()
        return any(word.rstrip("s") in AGENTS for word in words[1:8])

    def _pair(self, phrase: Phrase) -> list[Party]:
        """Return the last two parties of different countries for "the two countries"."""
        if not _PAIR.match(self.text[phrase.start : phrase.end]):
            return []
        found: dict[str, Party] = {}
        for one in reversed(self.actors):
            if one.end <= phrase.start and len(one.parties) == 1 and one.parties[0].country and len(found) < 2:
                found.setdefault(one.parties[0].country, one.parties[0])
        return list(reversed(found.values())) if len(found) == 2 else []

    def _it(self, at: int) -> list[Party]:
        """Return whom "its" means: the last body or country before it, else who the last sentence spoke of."""
        before = [one for one in self.actors if one.end <= at and one.kind in {"country", "organisation", "group"}]
        return parties_of(before[-1:]) or list(self.it)

    def _people(self, phrase: Phrase) -> Party | None:
        """Return whoever a phrase describes without naming: "Russian forces", "rebels"; None when it is a thing."""
        at = bisect_left(self.nationalities, phrase.start, key=lambda one: one.span.start)
        inside = [one for one in self.nationalities[at : at + 2] if one.span.end <= phrase.end]
        inside = [one for one in inside if not self._is_leaning(one.span.start, one.span.end)]
        if phrase.owners and phrase.upos != "ADJ":  # what stands deeper in the phrase is somebody else's
            inside = [one for one in inside if any(one.span.start <= at < one.span.end for at in phrase.owners)]
        country = next((code for one in inside if (code := one.country or gazetteer.country_of(one.name))), None)
        own = next((one for one in inside if one.span.start <= phrase.heads[0] < one.span.end), None)
        if own is not None and country:  # "Israeli" of "Israeli shelling"
            return Party(name=gazetteer.country_name(country) or own.name, country=country, span=own.span)
        acts = phrase.lemma in AGENTS or self._is_crowd(phrase) or phrase.lemma in table("organisations")["described"]
        if not acts and not (country and phrase.upos == "NOUN"):
            return None
        if not acts:  # "Russian aggression": whose it is
            if phrase.lemma not in event_nouns() and phrase.lemma not in _HELD:
                return None
            name = gazetteer.country_name(country or "") or inside[0].name
            return Party(name=name, country=country, span=inside[0].span)
        end = max(phrase.start + 1, phrase.head_end if phrase.lemma not in _CROWDS else phrase.end)
        words = " ".join(self.text[phrase.start : end].split())[:_LONGEST_NAME]
        name = _LEADING.sub("", words) or words
        span = Span(report=self.report, start=phrase.start, end=phrase.end)
        return Party(name=name, country=country, sector=code_of(name).sector, span=span)


def besides(parties: Sequence[Party], others: Sequence[Party]) -> list[Party]:
    """Return the parties that are none of the others, by name and place."""
    names = {party.name for party in others}
    spans = {(party.span.start, party.span.end) for party in others if party.span}
    return [
        one for one in parties if one.name not in names and not (one.span and (one.span.start, one.span.end) in spans)
    ]


def subject_of(sides: Sides, one: Predicate, *, acting: bool = False) -> list[Party]:
    """Return who does what a predicate says; acting: somebody, not a thing of somebody's ("acts that call on")."""
    phrases = one.subjects
    if len(phrases) == 1 and sides.text[phrases[0].start : phrases[0].end].lower() in {"it", "they"}:
        above = next((governor.subjects for governor in one.governors if governor.relation == "ccomp"), ())
        found = sides.of(above, acting=True)
        if found:
            return found
    found = sides.of(phrases, acting=acting and one.kind == "verb")
    if not found and one.kind == "noun":
        found = [party for party in sides.of(_before(one)) if party.country]
    if not found and one.kind == "noun" and one.lemma in _LEAVING:
        found = sides.of(one.of)
    hangs = one.governors[0].relation if one.governors else ""
    if phrases and not found and acting and one.kind == "verb" and hangs in {"acl:relcl", "acl"}:
        for governor in one.governors:  # "acts that harm us and call on": the tree joined it to the wrong verb
            if governor.relation == "ccomp":
                break
            if found := sides.of(governor.subjects, acting=True):
                break
    return found


_LEAVING = frozenset("withdrawal pullout pullback retreat departure arrival surrender resignation".split())


def _before(one: Predicate) -> list[Phrase]:
    """Return the names and adjectives right before a noun: "Russian attack", "Russian tank shelling"."""
    return [phrase for phrase in one.modifiers if phrase.upos in {"PROPN", "ADJ"} or phrase.lemma in _WEAPONS]
