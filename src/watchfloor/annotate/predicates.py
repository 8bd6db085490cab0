"""Who does what, from the tree: every verb and every noun of doing with its parts, its negation and what governs it.

A part is logical: the grammatical subject of a passive is its object, and who stands behind "by" its subject.
"""

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from watchfloor.annotate import reading
from watchfloor.annotate.clause_tree import ClauseTree, Phrase
from watchfloor.annotate.parties import KINDS, Actor
from watchfloor.annotate.reading import Reading, Sentence
from watchfloor.core.report import Report

LIGHT = frozenset(
    "hold have pay make take give conduct launch stage begin start resume continue host attend issue impose sign reach "
    "carry mount undertake do offer provide send deliver lodge file place join lead open finish complete end "
    "conclude arrange schedule plan announce express extend voice convene call organise organize wage perform "
    "agree enter".split()
)
"""Verbs whose subject does what their object says: "held talks", "paid a visit", "imposed sanctions"."""
_OBJECT_CONTROLS = frozenset(
    "order urge ask tell force persuade allow invite encourage request command require instruct compel press call "
    "advise warn enable help permit pressure direct authorize authorise send want expect beg implore push convince "
    "pay train appoint let make see hear watch sentence beseech remind challenge dispatch deploy cause lead "
    "wish".split()
)
"""Verbs whose object does what the infinitive behind them says: "urged Denmark to leave"."""
_SAYING = frozenset("say tell add write report note".split())
_NOT = frozenset("not n't n’t never no neither nor hardly without".split())
_MOST_ABOVE = 6  # words that govern a predicate (assumed)
_FEW = 8  # phrases that one predicate takes from another (assumed)

_SUBJECT = ("nsubj", "csubj", "nsubj:outer")
_PASSIVE = ("nsubj:pass", "csubj:pass")
_CLAUSES = ("xcomp", "ccomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj")


class Governor(Struct, frozen=True):
    """A word above a predicate: "agreed" of "agreed to send", "denied" of "denied the attack".

    relation: how what is governed hangs on it. mark: the word that leads the governed clause or phrase ("if", "to",
    "for"). negated, modal, tense: the governor's own, as in `Predicate`. subject: who governs.
    """

    lemma: str
    upos: str
    start: int
    relation: str
    mark: str | None
    negated: bool
    modal: str | None
    tense: str | None
    subjects: tuple[Phrase, ...] = ()


class Predicate(Struct, frozen=True):
    """One verb or noun of doing and its parts; offsets are those of the report.

    lemma: "call" of "called off", whose particle is "off". start, end: the word itself; at: its number in the sentence.
    subjects: who does it; what a verb shares, controls or raises is in, and for a noun the possessor, "by" and the
    subject of its light verb. objects: what or whom it is done to, also the subject of a passive. indirect: to whom
    without a preposition. obliques: phrases with a preposition (`Phrase.lead`). owners: possessors of a noun, also in
    `subjects`. of: phrases after "of". modifiers: words before a noun ("phone" talks, "Russian" attack).
    around: who does the verb in whose clause the noun stands: "in a call with X, Y said" (Y); only a hint.
    light: the light verb of a noun. modal: "will", "could", lower case. tense: "past", "present", "future",
    "progressive", "infinitive", "participle" or None. governors: the nearest first.
    """

    lemma: str
    kind: Literal["verb", "noun"]
    start: int
    end: int
    at: int
    particle: str | None = None
    passive: bool = False
    subjects: tuple[Phrase, ...] = ()
    objects: tuple[Phrase, ...] = ()
    indirect: tuple[Phrase, ...] = ()
    obliques: tuple[Phrase, ...] = ()
    owners: tuple[Phrase, ...] = ()
    of: tuple[Phrase, ...] = ()
    modifiers: tuple[Phrase, ...] = ()
    around: tuple[Phrase, ...] = ()
    light: str | None = None
    negated: bool = False
    modal: str | None = None
    tense: str | None = None
    governors: tuple[Governor, ...] = ()

    def behind(self, *leads: str) -> tuple[Phrase, ...]:
        """Return the phrases behind one of the prepositions."""
        return tuple(one for one in self.obliques if one.lead in leads)


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
    """Reads one tree from the root down, so that what a verb lends to another is known when it is asked for."""

    def __init__(self, tree: ClauseTree) -> None:
        self.tree = tree
        self.subjects: dict[int, tuple[Phrase, ...]] = {}
        self.objects: dict[int, tuple[Phrase, ...]] = {}
        self.passive: dict[int, bool] = {}
        self._moods: dict[int, tuple[bool, str | None, str | None]] = {}

    def predicates(self) -> Iterator[Predicate]:
        tree = self.tree
        for at in tree.order:
            if tree.upos[at] in {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "ADV", "PRON", "NUM"}:
                self._sides(at)
        nouns = event_nouns()
        for at in range(tree.size):
            if tree.upos[at] == "VERB":
                yield self._verb(at)
            elif tree.upos[at] in {"NOUN", "PROPN"} and tree.relation[at] != "compound":
                word = next((one for one in (tree.lemma[at].lower(), tree.low[at]) if one in nouns), None)
                if word is not None:  # "shelling" is a form of "shell" to the network
                    yield self._noun(at, word)

    def _sides(self, at: int) -> None:
        """Find who does what a word says and to whom; its governor's sides are known."""
        tree = self.tree
        verbal = tree.upos[at] == "VERB"
        below = tree.children[at]
        passive = tree.child(at, *_PASSIVE, "aux:pass") is not None or self._reduced(at)
        passive = passive or (tree.child(at, "obl:agent") is not None and not self._has_done(at))
        subject, undergoer = tree.child(at, *_SUBJECT), tree.child(at, *_PASSIVE)
        if subject is None and undergoer is None and verbal:  # "strongly" of "A, head of B, strongly condemned" took it
            beside = tree.child(at, "advmod")
            subject = tree.child(beside, "nsubj") if beside is not None and beside < at else None
        if undergoer is not None and subject is None and self._is_perfect(at):  # "has suspended" is no passive
            subject, undergoer, passive = undergoer, None, False
        if undergoer is None and passive and subject is not None:
            subject, undergoer = None, subject
        objects: tuple[Phrase, ...] = ()
        if subject is not None and tree.lead(subject) is None:  # "hundreds" and "of troops", each a subject
            counted = [i for i in below if tree.relation[i] == "nsubj" and i > subject and tree.lead(i) == "of"]
            subject = counted[0] if counted and counted[0] < at else subject
        subjects: tuple[Phrase, ...] = tree.phrases(subject) if subject is not None else ()
        if verbal:
            direct = tree.child(at, "obj")
            objects = tree.phrases(direct) if direct is not None else ()
            if direct is None and not passive:
                objects = self._shared_object(at) or self._object_before(at)
        if passive:
            agents = [
                i
                for i in below
                if tree.relation[i] == "obl:agent" or (tree.relation[i] == "obl" and tree.lead(i) == "by")
            ]
            subjects = tuple(one for i in agents[:3] for one in tree.phrases(i))
            under = tree.phrases(undergoer) if undergoer is not None else self._lent(at)
            objects = (*under, *objects)[:_FEW]
        elif subject is None and (verbal or tree.upos[at] == "ADJ"):
            subjects = self._lent(at)
        self.subjects[at], self.objects[at], self.passive[at] = subjects, objects, passive

    def _is_perfect(self, at: int) -> bool:
        """Tell whether a form of "have" and none of "be" stands before a verb, or nothing before a past tense."""
        helping = {self.tree.lemma[i].lower() for i in self.tree.children[at] if self.tree.relation[i][:3] == "aux"}
        return not helping & {"be", "get"} and ("have" in helping or self.tree.xpos[at] == "VBD")

    def _has_done(self, at: int) -> bool:
        """Tell whether a form of "have" and none of "be" stands before a verb: "had spoken by phone"."""
        helping = {self.tree.lemma[i].lower() for i in self.tree.children[at] if self.tree.relation[i][:3] == "aux"}
        return "have" in helping and not helping & {"be", "get"}

    def _reduced(self, at: int) -> bool:
        """Tell whether it is a participle that hangs on whom it is done to: "troops sent to Russia"."""
        tree = self.tree
        if tree.xpos[at] != "VBN" or tree.child(at, "aux") is not None:
            return False
        if tree.relation[at] == "conj" and tree.head[at] >= 0 and tree.child(at, *_SUBJECT) is None:
            return self.passive.get(tree.head[at], False)
        free = tree.child(at, *_SUBJECT) is None and tree.child(at, "obj") is None
        return tree.relation[at] in {"acl", "advcl"} and free

    def _shared_object(self, at: int) -> tuple[Phrase, ...]:
        """Return the object that stands only behind the last of joined verbs: "met and thanked the king"."""
        tree = self.tree
        later = tree.child(at, "conj")
        if later is None or tree.upos[later] != "VERB" or tree.child(at, "obl", "xcomp", "ccomp", "iobj") is not None:
            return ()
        direct = tree.child(later, "obj")
        between = range(at + 1, later)
        plain = all(tree.upos[i] in {"CCONJ", "PUNCT", "ADV", "AUX"} for i in between[:6]) and len(between) <= 6
        return tree.phrases(direct) if direct is not None and plain else ()

    def _object_before(self, at: int) -> tuple[Phrase, ...]:
        """Return the object that the tree gave to the first of joined verbs: "will monitor and take measures"."""
        tree, up = self.tree, self.tree.head[at]
        if up < 0 or tree.relation[at] != "conj" or tree.upos[up] != "VERB" or tree.child(at, "obl", "xcomp", "ccomp"):
            return ()
        direct = tree.child(up, "obj")
        return tree.phrases(direct) if direct is not None and direct > at else ()

    def _lent(self, at: int) -> tuple[Phrase, ...]:
        """Return the subject that a verb without one of its own takes from the word it hangs on."""
        tree, up, relation = self.tree, self.tree.head[at], self.tree.relation[at]
        if up < 0:
            return ()
        if relation in {"acl", "acl:relcl"}:
            return self._owner_of(at, up)
        grammatical = self._grammatical(up)
        if relation == "xcomp":
            return self._controlling(up, grammatical)
        if relation == "conj":
            return grammatical
        if relation in {"advcl", "parataxis"}:
            marked = tree.child(at, "mark")
            helping = tree.child(at, "cop")
            bare = helping is not None and tree.xpos[helping] == "VB"  # "wished her to be able to go"
            if (marked is not None and tree.low[marked] == "to") or bare:
                return self._controlling(up, grammatical)
            if marked is not None and tree.low[marked] in {"if", "because"}:
                return ()
            if marked is not None and tree.low[marked] == "for" and tree.xpos[at] == "VBG" and self.objects.get(up):
                return self.objects[up]  # "blamed him for shooting"
            return () if tree.lemma[up].lower() in _SAYING and tree.xpos[at] == "VBG" and at < up else grammatical
        if relation == "ccomp" and tree.child(at, "mark") is not None and tree.xpos[at] in {"VB", "VBG"}:
            return self._controlling(up, grammatical)
        if relation in {"ccomp", "csubj"} and tree.xpos[at] == "VBG":
            return grammatical
        return ()

    def _owner_of(self, at: int, noun: int) -> tuple[Phrase, ...]:
        """Return who does what hangs on a noun: the noun, for "a plan to send" whoever has the plan."""
        tree = self.tree
        marked = tree.child(at, "mark")
        led = marked is not None and tree.low[marked] in {"to", "of", "for", "in"}
        if not led or (
            tree.lemma[noun].lower() in {"delegation", "envoy", "team", "force", "troop", "soldier", "group"}
        ):
            return tree.phrases(noun)
        owner = tree.child(noun, "nmod:poss")
        if owner is not None:
            return tree.phrases(owner)
        up = tree.head[noun]
        saying = up >= 0 and tree.relation[noun] == "obl" and tree.lemma[up].lower() in _SAYING
        if up >= 0 and not saying and tree.relation[noun] in {"obj", "obl", "xcomp", "nsubj:pass"}:
            return self.subjects.get(up, ())
        return ()

    def _grammatical(self, at: int) -> tuple[Phrase, ...]:
        return self.objects.get(at, ()) if self.passive.get(at) else self.subjects.get(at, ())

    def _controlling(self, up: int, grammatical: tuple[Phrase, ...]) -> tuple[Phrase, ...]:
        tree = self.tree
        if self.passive.get(up) or tree.lemma[up].lower() not in _OBJECT_CONTROLS:
            return grammatical
        indirect = tree.child(up, "iobj")
        if indirect is not None:
            return tree.phrases(indirect)
        addressed = next(
            (i for i in tree.children[up] if tree.relation[i] == "obl" and tree.lead(i) in {"on", "for", "with"}), None
        )
        if not self.objects.get(up) and addressed is not None and tree.lemma[up].lower() in {"call", "press", "push"}:
            return tree.phrases(addressed)
        return self.objects.get(up) or grammatical

    def _verb(self, at: int) -> Predicate:
        tree = self.tree
        objects, passive = self.objects[at], self.passive[at]
        indirect = tree.child(at, "iobj")
        given = tree.phrases(indirect) if indirect is not None else ()
        if passive and tree.child(at, "obj") is not None and tree.child(at, *_PASSIVE) is not None:
            undergoer = tree.child(at, *_PASSIVE)
            given = tree.phrases(undergoer) if undergoer is not None else given  # "was given tanks"
            objects = tuple(one for one in objects if one not in given)
        particle = tree.child(at, "compound:prt")
        negated, modal, tense = self._mood(at)
        return Predicate(
            lemma=tree.lemma[at].lower(),
            kind="verb",
            start=tree.start[at],
            end=tree.end[at],
            at=at,
            particle=None if particle is None else tree.low[particle],
            passive=passive,
            subjects=self.subjects[at],
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
            subjects = subjects or self.subjects.get(light, ())
            obliques += self._obliques(light)
        hangs = up >= 0 and tree.upos[up] == "VERB" and tree.relation[at] in {"obl", "obj"}
        around = self._grammatical(up) if hangs and light is None else ()
        beside = tree.child(light, "iobj") if light is not None else None
        given = tree.phrases(beside) if beside is not None else ()
        negated, modal, tense = self._mood(light) if light is not None else (False, None, None)
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

    def _mood(self, at: int) -> tuple[bool, str | None, str | None]:
        found = self._moods.get(at)
        if found is None:
            found = self._moods[at] = self._read_mood(at)
        return found

    def _read_mood(self, at: int) -> tuple[bool, str | None, str | None]:
        """Return whether a verb is negated, its modal and its tense; joined verbs share auxiliaries."""
        tree = self.tree
        helping = [i for i in tree.children[at] if tree.relation[i] in {"aux", "aux:pass", "cop"}]
        if not helping and tree.relation[at] == "conj" and tree.head[at] >= 0 and tree.xpos[at] in {"VB", "VBN", "VBG"}:
            helping = [i for i in tree.children[tree.head[at]] if tree.relation[i] in {"aux", "aux:pass"}]
        negated = any(
            tree.low[i] in _NOT for i in tree.children[at] if tree.relation[i] in {"advmod", "det", "mark", "aux"}
        )
        modal = next((tree.low[i] for i in helping if tree.xpos[i] == "MD"), None)
        marked = next((i for i in tree.children[at] if tree.relation[i] == "mark" and tree.low[i] == "to"), None)
        if modal is not None:
            return negated, modal, "future" if modal in {"will", "'ll", "’ll", "shall", "wo"} else "present"
        if marked is not None:
            return negated, None, "infinitive"
        first = helping[0] if helping else at
        tags = {
            "VBD": "past",
            "VBP": "present",
            "VBZ": "present",
            "VB": "infinitive",
            "VBG": "participle",
            "VBN": "participle",
        }
        tense = tags.get(tree.xpos[first])
        if helping and tree.lemma[first].lower() == "have" and len(helping) >= 1:
            return negated, None, "past"
        if helping and tree.xpos[at] == "VBG" and tense == "present":
            return negated, None, "progressive"
        return negated, None, tense

    def _governors(self, at: int) -> Iterator[Governor]:
        """Yield the words above a predicate, the nearest first; joined verbs are passed over."""
        tree = self.tree
        for up in tree.ancestors(at, _MOST_ABOVE):
            relation = tree.relation[at]
            if relation == "conj" or tree.upos[up] == "AUX":
                at = up
                continue
            marked = tree.child(at, "mark")
            negated, modal, tense = self._mood(up)
            yield Governor(
                lemma=tree.lemma[up].lower(),
                upos=tree.upos[up],
                start=tree.start[up],
                relation=relation,
                mark=tree.low[marked] if marked is not None else tree.lead(at),
                negated=negated,
                modal=modal,
                tense=tense,
                subjects=self.subjects.get(up, ()),
            )
            at = up
