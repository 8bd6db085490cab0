"""What only looks like an event: set phrases in which the verb does not mean what it tells elsewhere."""

from watchfloor.annotate.clause_tree import Phrase
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import Told
from watchfloor.annotate.triggers import Trigger, class_of

_ANSWERING = frozenset(
    "say comment discuss answer elaborate specify disclose reveal confirm name identify give provide explain "
    "speculate tell describe detail clarify respond".split()
)
"""What whoever keeps silent declines to do: a position of its own, no refusal of anybody's wish."""
_DEMANDS = frozenset(
    "call warning demand request appeal order resolution ruling law ban sanction deadline plea ultimatum convention "
    "treaty agreement verdict decision subpoena summons curfew truce ceasefire restriction embargo rule norm pressure "
    "command instruction injunction offer protest objection".split()
)
"""What somebody can defy or ignore so that it is a rejection; "ignored the problem" is none."""
_SAME_MIND = frozenset(
    "conclusion view assessment opinion idea statement notion sentiment premise analysis finding position point "
    "judgment judgement remark comment argument criticism approach description characterization".split()
)
_OFFERED = frozenset(
    "aid arms talks proposal deal permission asylum truce relation troops intel people curb evidence drill city".split()
)
"""Classes of things that an offer is a promise of; advice, a view, a response are none."""
_TRAVELLERS = frozenset(
    "citizen national people resident tourist student migrant refugee family worker athlete team fan visitor guest man "
    "woman child passenger customer shopper player pilgrim".split()
)
_HABITS = frozenset({"AID", "COERCE", "SANCTION"})
_ONESELF = frozenset("himself herself itself themselves oneself myself yourself ourselves".split())
_BARE = frozenset({"det", "nmod:poss", "compound", "amod", "nummod", "nmod"})


def is_idiom(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether a trigger is used in a sense that tells no event.

    "declined to say", "ignored the problem", "agreed with the view", "warned residents about scams", "took office",
    "shot himself"; and what a body does by habit ("a unit that detains smugglers").
    """
    tree = told.tree
    if any(phrase.lemma in _ONESELF for phrase in one.objects):
        return True
    if row.event_type == "REJECT" and one.lemma in {"refuse", "decline"}:
        below = tree.child(one.at, "xcomp", "ccomp")
        return below is not None and tree.lemma[below].lower() in _ANSWERING and not _with_somebody(told, below)
    if row.event_type == "REJECT" and row.cameo == "129" and row.word != "bar":
        return bool(one.objects) and not any(phrase.lemma in _DEMANDS for phrase in one.objects)
    if row.word in {"press", "push"} and one.kind == "verb":
        return tree.child(one.at, "xcomp", "ccomp", "advcl") is None and not one.behind("for", "on", "over")
    if row.word in {"offer", "propose"} and one.kind == "verb" and row.event_type == "AGREE":
        return bool(one.objects) and not any(class_of(phrase.lemma) & _OFFERED for phrase in one.objects)
    if row.event_type == "CONSULT" and one.kind == "verb" and one.subjects:
        return all(phrase.lemma in _TRAVELLERS for phrase in one.subjects)
    if row.word == "agree" and one.kind == "verb":
        return any(phrase.lemma in _SAME_MIND for phrase in one.behind("with"))
    if row.event_type == "THREATEN" and row.word in {"warn", "caution"}:
        return bool(one.behind("about")) or tree.child(one.at, "xcomp") is not None  # "warned them to leave": advice
    if (row.event_type in _HABITS or row.mode == "investigate") and one.kind == "verb" and one.tense == "present":
        return bool(one.governors) and one.governors[0].relation == "acl:relcl" and one.modal is None
    if row.wants == "city":
        return bool(one.objects) and all(_is_bare(phrase, told) for phrase in one.objects)
    return False


def _with_somebody(told: Told, at: int) -> bool:
    """Tell whether what is declined is done with somebody: "refused to discuss the matter with the envoy"."""
    tree = told.tree
    return any(tree.relation[i] == "obl" and tree.lead(i) == "with" for i in tree.children[at])


def _is_bare(phrase: Phrase, told: Told) -> bool:
    """Tell whether a noun stands alone: the "office" of "took office" is no building."""
    return phrase.upos == "NOUN" and told.tree.child(phrase.head, *_BARE) is None
