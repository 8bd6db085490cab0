"""Who takes part in a contact: from a phrase of the tree to parties, with the state behind each.

A party is a state, a body, a holder of an office or a named person. Reporters, voters, players and whoever else stands
for no state and no body are none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import structs

from watchfloor.annotate import gazetteer, titles
from watchfloor.annotate.clause_tree import ClauseTree, Phrase
from watchfloor.annotate.contact_memory import Memory
from watchfloor.annotate.contact_side import Side, expanded, is_name, is_public, last_word
from watchfloor.annotate.contact_titles import POST, Offices
from watchfloor.annotate.parties import Actor
from watchfloor.core.annotation import Party, Place
from watchfloor.core.report import Report
from watchfloor.core.span import Span

_OFFICES = frozenset(
    (
        "charge chargé emir king queen prince princess pope pontiff sultan sheikh monarch counterpart "
        "delegation team side official diplomat junta government ministry embassy cabinet authority "
        "presidency palace premier leader envoy ambassador president minister chief commander officer "
        "negotiator mediator representative administration commission council mission intelligence agency "
        "command regime premier pm chancellor commissioner consul emissary"
    ).split()
)
"""Heads of phrases that stand for a state or body, beside the role nouns of data/roles.toml."""
_PRIVATE = frozenset(
    (
        "reporter journalist correspondent editor lawmaker legislator supporter voter worker student teacher "
        "family relative resident soldier troop victim investor shareholder executive businessman "
        "businesswoman entrepreneur player fan member activist protester people expert analyst professor "
        "doctor coach manager club company firm fighter prisoner farmer audience press medium crowd veteran "
        "parent actor singer author demand target resistance criterion deadline newspaper tv station outlet "
        "poll source"
    ).split()
)
_OWN_TITLE = re.compile(r"(?:['’]s?)?\s(?:[\w.-]+\s){0,5}")
_GOVERNMENT = re.compile(r"\b(?:government|authorities|side|delegation|delegates)$", re.I)
_IN_OFFICE = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY"))
"""Sectors of people who hold an office, though the report gives them no title."""
_JOINING = re.compile(r"(?:['’]s?)?\s?(?:[,–/-]|and|,\sand)\s?(?:from\s|of\s)?(?:the\s)?", re.I)
_AFFAIRS = re.compile(r"\sd['’]affaires", re.I)
_COUNTED = re.compile(r"(?:(?:the|both|all)\s)?(?:two|both)\s", re.I)
_PLURAL = frozenset("they them both".split())
_LED = re.compile(r",?\s(?:[a-z]+\s)?(?:led|headed)\s(?:[a-z]+\s)?by\s(?:the\s)?")


class Cast:
    """Everybody of one report who can take part, and who "it", "they" and "the ministry" last stood for."""

    def __init__(self, report: Report, actors: Sequence[Actor], places: Sequence[Place]) -> None:
        self.report = report
        self.text = report.text
        self.actors = actors
        self.places = places
        self._lies = [one.span.start for one in places]
        self._starts = [one.start for one in actors]
        self.offices = Offices(report.text, actors)
        self.memory = Memory(self.offices)

    def within(self, start: int, end: int) -> Sequence[Actor]:
        """Return the actors that begin in text[start:end]."""
        return self.actors[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def titled_by(self, state: Actor) -> Actor | None:
        """Return whose title the name of a state begins: "China's special envoy Liu Wei"."""
        after = next((one for one in self.within(state.end, state.end + 70) if one.kind == "person"), None)
        if after is None or not _OWN_TITLE.fullmatch(self.text, state.end, after.name_start):
            return None
        words = self.text[state.end : after.name_start].split()
        rest = [word for word in words if word not in {"'s", "’s"}]
        if not is_name(after) or (rest and not state.owns) or (rest and not any(titles.is_head(word) for word in rest)):
            return None
        country = after.parties[0].country or state.parties[0].country
        return structs.replace(after, parties=(structs.replace(after.parties[0], country=country),))

    def sides(self, phrase: Phrase, tree: ClauseTree, said: Sequence[Phrase] = ()) -> list[Side]:
        """Return whom a phrase names as parties, none for those who are none.

        said: who says the sentence that the phrase stands in ("the ministry said it had ..."), for "it".
        """
        low = self.text[phrase.start : phrase.end].casefold()
        if phrase.upos == "PRON" and (low == "it" or low in _PLURAL):
            return self._meant(low, tree, said)
        if phrase.upos == "PRON" and low in {"he", "she"}:
            people = [one for other in said for one in self.sides(other, tree) if one.kind == "person"]
            if len(people) == 1:
                return people
        if phrase.lemma in _PRIVATE:
            return []
        actors = self._at(phrase)
        office = phrase.lemma in _OFFICES or phrase.lemma in titles.plurals()
        several = self._several(phrase, tree) if office else []
        if len(several) > 1:
            return several
        if _COUNTED.match(low) and phrase.upos == "NOUN" and (not actors or len(actors[0].parties) == 1):
            return self._owned(phrase) or self.memory.pair
        if phrase.lemma == "delegation" and (head := self._led(phrase, tree)):
            self.memory.send(head)
            return head
        if actors:
            meant = [(self.titled_by(one) or one) if one.kind == "country" else one for one in actors]
            found = [side for one in meant for side in self.acting(one, phrase)]
        else:
            found = self._described(phrase) if office else []
        if phrase.lemma == "delegation":
            self.memory.sent_by(found)
        return self._by_name(found)

    def _by_name(self, found: list[Side]) -> list[Side]:
        """Return the sides; a description before a name is that person: "Ambassador of Japan" Hideo Mori."""
        span = found[0].party.span if len(found) == 1 else None
        if span is None or found[0].named or found[0].kind not in {"person", "office"}:
            return found
        after = next(iter(self.within(span.end + 1, span.end + 2)), None)
        if after is None or after.kind != "person" or self.text[span.end : after.start] != " ":
            return found
        country = found[0].party.country
        return [
            structs.replace(one, party=structs.replace(one.party, country=one.party.country or country), public=True)
            for one in self.acting(after)
        ]

    def hosts(self, phrase: Phrase, tree: ClauseTree) -> list[Side]:
        """Return the state, body or person that a phrase names as where somebody goes."""
        inside = [one for one in self._holding(phrase.heads[0]) if one.start < phrase.start]
        if inside and (state := self.state_at(phrase.heads[0])):
            return state  # the South Korea of "a special envoy to South Korea"
        found = [one for one in self.sides(phrase, tree) if one.kind != "place"]
        if found and not (len(found) == 1 and found[0].kind == "organisation" and not found[0].named):
            return found
        return self.state_at(phrase.heads[0])

    def state_at(self, at: int) -> list[Side]:
        """Return the state of the place that stands at an offset."""
        last = bisect_right(self._lies, at)
        for one in self.places[max(0, last - 2) : last]:
            if one.span.start <= at < one.span.end and one.country is not None:
                name = gazetteer.country_name(one.country) or one.name
                return [Side(Party(name=name, country=one.country, span=one.span), "country", True, True)]
        return []

    def is_place(self, phrase: Phrase) -> bool:
        """Return whether the phrase names a country, a city or a building."""
        return any(one.kind in {"country", "place"} for at in phrase.heads[:1] for one in self._holding(at))

    def span(self, start: int, end: int) -> Span:
        """Return a span of the report."""
        return Span(report=self.report.id, start=start, end=end)

    def _at(self, phrase: Phrase) -> list[Actor]:
        """Return who the phrase's main word names, else an apposition: rather a name than a description."""
        first = self._holding(phrase.heads[0]) if phrase.heads else []
        if first and (
            first[0].kind != "person" or first[0].parties[0].name in self.offices.titles or is_name(first[0])
        ):
            return first
        found = [one for at in phrase.heads[1:] for one in self._holding(at)]
        named = [one for one in found if one.kind == "person" and is_name(one)]
        return named[:1] or first or found[:1]

    def _holding(self, at: int) -> list[Actor]:
        last = bisect_right(self._starts, at)
        return [one for one in self.actors[max(0, last - 6) : last] if one.start <= at < one.end][-1:]

    def acting(self, actor: Actor, phrase: Phrase | None = None) -> list[Side]:
        """Return the parties of an actor; phrase: the words that it stands in, whose state may be its own."""
        begin = actor.start if phrase is None else min(phrase.start, actor.start)
        words = self.text[begin : actor.end]
        if actor.kind == "group" and len(actor.parties) == 1 and not is_public(words):
            return []
        if actor.kind == "person" and self.offices.is_private(actor):
            return []
        found = []
        for party in actor.parties:
            named = party.name[:1].isupper() and " of " not in party.name
            country = party.country
            if country is None and len(actor.parties) == 1:
                country = self._state_of(actor, phrase)
            public = party.name in self.offices.public or is_public(words) or self.offices.is_titled(actor)
            public = public or (actor.kind == "person" and party.sector in _IN_OFFICE)
            known = (
                self.memory.bodies.get(last_word(party.name))
                if country is None and actor.kind == "organisation"
                else None
            )
            if known is not None and not named:
                party, country, public, named = structs.replace(party, name=known.name), known.country, True, True
            name = expanded(party.name)
            if _GOVERNMENT.search(party.name) and country is not None:
                name = gazetteer.country_name(country) or name
            if name.endswith(("chargé", "charge")) and (post := _AFFAIRS.match(self.text, actor.end)):
                name += post[0]
            found.append(Side(structs.replace(party, name=name, country=country), actor.kind, public, named))
        return found

    def _state_of(self, actor: Actor, phrase: Phrase | None) -> str | None:
        """Return the state that the words around a name give it."""
        if phrase is not None and (code := self._country(phrase)) is not None:
            return code
        for party in actor.parties:
            if party.name in self.offices.states:
                return self.offices.states[party.name]
        return None

    def _several(self, phrase: Phrase, tree: ClauseTree) -> list[Side]:
        """Return the states of "the leaders of Germany, France and Italy", "Kyrgyz and Tajik officials"."""
        end = self.text[phrase.start : phrase.end]
        head = tree.start[phrase.head]
        joined = [phrase.start, head]
        for i in tree.children[phrase.head]:
            if tree.relation[i] in {"nmod", "amod", "nmod:poss", "compound"} and tree.lead(i) in {None, "of"}:
                below = tree.joined(i)
                joined = [min(joined[0], tree.start[below[0]]), max(joined[1], tree.end[below[-1]])]
        end = self.text[joined[0] : joined[1]]
        named = gazetteer.countries_in(end)
        states = dict.fromkeys(code for _, _, code in named)
        apart = any(not _JOINING.fullmatch(end, one[1], other[0]) for one, other in pairwise(named))
        if len(states) < 2 or apart or not phrase.lemma or POST.search(end):
            return []
        span = Span(report=self.report.id, start=joined[0], end=max(joined[1], phrase.end))
        return [
            Side(Party(name=gazetteer.country_name(code) or code, country=code, span=span), "office", True, True)
            for code in states
        ]

    def _led(self, phrase: Phrase, tree: ClauseTree) -> list[Side]:
        """Return who leads a delegation: "a delegation headed by Minister Yun"."""
        led = _LED.search(self.text, tree.end[phrase.head], tree.end[phrase.head] + 110)
        if led is None:
            return []
        if re.search(r"[;.:]\s", self.text[tree.end[phrase.head] : led.start()]):
            return []
        near = self.within(led.end() - 1, led.end() + 80)
        leader = next((one for one in near if one.kind == "person" and not one.owns), None)
        if leader is None or re.search(r"[,;.:]\s", self.text[led.end() : leader.name_start]):
            return []
        own = self._country(phrase)
        return [
            structs.replace(one, party=structs.replace(one.party, country=one.party.country or own), public=True)
            for one in self.acting(leader)
        ]

    def _described(self, phrase: Phrase) -> list[Side]:
        """Return "Iranian charge d'affaires", "his Turkish counterpart" as somebody of that state."""
        country = self._country(phrase)
        words = " ".join(POST.split(" ".join(self.text[phrase.start : phrase.end].split()))[0].split())
        if words.endswith(("chargé", "charge")) and (post := _AFFAIRS.match(self.text, phrase.end)):
            words += post[0]
        span = Span(report=self.report.id, start=phrase.start, end=phrase.end)
        if country is None and (owned := self._owned(phrase)):
            return owned
        if country is None:
            known = self.memory.bodies.get(phrase.lemma)
            return [Side(structs.replace(known, span=span), "organisation", True, True)] if known is not None else []
        if phrase.lemma in {"side", "delegation", "team", "authority", "government", "official"}:
            name = gazetteer.country_name(country) or words
        else:
            name = re.sub(r"^(?:the|a|an|his|her|its|their)\s", "", words, flags=re.I)
        return [Side(Party(name=name, country=country, span=span), "office", True, False)]

    def _owned(self, phrase: Phrase) -> list[Side]:
        """Return the states of "her ministry", "the two countries' advisers"."""
        low = self.text[phrase.start : phrase.start + 4].casefold()
        owners = [one for at in (phrase.start, *phrase.owners) for one in self._holding(at)][:1]
        parties = list(owners[0].parties) if owners else []
        if low.startswith("its ") and self.memory.body is not None:
            parties = [self.memory.body.party]
        if phrase.lemma == "counterpart":
            return []
        span = self.span(phrase.start, phrase.end)
        codes = [one.country or self.offices.states.get(one.name) for one in parties]
        return [
            Side(Party(name=gazetteer.country_name(code) or code, country=code, span=span), "office", True, True)
            for code in dict.fromkeys(codes)
            if code is not None
        ]

    def _country(self, phrase: Phrase) -> str | None:
        """Return the state that the words of a phrase name as its own."""
        words = POST.split(self.text[phrase.start : phrase.end])[0]
        return next((code for _, _, code in gazetteer.countries_in(words)), None)

    def _meant(self, low: str, tree: ClauseTree, said: Sequence[Phrase]) -> list[Side]:
        """Return whom "it" or "they" stand for."""
        if low in _PLURAL:
            people = [side for one in said for side in self.sides(one, tree) if side.kind == "person"]
            return people if len(people) > 1 else [] if people else self.memory.pair
        for one in said:
            found = [side for side in self.sides(one, tree) if side.kind in {"country", "organisation", "office"}]
            if found:
                return found[:1]
        return [self.memory.body] if self.memory.body is not None else []
