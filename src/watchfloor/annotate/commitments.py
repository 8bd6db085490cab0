"""What binds whom: treaties signed and left, what articles say, who is said to break them, promises with conditions."""

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from watchfloor.annotate import prospects, scenes
from watchfloor.annotate.clause_tree import ClauseTree, Phrase
from watchfloor.annotate.instruments import Instrument, instruments, may_name, widened
from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.stages import Stage, doers_of, parties_of, stages
from watchfloor.annotate.verb_forms import base_in, word_at
from watchfloor.core.annotation import Annotation, Attribution, Commitment, CommitmentKind, Party, Status
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span

VERSION = "annotate.commitments@2"

_SIGNS = frozenset(
    "sign ratify conclude adopt initial approve join accede enter reach strike finalize finalise pass seal ink".split()
)
_ENDS = frozenset(
    "withdraw quit leave suspend terminate abandon scrap revoke denounce abrogate tear exit freeze cancel "
    "repudiate annul pull".split()
)
_SAYS = frozenset(
    "stipulate state provide say require oblige commit call ban prohibit forbid guarantee allow bar demand impose "
    "mandate bind limit cap envisage specify order urge entitle permit authorize authorise".split()
)
_BREAKS = frozenset("violate breach break contravene infringe flout defy disregard ignore undermine".split())
_SIGNING = frozenset("signing conclusion ratification adoption accession".split())
_ENDING = frozenset("withdrawal suspension termination".split())
_BREAKING = frozenset("violation breach contravention".split())
_PROMISES = frozenset(
    "pledge promise vow commit undertake guarantee swear threaten warn offer consider agree plan intend".split()
)
_FIRM = frozenset(
    "pledge promise vow commit undertake guarantee swear agree".split()
)  # promises without a condition too
_WILL = frozenset({"will", "'ll", "’ll", "would", "'d", "’d", "shall"})
_IF = re.compile(
    r"\b(?:if|unless|provided\s(?:that)?|as\slong\sas|so\slong\sas|should|in\s(?:the\s)?(?:event|case)\s(?:of|that)|once|until"
    r"|depending\son|in\s(?:accordance|line)\swith(?=[^.;]{0,60}\b(?:develop|situation|progress|circumstance|pace|level))|on\s(?:the\s)?condition\s(?:that)?)\b",
    re.I,
)
_CALLS = frozenset({"accuse", "call", "condemn", "denounce", "describe", "brand", "label"})
_MARKS = frozenset("if unless should once until provided".split())
_WANTED = re.compile(rf"{_IF.pattern}|\b(?:pledg|promis|vow|commit|undert|guarant|sw[eo]r|agree)", re.I)
_SUCH = re.compile(
    r"(?:such|these|this|that|those|the)\s(?:\w+\s){0,2}?(?:actions?|acts?|moves?|steps?|cooperation|deployments?|launch(?:es)?|tests?"
    r"|transfers?|shipments?|exercises?|conduct|behavio[u]?r|measures?|dispatch|deal|strikes?|attacks?|incursions?)\b",
    re.I,
)
_LONGEST = 400  # characters of a measure or a condition (assumed)


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Commitment]:
    """Yield every commitment told, in text order; one for each sentence, kind and instrument or measure.

    found: mentions, times, places and attributions.
    """
    said = [one for one in found if isinstance(one, Attribution)]
    seen: set[tuple[object, ...]] = set()
    signers: dict[str, tuple[Party, ...]] = {}
    for stage in stages(report, found, _may_tell):
        for told in _commitments(stage, said):
            one = _with_signers(told, signers)
            key = (one.span, one.kind, one.instrument, one.measure, tuple(party.name for party in one.parties))
            if key not in seen:
                seen.add(key)
                yield one


_NOBODY = re.compile(r"(?:no|none|nobody|nothing|neither)\b", re.I)


def _with_signers(one: Commitment, signers: dict[str, tuple[Party, ...]]) -> Commitment:
    """Return a provision with the parties of its treaty, which the report has told before; note who signs one."""
    kind = (one.instrument or "").split()[-1:]
    key = kind[0].casefold() if kind else ""
    if one.kind == "signs" and len(one.parties) > 1:
        signers[key] = one.parties
    if one.kind == "provides" and not one.parties and key in signers:
        return structs.replace(one, parties=signers[key], because=f"{one.because}; signed by them")
    return one


def _may_tell(words: str) -> bool:
    return may_name(words) or _WANTED.search(words) is not None


def _commitments(stage: Stage, said: Sequence[Attribution]) -> Iterator[Commitment]:
    named = instruments(stage.text, stage.told.start, stage.told.end)
    told: set[int] = set()
    for predicate in stage.told.predicates:
        if named:
            yield from _about(stage, predicate, named, said)
        promise = _promise(stage, predicate, said, told)
        if promise is not None:
            told.add(predicate.at)
            yield promise


def _about(
    stage: Stage, predicate: Predicate, named: Sequence[Instrument], said: Sequence[Attribution]
) -> Iterator[Commitment]:
    """Yield what a predicate says of an instrument: signed, left, violated, or what it provides."""
    word = stage.text[predicate.start : predicate.end].lower()
    if predicate.kind == "noun":
        yield from _of_noun(stage, predicate, named, said, word)
        return
    if base_in(word, _SAYS):
        held = _holding(stage, named, predicate.subjects)
        if held is not None and held.binding and not predicate.passive:
            yield _provides(stage, predicate, held, said, word)
            return
    kind: CommitmentKind | None = None
    if base_in(word, _BREAKS):
        kind = "violates"
    elif base_in(word, _ENDS):
        kind = "ends"
    elif base_in(word, _SIGNS):
        kind = "signs"
    if kind is None:
        return
    held = _holding(stage, named, predicate.objects) or _holding(stage, named, predicate.obliques, predicate.end)
    if held is None or (kind != "violates" and not held.binding):
        return
    doers = _accused(stage, predicate) or doers_of(stage, predicate)
    if kind == "violates" and not doers:
        doers = _taken_up(stage, predicate.subjects)
    if kind == "signs":
        doers = _joined(doers, parties_of(stage, predicate.behind("with", "between")))
    if kind != "violates" and not doers:
        return
    yield _made(stage, predicate, kind, doers, held, said, word)


def _of_noun(
    stage: Stage, predicate: Predicate, named: Sequence[Instrument], said: Sequence[Attribution], word: str
) -> Iterator[Commitment]:
    kind: CommitmentKind | None = None
    if base_in(word, _BREAKING):
        kind = "violates"
    elif base_in(word, _ENDING):
        kind = "ends"
    elif base_in(word, _SIGNING):
        kind = "signs"
    held = _holding(stage, named, predicate.of) or _holding(stage, named, predicate.behind("from", "to", "with"))
    if held is None and kind is not None:  # "violation of U.N. resolutions" where the tree cuts it otherwise
        held = next((one for one in named if 0 <= one.start - predicate.end <= len(" of multiple ")), None)
    if kind is None or held is None or (kind != "violates" and not held.binding):
        return
    calls = predicate.light is not None and predicate.light in _CALLS
    own = predicate.owners if calls else predicate.subjects
    doers = parties_of(stage, own) or (() if calls else _subject_of(stage, predicate.at))
    if kind == "signs":
        doers = doers or _in_words(stage, held.start, held.end)
    yield _made(stage, predicate, kind, doers, held, said, word)


def _provides(
    stage: Stage, predicate: Predicate, held: Instrument, said: Sequence[Attribution], word: str
) -> Commitment:
    """Return what an instrument lays down: the words behind its verb."""
    start, end = _reach(stage.told.tree, predicate.at, frozenset())
    measure = _trimmed(stage, max(start, predicate.end), end)
    bound = parties_of(stage, predicate.objects) or _in_words(stage, held.start, held.end)
    made = _made(stage, predicate, "provides", bound, held, said, word)
    return structs.replace(made, measure=measure)


def _promise(stage: Stage, predicate: Predicate, said: Sequence[Attribution], told: set[int]) -> Commitment | None:
    """Return what somebody says to do, on a condition or firmly; None for what nobody promises."""
    if predicate.kind != "verb" or predicate.negated or predicate.passive:
        return None
    tree = stage.told.tree
    governor = next((one for one in predicate.governors[:1] if one.relation in {"xcomp", "ccomp", "advcl"}), None)
    above = base_in(word_at(stage.text, governor.start), _PROMISES) if governor is not None else None
    if above is not None and tree.child(next(iter(tree.ancestors(predicate.at, 1)), predicate.at), "obj") is not None:
        return None  # "promised 105 million euros to curb": the money is promised
    if any(at in told for at in tree.ancestors(predicate.at, 3)):
        return None  # a part of a promise that is told already
    condition = _condition(stage, predicate)
    will = predicate.modal in _WILL
    firm = above in _FIRM and governor is not None and governor.mark == "to" and not governor.negated
    if not firm and not (condition is not None and (will or above is not None)):
        return None
    if any(one.mark in _MARKS for one in predicate.governors[:1]):
        return None  # it is the condition itself
    if any(_NOBODY.match(stage.text, one.start) for one in predicate.subjects):
        return None  # "said that no container would move until ..."
    doers = parties_of(stage, predicate.subjects) or (
        parties_of(stage, governor.subjects) if governor is not None else ()
    )
    if not doers:
        return None
    _, high = _reach(tree, predicate.at, frozenset(() if condition is None else _under(tree, condition[2])))
    if condition is not None and condition[0] > predicate.start:
        high = condition[0]  # what the tree hangs on another verb is of it too
    measure = _trimmed(stage, predicate.start, high)
    towards = tuple(
        one
        for one in parties_of(stage, predicate.indirect or predicate.behind("to", "for", "against"))
        if one not in doers
    )
    status: Status = "hypothetical" if condition is not None else "planned"
    _, speaker = prospects.as_told(status, predicate.start, said, [one.name for one in doers])
    why = f'"{above}"' if above is not None else f'"{predicate.modal}"'
    if condition is not None:
        why += f' on a condition with "{word_at(stage.text, condition[0])}"'
    return Commitment(
        span=Span(report=stage.report, start=stage.told.start, end=stage.told.end),
        kind="promises",
        parties=doers,
        towards=towards,
        measure=measure,
        condition=None if condition is None else Span(report=stage.report, start=condition[0], end=condition[1]),
        status=status,
        asserted_by=speaker,
        date=_date(stage, predicate),
        because=why,
        generated_by=VERSION,
    )


def _condition(stage: Stage, predicate: Predicate) -> tuple[int, int, int] | None:
    """Return where the words of the condition on a predicate stand, and which word of the tree heads them."""
    tree = stage.told.tree
    held = [predicate.at, *list(tree.ancestors(predicate.at, 1))]
    for up in held:
        for child in tree.children[up]:
            if tree.relation[child] not in {"advcl", "obl", "parataxis", "advcl:relcl"}:
                continue
            marks = [i for i in tree.children[child] if tree.relation[i] in {"mark", "aux", "case", "advmod"}]
            opens = min([*marks, child])
            first = tree.start[min(opens, *_under(tree, child))] if _under(tree, child) else tree.start[opens]
            match = _IF.match(stage.text, first)
            if match is None or (tree.relation[child] == "obl" and match[0].lower() in {"until", "once"}):
                continue  # "until 9 November" is a day
            start, end = _reach(tree, child, frozenset())
            return start, min(end, start + _LONGEST), child
    return None


def _under(tree: ClauseTree, at: int) -> set[int]:
    """Return a word and everything below it."""
    found = {at}
    waiting = [at]
    while waiting:
        below = [i for i in tree.children[waiting.pop()] if i not in found]
        found.update(below)
        waiting += below
    return found


def _reach(tree: ClauseTree, at: int, without: frozenset[int]) -> tuple[int, int]:
    """Return where the words of a predicate with all that hangs on it stand, but for some and what is joined to it."""
    kept = {at}
    waiting = [at]
    while waiting:
        word = waiting.pop()
        for i in tree.children[word]:
            loose = word == at and (
                tree.relation[i] in {"parataxis", "punct"} or (tree.relation[i] == "conj" and i > at)
            )
            if i not in kept and i not in without and not loose:
                kept.add(i)
                waiting.append(i)
    last = max(kept)
    behind = [i for i in without if at < i <= last]
    if behind:  # the condition stands inside: what is before it counts
        last = max((i for i in kept if i < min(behind)), default=last)
    return tree.start[min(kept)], tree.end[last]


def _trimmed(stage: Stage, start: int, end: int) -> Span | None:
    """Return the words between, without marks and blanks around them."""
    words = stage.text[start : min(end, start + _LONGEST)]
    inner = words.strip(" \n,;:.“”\"'")
    if not inner:
        return None
    low = start + words.index(inner)
    return Span(report=stage.report, start=low, end=low + len(inner))


def _made(
    stage: Stage,
    predicate: Predicate,
    kind: CommitmentKind,
    parties: tuple[Party, ...],
    held: Instrument,
    said: Sequence[Attribution],
    word: str,
) -> Commitment:
    status, why = prospects.status_of(stage.text, predicate)
    status, speaker = prospects.as_told(status, predicate.start, said, [one.name for one in parties])
    accuser = _accuser(stage, predicate) if kind == "violates" else None
    if accuser is not None and status in {"actual", "hypothetical"}:
        status, why = "alleged", "accused"
    return Commitment(
        span=Span(report=stage.report, start=stage.told.start, end=stage.told.end),
        kind=kind,
        parties=parties,
        instrument=held.name,
        article=held.part,
        status=status,
        asserted_by=speaker or accuser,
        date=_date(stage, predicate),
        because=f'"{word}" with "{held.name}"; {status}: {why}',
        generated_by=VERSION,
    )


def _holding(stage: Stage, named: Sequence[Instrument], phrases: Sequence[Phrase], after: int = 0) -> Instrument | None:
    """Return the instrument whose words hold the main word of one of the phrases."""
    for phrase in phrases:
        for one in named:
            if one.start >= after and any(one.start <= at < one.end for at in phrase.heads[:1]):
                return widened(one, stage.text, phrase.start)
    return None


def _joined(first: tuple[Party, ...], second: tuple[Party, ...]) -> tuple[Party, ...]:
    names = {one.name for one in first}
    return first + tuple(one for one in second if one.name not in names)


def _in_words(stage: Stage, start: int, end: int) -> tuple[Party, ...]:
    """Return the countries that an instrument's own words name: "the India-Pakistan water treaty"."""
    return tuple(
        Party(name=name, country=code, span=Span(report=stage.report, start=low, end=high))
        for low, high, code, name in stage.countries
        if start <= low < end and code != "IGO"
    )


def _subject_of(stage: Stage, at: int) -> tuple[Party, ...]:
    """Return who stands first in the subject of a noun with "is": "North Korea aiding Russia is a violation"."""
    tree = stage.told.tree
    subject = tree.child(at, "nsubj", "csubj", "nsubj:outer")
    if subject is None:
        return ()
    held = _under(tree, subject)
    low, high = tree.start[min(held)], tree.end[max(held)]
    found = next((one for one in stage.actors if low <= one.start < high), None)
    return tuple(scenes.parties_of([found])) if found is not None else ()


def _accused(stage: Stage, predicate: Predicate) -> tuple[Party, ...]:
    """Return whom somebody accuses of it: "accused Yerevan of violating"."""
    tree = stage.told.tree
    for up in tree.ancestors(predicate.at, 2):
        if base_in(tree.low[up], frozenset({"accuse", "suspect"})):
            direct = tree.child(up, "obj", "nsubj:pass")
            return parties_of(stage, tree.phrases(direct)) if direct is not None else ()
    return ()


def _taken_up(stage: Stage, subjects: Sequence[Phrase]) -> tuple[Party, ...]:
    """Return whose deed "such actions" takes up again: the last country before that something is said to be of."""
    if not any(_SUCH.match(stage.text, one.start, one.end) for one in subjects):
        return ()
    last = next((one for one in reversed(stage.before) if one.owns and one.kind == "country"), None)
    return tuple(scenes.parties_of([last])) if last is not None else ()


def _accuser(stage: Stage, predicate: Predicate) -> str | None:
    """Return the name of whoever accuses, where the words are no statement of their own."""
    for one in predicate.governors[:3]:
        if base_in(word_at(stage.text, one.start), _CALLS):
            parties = parties_of(stage, one.subjects)
            return parties[0].name if parties else None
    return None


def _date(stage: Stage, predicate: Predicate) -> PartialDate | None:
    return scenes.date_near(stage.scene, predicate.start, predicate.end) if stage.scene is not None else None
