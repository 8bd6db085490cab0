"""Who stands beside a word of saying: the subject before it, the speaker after it."""

from collections.abc import Sequence
from typing import NamedTuple

from watchfloor.annotate import titles
from watchfloor.annotate.grammar import (
    ANONYMOUS,
    ASIDES,
    AUXILIARIES,
    BE,
    CLAUSE,
    DOCUMENTS,
    MODALS,
    POLITIES,
    PRONOUNS,
    RELATIVE,
    UNNAMED,
)
from watchfloor.annotate.phrases import LONGEST, before_request, can_speak, clause_start, in_phrase
from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import Mention

_LONGEST_ASIDE = 45  # tokens between a subject and its verb
_MOST_ASIDES = 5
_BEHIND_NOUN = frozenset("of in from for at to on with familiar briefed close aware involved".split())
"""Words that go on with a noun phrase behind its noun: "a person familiar with"."""
_AFTER = frozenset(
    "in on at during after who whom whose which as to while when with about via through before by following and then "
    "of for last late early monday tuesday wednesday thursday friday saturday sunday yesterday earlier".split()
)
"""Words that end the phrase of a speaker behind "said"."""
_OPENS_PHRASE = frozenset(
    "the a an this that these those his her its their our my your one two three four five six several some many most "
    "other another both numerous all no".split()
)


class Source(NamedTuple):
    """The tokens begin to end (half-open) that name the speaker, and the mention at their heart when there is one."""

    begin: int
    end: int
    mention: Mention | None


class Voices:
    """The mentions of one report by where they begin and end, to find who stands at a place in its text."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self._starts: dict[int, list[Mention]] = {}
        self._ends: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._starts.setdefault(mention.span.start, []).append(mention)
            self._ends.setdefault(mention.span.end, []).append(mention)

    def ending(self, offset: int) -> Mention | None:
        """Return the longest mention that ends at the offset."""
        return min(self._ends.get(offset, ()), key=lambda one: one.span.start, default=None)

    def starting(self, offset: int) -> Mention | None:
        """Return the longest mention that begins at the offset."""
        return max(self._starts.get(offset, ()), key=lambda one: one.span.end, default=None)

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions inside text[start:end], the first first, the longer before what lies inside it."""
        found = [one for at in range(start, end) for one in self._starts.get(at, ()) if one.span.end <= end]
        return sorted(found, key=lambda one: (one.span.start, -one.span.end))

    def before(self, items: Sequence[Token], edge: int, plain: bool = False) -> Source | None:
        """Return the subject whose last token is items[edge - 1], appositions and asides looked through.

        plain: the verb means saying and nothing else, so that any noun phrase will do for its subject.
        """
        if edge <= 0:
            return None
        if items[edge - 1].text in (",", "—", "–"):
            return self._across_aside(items, edge, plain)
        if items[edge - 1].low in RELATIVE:
            return self._antecedent(items, edge - 2 if edge > 1 and items[edge - 2].text == "," else edge - 1)
        edge = before_request(items, edge)
        found = self._phrase(items, edge)
        return found if found is not None or not plain else self._any_phrase(items, edge)

    def _any_phrase(self, items: Sequence[Token], edge: int) -> Source | None:
        """Return the noun phrase that ends at `edge`, whatever its noun: "three former employees"."""
        begin = clause_start(items, edge)
        if 0 < begin < edge and items[begin - 1].low in ("and", "or") and clause_start(items, begin - 1) < begin - 1:
            begin = clause_start(items, begin - 1)
        words = items[begin:edge]
        if not words or len(words) > LONGEST or not all(in_phrase(word) for word in words):
            return None
        first, last = words[0], words[-1]
        opens = first.low in _OPENS_PHRASE or first.capital or first.text[0].isdigit() or last.low.endswith("s")
        if not opens or not last.word or last.low in titles.function_words() or last.low in CLAUSE:
            return None
        if any(word.low in BE or word.low in AUXILIARIES or word.low in MODALS - {"to"} for word in words):
            return None
        return Source(begin, edge, self.ending(last.end))

    def _antecedent(self, items: Sequence[Token], edge: int) -> Source | None:
        """Return whom a "who" or "which" at `edge` stands for; it need not be the subject of its own clause."""
        if edge <= 0 or not items[edge - 1].word:
            return None
        mention = self.ending(items[edge - 1].end)
        if mention is None or mention.type == "place":
            found = self._nameless(items, edge)
            return found if found is not None or items[edge].low != "who" else Source(edge - 1, edge, None)
        return Source(self._with_title(items, self._index(items, edge, mention.span.start), mention), edge, mention)

    def _across_aside(self, items: Sequence[Token], edge: int, plain: bool) -> Source | None:
        """Return the subject before commas in pairs; an apposition between them belongs to it, an aside does not.

        Behind the nearest comma any subject will do; further back only one that opens its sentence.
        """
        mark = items[edge - 1].text
        inner = None
        opening = edge - 1
        for step in range(_MOST_ASIDES):
            opening = next(
                (at for at in range(opening - 1, max(0, edge - _LONGEST_ASIDE), -1) if items[at].text == mark), 0
            )
            if not opening:
                return None
            inner = self._phrase(items, opening) or (self._any_phrase(items, opening) if plain else None)
            if inner is not None and (step == 0 or inner.begin == 0 or not items[inner.begin - 1].word):
                break
            inner = None
        if inner is None:
            return None
        first = items[opening + 1]
        if first.low in ASIDES or first.low.endswith(("ing", "ly")):
            return inner
        whole = self._phrase(items, edge - 1) if first.capital else None
        heart = whole.mention if whole is not None and whole.begin == opening + 1 else inner.mention
        if inner.mention is not None and inner.mention.type == "person" and inner.mention.name[:1].isupper():
            heart = inner.mention if not inner.mention.name.lower().startswith(("the ", "a ", "an ")) else heart
        return Source(inner.begin, edge, heart)

    def _phrase(self, items: Sequence[Token], edge: int) -> Source | None:
        """Return the noun phrase that ends at `edge`, when it could speak."""
        last = items[edge - 1]
        if last.low in PRONOUNS or last.low in ANONYMOUS:
            mention = self.ending(last.end)
            begin = edge - 1 if mention is None else self._index(items, edge, mention.span.start)
            while begin > 0 and last.low in ANONYMOUS and items[begin - 1].low in _OPENS_PHRASE:
                begin -= 1
            return Source(begin, edge, mention)
        heart_edge = self._before_bracket(items, edge)
        mention = self.ending(items[heart_edge - 1].end) if heart_edge else None
        if mention is None:
            return self._nameless(items, edge)
        begin = self._with_title(items, self._index(items, heart_edge, mention.span.start), mention)
        return self._whole(items, begin, edge, mention)

    def _before_bracket(self, items: Sequence[Token], edge: int) -> int:
        """Return the edge before a closing bracket's contents: "the agency (NIS)"."""
        if items[edge - 1].text != ")":
            return edge
        at = edge - 2
        while at > 0 and items[at].text != "(" and edge - at < LONGEST:
            at -= 1
        return at if items[at].text == "(" else edge

    def _index(self, items: Sequence[Token], edge: int, offset: int) -> int:
        at = edge - 1
        while at > 0 and items[at].start > offset:
            at -= 1
        return at

    def _with_title(self, items: Sequence[Token], begin: int, mention: Mention) -> int:
        """Return the index where the title and article before a name begin."""
        if mention.title is not None and begin > 0:
            words = mention.title.split()
            at = begin - 1 if items[begin - 1].text == "," else begin
            length = 0
            while at > 0 and length < len(mention.title.replace(" ", "")) and begin - at < 24:
                at -= 1
                length += len(items[at].text)
            if items[at].text == words[0] or words[0].startswith(items[at].text):
                begin = at
        if begin > 0 and items[begin - 1].low in ("the", "a", "an", "that", "this", "then", "then-", "our"):
            begin -= 1 if items[begin - 1].low != "that" else 0
        return begin

    def _whole(self, items: Sequence[Token], begin: int, edge: int, mention: Mention) -> Source | None:
        """Widen a mention to the coordination or larger phrase it ends, None when it is no subject there."""
        for _ in range(3):
            if begin > 1 and items[begin - 1].low == "and":
                other = self.ending(items[self._before_bracket(items, begin - 1) - 1].end)
                if other is None:
                    break
                start = self._with_title(items, self._index(items, begin - 1, other.span.start), other)
                if start > 0 and items[start - 1].word and items[start - 1].low not in CLAUSE:
                    break
                begin = start
            else:
                break
        if begin > 0 and items[begin - 1].low in (
            "of",
            "for",
            "from",
            "at",
            "in",
            "to",
            "with",
            "by",
            "about",
            "between",
        ):
            return self._nameless(items, edge)
        if begin > 0 and items[begin - 1].word and items[begin - 1].low not in CLAUSE and not items[begin - 1].capital:
            before = items[begin - 1].low
            if mention.type in ("person", "organisation", "place") and not before.endswith(("ly", "ed", "ing", "id")):
                wider = self._nameless(items, edge)
                return wider if wider is not None else Source(begin, edge, mention)
        return Source(begin, edge, mention)

    def _nameless(self, items: Sequence[Token], edge: int) -> Source | None:
        """Return the stretch back to where its clause begins, if it has a noun that can speak."""
        begin = clause_start(items, edge)
        if edge - begin > LONGEST or begin == edge:
            return None
        words = items[begin:edge]
        if any(word.low in BE or word.low in AUXILIARIES or word.low in MODALS - {"to"} for word in words):
            return None
        mention = next((m for w in words if (m := self.starting(w.start)) is not None and m.type != "place"), None)
        head = next((at for at, word in enumerate(words) if word.low in _BEHIND_NOUN), None)
        noun = words[(head if head else len(words)) - 1].low
        if noun[0].isdigit() and head and head > 1:
            noun = words[head - 2].low  # "Article 4 of the treaty"
        if noun in DOCUMENTS or noun in ANONYMOUS or noun in POLITIES or noun in UNNAMED or can_speak(noun):
            return Source(begin, edge, mention if mention and mention.span.start <= words[0].end else None)
        single = (
            len(words) <= 3 and all(word.capital for word in words) and words[-1].low not in titles.function_words()
        )
        return Source(begin, edge, mention) if single else None

    def after(self, items: Sequence[Token], at: int) -> Source | None:
        """Return the speaker that begins at `at`, with its apposition: said "Ana Ruiz, a farmer", ..."""
        start = at
        while start < len(items) and items[start].low in ("the", "a", "an", "then", "former") and start - at < 2:
            start += 1
        for begin in (at, start):
            for stop in range(begin, min(len(items), begin + 10)):
                mention = self.starting(items[stop].start)
                if mention is not None and (stop == begin or self._is_title(items, begin, stop)):
                    if (person := self._titled_by(items, begin, stop)) is not None:
                        stop, mention = person
                    return self._with_apposition(items, at, self._covering(items, stop, mention), mention)
                if not items[stop].word and items[stop].text not in ".'’":
                    break
        if at < len(items) and items[at].low in PRONOUNS | ANONYMOUS:
            return Source(at, at + 1, None)
        return None

    def behind(self, items: Sequence[Token], at: int) -> Source | None:
        """Return the noun phrase that follows "said" behind a quotation, whoever it is: "another user, Ana Ruiz"."""
        end = at
        while end < len(items) and end - at < LONGEST and in_phrase(items[end]) and items[end].low not in _AFTER:
            end += 1
        while end > at and not items[end - 1].word:
            end -= 1
        words = items[at:end]
        if not words or words[-1].low in titles.function_words() - ANONYMOUS:
            return None
        mention = next((one for word in words if (one := self.ending(word.end)) and one.type == "person"), None)
        name = self.starting(items[end + 1].start) if end + 1 < len(items) and items[end].text == "," else None
        if name is not None and name.type == "person" and mention is None and name.name[:1].isupper():
            return Source(at, self._covering(items, end + 1, name), name)
        return (
            self._with_apposition(items, at, end, mention) if mention else Source(at, end, self.ending(words[-1].end))
        )

    def _titled_by(self, items: Sequence[Token], begin: int, stop: int) -> tuple[int, Mention] | None:
        """Return the person whose title begins at `begin`: in "said NATO chief Ann Lee" NATO does not speak."""
        for at in range(stop + 1, min(len(items), stop + 9)):
            if not items[at].word and items[at].text not in (".", "'s", "’s"):
                return None
            mention = self.starting(items[at].start)
            if mention is not None and mention.type == "person" and mention.title is not None:
                return (at, mention) if begin <= self._with_title(items, at, mention) <= begin + 1 else None
        return None

    def _is_title(self, items: Sequence[Token], begin: int, stop: int) -> bool:
        lead = items[begin:stop]
        return titles.is_honorific(lead[0].text) or any(titles.is_head(word.text) for word in lead)

    def _covering(self, items: Sequence[Token], at: int, mention: Mention) -> int:
        while at < len(items) - 1 and items[at].end < mention.span.end:  # a name may reach behind its sentence
            at += 1
        return at + 1

    def _with_apposition(self, items: Sequence[Token], begin: int, end: int, mention: Mention) -> Source:
        """Add ", a professor at the university" and "(D-Ohio)" to the name, and a second name joined by "and"."""
        if end < len(items) and items[end].text == "(":
            close = next((i for i in range(end, min(len(items), end + 6)) if items[i].text == ")"), None)
            end = close + 1 if close is not None else end
        if mention.type == "person" and (apposition := titles.after(items, end)) is not None:
            end = apposition[1]
        return Source(begin, end, mention)
