"""What only looks like an event: set phrases in which the verb does not mean what it tells elsewhere."""

from collections.abc import Callable

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
_QUESTIONS = frozenset("why how whether if what when where who which".split())
_INTANGIBLE = frozenset(
    "committee council party career reputation family life marriage economy country business company image campaign "
    "credibility democracy republic middle-class dream hope chance".split()
)
_HABITS = frozenset({"AID", "COERCE", "SANCTION"})
_ONESELF = frozenset("himself herself itself themselves oneself myself yourself ourselves".split())
_BARE = frozenset({"det", "nmod:poss", "compound", "amod", "nummod", "nmod"})


def is_idiom(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether a trigger is used in a sense that tells no event.

    "declined to say", "ignored the problem", "agreed with the view", "warned residents about scams", "took office",
    "shot himself", "asked why"; and what a body does by habit ("a unit that detains smugglers").
    """
    if any(phrase.lemma in _ONESELF for phrase in one.objects) or _is_habit(one, row):
        return True
    if row.wants == "city":
        return bool(one.objects) and all(_is_bare(phrase, told) for phrase in one.objects)
    if row.event_type == "CONSULT" and one.kind == "verb" and one.subjects:
        return all(phrase.lemma in _TRAVELLERS for phrase in one.subjects)
    if row.event_type == "REJECT" and row.cameo == "129" and row.word != "bar":
        return bool(one.objects) and not any(phrase.lemma in _DEMANDS for phrase in one.objects)
    if row.word == "leave" and row.wants == "talks":
        return not any(phrase.lemma in {"talk", "negotiation"} for phrase in one.objects)
    reading = _READINGS.get(row.word) if one.kind == "verb" else None
    return reading is not None and reading(one, row, told)


def _is_habit(one: Predicate, row: Trigger) -> bool:
    """Tell whether it is what somebody does as a rule: "a unit that investigates fires"."""
    if one.kind != "verb" or one.tense != "present" or one.modal is not None or row.wants is not None:
        return False
    as_a_rule = row.event_type in _HABITS or row.mode == "investigate"
    return as_a_rule and bool(one.governors) and one.governors[0].relation == "acl:relcl"


def _is_silent(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether what is refused is an answer: "declined to say", but not "refused to discuss it with the envoy"."""
    below = told.tree.child(one.at, "xcomp", "ccomp")
    return below is not None and told.tree.lemma[below].lower() in _ANSWERING and not _with_somebody(told, below)


def _is_of_one_mind(one: Predicate, row: Trigger, told: Told) -> bool:
    return any(phrase.lemma in _SAME_MIND for phrase in one.behind("with"))


def _is_advice(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether a warning is about a danger or advice: "warned residents about scams", "warned them to leave"."""
    return row.event_type == "THREATEN" and (bool(one.behind("about")) or told.tree.child(one.at, "xcomp") is not None)


def _is_bodily(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether somebody is pushed, not pressed for something."""
    return told.tree.child(one.at, "xcomp", "ccomp", "advcl") is None and not one.behind("for", "on", "over")


def _is_of_words(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether what is offered are words: advice, a view, a response."""
    return bool(one.objects) and not any(class_of(phrase.lemma) & _OFFERED for phrase in one.objects)


def _is_question(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether something is asked to be known: "asked why they left", "Asked how it went, she said"."""
    tree = told.tree
    if one.passive and tree.relation[one.at] == "advcl" and not one.subjects:
        return True
    clause = tree.child(one.at, "ccomp", "advcl", "xcomp")
    low = tree.low[one.at + 1 : min(clause, one.at + 9)] if clause is not None and clause > one.at else ()
    return any(word in _QUESTIONS for word in low) or bool(one.behind("about"))


def _is_price(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether a verb of the court has nobody it could be done to: "they charge differently"."""
    return not one.objects and told.tree.child(one.at, "ccomp") is None and not one.behind("with", "over")


def _is_no_retreat(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether something is taken back that is no troops: "withdrew the complaint"."""
    return row.wants is None and bool(one.objects) and not one.behind("from")


def _is_admission(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether somebody concedes that something is so."""
    return told.tree.child(one.at, "ccomp", "obj") is not None and not one.behind("to")


def _is_office(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether somebody leads what he commands: "the general who commands the fleet"."""
    return told.tree.child(one.at, "xcomp", "ccomp") is None


def _is_ruin(one: Predicate, row: Trigger, told: Told) -> bool:
    """Tell whether a body or a person is destroyed only in a manner of speaking."""
    return any(phrase.lemma in _INTANGIBLE for phrase in one.objects)


_READINGS: dict[str, Callable[[Predicate, Trigger, Told], bool]] = {
    "refuse": _is_silent,
    "decline": _is_silent,
    "agree": _is_of_one_mind,
    "warn": _is_advice,
    "caution": _is_advice,
    "press": _is_bodily,
    "push": _is_bodily,
    "offer": _is_of_words,
    "propose": _is_of_words,
    "ask": _is_question,
    "charge": _is_price,
    "withdraw": _is_no_retreat,
    "pull_out": _is_no_retreat,
    "pull_back": _is_no_retreat,
    "pull": _is_no_retreat,
    "concede": _is_admission,
    "command": _is_office,
    "destroy": _is_ruin,
    "burn": _is_ruin,
    "sink": _is_ruin,
}
"""For each word, what tells that it means something else here."""


def _with_somebody(told: Told, at: int) -> bool:
    """Tell whether what is declined is done with somebody: "refused to discuss the matter with the envoy"."""
    tree = told.tree
    return any(tree.relation[i] == "obl" and tree.lead(i) == "with" for i in tree.children[at])


def _is_bare(phrase: Phrase, told: Told) -> bool:
    """Tell whether a noun stands alone: the "office" of "took office" is no building."""
    return phrase.upos == "NOUN" and told.tree.child(phrase.head, *_BARE) is None
