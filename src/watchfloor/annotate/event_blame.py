"""Blame and its answer where no verb of blame stands: "A said B's test was a violation", "it is not aimed at C"."""

from collections.abc import Iterator

from watchfloor.annotate import gazetteer
from watchfloor.annotate.clause_tree import ClauseTree
from watchfloor.annotate.event_ground import Coded, Ground
from watchfloor.annotate.event_sides import besides, subject_of
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told
from watchfloor.annotate.triggers import Trigger, words_of
from watchfloor.core.annotation import Party

_SAYING = frozenset(
    "say state claim allege insist declare add tell stress emphasise emphasize argue maintain note respond "
    "reply".split()
)
_OFFENCES = frozenset(
    "violate breach contravene break attack invade kill bomb shell massacre kidnap torture assassinate".split()
)
_HARM_VERBS = frozenset(
    "threaten escalate endanger destabilize destabilise undermine violate jeopardize jeopardise aggravate breach "
    "provoke".split()
)
_DOING = frozenset("do commit conduct make take pursue carry wage play continue engage follow".split())
_AIMING = frozenset("direct aim target".split())
_SUBJECTS = ("nsubj", "csubj", "nsubj:pass", "csubj:pass")
_NOT = frozenset({"not", "n't", "n’t", "no", "never"})
_SAYS = Trigger("say", "verb", "ACCUSE", "allege", "112", (), frozenset({"party", "verbal"}), None)
_ANSWERS = Trigger("say", "verb", "REJECT", None, "120", (), frozenset({"party", "verbal"}), None)


def blames(one: Predicate, told: Told, ground: Ground) -> Iterator[Coded]:
    """Yield the accusation or the rejected accusation that a verb of saying tells by what is said."""
    for found in (_offended(one, ground), _evaluated(one, told, ground), _countered(one, told, ground)):
        if found is not None:
            yield found
            return


def _offended(one: Predicate, ground: Ground) -> Coded | None:
    """Return the accusation in "A said that B had attacked C": A blames B; None where nothing of the kind is said."""
    if one.kind != "verb" or one.lemma not in _OFFENCES or not one.governors or one.negated or one.modal is not None:
        return None
    above = one.governors[0]
    if above.relation != "ccomp" or above.lemma not in _SAYING or above.negated:
        return None
    speaker, blamed = ground.sides.of(above.subjects, acting=True), subject_of(ground.sides, one)
    if not speaker or not besides(blamed, speaker) or not speaker[0].country:
        return None
    if {party.country for party in blamed} & {party.country for party in speaker}:
        return None
    because = f"{above.lemma!r} that {one.lemma!r}: blame; actor is who says it, recipient who did it; actual"
    return Coded(one, _SAYS, "ACCUSE", "allege", "112", speaker, blamed, "actual", None, None, because)


def _evaluated(one: Predicate, told: Told, ground: Ground) -> Coded | None:
    """Return the accusation in "A said B's test was a violation", "A agreed that B's step threatens peace"."""
    tree = told.tree
    clause = _said(one, tree)
    if clause is None or any(tree.xpos[i] == "MD" for i in tree.children[clause]):
        return None
    if tree.child(clause, "mark") is not None and tree.low[tree.child(clause, "mark") or 0] in {"if", "whether"}:
        return None
    subject = tree.child(clause, *_SUBJECTS)
    first = tree.child(one.at, "ccomp")
    if subject is None and first is not None and first < clause and tree.upos[first] == "NOUN":
        subject = first  # "said B's decision is due to poor judgment": the tree made two of what is said
    word = _bad_word(clause, tree)
    if subject is None or word is None or _is_denied(clause, tree):
        return None
    if tree.relation[subject].startswith("csubj"):  # "A aiding B's war is a violation"
        inner = tree.child(subject, "nsubj")
        subject = subject if inner is None else inner
    speaker = subject_of(ground.sides, one, acting=True)
    blamed = [party for party in besides(ground.sides.of(tree.phrases(subject)), speaker) if _is_named(party)]
    if not blamed or not speaker or any(_is_own(party, speaker) for party in blamed):
        return None
    because = f"{one.lemma!r} that it {word!r}: blame; actor is who says it, recipient whose it is; actual"
    return Coded(one, _SAYS, "ACCUSE", "disapprove", "111", speaker, blamed, "actual", None, None, because)


def _countered(one: Predicate, told: Told, ground: Ground) -> Coded | None:
    """Return the rejection in "A insisted that the drill is not directed against B", "poses no threat to B"."""
    tree = told.tree
    clause = _said(one, tree)
    if clause is None:
        return None
    threat = next((i for i in (clause, *tree.children[clause]) if tree.lemma[i].lower() == "threat"), None)
    if tree.lemma[clause].lower() in _AIMING and _is_denied(clause, tree):
        at, leads = clause, {"against", "at"}
    elif threat is not None and (_is_denied(clause, tree) or _is_denied(threat, tree)):
        at, leads = threat, {"to", "for"}
    else:
        return None
    speaker = subject_of(ground.sides, one, acting=True)
    behind = [i for i in tree.children[at] if tree.relation[i] in {"obl", "nmod"} and tree.lead(i) in leads]
    met = [p for p in besides(ground.sides.of(x for i in behind for x in tree.phrases(i)), speaker) if p.country]
    if not speaker or not met:
        return None
    because = f"{one.lemma!r} that it is not against somebody: blame rejected; actor is who says it; actual"
    return Coded(one, _ANSWERS, "REJECT", None, "120", speaker, met, "actual", None, None, because)


def _said(one: Predicate, tree: ClauseTree) -> int | None:
    """Return the head of the clause that somebody says: the complement, or the quotation that the verb stands in."""
    if one.kind != "verb" or one.lemma not in _SAYING | {"agree"} or one.negated:
        return None
    below = [i for i in tree.children[one.at] if tree.relation[i] == "ccomp"]
    clause = below[-1] if below else None
    if clause is None and tree.relation[one.at] == "parataxis":
        clause = tree.head[one.at]
    elif clause is None and (beside := tree.child(one.at, "parataxis")) is not None and beside > one.at:
        clause = beside
    return clause


def _bad_word(clause: int, tree: ClauseTree) -> str | None:
    """Return the word by which a clause says that something is bad, None where it does not."""
    bad, poor, judged = words_of("bad"), words_of("poor"), words_of("judged")
    lemma = tree.lemma[clause].lower()
    if tree.upos[clause] == "VERB":
        if lemma in _HARM_VERBS:
            return lemma
        done = tree.child(clause, "obj") if lemma in _DOING else None
        return None if done is None else next((w for w in _before(done, tree) if w in bad), None)
    if lemma in bad:
        return lemma
    behind = [i for i in tree.children[clause] if tree.relation[i] in {"obl", "nmod"}]
    if lemma == "responsible" and any(tree.lead(i) == "for" for i in behind):
        return lemma
    for i in (clause, *behind):  # "is a shallow idea", "is due to poor judgment"
        if tree.lemma[i].lower() in judged | bad and (lemma == "due" or i == clause):
            found = next((w for w in _before(i, tree) if w in bad | poor), None)
            if found is not None:
                return found
    return None


def _before(at: int, tree: ClauseTree) -> list[str]:
    """Return the adjectives on a noun, joined ones too."""
    own = [i for i in tree.children[at] if tree.relation[i] == "amod"]
    return [tree.lemma[j].lower() for i in own for j in (i, *tree.children[i]) if tree.upos[j] == "ADJ"]


def _is_denied(at: int, tree: ClauseTree) -> bool:
    return any(tree.low[i] in _NOT for i in tree.children[at])


def _is_named(party: Party) -> bool:
    return bool(party.country) or party.name[:1].isupper()


def _is_own(party: Party, speakers: list[Party]) -> bool:
    """Tell whether it is a speaker or his country as such: a minister's "our country", not the other party at home."""
    for one in speakers:
        whole = party.country is not None and party.name == gazetteer.country_name(party.country)
        if one.name == party.name or (whole and one.country == party.country):
            return True
    return False
