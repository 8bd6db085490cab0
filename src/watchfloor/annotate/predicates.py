"""Who does what, from the tree: every verb and every noun of doing of a sentence, in text order."""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources

from msgspec import Struct

from watchfloor.annotate import reading
from watchfloor.annotate.clause_tree import ClauseTree, Phrase
from watchfloor.annotate.parties import KINDS, Actor
from watchfloor.annotate.predicate import Governor, Predicate
from watchfloor.annotate.predicate_mood import Moods
from watchfloor.annotate.predicate_sides import PASSIVE, Sides
from watchfloor.annotate.reading import Reading, Sentence
from watchfloor.core.report import Report

LIGHT = frozenset(
    "hold have pay make take give conduct launch stage begin start resume continue host attend issue impose sign reach "
    "carry mount undertake do offer provide send deliver lodge file place join lead open finish complete end "
    "conclude arrange schedule plan announce express extend voice convene call organise organize wage perform "
    "agree enter".split()
)
"""Verbs whose subject does what their object says: "held talks", "paid a visit", "imposed sanctions"."""
_MOST_ABOVE = 6  # words that govern a predicate (assumed)
_FEW = 8  # phrases that one predicate takes from another (assumed)


class Told(Struct, frozen=True):
    """A sentence and its predicates, in text order; start, end: offsets of the report."""

    start: int
    end: int
    tree: ClauseTree
    predicates: tuple[Predicate, ...]


def told(report: Report) -> Iterator[Told]:
    """Yield every sentence of headline, dek, subheads, body and captions with its predicates, in text order."""
    for passage in report.parts(*KINDS):
        for offset, found in reading.read(report.text, passage.start, passage.end):
            for sentence in found.sentences:
                yield of_sentence(report.text, offset, found, sentence)


def of_sentence(text: str, offset: int, found: Reading, sentence: Sentence) -> Told:
    """Return a sentence with its predicates; offset: where the paragraph begins in the text.

    Kept for the last texts: contacts, events, transfers and commitments ask the same of one report after another.
    """
    kept = _kept(text)
    held = kept.get((offset, sentence.first))
    if held is None or held.tree.sentence != sentence:
        tree = ClauseTree(text, offset, found.words, sentence)
        held = Told(tree.start[0], tree.end[-1], tree, tuple(_Finder(tree).predicates()))
        kept[offset, sentence.first] = held
    return held


@lru_cache(maxsize=2)
def _kept(text: str) -> dict[tuple[int, int], Told]:
    """Return the sentences of a text that have been read, by where they stand."""
    return {}


def actors_of(phrase: Phrase, actors: Sequence[Actor], *, owners: bool = True) -> list[Actor]:
    """Return who is meant by a phrase: the actors that hold its main word or an apposition's.

    owners: where no actor does, those that say whose it is: "Russia" for "Russia's troops".
    """
    for offsets in (phrase.heads[:1], phrase.heads[1:]):
        found = [one for one in actors if any(one.start <= at < one.end for at in offsets)]
        if found:
            return found[:1] if offsets is not phrase.heads[:1] else found
    if not owners or phrase.upos in {"PRON", "PROPN"}:
        return []
    for at in phrase.owners:
        held = [one for one in actors if one.name_start <= at < one.end]
        if held:
            return held
    return []


@cache
def event_nouns() -> frozenset[str]:
    """Return the nouns that tell something done or said, as dictionary forms."""
    text = resources.files("watchfloor.annotate").joinpath("data", "event_nouns.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


class _Finder:
    """Puts the predicates of one tree together."""

    def __init__(self, tree: ClauseTree) -> None:
        self.tree = tree
        self.sides = Sides(tree)
        self.moods = Moods(tree)

    def predicates(self) -> Iterator[Predicate]:
        tree = self.tree
        for at in tree.order:
            if tree.upos[at] in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON", "NUM"}:
                self.sides.find(at)
        nouns = event_nouns()
        for at in range(tree.size):
            if tree.upos[at] == "VERB":
                yield self._verb(at)
            elif tree.upos[at] in {"NOUN", "PROPN"} and tree.relation[at] != "compound":
                word = next((one for one in (tree.lemma[at].lower(), tree.low[at]) if one in nouns), None)
                if word is not None:  # "shelling" is a form of "shell" to the network
                    yield self._noun(at, word)

    def _verb(self, at: int) -> Predicate:
        tree = self.tree
        objects, passive = self.sides.objects[at], self.sides.passive[at]
        indirect = tree.child(at, "iobj")
        given = tree.phrases(indirect) if indirect is not None else ()
        if passive and tree.child(at, "obj") is not None and tree.child(at, *PASSIVE) is not None:
            undergoer = tree.child(at, *PASSIVE)
            given = tree.phrases(undergoer) if undergoer is not None else given  # "was given tanks"
            objects = tuple(one for one in objects if one not in given)
        particle = tree.child(at, "compound:prt")
        negated, modal, tense = self.moods.of(at)
        return Predicate(
            lemma=tree.lemma[at].lower(),
            kind="verb",
            start=tree.start[at],
            end=tree.end[at],
            at=at,
            particle=None if particle is None else tree.low[particle],
            passive=passive,
            subjects=self.sides.subjects[at],
            objects=objects,
            indirect=given,
            obliques=self._obliques(at),
            negated=negated,
            modal=modal,
            tense=tense,
            governors=tuple(self._governors(at)),
        )

    def _noun(self, at: int, word: str) -> Predicate:
        tree, up = self.tree, self.tree.head[at]
        possessor = tree.child(at, "nmod:poss")
        owners = tree.phrases(possessor) if possessor is not None else ()
        light = self._light(at)
        nouns = [i for i in tree.children[at] if tree.relation[i] in {"nmod", "obl"}]
        by = tuple(one for i in nouns if tree.lead(i) == "by" for one in tree.phrases(i))
        of = tuple(one for i in nouns if tree.lead(i) == "of" for one in tree.phrases(i))
        obliques = [one for i in nouns if tree.lead(i) not in {"by", "of"} for one in tree.phrases(i)]
        for i in nouns:  # "the deployment of troops to Russia": the last phrase hangs on the troops
            if tree.lead(i) == "of":
                below = [j for j in tree.children[i] if tree.relation[j] == "nmod" and tree.lead(j) not in {None, "of"}]
                obliques += [one for j in below[:3] for one in tree.phrases(j)]
        subjects = owners + by
        if light is not None:
            subjects = subjects or self.sides.subjects.get(light, ())
            obliques += self._obliques(light)
        hangs = up >= 0 and tree.upos[up] == "VERB" and tree.relation[at] in {"obl", "obj"}
        around = self.sides.grammatical(up) if hangs and light is None else ()
        beside = tree.child(light, "iobj") if light is not None else None
        given = tree.phrases(beside) if beside is not None else ()
        negated, modal, tense = self.moods.of(light) if light is not None else (False, None, None)
        no = tree.child(at, "det")
        return Predicate(
            lemma=word,
            kind="noun",
            start=tree.start[at],
            end=tree.end[at],
            at=at,
            subjects=subjects[:_FEW],
            obliques=tuple(obliques[: 2 * _FEW]),
            owners=owners,
            of=of[:_FEW],
            modifiers=tuple(
                tree.phrase(i) for i in tree.children[at] if tree.relation[i] in {"compound", "amod", "nmod:desc"}
            )[:_FEW],
            indirect=given,
            around=around,
            light=None if light is None else tree.lemma[light].lower(),
            negated=negated or (no is not None and tree.low[no] == "no"),
            modal=modal,
            tense=tense,
            governors=tuple(self._governors(at)),
        )

    def _light(self, at: int) -> int | None:
        """Return the light verb of a noun: of which it is the object, or the subject in a passive."""
        tree = self.tree
        while tree.relation[at] == "conj" and tree.head[at] >= 0 and tree.upos[tree.head[at]] == "NOUN":
            at = tree.head[at]
        up = tree.head[at]
        if up < 0 or tree.lemma[up].lower() not in LIGHT:
            return None
        return (
            up
            if tree.relation[at] in {"obj", "nsubj:pass"} or (tree.low[up] == "agreed" and tree.lead(at) == "on")
            else None
        )

    def _obliques(self, at: int) -> tuple[Phrase, ...]:
        tree = self.tree
        hanging = [i for i in tree.children[at] if tree.relation[i] in {"obl", "nmod"} and tree.lead(i) is not None]
        found = [one for i in hanging[:_FEW] for one in tree.phrases(i)]
        direct = tree.child(at, "obj", "nsubj:pass")
        if direct is not None:  # "sent troops to Russia" is often read as the troops of there
            below = [
                i for i in tree.children[direct] if tree.relation[i] == "nmod" and tree.lead(i) not in {None, "of"}
            ]
            found += [one for i in below[:3] for one in tree.phrases(i)]
        return tuple(found[: 2 * _FEW])

    def _governors(self, at: int) -> Iterator[Governor]:
        """Yield the words above a predicate, the nearest first; joined verbs are passed over."""
        tree = self.tree
        for up in tree.ancestors(at, _MOST_ABOVE):
            relation = tree.relation[at]
            if relation == "conj" or tree.upos[up] == "AUX":
                at = up
                continue
            marked = tree.child(at, "mark")
            negated, modal, tense = self.moods.of(up)
            yield Governor(
                lemma=tree.lemma[up].lower(),
                upos=tree.upos[up],
                start=tree.start[up],
                relation=relation,
                mark=tree.low[marked] if marked is not None else tree.lead(at),
                negated=negated,
                modal=modal,
                tense=tense,
                subjects=self.sides.subjects.get(up, ()),
            )
            at = up
