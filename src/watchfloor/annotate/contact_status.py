"""Whether a contact took place, is planned, possible, alleged or denied: by the words that govern what tells it."""

import re

from watchfloor.annotate.predicate import Governor, Predicate
from watchfloor.core.annotation import Status

_DENYING = frozenset("deny refuse decline reject refute dismiss rule disprove".split())
_CALLING_OFF = frozenset(
    (
        "cancel call scrap abandon scupper skip refuse decline reject snub boycott cut abort axe shelve "
        "suspend avoid rule"
    ).split()
)
_PLANNING = frozenset(
    (
        "plan expect schedule decide intend intention decision agree promise pledge propose proposal prepare "
        "hope seek want vow offer consider arrange aim set slate due ready announce ask request urge invite "
        "invitation order tell call push press wish willing willingness readiness need have be try demand "
        "aspire tap get pursue commit commitment instruct move begin postpone delay reschedule discuss "
        "suggest suggestion"
    ).split()
)
_SCHEDULING = frozenset("plan schedule postpone expect delay slate due set reschedule".split())
_ON = frozenset(("on", "about", "over", "of"))
_TALKED_OF = frozenset("talk discussion negotiation speculation rumor rumour question idea prospect proposal".split())
_GOING_ON = frozenset("move go proceed press push continue".split())
_PREPARED = frozenset("agenda plan preparation date venue schedule groundwork arrangement summit visit trip".split())
"""Nouns of arranging that "for" follows; behind another noun ("a call for talks") the contact is only a wish."""
_HAVING = frozenset("have be begin get move call tell push press try need set order".split())
_TO = re.compile(r"\bto\s(?:\w+ly\s)?(?:(?:be|hold|have|pay|make)\s(?:[\w-]+\s){0,3})?$", re.I)
_PARTICLE = re.compile(
    r"(?:turn\w*\s(?:\w+\s){0,2}?down|call\w*\s(?:\w+\s){0,2}?off|rul\w+\s(?:\w+\s){0,2}?out)\b", re.I
)
_ANNOUNCING = frozenset("announce confirm discuss suggest".split())  # of an infinitive or a plan, not of "that he met"
_MAYBE = frozenset(
    ("consider speculate possibility possible chance prospect rumor rumour wonder ask mull likely could might").split()
)
_ALLEGING = frozenset("allege claim accuse suspect believe rumor rumour purport".split())
_POSSIBLE_MODAL = frozenset("may might could can".split())
_AHEAD_MODAL = frozenset("will would shall 'll ’ll wo should must".split())
_CONDITIONAL = frozenset("if whether unless once".split())
_AROUND = frozenset("in during at after on before following amid since over with by from as despite".split())
"""What leads a contact that is only where or when something else was: "agreed in a phone call to send troops"."""
_MODIFIED = re.compile(
    r"\b(?:planned|upcoming|forthcoming|scheduled|proposed|expected|future|next|possible|potential|hoped-for)\b", re.I
)
_POSSIBLE_WORD = re.compile(r"\b(?:possible|potential|possibly)\b", re.I)
_WHEN = re.compile(r"\b(?:when|once|until|before|after)\s[^,;.“”\"]*$")
_HEARSAY = re.compile(r"\b(?:reportedly|allegedly|purportedly|supposedly|unconfirmed|rumou?red)\b", re.I)


def status(text: str, sentence: tuple[int, int], p: Predicate) -> Status:
    """Return the status of a contact that a predicate tells.

    A contact refused or called off is denied, one put off is planned; denied too is one that somebody says never was.
    """
    chain = _chain(p)
    if p.negated or any(_denies(one, text) for one in chain):
        return "denied"
    words = " ".join(text[one.start : one.end] for one in p.modifiers)
    if _awaited(text, p):
        return "planned"
    if _possible(p, chain) or _POSSIBLE_WORD.search(words):
        return "hypothetical"
    if _ahead(p, chain, text[sentence[0] : p.start]) or _MODIFIED.search(words):
        return "planned"
    if any(_among(one, _ALLEGING) for one in p.governors) or _HEARSAY.search(text, *sentence):
        return "alleged"
    return "actual"


def _awaited(text: str, p: Predicate) -> bool:
    """Return whether a clause of time in the present tells it, beside what is or will be: "when the envoy visits"."""
    up = next(iter(p.governors), None)
    if up is None or up.relation != "advcl" or p.tense != "present" or up.tense == "past":
        return False
    return _WHEN.search(text, max(0, p.start - 90), p.start) is not None


def _among(one: Governor, words: frozenset[str]) -> bool:
    """Return whether the governor is one of the words; the network may leave an e too many or too few ("claime")."""
    return one.lemma in words or one.lemma.removesuffix("e") in words or f"{one.lemma}e" in words


def _chain(p: Predicate) -> list[Governor]:
    """Return the governors whose mood is the contact's too, up to the first that only surrounds it."""
    found = []
    for one in p.governors:
        if one.relation in {
            "obl",
            "nmod",
            "advcl",
            "acl:relcl",
            "advcl:relcl",
            "parataxis",
            "nmod:unmarked",
            "obl:unmarked",
        }:
            aim = one.relation == "advcl" and one.mark == "to"
            of = (
                one.relation in {"nmod", "obl"}
                and one.mark in {None, "of", "for", "to", "on"}
                and _among(one, _PLANNING | _MAYBE)
            )
            if one.relation == "advcl" and one.mark in _CONDITIONAL:
                found.append(one)
                break
            purpose = one.mark == "for" and one.relation in {"obl", "nmod"}
            purpose = purpose or (one.mark in _ON and _among(one, _TALKED_OF))
            purpose = purpose or (one.mark == "with" and _among(one, _GOING_ON))
            if not (aim or of or purpose):
                break
        found.append(one)
    return found


def _denies(one: Governor, text: str) -> bool:
    if one.relation in {"nmod", "obl"} and (one.mark in _AROUND or one.mark == "for"):
        return False
    if one.lemma.startswith("cancel") or _PARTICLE.match(
        text, one.start
    ):  # an inflection that the network may not know
        return not one.negated
    if _among(one, _DENYING) or (_among(one, _CALLING_OFF) and one.lemma not in {"call", "cut", "rule"}):
        return not one.negated
    return one.negated and one.relation in {"xcomp", "obj", "nsubj", "nsubj:pass"}


def _possible(p: Predicate, chain: list[Governor]) -> bool:
    if p.modal in _POSSIBLE_MODAL:
        return True
    first = p.governors[0] if p.governors else None
    if first is not None and first.mark in _CONDITIONAL:
        return True
    for one in chain:
        wished = one.mark == "for" and one.upos == "NOUN" and not _among(one, _PREPARED)
        if wished or (one.mark in _ON and _among(one, _TALKED_OF)):
            return True
        if _among(one, _MAYBE) and one.lemma != "ask":
            return True
        if one.modal in _POSSIBLE_MODAL and one.relation not in {"ccomp", "parataxis"}:
            return True
    return False


def _ahead(p: Predicate, chain: list[Governor], before: str) -> bool:
    """Return whether it lies ahead: "will", "to visit", what somebody plans, agrees or wants."""
    if p.modal in _AHEAD_MODAL:
        return True
    infinitive = _TO.search(before) is not None
    for at, one in enumerate(chain):
        clause = one.relation in {"ccomp", "parataxis"}
        if one.modal in _AHEAD_MODAL and not clause:
            return True
        if one.mark == "for" and one.upos == "NOUN":
            return True
        if one.mark == "for" and one.relation in {"obl", "nmod"}:
            return one.tense in {"future", "infinitive", "progressive"} or _among(one, _SCHEDULING)
        if _among(one, _SCHEDULING) and one.relation != "nsubj":
            return True
        aimed = (
            one.mark == "to"
            or (one.mark == "of" and one.upos == "NOUN")
            or (at == 0 and p.kind == "noun" and one.relation in {"obj", "xcomp", "nmod", "acl"})
        )
        means_it = one.mark in {"to", "of"} or not _among(one, _HAVING)
        if _among(one, _PLANNING) and aimed and means_it and not (clause and _among(one, _ANNOUNCING)):
            return True
        infinitive = infinitive or (one.mark == "to" and one.relation not in {"advcl"})
    if not infinitive:
        return False
    above = p.governors[1:] if p.light is not None else p.governors  # what a light verb hangs on
    up = next(iter(above), None)
    if up is None or up.relation != "advcl":
        return True
    return up.modal in _AHEAD_MODAL or up.tense in {"future", "infinitive", "progressive"}
