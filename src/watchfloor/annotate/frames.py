"""Content behind its word of saying, by the frames of the verb: a clause, an object, an infinitive, a naming."""

from collections.abc import Sequence

from watchfloor.annotate import contents, titles
from watchfloor.annotate.grammar import AUXILIARIES, BE, COMPLEMENTISERS, MODALS, TIME, TIME_LEADS
from watchfloor.annotate.hits import Hit
from watchfloor.annotate.stretches import is_quote
from watchfloor.annotate.tokens import Token

_STOPS_OBJECT = frozenset("and but as while after when saying which who although because since during where so".split())
_LEAVES_OBJECT = frozenset("when while after before because although during".split())
_NO_OBJECT = frozenset("in on at with as and but that from for of by about after out up off into".split())
_TOPIC = frozenset("on about over regarding to".split())
_PLAIN = frozenset("say add claim".split())
_NEAR = 30  # tokens in which a clause shows its verb
_VERB_LIKE = 12  # tokens in which a word that could be a verb will do


def behind(
    text: str, items: Sequence[Token], hit: Hit, right: contents.Right, limit: int
) -> tuple[tuple[int, int], ...] | None:
    """Return the content behind the cue, None when what stands there does not fit the frames of its verb."""
    if hit.entry.words == ("protest",) and right.begin < len(items) and items[right.begin].low in _WHERE:
        return None  # "protested outside the court" tells where they stood
    at = right.begin
    if at >= limit:
        return None
    clause = bool({"c", "t", "q"} & set(hit.entry.frames)) and _fits_clause(items, hit, right)
    if not clause:
        at = hit.end
        if at >= limit or not _fits_object(items, hit, at):
            return None
    begin, end = contents.trimmed(items, at, content_end(text, items, at, limit, clause))
    return ((begin, end),) if begin < end else None


_WHERE = frozenset("outside in at near across on through peacefully".split())
_HOW_MANY = frozenset("number toll tally total figure count".split())
_FORMER = frozenset("earlier previous initial prior former old".split())  # who revises an earlier figure gives it up


def _fits_clause(items: Sequence[Token], hit: Hit, right: contents.Right) -> bool:
    """Tell whether a clause or quotation begins there."""
    item, frames = items[right.begin], hit.entry.frames
    if right.certain or item.low in COMPLEMENTISERS:
        return True
    if "q" in frames and "c" not in frames:
        return False
    if "t" in frames and item.low == "to" and right.begin > hit.end:
        return True
    if contents.is_adjunct(items, right.begin):
        return hit.entry.words[0] in _PLAIN and item.low not in ("to", "of", "by", "about") and item.word
    if "m" in frames:
        return False
    if {"n", "d", "a", "t"} & set(frames):
        return _has_verb(items, right.begin, True) or right.begin > hit.end
    return item.word and (hit.entry.words == ("say",) or _has_verb(items, right.begin, "w" in frames))


def _has_verb(items: Sequence[Token], at: int, strict: bool) -> bool:
    """Tell whether a finite verb is near; not strict: a word that could be one will do."""
    for item in items[at : at + _NEAR]:
        if item.text in ",;":
            break
        if item.low in BE | AUXILIARIES or item.low in MODALS - {"to"} or item.low.endswith(("n't", "n’t", "ed")):
            return True
    return not strict and any(item.low.endswith(("s", "d")) for item in items[at + 1 : at + _VERB_LIKE])


def _fits_object(items: Sequence[Token], hit: Hit, at: int) -> bool:
    """Tell whether what follows is an object, an infinitive or a naming, as the frames ask for."""
    frames, item = hit.entry.frames, items[at]
    if "k" in frames:
        first = [one.low for one in items[at : at + 3]]
        if _FORMER.intersection(first) or not _HOW_MANY.intersection(first):
            return False
    if item.low == "to":
        return "i" in frames
    if hit.entry.words == ("call",) and _is_summons(items, at):
        return False
    if hit.entry.words == ("ask",) and item.low == "not":
        return False  # "asked not to be named"
    if "S" in frames:
        return item.low in _TOPIC
    if "d" in frames and "n" not in frames:
        return any(one.low == "to" for one in items[at : at + 14])
    return bool({"n", "a", "d"} & set(frames)) and (item.word or is_quote(item)) and item.low not in _NO_OBJECT


def _is_summons(items: Sequence[Token], at: int) -> bool:
    """Tell whether somebody is called "to" somewhere and not called something: "called his aides to a meeting"."""
    for item in items[at + 1 : at + _VERB_LIKE]:
        if item.low == "to":
            return True
        if not item.word or item.low in ("a", "an", "the"):
            return False
    return False


def content_end(text: str, items: Sequence[Token], at: int, limit: int, clause: bool) -> int:
    """Return where content that begins at `at` ends: behind a closing quotation, before an aside, at the limit."""
    for index in range(at, limit):
        following = items[index + 1].low if index + 1 < limit else ""
        aside = following in _STOPS_OBJECT or following.endswith("ing")
        if is_quote(items[index]):
            last = text[items[index].start : items[index].end].rstrip("\"”“’'» ")[-1:]
            if (last in ".!?" and following not in ("and", "or")) or (last == "," and aside):
                return index + 1
        elif items[index].text == ";" or (not clause and _leaves_object(items, index, index > at, aside)):
            return index
    return limit


def _leaves_object(items: Sequence[Token], at: int, inside: bool, aside: bool) -> bool:
    """Tell whether an aside or an occasion begins at `at`: confirmed the visit "in a statement", "during a call"."""
    if items[at].text == ",":
        return aside
    if inside and ((items[at].low in ("and", "but") and _acts(items, at + 1)) or _is_when(items, at)):
        return True
    return inside and (items[at].low in _LEAVES_OBJECT or contents.trailing_channel(items, at) is not None)


def _acts(items: Sequence[Token], at: int) -> bool:
    """Tell whether a verb of its own follows "and": condemned the raid "and decided to" withdraw."""
    while at < len(items) and items[at].low.endswith("ly"):
        at += 1
    return at + 1 < len(items) and items[at].low.endswith("ed") and items[at + 1].low in titles.function_words()


def _is_when(items: Sequence[Token], at: int) -> bool:
    """Tell whether the day of the act stands at `at`: endorsed Varga "on Monday", "last week", denied it "Friday"."""
    lead = items[at].low in TIME_LEADS | TIME
    end = at
    while end < len(items) and (items[end].low in TIME_LEADS | TIME or items[end].text[0].isdigit()):
        end += 1
    if not lead or items[at - 1].low in titles.function_words():
        return False
    named = any(item.low in TIME for item in items[at:end])
    return named and (end >= len(items) or not items[end].word or items[end].low in titles.function_words())
