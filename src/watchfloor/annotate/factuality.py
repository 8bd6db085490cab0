"""Whether something is said to be so or not, how surely, and of what time: from the tree above and below its word.

Polarity, modality and tense are kept apart from the act: "will not attend" can be a promise; it is negative, certain,
future.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watchfloor.annotate.reading import Sentence, read
from watchfloor.core.annotation import Modality, Polarity, Tense

_NOT = frozenset("not n't n’t never neither nor no hardly scarcely nobody none nothing".split())
_NEGATES = frozenset({"advmod", "det", "cc:preconj", "nsubj", "obj"})
_FAILS = frozenset(
    "fail refuse decline deny avoid prevent lack reject cancel abandon scrap halt forgo rule refrain cease stop "
    "unable failure refusal absence unwilling impossible".split()
)
"""Words whose complement is not so: "failed to attend", "the failure of the talks"."""
_AHEAD = frozenset(
    "plan intend expect want hope agree promise vow decide aim prepare schedule propose seek pledge set due slate "
    "intention decision readiness ready bound willing offer urge ask call demand order tell invite require need "
    "try wait consider threaten commit proposal bid wish request likely poise bind able allow enable help predict "
    "forecast anticipate await mean design target would-be planned upcoming future next forthcoming proposed "
    "expected".split()
)
"""Words whose complement lies ahead of them: "plans to visit", "urged it to stop"."""
_WILL = frozenset("will shall 'll ’ll wo".split())
_WOULD = frozenset("would should must ought may might".split())
_MAY = frozenset("may might could can".split())
_PERHAPS = frozenset(
    "possibly perhaps maybe potentially conceivably possible possibility potential option risk chance".split()
)
_LIKELY = frozenset(
    "probably likely presumably apparently reportedly allegedly seemingly seem appear believe think suspect assume "
    "probable likelihood suggest speculate speculation rumor rumour doubt estimate unlikely expect forecast predict "
    "anticipate".split()
)
_IF = frozenset("if unless whether".split())
_GOES_ON = frozenset("begin start continue manage seem appear use happen prove come get cease stop have fail".split())
"""Words whose infinitive is of their own time: "began to fall"."""
_COMPLEMENTS = frozenset("xcomp ccomp obj obl nmod acl csubj nsubj:pass".split())
_PASSES_UP = _COMPLEMENTS | frozenset({"conj", "dep"})
"""Relations through which what stands above bears on a word."""
_TENSED = frozenset({"VBD", "VBZ", "VBP"})
_STEPS = 4
"""Words looked at above one; farther up it is another statement (assumed)."""
_ORDER: tuple[Modality, ...] = ("certain", "probable", "possible")


class Factuality(NamedTuple):
    """Whether it is so, how surely, and when, as the words say."""

    polarity: Polarity = "positive"
    modality: Modality = "certain"
    tense: Tense = "past"


class Clauses:
    """The sentences of a report by where they begin, to find the factuality of what stands at a place in its text."""

    def __init__(self, text: str, stretches: Sequence[tuple[int, int]]) -> None:
        self._found = [
            (offset + reading.words[sentence.first].start, offset, reading, sentence)
            for start, end in stretches
            for offset, reading in read(text, start, end)
            for sentence in reading.sentences
        ]

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence around an offset, (at, at) where there is none."""
        if not self._found:
            return at, at
        begin, offset, reading, sentence = self._found[self._around(at)]
        return begin, reading.words[sentence.last - 1].end + offset

    def _around(self, at: int) -> int:
        return max(0, bisect_right(self._found, at, key=lambda one: one[0]) - 1)

    def of_event(self, start: int, end: int) -> Factuality | None:
        """Return the factuality of what one word tells, by all that its sentence says of it; None outside of words."""
        if not self._found:
            return None
        _, offset, reading, sentence = self._found[self._around(start)]
        for at in range(sentence.first, sentence.last):
            if offset + reading.words[at].start < end and start < offset + reading.words[at].end:
                return of_word(sentence, at - sentence.first)
        return None

    def of_stretch(self, start: int, end: int) -> Factuality | None:
        """Return the factuality of the first clause of a stretch; None where no word begins in it."""
        at = self._around(start)
        for _, offset, reading, sentence in self._found[at : at + 2]:
            words = [reading.words[n].start + offset for n in range(sentence.first, sentence.last)]
            first, last = bisect_left(words, start), bisect_left(words, end)
            if any(sentence.upos[n] not in ("PUNCT", "SYM") for n in range(first, last)):
                return of_word(sentence, _top(sentence, first, last - 1), first)
        return None


def of_word(sentence: Sentence, at: int, floor: int = 0) -> Factuality:
    """Return the factuality of what the word number `at` of a sentence tells.

    floor: words before this one say nothing about it: the speaker's own words are not the narrator's.
    """
    below = _children(sentence)
    arguments = [n for n in below[at] if sentence.relations[n] in ("nsubj", "nsubj:pass", "obj")]
    none = any(_negated(sentence, below[n], frozenset({"det"})) for n in arguments)
    negative = _negated(sentence, below[at], _NEGATES) or none
    modality, tense = _doubt(sentence, at, below[at]), _tense(sentence, at, below[at])
    for down, up in _above(sentence, at, floor):
        relation = sentence.relations[down]
        if relation in _COMPLEMENTS:
            negative ^= sentence.lemmas[up] in _FAILS
        if relation in ("xcomp", "ccomp", "obj"):
            negative ^= _negated(sentence, below[up], frozenset({"advmod"}))
        if not _has_tense(sentence, at, below[at]) and _lies_ahead(sentence, at, relation, up, below[up]):
            tense = "future"
        modality = max(modality, _doubt(sentence, up, below[up]), key=_ORDER.index)
    return Factuality("negative" if negative else "positive", modality, tense)


def _negated(sentence: Sentence, below: Sequence[int], relations: frozenset[str]) -> bool:
    return any(sentence.lemmas[n] in _NOT and sentence.relations[n] in relations for n in below)


def _lies_ahead(sentence: Sentence, at: int, relation: str, up: int, below: Sequence[int]) -> bool:
    """Tell whether a word without a tense of its own lies ahead of the word above it, or with it."""
    if sentence.lemmas[up] in _AHEAD and relation in _COMPLEMENTS:
        return True
    return sentence.upos[at] in ("VERB", "AUX", "ADJ") and _tense(sentence, up, below) == "future"


def _has_tense(sentence: Sentence, at: int, below: Sequence[int]) -> bool:
    """Return whether a word or its auxiliary has a tense of its own: "told parliament that it has been sold"."""
    helpers = (n for n in below if sentence.relations[n] in ("aux", "aux:pass", "cop"))
    return sentence.xpos[at] in _TENSED or any(sentence.xpos[n] in _TENSED for n in helpers)


def _children(sentence: Sentence) -> list[list[int]]:
    below: list[list[int]] = [[] for _ in sentence.heads]
    for at, head in enumerate(sentence.heads):
        if head:
            below[head - 1].append(at)
    return below


def _top(sentence: Sentence, first: int, last: int) -> int:
    """Return the word of a stretch that all its others stand below, or the first of such."""
    for at in range(first, last + 1):
        head = sentence.heads[at] - 1
        if not first <= head <= last and sentence.relations[at] not in ("punct", "mark", "cc", "case"):
            return at
    return first


def _above(sentence: Sentence, at: int, floor: int) -> Iterator[tuple[int, int]]:
    """Yield (word, the word above it) upwards as far as what stands above bears on the first."""
    for _ in range(_STEPS):
        up, relation = sentence.heads[at] - 1, sentence.relations[at]
        if up < floor or not {relation, relation.split(":")[0]} & _PASSES_UP:
            return
        yield at, up
        at = up


def _tense(sentence: Sentence, at: int, below: Sequence[int]) -> Tense:
    """Return the tense of a word by its form and auxiliaries; an infinitive lies ahead, a noun is of the past."""
    helpers = [n for n in below if sentence.relations[n] in ("aux", "cop", "aux:pass")]
    lemmas = {sentence.lemmas[n] for n in helpers}
    going = any(sentence.lemmas[n] == "go" and sentence.xpos[n] == "VBG" for n in helpers)
    planned = any(sentence.lemmas[n] in _AHEAD and sentence.relations[n] == "amod" for n in below)
    if lemmas & _WILL or going or planned or (lemmas & _WOULD and "have" not in lemmas):
        return "future"
    if any(sentence.lemmas[n] == "to" and sentence.relations[n] == "mark" for n in below):
        governor = sentence.lemmas[sentence.heads[at] - 1] if sentence.heads[at] else ""
        return "past" if governor in _GOES_ON or "have" in lemmas else "future"
    present = (sentence.xpos[n] for n in helpers if sentence.lemmas[n] != "have")
    return "present" if sentence.xpos[at] in ("VBZ", "VBP") or {*present} & {"VBZ", "VBP"} else "past"


def _doubt(sentence: Sentence, at: int, below: Sequence[int]) -> Modality:
    """Return how surely a word's clause is said to be so."""
    near = [n for n in below if sentence.relations[n].split(":")[0] in ("aux", "advmod", "mark", "amod")]
    lemmas = {sentence.lemmas[n] for n in near} | {sentence.lemmas[at]}
    may = any(sentence.lemmas[n] in _MAY and sentence.relations[n] == "aux" for n in near)
    conditional = any(sentence.lemmas[n] in _IF and sentence.relations[n] == "mark" for n in near)
    if may or conditional or lemmas & _PERHAPS:
        return "possible"
    return "probable" if lemmas & _LIKELY else "certain"
