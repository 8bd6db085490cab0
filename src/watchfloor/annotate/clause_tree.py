"""The tree of one sentence made ready for questions: children, words of a phrase, who is joined to whom.

Everything is bounded, so that a thousand names in a row or a tree that is none costs no more than its words.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
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
_WITH_JOINED = _OWNERS | {"conj"}
_WITH_SUBJECT = frozenset(("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "aux:pass", "expl"))
_NAMING = frozenset(("PROPN", "NOUN"))
_RELATIVE = frozenset(("who", "which", "that", "whom", "whose"))
_MOST_OWNERS = 6
_FARTHEST_JOINED = 5


def _mended(lemma: str, low: str, xpos: str) -> str:
    """Return a dictionary form without the slips "expell", "urg" and "troops" of a network that knows few words."""
    if xpos[:2] == "VB":
        return base(low) or lemma
    if xpos == "NNS" and lemma.lower() == low and low.endswith("s") and not low.endswith("ss"):
        if low.endswith("ies"):
            return f"{low[:-3]}y"
        return low[:-2] if low.endswith(("ches", "shes", "xes", "sses")) else low[:-1]
    return lemma


@lru_cache(maxsize=20_000)
def base(form: str) -> str | None:
    """Return the known verb that a form is of, None when it is of none.

    >>> base("expelled"), base("urging"), base("struck"), base("cried"), base("decreed")
    ('expel', 'urge', 'strike', 'cry', None)
    """
    known = _verbs()
    found = _irregular().get(form)
    if found is not None:
        return found
    tries = [form]
    for end in ("ed", "ing", "es", "s"):
        stem = form.removesuffix(end)
        if stem != form and len(stem) > 1:
            doubled = stem[:-1] if stem[-1] == stem[-2] else stem
            cried = [f"{stem[:-1]}y"] if stem[-1] == "i" else []
            tries += [f"{stem}e", stem, doubled, *cried] if end != "s" else [stem]
    return next((one for one in tries if one in known), None)


def _listed(name: str) -> list[str]:
    text = resources.files("watchfloor.annotate").joinpath("data", name).read_text(encoding="utf-8")
    return [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]


@cache
def _irregular() -> dict[str, str]:
    pairs = (one.partition(":") for one in _listed("irregular_verbs.txt"))
    return {form: verb for form, _, verb in pairs}


@cache
def _verbs() -> frozenset[str]:
    return frozenset(_listed("verbs.txt"))


class Phrase(Struct, frozen=True):
    """Words that play a part: text[start:end], without relative clauses, appositions and what "and" joins to them.

    head, head_end, lemma, upos: the main word's number in its sentence, where it ends, its dictionary form and part of
    speech. lead: the preposition before it, lower case, None without one. heads: offsets of words that name what it is:
    the main word, then those that an apposition adds. owners: offsets of words inside that say whose it is ("Russia" of
    "Russia's troops"). counted: offsets of a number on it, None without one.
    """

    start: int
    end: int
    head: int
    head_end: int
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
        self.relation: Sequence[str] = sentence.relations
        self.upos: Sequence[str] = sentence.upos
        self.xpos = sentence.xpos
        self.lemma = [_mended(*one) for one in zip(sentence.lemmas, self.low, sentence.xpos, strict=True)]
        self._raise_finite()
        self._lower_visiting()
        self._restore_subjects()
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

    def _raise_finite(self) -> None:
        """Join a past tense to the verb above an infinitive: "urged them to wait and left" is "urged and left"."""
        led = {at for i, at in enumerate(self.head) if self.relation[i] == "mark" and self.low[i] == "to"}
        helped = {at for i, at in enumerate(self.head) if self.relation[i] in {"aux", "aux:pass"}}
        for i, at in enumerate(self.head):
            past = self.xpos[i] == "VBD" or (self.xpos[i] == "VBN" and i not in helped)
            if self.relation[i] != "conj" or not past or at not in led or self.xpos[at] != "VB":
                continue
            for _ in range(_FARTHEST_JOINED):
                at = self.head[at]
                if at < 0 or at == i:
                    break
                if self.xpos[at] in {"VBD", "VBZ", "VBP"}:
                    self.head[i] = at
                    break

    def _restore_subjects(self) -> None:
        """Make who stands before a verb without a subject its subject: a second object, or what is said of the object.

        "Iceland's Roe met the ministers" has two objects to the network, "Premier Kask received the president, Ada Nel"
        an apposition that stands before its noun.
        """
        before: dict[int, int] = {}
        behind: set[int] = set()
        whole: set[int] = set()
        for i, at in enumerate(self.head):
            relation = self.relation[i]
            if at < 0:
                continue
            if relation in _WITH_SUBJECT:
                whole.add(at)
            up = self.head[at]
            if relation == "obj" and self.upos[i] in _NAMING:
                if i < at:
                    before.setdefault(at, i)
                else:
                    behind.add(at)
            elif relation == "appos" and up >= 0 and i < up < at and self.relation[at] == "obj":
                before.setdefault(up, i)
        changed = list(self.relation)
        for i, at in enumerate(self.head):  # "this came as a delegation briefed the allies"
            if changed[i] != "advcl" or i in whole or self.xpos[i] not in {"VBD", "VBZ", "VBP"} or at > i:
                continue
            led = [k for k in range(at + 1, min(i, at + 4)) if self.low[k] == "as" and changed[k] == "case"]
            who = self.head[led[0]] if led else -1
            if at < who < i and self.head[who] == at and changed[who] in {"nsubj", "obl"}:
                self.head[who], changed[who] = i, "nsubj"
                self.head[led[0]], changed[led[0]] = i, "mark"
        for at, i in before.items():
            if at in behind and at not in whole and self.xpos[at] in {"VBD", "VBZ", "VBP"}:
                self.head[i], changed[i] = at, "nsubj"
                for k in range(i):  # "Iceland's" before the subject is not of the object behind the verb
                    if self.head[k] > at and changed[k] in {"nmod:poss", "amod", "compound", "nmod:desc", "det"}:
                        self.head[k] = i
        self.relation = changed

    def _lower_visiting(self) -> None:
        """Make "visiting" of "talks with visiting Chancellor Ada Nel" a word before a name, and no clause."""
        relation, upos = list(self.relation), list(self.upos)
        for i in range(1, self.size - 1):
            if self.low[i] != "visiting" or relation[i] != "advcl" or self.low[i - 1] != "with":
                continue
            guest = next((k for k in range(i + 1, self.size) if self.head[k] == i and relation[k] == "obj"), None)
            titled = guest is not None and any(
                self.head[k] == guest and relation[k] in {"nmod:desc", "compound", "amod"} for k in range(i + 1, guest)
            )
            if guest is None or not titled or self.head[i - 1] != i:
                continue
            for k in range(self.size):
                if self.head[k] == i and k not in {guest, i - 1}:
                    self.head[k] = self.head[i]
            self.head[guest], relation[guest] = self.head[i], "obl"
            self.head[i - 1], relation[i - 1] = guest, "case"
            self.head[i], relation[i], upos[i] = guest, "amod", "ADJ"
        self.relation, self.upos = relation, upos

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
        for one in relations:
            if one in below:
                return below[one]
        return None

    def lead(self, at: int) -> str | None:
        """Return the preposition that leads a phrase, "because of" as its first word; None without one."""
        for i in self.children[at]:
            if self.relation[i] == "case" and i < at:
                return self.low[i]
        return None

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
        parts = [i for i in self.children[meant] if self.relation[i] == "compound"]  # "Secretary-General, Ada Nel"
        heads += [self.start[i] for part in parts[:4] for i in self.children[part] if self.relation[i] == "appos"][:2]
        number = self.child(meant, "nummod")
        return Phrase(
            start=self.start[self._first[meant]],
            end=self.end[self._last[meant]],
            head=meant,
            head_end=self.end[meant],
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
            found += [one for one in self.children[i] if i != at and self.relation[one] in _WITH_JOINED]
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
