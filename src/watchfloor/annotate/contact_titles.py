"""The offices that stand before the names of a report, and whose state, body or company they make somebody."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.annotate import gazetteer, titles
from watchfloor.annotate.contact_side import NOT_PUBLIC, is_public
from watchfloor.annotate.parties import Actor

POST = re.compile(r"\s(?:to|in|at|on|over|with)\s")  # "ambassador of Norway to Kenya": what follows is not theirs
"""Where the words of an office end and its post begins: \"ambassador of Norway to Kenya\"."""
_SHORT = frozenset("PM FM Pope Emir King Queen".split())
_STOP = re.compile(r"[,;:.“”\"\n]|\s(?:and|with|that|by)\s")
_WHOSE = re.compile(r"(?P<state>[A-Z]\w+(?:\s[A-Z]\w+)?)(?:['’]s|,\swhose)\s(?:[a-z]+\s){0,3}(?P<head>[a-z]+),\s$")
_EMPLOYED = re.compile(r"(?P<owner>[A-Z]\w+(?:\s[A-Z]\w+)?)['’]s\s$")
_TITLE = re.compile(r"(?:(?:[A-Z][\w’'-]*|of|for|the)\s){1,12}")


class Offices:
    """What the report says of everybody's office, once for the whole text.

    public: names of states and of those with a public office somewhere in the report. titles: the words of office
    before a name. states: the state that such words give a name.
    """

    def __init__(self, text: str, actors: Sequence[Actor]) -> None:
        self.text = text
        self.public = {
            party.name
            for one in actors
            for party in one.parties
            if one.kind in {"country"} or is_public(text[one.start : one.end])
        }
        self.titles = {
            party.name: text[one.start : one.name_start].strip()
            for one in actors
            for party in one.parties
            if one.kind == "person" and one.start < one.name_start
        }
        self.states = dict(self._titled_states(actors))

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

    def is_private(self, actor: Actor) -> bool:
        """Return whether the words before a name without a state make it a company's: "Apple's Dan Wu"."""
        if actor.parties[0].country is not None or actor.parties[0].name in self.states:
            return False
        before = self.text[max(0, actor.name_start - 40) : actor.name_start]
        if NOT_PUBLIC.search(_STOP.split(before)[-1]) is not None:
            return True
        owner = _EMPLOYED.search(before)
        return owner is not None and gazetteer.country_of(owner["owner"]) is None

    def _titled_states(self, actors: Sequence[Actor]) -> Iterator[tuple[str, str]]:
        """Yield whose words of office name a state that the mentions did not: "Germany's foreign minister Anna Roe"."""
        for one in actors:
            if one.kind == "person" and one.parties[0].country is None:
                office, words = self._before(one)
                states = gazetteer.countries_in(POST.split(words)[0])
                if states:
                    yield one.parties[0].name, states[-1][2]
                elif office == "Pope":
                    yield one.parties[0].name, "VAT"
                elif owner := _EMPLOYED.search(self.text, max(0, one.name_start - 40), one.name_start):
                    code = gazetteer.country_of(owner["owner"])  # "Croatia's Ana Rak"
                    if code is not None:
                        yield one.parties[0].name, code

    def is_titled(self, actor: Actor) -> bool:
        """Tell whether a public office runs up to the name."""
        return is_public(self._before(actor)[0])
