"""The tree of one sentence made ready for questions: children, words of a phrase, who is joined to whom.

Everything is bounded, so that a thousand names in a row or a tree that is none costs no more than its words.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

from msgspec import Struct

from watchfloor.annotate.reading import Sentence
from watchfloor.annotate.words import Word

MOST_JOINED = 12
"""Phrases that "and" joins to one, at most (assumed: no sentence of news names more who do one thing)."""
_LOOSE = frozenset(
    ("acl", "acl:relcl", "appos", "conj", "cc", "parataxis", "punct", "advcl", "advcl:relcl", "list", "dep")
)
"""Children that hang on a phrase and are not of it: clauses, other names, what is joined to it."""
_OWNERS = frozenset(("nmod:poss", "compound", "nmod", "nmod:desc", "flat", "amod"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_MOST_OWNERS = 6


def _mended(lemma: str, low: str, xpos: str) -> str:
    """Return a dictionary form without the slips "deni", "urg" and "troops" of a network that has not seen the word."""
    if xpos[:2] == "VB":
        if low.endswith(("ied", "ies")) and lemma.endswith(("i", "ie")) and len(low) > 4:
            return f"{low[:-3]}y"
        return f"{lemma}e" if f"{lemma}e" in _verbs_with_e() else lemma
    if xpos == "NNS" and lemma.lower() == low and low.endswith("s") and not low.endswith("ss"):
        if low.endswith("ies"):
            return f"{low[:-3]}y"
        return low[:-2] if low.endswith(("ches", "shes", "xes", "sses")) else low[:-1]
    return lemma


@cache
def _verbs_with_e() -> frozenset[str]:
    text = resources.files("watchfloor.annotate").joinpath("data", "verbs_with_e.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


class Phrase(Struct, frozen=True):
    """Words that play a part: text[start:end], without relative clauses, appositions and what "and" joins to them.

    head, lemma, upos: the main word's number in its sentence, dictionary form and part of speech. lead: the preposition
    before it, lower case, None without one. heads: offsets of words that name what it is: the main word, then those
    that an apposition adds. owners: offsets of words inside that say whose it is ("Russia" of "Russia's troops").
    counted: offsets of a number on it, None without one.
    """

    start: int
    end: int
    head: int
    lemma: str
    upos: str
    lead: str | None
    heads: tuple[int, ...]
    owners: tuple[int, ...]
    counted: tuple[int, int] | None = None


class ClauseTree:
    """One sentence's words and tree; numbers of words count from 0, offsets are those of the report."""

    def __init__(self, text: str, offset: int, words: Sequence[Word], sentence: Sentence) -> None:
        """Read the tree; heads that lead nowhere or in a circle are taken as roots."""
        cut = words[sentence.first : sentence.last]
        self.sentence = sentence
        self.size = len(cut)
        self.start = [offset + word.start for word in cut]
        self.end = [offset + word.end for word in cut]
        self.low = [text[one:other].lower() for one, other in zip(self.start, self.end, strict=True)]
        self.head = [at - 1 if 0 < at <= self.size and at - 1 != i else -1 for i, at in enumerate(sentence.heads)]
        self.relation = sentence.relations
        self.upos = sentence.upos
        self.xpos = sentence.xpos
        self.lemma = [_mended(*one) for one in zip(sentence.lemmas, self.low, sentence.xpos, strict=True)]
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        for i, at in enumerate(self.head):
            if at >= 0:
                self.children[at].append(i)
        self.order = self._ordered()
        self._nearest: list[dict[str, int]] = [{} for _ in range(self.size)]
        for at in reversed(range(self.size)):
            for i in reversed(self.children[at]):
                self._nearest[at][self.relation[i]] = i
        self._first, self._last = self._extents()

    def _ordered(self) -> list[int]:
        """Return all words, every head before its children."""
        waiting = deque(i for i, at in enumerate(self.head) if at < 0)
        seen = [False] * self.size
        order: list[int] = []
        rest = iter(range(self.size))
        while len(order) < self.size:
            if not waiting:  # a circle: its first word is a root
                begin = next(i for i in rest if not seen[i])
                self.children[self.head[begin]].remove(begin)
                self.head[begin] = -1
                waiting.append(begin)
            at = waiting.popleft()
            if seen[at]:
                continue
            seen[at] = True
            order.append(at)
            waiting.extend(self.children[at])
        return order

    def _extents(self) -> tuple[list[int], list[int]]:
        """Return the first and last word of each word's own phrase."""
        first, last = list(range(self.size)), list(range(self.size))
        for i in reversed(self.order):
            at = self.head[i]
            if at < 0 or self.relation[i] in _LOOSE or (self.relation[i] == "case" and i < at):
                continue
            first[at] = min(first[at], first[i])
            last[at] = max(last[at], last[i])
        return first, last

    def child(self, at: int, *relations: str) -> int | None:
        """Return the first child with the first of the relations that any child has."""
        below = self._nearest[at]
        return next((below[one] for one in relations if one in below), None)

    def lead(self, at: int) -> str | None:
        """Return the preposition that leads a phrase, "because of" as its first word; None without one."""
        return next((self.low[i] for i in self.children[at] if self.relation[i] == "case" and i < at), None)

    def joined(self, at: int) -> list[int]:
        """Return the word and those that "and" joins to it, in text order."""
        found = [at]
        for i in found:
            found += [one for one in self.children[i] if self.relation[one] == "conj" and self._alike(at, one)]
            if len(found) >= MOST_JOINED:
                break
        return found[:MOST_JOINED]

    def _alike(self, one: int, other: int) -> bool:
        """Tell whether two joined words are both names or nouns, not one of them a verb."""
        return (self.upos[one] == "VERB") == (self.upos[other] == "VERB")

    def phrase(self, at: int, lead: str | None = None) -> Phrase:
        """Return the phrase of a word; lead: the preposition of what it is joined to."""
        meant = self.meant(at)
        heads = [self.start[meant]]
        heads += [self.start[i] for i in self.children[meant] if self.relation[i] in {"appos", "flat"}][:4]
        number = self.child(meant, "nummod")
        return Phrase(
            start=self.start[self._first[meant]],
            end=self.end[self._last[meant]],
            head=meant,
            lemma=self.lemma[meant].lower(),
            upos=self.upos[meant],
            lead=self.lead(at) or lead,
            heads=tuple(heads),
            owners=tuple(self.start[i] for i in self._owners(meant)),
            counted=None if number is None else (self.start[number], self.end[number]),
        )

    def phrases(self, at: int) -> tuple[Phrase, ...]:
        """Return the phrase of a word and of all that are joined to it."""
        lead = self.lead(at)
        return tuple(self.phrase(i, lead) for i in self.joined(at))

    def meant(self, at: int) -> int:
        """Return whom a relative pronoun stands for, else the word itself."""
        if self.low[at] not in _RELATIVE or self.upos[at] not in {"PRON", "DET"}:
            return at
        up = self.head[at]
        for _ in range(4):
            if up < 0:
                return at
            if self.relation[up] in {"acl:relcl", "acl"}:
                return max(self.head[up], -1) if self.head[up] >= 0 else at
            up = self.head[up]
        return at

    def _owners(self, at: int) -> list[int]:
        """Return the words inside a phrase that say whose it is, the nearest first."""
        found: list[int] = []
        for i in [at, *self.children[at]][: 2 * MOST_JOINED]:
            if i != at and self.relation[i] not in _OWNERS:
                continue
            if i != at:
                found.append(i)
            found += [one for one in self.children[i] if i != at and self.relation[one] in _OWNERS | {"conj"}]
            if len(found) >= _MOST_OWNERS:
                break
        return sorted(found[:_MOST_OWNERS], key=lambda i: self._rank(at, i))

    def _rank(self, at: int, i: int) -> tuple[int, int]:
        ranks = {"nmod:poss": 0, "compound": 1, "amod": 2, "flat": 3}
        return (ranks.get(self.relation[i], 4), abs(at - i))

    def ancestors(self, at: int, most: int = 8) -> Iterator[int]:
        """Yield the words above a word, the nearest first, a few."""
        for _ in range(most):
            at = self.head[at]
            if at < 0:
                return
            yield at
