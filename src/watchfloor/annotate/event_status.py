"""Whether an event happened, is ahead, possible, alleged or denied, by its verb and the words above it."""

from typing import NamedTuple

from watchfloor.annotate.predicate import Governor, Predicate
from watchfloor.core.annotation import Status

_PLANNING = frozenset(
    "plan intend expect schedule prepare agree decide promise pledge vow offer want hope seek aim set due ready "
    "propose plot slate arrange undertake commit prefer wish eye determine poise mean go intention decision "
    "proposal willingness readiness".split()
)
_REFUSING = frozenset(
    "steer refrain clear shy veto freeze "
    "refuse decline fail reject oppose cancel avoid stop prevent rule abandon postpone halt bar block ban forgo "
    "unable incapable impossible unwilling reluctant "
    "forswear resist scrap suspend discourage dissuade deter refusal failure end".split()
)
_ASKING = frozenset(
    "urge ask demand call order request appeal press push insist require recommend suggest advise plead beg lobby "
    "threaten warn need threat warning want invite encourage tell instruct".split()
)
_DENYING = frozenset("deny refute dispute denial".split())
_ALLEGING = frozenset(
    "allege claim accuse suspect believe purport allegation accusation suspicion rumour rumor".split()
)
_POSSIBLE = frozenset("could may might can should ought must".split())
_UNSURE = frozenset(
    "consider mull weigh ponder contemplate possible possibility likely unlikely probable chance risk fear doubt "
    "speculation speculate potential".split()
)
_IF = frozenset("if unless whether should".split())
_SAYING = frozenset("say tell add report announce declare state note explain write confirm insist".split())


class Standing(NamedTuple):
    """A status, the word that decided it, and whether what governs it asks for it or refuses it."""

    status: Status
    word: str | None = None
    unreal: bool = False


def standing(one: Predicate) -> Standing:
    """Return how real what a predicate tells is."""
    return _above(one) or _own(one)


def _own(one: Predicate) -> Standing:
    modal = {"wo": "will", "'ll": "will", "’ll": "will"}.get(one.modal or "", one.modal)
    if one.negated:
        return Standing("denied", modal or "not")
    if one.tense == "infinitive" and one.kind == "verb" and not one.governors and modal is None:
        return Standing("hypothetical", "to", unreal=True)  # "her job was to assist them"
    if modal in {"will", "shall"}:
        return Standing("planned", modal)
    if modal == "would":
        said = any(governor.lemma in _SAYING for governor in one.governors)
        return Standing("planned" if said else "hypothetical", modal)
    if modal in _POSSIBLE:
        return Standing("hypothetical", modal)
    return Standing("actual")


def _above(one: Predicate) -> Standing | None:
    """Return what the governors decide, the nearest first; None when they leave it open."""
    for level, governor in enumerate(one.governors):
        if (
            level == 0
            and one.tense == "infinitive"
            and governor.relation in {"advcl", "acl"}
            and governor.lemma not in _PLANNING
        ):
            return Standing("hypothetical", "to", unreal=True)  # what it is for, not what happened
        if level == 0 and governor.relation == "acl" and one.passive and one.tense == "participle":
            return None  # "expected to discuss a treaty signed by": the treaty is signed
        if level == 0 and governor.mark == "without" and governor.relation in {"advcl", "obl", "nmod", "acl"}:
            return Standing("denied", "without", unreal=True)
        if (
            level == 0
            and one.tense == "participle"
            and one.kind == "verb"
            and (governor.relation == "csubj" or governor.mark == "about")
        ):
            return Standing("hypothetical", "to", unreal=True)  # "criticising them is no crime", "serious about suing"
        if governor.mark in _IF and governor.relation in {"advcl", "ccomp"}:
            return Standing("hypothetical", governor.mark)
        if level == 0 and governor.relation == "advcl" and governor.mark in {"in", "by"} and one.tense == "participle":
            continue  # "pledged to cooperate in supporting them": as real as what it is part of
        if governor.relation in {"acl:relcl", "conj", "parataxis"} or (
            governor.relation == "advcl" and governor.mark != "to"
        ):
            return None  # what hangs so loosely stands on its own
        if (
            governor.relation in {"nsubj", "nsubj:pass", "obl", "obl:agent", "nmod"}
            and governor.lemma not in _UNSURE | _ASKING | _PLANNING
        ):
            passive = governor.relation == "nsubj:pass" and one.kind == "noun"
            if not (passive and governor.lemma in _REFUSING):
                return None
        found = _by(governor, one)
        if found is not None:
            return found
    return None


def _by(governor: Governor, one: Predicate) -> Standing | None:
    word = governor.lemma
    if governor.relation in {"nmod", "compound", "nmod:poss"} and word not in _UNSURE | _PLANNING | _REFUSING:
        return None
    clause = (
        governor.relation in {"xcomp", "acl", "obj", "nsubj", "nsubj:pass", "nmod", "obl", "advcl"}
        or one.modal is not None
    )
    if word in _DENYING and governor.relation in {"ccomp", "obj", "xcomp", "advcl", "nmod", "acl"}:
        return Standing("actual", word) if governor.negated else Standing("denied", word)
    if word in _REFUSING and governor.relation in {"xcomp", "obj", "advcl", "acl", "nmod", "ccomp", "nsubj:pass"}:
        return Standing("denied", word, unreal=True)
    if word in _UNSURE or (governor.modal in _POSSIBLE and governor.relation in {"xcomp", "obj", "nsubj:pass"}):
        return Standing("hypothetical", word if word in _UNSURE else governor.modal)
    if word in _ASKING and (clause or one.tense == "infinitive") and governor.relation != "advcl":
        return Standing("hypothetical", word, unreal=True)
    if word in _PLANNING and clause and one.tense not in {"past"}:
        return Standing("denied", word, unreal=True) if governor.negated else Standing("planned", word)
    if governor.modal in {"will", "shall", "'ll", "’ll"} and governor.relation in {"xcomp", "obj", "nsubj:pass"}:
        return Standing("planned", governor.modal)
    if governor.negated and governor.relation in {"xcomp", "obj"}:
        return Standing("denied", "not")
    if word in _ALLEGING:
        return Standing("alleged", word)
    return None
