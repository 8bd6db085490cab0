"""When and where a contact took place and what about: what hangs on its words in the tree."""

import re
from collections.abc import Collection, Sequence

from watchfloor.annotate.predicate import Predicate
from watchfloor.annotate.predicates import LIGHT, Told
from watchfloor.core.annotation import Place, Time
from watchfloor.core.partial_date import PartialDate

_DATED = frozenset({"minute", "hour", "day", "week", "month", "season", "year", "weekday"})
_SAYING = frozenset("say tell report announce add confirm deny claim state declare note write quote".split())
_CLAUSAL = frozenset(("ccomp", "acl:relcl", "parataxis", "advcl:relcl"))
_LONGEST_TOWN = 40  # characters
_TOWN = re.compile(r"\b(?:in|at|near)\s(?P<town>[A-Z][\w’'-]+(?:[\s-][A-Z][\w’'-]+){0,2}),\s$")
_OCCASIONS = frozenset("occasion sidelines sideline margins margin fringes summit conference forum assembly".split())
"""Words for what a contact takes place beside, on the same day and in the same place."""
_MOST_UP = 6  # words between a time and what it dates (assumed)
_DATE = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d+|(?:[A-Z][a-z]{2,8}\.?\s\d+))"
_ABOUT = rf"(?!(?:the\s)?(?:phone|telephone|occasion|sidelines|side|line|{_DATE}))(?P<topic>[^.;,]{{4,120}})"
_TOPIC = re.compile(
    r"\b(?:(?:to|and)\s(?:discuss|discussed|share|protest|talk\sabout|review|explain)|about|regarding|concerning|over)\s"
    + _ABOUT
)
_TOPIC_OF_NOUN = re.compile(r"\s(?:with\s[^.;,]{3,60}?\s)?on\s" + _ABOUT)
_TAIL = re.compile(
    rf"\s(?:on|in|at)\s(?:{_DATE}|the\ssidelines)\b.*$|\s(?:will|would|was|were|is|are|has|have|had|said|told)\s.*$"
)
_GOING = frozenset("visit trip tour travel fly go head depart leave arrive land come".split())
_AIM = re.compile(
    r"\b(?:(?:to|and)\s(?:discuss|discussed|talk\sabout|review)|for\s(?:talks|consultations)\son)\s" + _ABOUT
)
_ELSEWHERE = re.compile(r"[;“\"]|\b(?:which|who|whose|that)\b")  # what follows is no more of the contact


def date(told: Told, p: Predicate, times: Sequence[Time]) -> PartialDate | None:
    """Return when the contact was: the time that hangs on its words, else on the verb they serve, else the only one."""
    usable = [one for one in times if _usable(one) and not _is_of_topic(told, one)]
    ranked = [(rank, one) for one in usable if (rank := _rank(told, p, one.span.start)) is not None]
    if not ranked:
        return None
    return min(ranked, key=lambda pair: (pair[0], abs(pair[1].span.start - p.start)))[1].date


def _usable(one: Time) -> bool:
    only_latest = one.date.low is None and one.date.high is not None
    return one.date.precision in _DATED and not only_latest and not (one.date.value or "T").startswith("T")


def _is_of_topic(told: Told, one: Time) -> bool:
    """Return whether a year is that of a thing and not of a contact: "to discuss supplies for 2025"."""
    tree = told.tree
    at = next((i for i in range(tree.size) if tree.start[i] <= one.span.start < tree.end[i]), None)
    return at is not None and one.date.precision == "year" and tree.lead(at) == "for"


def _rank(told: Told, p: Predicate, start: int) -> int | None:
    """Return how closely a time belongs to the predicate, 0 the closest; None when it belongs to something else."""
    tree = told.tree
    at = next((i for i in range(tree.size) if tree.start[i] <= start < tree.end[i]), None)
    if at is None:
        return None
    own = _own(told, p)
    verb = None
    above = (at, *tree.ancestors(at, _MOST_UP))
    for up in above:
        if up in own:
            return own[up]
        if up != at and tree.upos[up] == "VERB":
            verb = up
            break
    held = next((n for n, up in enumerate(above) if up in own), 0)
    if any(tree.low[up] in _OCCASIONS and tree.lead(up) in ("on", "at", "during") for up in above[:held]):
        return 5 + own[above[held]]  # "met on the occasion of the summit held on the 25th"
    if verb is None:
        return 6 if at != p.at and all(tree.upos[i] != "VERB" for i in range(tree.size)) else None
    if p.at in tuple(tree.ancestors(verb, _MOST_UP)) and tree.relation[verb] in {"conj", "acl"}:
        return 4
    return None


def _own(told: Told, p: Predicate) -> dict[int, int]:
    """Return the words whose time is the contact's, each with its distance."""
    tree = told.tree
    own = {p.at: 0}
    at = p.at
    for step, up in enumerate(tree.ancestors(p.at, 4), 1):
        relation = tree.relation[at]
        saying = tree.lemma[up].lower() in _SAYING
        acted_on = (
            relation in {"obj", "nsubj", "nsubj:pass"} and p.kind == "noun" and tree.lemma[up].lower() not in LIGHT
        )
        aside = relation == "advcl" and not _is_aim(told, at)
        if (
            relation in _CLAUSAL
            or (acted_on and tree.upos[up] == "VERB")
            or aside
            or (saying and not (relation in {"obl", "iobj"} and p.kind == "noun"))
        ):
            break
        own[up] = step
        at = up
    return own


def _is_aim(told: Told, at: int) -> bool:
    """Return whether a clause is led by "to" or a word of time, and is of the same day: "left on Monday to visit"."""
    tree = told.tree
    marks = {"to", "before", "after", "when", "while", "as"}
    return any(tree.relation[i] == "mark" and tree.low[i] in marks for i in tree.children[at])


def place(told: Told, p: Predicate, places: Sequence[Place], text: str, *, moving: bool) -> str | None:
    """Return where it took place: the place behind "in" or "at", or where somebody goes, that hangs on its words."""
    tree = told.tree
    own = _own(told, p)
    best: tuple[int, int, str] | None = None
    begins = {one.span.start for one in places}
    for one in places:
        if text[one.span.end : one.span.end + 2] in {"'s", "’s"}:
            continue
        at = next((i for i in range(tree.size) if tree.start[i] <= one.span.start < tree.end[i]), None)
        if at is None:
            continue
        lead = None
        rank = None
        for i in (at, *tree.ancestors(at, _MOST_UP)):
            if lead is None and i != p.at:
                lead = tree.lead(i)
            if i in own and lead is not None:
                rank = own[i]
                break
            if i in own and tree.relation[at] == "obj":
                lead, rank = "in", own[i]
                break
        if rank is None or lead not in ({"in", "at", "to", "for"} if moving else {"in", "at"}):
            continue
        vague = one.latitude is None or lead in {"to", "for"}
        score = (rank + (3 if vague else 0), abs(one.span.start - p.start), _with_town(text, one, begins))
        if best is None or score < best:
            best = score
    return best[2] if best else None


def _with_town(text: str, one: Place, begins: Collection[int]) -> str:
    """Return a place with the town before it that no gazetteer knows: "Lowmere, Chad" is not just Chad."""
    found = _TOWN.search(text, max(0, one.span.start - _LONGEST_TOWN), one.span.start)
    return one.name if found is None or found.start("town") in begins else f"{found['town']}, {one.name}"


def topic(text: str, p: Predicate, end: int) -> str | None:
    """Return what it was about, as worded; "on" leads a topic only behind a noun such as "talks", or "briefed"."""
    found = (_AIM if p.lemma in _GOING else _TOPIC).search(text, p.end, end)
    if found is not None and _ELSEWHERE.search(text, p.end, found.start()):
        found = None
    if p.kind == "noun" and p.lemma not in {"visit", "trip", "tour", "delegation", "call"}:
        found = _TOPIC_OF_NOUN.match(text, p.end, end) or found
    elif p.lemma == "brief":
        found = re.compile(r"\bon\s" + _ABOUT).search(text, p.end, end) or found
    if found is None:
        return None
    words = _TAIL.sub("", " ".join(found["topic"].split())).strip()
    if sum(words.count(mark) for mark in '“”"') % 2:  # a quotation that goes on beyond the topic
        words = re.sub(r"\s?[“\"][^“”\"]*$", "", words)
    return words or None
