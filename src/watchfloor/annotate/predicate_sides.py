"""Who does what a word says and to whom, from the tree: passives, joined verbs, control, raising, participles."""

from watchfloor.annotate.clause_tree import ClauseTree, Phrase

_OBJECT_CONTROLS = frozenset(
    "order urge ask tell force persuade allow invite encourage request command require instruct compel press call "
    "advise warn enable help permit pressure direct authorize authorise send want expect beg implore push convince "
    "pay train appoint let make see hear watch sentence beseech remind challenge dispatch deploy cause lead "
    "wish".split()
)
"""Verbs whose object does what the infinitive behind them says: "urged Denmark to leave"."""
_SAYING = frozenset("say tell add write report note".split())
_SUFFERED = frozenset(
    "charge accuse convict sentence arrest detain jail imprison indict acquit extradite deport kidnap abduct behead "
    "suspect fine sack oust expel assassinate wound injure blame".split()
)
"""Verbs that are not without an object, so that in a headline without "was" the subject is whom it is done to."""
_WITH_SIDES = frozenset({"VERB", "ADJ"})
_PAST = frozenset({"VBD", "VBN"})
_WHY = frozenset("with of for in over after on to from by at during near".split())
_MOST_PHRASES = 8  # that one predicate takes from another (assumed)

_SUBJECT = ("nsubj", "csubj", "nsubj:outer")
PASSIVE = ("nsubj:pass", "csubj:pass")


class Sides:
    """Reads one tree from the root down, so that what a verb lends to another is known when it is asked for."""

    def __init__(self, tree: ClauseTree) -> None:
        self.tree = tree
        self.subjects: dict[int, tuple[Phrase, ...]] = {}
        self.objects: dict[int, tuple[Phrase, ...]] = {}
        self.passive: dict[int, bool] = {}

    def find(self, at: int) -> None:
        """Find who does what a word says and to whom; its governor's sides are known."""
        tree = self.tree
        verbal = tree.upos[at] == "VERB"
        below = tree.children[at]
        if not below and tree.upos[at] not in _WITH_SIDES and tree.xpos[at] not in _PAST:  # nothing hangs on most nouns
            self.subjects[at], self.objects[at], self.passive[at] = (), (), False
            return
        passive = tree.child(at, *PASSIVE, "aux:pass") is not None or self._reduced(at)
        passive = passive or (tree.child(at, "obl:agent") is not None and not self._has_done(at))
        subject, undergoer = tree.child(at, *_SUBJECT), tree.child(at, *PASSIVE)
        if subject is None and undergoer is None and verbal:  # "strongly" of "A, head of B, strongly condemned" took it
            beside = tree.child(at, "advmod")
            subject = tree.child(beside, "nsubj") if beside is not None and beside < at else None
        if undergoer is not None and subject is None and self._is_perfect(at):  # "has suspended" is no passive
            subject, undergoer, passive = undergoer, None, False
        if undergoer is None and passive and subject is not None:
            subject, undergoer = None, subject
        if undergoer is None and not passive and self._is_suffered(at):
            subject, undergoer, passive = None, subject, True
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
            objects = (*under, *objects)[:_MOST_PHRASES]
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

    def _is_suffered(self, at: int) -> bool:
        """Tell whether a verb that needs an object has none and what follows is why: "Minister charged with fraud"."""
        tree = self.tree
        if tree.lemma[at].lower() not in _SUFFERED or tree.xpos[at] not in {"VBD", "VBN"} or self._has_done(at):
            return False
        if tree.child(at, "obj", "iobj", "ccomp", "xcomp", "compound:prt", "aux") is not None:
            return False
        return all(tree.lead(i) in _WHY for i in tree.children[at] if tree.relation[i] == "obl" and tree.lead(i))

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
        grammatical = self.grammatical(up)
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

    def grammatical(self, at: int) -> tuple[Phrase, ...]:
        """Return the grammatical subject of a word: of a passive to whom it is done."""
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
