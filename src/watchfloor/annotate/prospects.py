"""Whether what a predicate tells is done, ahead, possible, denied or only said: by its mood and what governs it."""

from collections.abc import Sequence

from watchfloor.annotate.predicate import Governor, Predicate
from watchfloor.annotate.verb_forms import base_in, word_at
from watchfloor.core.annotation import Attribution, Status

_MAY = frozenset({"could", "may", "might", "would", "can", "should", "'d", "’d"})
_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "ca"})
_POSSIBLE = frozenset(
    "consider possibility possible potential whether speculate speculation rumor rumour hint suggest discuss mull "
    "weigh explore study threaten fear risk likely option ask request urge demand want seek call appeal propose "
    "proposal hope wish need chance prospect debate believe suspect estimate predict warn likelihood "
    "review contemplate".split()
)
_AHEAD = frozenset(
    "plan decide decision agree agreement pledge promise vow intend intention expect prepare ready readiness "
    "schedule set commit commitment offer aim announce approve approval will due order authorize authorise "
    "continue begin start willing willingness undertake poise slate sign deal contract earmark allocate "
    "guarantee".split()
)
_REFUSING = frozenset(
    "fail refuse decline reject oppose deny rule stop halt suspend block ban prevent avoid refrain cancel withhold "
    "freeze prohibit bar forbid end cease refusal opposition abandon resist".split()
)
_ALLEGING = frozenset("accuse allege claim suspect report believe accusation allegation charge".split())
_SAID = frozenset({"assert", "condemn", "predict", "justify", "other"})


def status_of(text: str, predicate: Predicate, conditional: bool = False) -> tuple[Status, str]:
    """Return the status that the words around a predicate give it, and which word decided.

    conditional: it stands under a condition. text: the report's, for words whose dictionary forms are read anew.
    """
    if predicate.negated:
        return "denied", "not"
    refusing = _refusing(text, predicate.governors)
    if refusing is not None:
        return "denied", refusing
    if conditional:
        return "hypothetical", "if"
    if predicate.modal in _MAY:
        return "hypothetical", predicate.modal or ""
    if any(one.mark in {"if", "whether", "unless", "until", "once"} for one in predicate.governors[:2]):
        return "hypothetical", "if"
    if predicate.modal in _WILL:
        return "planned", predicate.modal or ""
    if predicate.tense == "infinitive" and text[: predicate.start].rstrip().endswith(" yet to"):
        return "planned", "yet"
    if predicate.tense == "infinitive" and not predicate.governors:
        return "planned", "to"  # a headline: "Seoul to send envoy"
    near = [one for one in predicate.governors[:3] if one.upos in {"VERB", "NOUN", "ADJ"}]
    open_ended = predicate.kind == "noun" or predicate.tense not in {"past", "present"}
    for one in near:
        word = word_at(text, one.start)
        reaches = one.relation not in {"nsubj", "nsubj:pass", "obl", "advcl", "acl:relcl", "parataxis"}
        if reaches and open_ended and (lemma := base_in(word, _POSSIBLE)):
            return "hypothetical", lemma
        if reaches and (lemma := base_in(word, _ALLEGING)):
            return "alleged", lemma
        if reaches and open_ended and (lemma := base_in(word, _AHEAD)):
            return "planned", lemma
        if not reaches:
            break
        if one.modal in _MAY:
            return "hypothetical", one.modal or ""
        if one.modal in _WILL:
            return "planned", one.modal or ""
    return "actual", "nothing speaks against it"


def as_told(status: Status, at: int, said: Sequence[Attribution], doers: Sequence[str]) -> tuple[Status, str | None]:
    """Return the status once it is known who says so, and who that is; what one says of oneself stands.

    said: the statements of the report; the one with the shortest content around `at` counts. doers: the parties' names.
    """
    around = [(span.end - span.start, one) for one in said for span in one.content if span.start <= at < span.end]
    if not around:
        return status, None
    one = min(around, key=lambda pair: pair[0])[1]
    if one.act == "deny" and status == "actual":
        return "denied", one.speaker
    own = one.speaker is not None and any(one.speaker in {name, one.speaks_for} for name in doers)
    alleged = status == "actual" and one.act in _SAID and not own
    return ("alleged" if alleged else status), one.speaker


def _refusing(text: str, governors: Sequence[Governor]) -> str | None:
    for one in governors[:2]:
        if one.relation in {"nsubj", "obl", "advcl", "acl:relcl"}:
            return None
        lemma = base_in(word_at(text, one.start), _REFUSING)
        if lemma is not None:
            return None if one.negated else lemma
    return None
