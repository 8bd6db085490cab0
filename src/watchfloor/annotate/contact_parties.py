"""Who takes part in a contact: from a phrase of the tree to parties, with the state behind each.

A party is a state, a body, a holder of an office or a named person. Reporters, voters, players and whoever else stands
for no state and no body are none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct, structs

from watchfloor.annotate import gazetteer, titles
from watchfloor.annotate.clause_tree import ClauseTree, Phrase
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
_PUBLIC = re.compile(
    r"\b(?:minist(?:er|ry)|president|presiden(?:cy|tial)|premier|PM|chancellor|secretary|ambassador|envoy|king|queen|prince(?:ss)?|emir|pope"
    r"|sultan|leader|general|admiral|marshal|chief|commissioner|diplomat|officials?|spokes\w+|commander|adviser|advisor|government"
    r"|representative|chairman|chairwoman|chair|governor|consul|charg[eé]|emissary|negotiator|mediator|embassy|commission"
    r"|council|parliament|kremlin|white\shouse|agency|delegation|congress|senate|assembly|department|intelligence|army"
    r"|cabinet|counterpart|head\sof\sstate|deputy|speaker|union|nation|NATO|EU)s?\b",
    re.I,
)
_NOT_PUBLIC = re.compile(
    r"\b(?:chief\sexecutive|CEO|executive|founder|businessm\w+|coach|manager|captain|union\sleader)\b", re.I
)
_POST = re.compile(r"\s(?:to|in|at|on|over|with)\s")  # "ambassador of Norway to Kenya": what follows is not theirs
_SHORT = frozenset("PM FM Pope Emir King Queen".split())
_STOP = re.compile(r"[,;:.“”\"\n]|\s(?:and|with|that|by)\s")
_WHOSE = re.compile(r"(?P<state>[A-Z]\w+(?:\s[A-Z]\w+)?)(?:['’]s|,\swhose)\s(?:[a-z]+\s){0,3}(?P<head>[a-z]+),\s$")
_EMPLOYED = re.compile(r"(?P<owner>[A-Z]\w+(?:\s[A-Z]\w+)?)['’]s\s$")
_OWN_TITLE = re.compile(r"(?:['’]s?)?\s(?:[\w.-]+\s){0,5}")
_GOVERNMENT = re.compile(r"\b(?:government|authorities|side|delegation|delegates)$", re.I)
_TITLE = re.compile(r"(?:(?:[A-Z][\w’'-]*|of|for|the)\s){1,12}")
_IN_OFFICE = frozenset(("GOV", "MIL", "LEG", "JUD", "SPY"))
"""Sectors of people who hold an office, though the report gives them no title."""
_JOINING = re.compile(r"(?:['’]s?)?\s?(?:[,–/-]|and|,\sand)\s?(?:from\s|of\s)?(?:the\s)?", re.I)
_AFFAIRS = re.compile(r"\sd['’]affaires", re.I)
_COUNTED = re.compile(r"(?:(?:the|both|all)\s)?(?:two|both)\s", re.I)
_PLURAL = frozenset("they them both".split())
_LED = re.compile(r",?\s(?:[a-z]+\s)?(?:led|headed)\s(?:[a-z]+\s)?by\s(?:the\s)?")


class Side(Struct, frozen=True):
    """A party of a contact, and what it is: kind as in `Actor`, or "office" for a description.

    public: it holds an office or is a state or a public body, as the report says somewhere.
    """

    party: Party
    kind: str
    public: bool
    named: bool


class Cast:
    """Everybody of one report who can take part, and who "it", "they" and "the ministry" last stood for."""

    def __init__(self, report: Report, actors: Sequence[Actor], places: Sequence[Place]) -> None:
        self.report = report
        self.text = report.text
        self.actors = actors
        self.places = places
        self._lies = [one.span.start for one in places]
        self._starts = [one.start for one in actors]
        self._public = {
            party.name
            for one in actors
            for party in one.parties
            if one.kind in {"country"} or _is_public(self.text[one.start : one.end])
        }
        self._offices = {
            party.name: self.text[one.start : one.name_start].strip()
            for one in actors
            for party in one.parties
            if one.kind == "person" and one.start < one.name_start
        }
        self._states = dict(self._titled_states())
        self._bodies: dict[str, Party] = {}
        self._body: Side | None = None
        self._pair: list[Side] = []
        self._met: list[Side] = []
        self._visits: set[tuple[str, str]] = set()

    def within(self, start: int, end: int) -> Sequence[Actor]:
        """Return the actors that begin in text[start:end]."""
        return self.actors[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def remember(self, subjects: Iterable[Sequence[Side]], together: Sequence[Side], met: Sequence[Side]) -> None:
        """Learn from a sentence who stood at its heads, who were to be together, and who met in it."""
        for sides in subjects:
            if len(sides) == 1 and sides[0].kind in {"country", "organisation"}:
                self._body = sides[0]
                self._bodies[_last_word(sides[0].party.name)] = sides[0].party
            if len({one.party.country or one.party.name for one in sides}) > 1:
                self._pair = list(sides)
        if len(together) > 1:
            self._pair = list(together)
        if len(met) > 1:
            self._met = list(met)

    def visited(self, visitor: str, state: str) -> None:
        """Learn that somebody visits a state."""
        self._visits.add((visitor, state))

    def is_visiting(self, name: str, state: str) -> bool:
        """Return whether the report says that somebody visits the state."""
        return (name, state) in self._visits

    def partner_of(self, senders: Sequence[Side]) -> list[Side]:
        """Return the state or body of whom the sender last met or called: where a delegation goes that goes nowhere."""
        own = [one for one in self._met if any(_is_same(one.party, sender.party) for sender in senders)]
        others = [one for one in self._met if one not in own]
        return [self._behind(others[0])] if len(own) == 1 and len(others) == 1 else []

    def titled_by(self, state: Actor) -> Actor | None:
        """Return whose title the name of a state begins: "China's special envoy Liu Wei"."""
        after = next((one for one in self.within(state.end, state.end + 70) if one.kind == "person"), None)
        if after is None or not _OWN_TITLE.fullmatch(self.text, state.end, after.name_start):
            return None
        words = self.text[state.end : after.name_start].split()
        rest = [word for word in words if word not in {"'s", "’s"}]
        if (
            not _is_name(after)
            or (rest and not state.owns)
            or (rest and not any(titles.is_head(word) for word in rest))
        ):
            return None
        country = after.parties[0].country or state.parties[0].country
        return structs.replace(after, parties=(structs.replace(after.parties[0], country=country),))

    def sent_by(self, senders: Sequence[Side]) -> None:
        """Learn whose the delegation is that the report will speak of."""
        if len(senders) == 1 and senders[0].party.country is not None:
            state = senders[0].party.country
            name = gazetteer.country_name(state) or senders[0].party.name
            self._bodies["delegation"] = structs.replace(senders[0].party, name=name)

    def _send(self, leaders: Sequence[Side]) -> None:
        """Learn that "it" may be the delegation that somebody leads."""
        self.sent_by(leaders)
        if "delegation" in self._bodies:
            self._body = Side(self._bodies["delegation"], "organisation", True, True)

    def note(self, met: Sequence[Side]) -> None:
        """Learn who met, before the sentence ends."""
        self._met = list(met)

    @property
    def met(self) -> list[Side]:
        """Return those who last met or called each other."""
        return self._met

    def _behind(self, side: Side) -> Side:
        """Return the state or body that a person stands for, the side itself where none is known."""
        name = gazetteer.country_name(side.party.country or "")
        if name is None:
            title = self._offices.get(side.party.name, "")
            name = next(
                (title[a:b] for a, b, code in gazetteer.countries_in(title) if code == side.party.country), None
            )
        return (
            side
            if name is None
            else structs.replace(side, party=structs.replace(side.party, name=name), kind="country")
        )

    @property
    def pair(self) -> list[Side]:
        """Return the two or more who were last spoken of together."""
        return self._pair

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
            return self._owned(phrase) or self._pair
        if phrase.lemma == "delegation" and (head := self._led(phrase, tree)):
            self._send(head)
            return head
        if actors:
            meant = [(self.titled_by(one) or one) if one.kind == "country" else one for one in actors]
            found = [side for one in meant for side in self.acting(one, phrase)]
        else:
            found = self._described(phrase) if office else []
        if phrase.lemma == "delegation":
            self.sent_by(found)
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
        if first and (first[0].kind != "person" or first[0].parties[0].name in self._offices or _is_name(first[0])):
            return first
        found = [one for at in phrase.heads[1:] for one in self._holding(at)]
        named = [one for one in found if one.kind == "person" and _is_name(one)]
        return named[:1] or first or found[:1]

    def _holding(self, at: int) -> list[Actor]:
        last = bisect_right(self._starts, at)
        return [one for one in self.actors[max(0, last - 6) : last] if one.start <= at < one.end][-1:]

    def acting(self, actor: Actor, phrase: Phrase | None = None) -> list[Side]:
        """Return the parties of an actor; phrase: the words that it stands in, whose state may be its own."""
        begin = actor.start if phrase is None else min(phrase.start, actor.start)
        words = self.text[begin : actor.end]
        if actor.kind == "group" and len(actor.parties) == 1 and not _is_public(words):
            return []
        if actor.kind == "person" and self._is_private(actor):
            return []
        found = []
        for party in actor.parties:
            named = party.name[:1].isupper() and " of " not in party.name
            country = party.country
            if country is None and len(actor.parties) == 1:
                country = self._state_of(actor, phrase)
            public = party.name in self._public or _is_public(words) or self._is_titled(actor)
            public = public or (actor.kind == "person" and party.sector in _IN_OFFICE)
            known = (
                self._bodies.get(_last_word(party.name)) if country is None and actor.kind == "organisation" else None
            )
            if known is not None and not named:
                party, country, public, named = structs.replace(party, name=known.name), known.country, True, True
            name = _expanded(party.name)
            if _GOVERNMENT.search(party.name) and country is not None:
                name = gazetteer.country_name(country) or name
            if name.endswith(("chargé", "charge")) and (post := _AFFAIRS.match(self.text, actor.end)):
                name += post[0]
            found.append(Side(structs.replace(party, name=name, country=country), actor.kind, public, named))
        return found

    def _before(self, actor: Actor) -> tuple[str, str]:
        """Return the office that runs up to a name, and all its words: "Minister of Foreign Affairs of Moldova" Ion."""
        if actor.kind != "person":
            return "", ""
        whose = _WHOSE.search(self.text, max(0, actor.name_start - 80), actor.name_start)
        if whose is not None and titles.is_head(whose["head"]):
            return whose["head"], f"{whose['state']} {whose['head']}"
        before = _STOP.split(self.text[max(0, actor.name_start - 90) : actor.name_start])[-1]
        words = before.split()
        at = next((i for i, one in enumerate(words) if titles.is_head(one) or one in _SHORT), None)
        if at is None or (len(words) - at > 1 and not _TITLE.fullmatch(" ".join(words[at:]) + " ")):
            return "", ""
        begin = next((i for i in range(max(0, at - 4), at + 1) if gazetteer.countries_in(words[i])), at)
        return words[at], " ".join(words[begin:])

    def _is_private(self, actor: Actor) -> bool:
        """Return whether the words before a name without a state make it a company's: "Apple's Dan Wu"."""
        if actor.parties[0].country is not None or actor.parties[0].name in self._states:
            return False
        before = self.text[max(0, actor.name_start - 40) : actor.name_start]
        if _NOT_PUBLIC.search(_STOP.split(before)[-1]) is not None:
            return True
        owner = _EMPLOYED.search(before)
        return owner is not None and gazetteer.country_of(owner["owner"]) is None

    def _titled_states(self) -> Iterator[tuple[str, str]]:
        """Yield whose words of office name a state that the mentions did not: "Germany's foreign minister Anna Roe"."""
        for one in self.actors:
            if one.kind == "person" and one.parties[0].country is None:
                office, words = self._before(one)
                states = gazetteer.countries_in(_POST.split(words)[0])
                if states:
                    yield one.parties[0].name, states[-1][2]
                elif office == "Pope":
                    yield one.parties[0].name, "VAT"
                elif owner := _EMPLOYED.search(self.text, max(0, one.name_start - 40), one.name_start):
                    code = gazetteer.country_of(owner["owner"])  # "Croatia's Ana Rak"
                    if code is not None:
                        yield one.parties[0].name, code

    def _is_titled(self, actor: Actor) -> bool:
        return _is_public(self._before(actor)[0])

    def _state_of(self, actor: Actor, phrase: Phrase | None) -> str | None:
        """Return the state that the words around a name give it."""
        if phrase is not None and (code := self._country(phrase)) is not None:
            return code
        for party in actor.parties:
            if party.name in self._states:
                return self._states[party.name]
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
        if len(states) < 2 or apart or not phrase.lemma or _POST.search(end):
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
        words = " ".join(_POST.split(" ".join(self.text[phrase.start : phrase.end].split()))[0].split())
        if words.endswith(("chargé", "charge")) and (post := _AFFAIRS.match(self.text, phrase.end)):
            words += post[0]
        span = Span(report=self.report.id, start=phrase.start, end=phrase.end)
        if country is None and (owned := self._owned(phrase)):
            return owned
        if country is None:
            known = self._bodies.get(phrase.lemma)
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
        if low.startswith("its ") and self._body is not None:
            parties = [self._body.party]
        if phrase.lemma == "counterpart":
            return []
        span = self.span(phrase.start, phrase.end)
        codes = [one.country or self._states.get(one.name) for one in parties]
        return [
            Side(Party(name=gazetteer.country_name(code) or code, country=code, span=span), "office", True, True)
            for code in dict.fromkeys(codes)
            if code is not None
        ]

    def _country(self, phrase: Phrase) -> str | None:
        """Return the state that the words of a phrase name as its own."""
        words = _POST.split(self.text[phrase.start : phrase.end])[0]
        return next((code for _, _, code in gazetteer.countries_in(words)), None)

    def _meant(self, low: str, tree: ClauseTree, said: Sequence[Phrase]) -> list[Side]:
        """Return whom "it" or "they" stand for."""
        if low in _PLURAL:
            people = [side for one in said for side in self.sides(one, tree) if side.kind == "person"]
            return people if len(people) > 1 else [] if people else self._pair
        for one in said:
            found = [side for side in self.sides(one, tree) if side.kind in {"country", "organisation", "office"}]
            if found:
                return found[:1]
        return [self._body] if self._body is not None else []


def _is_name(actor: Actor) -> bool:
    name = actor.parties[0].name
    return name[:1].isupper() and not any(titles.is_head(word) for word in name.split())


def _is_public(words: str) -> bool:
    return _PUBLIC.search(words) is not None and _NOT_PUBLIC.search(words) is None


def _is_same(one: Party, other: Party) -> bool:
    """Return whether two names of one report are one party: a state, or a name and part of it."""
    if one.country is not None and one.country == other.country:
        return True
    few, many = sorted((set(one.name.split()), set(other.name.split())), key=len)
    return few <= many


def _last_word(name: str) -> str:
    return name.rsplit(" ", 1)[-1].casefold()


def _expanded(name: str) -> str:
    """Return a body's name with "U.N." written out: "United Nations Security Council"."""
    first, _, rest = name.partition(" ")
    full = gazetteer.body_name(first) if rest and (first.isupper() or "." in first) else None
    return f"{full} {rest}" if full else name
