"""The statements of one sentence: its words of saying, each with speaker, content and channel."""

from collections.abc import Sequence
from functools import cache

from watchfloor.annotate import contents, cues, frames, fronts, nesting, nominal_hits, refusals, verbal_hits
from watchfloor.annotate.go_betweens import with_channels
from watchfloor.annotate.grammar import AUXILIARIES, BE, CLAUSE, MODALS, PRONOUNS
from watchfloor.annotate.hits import Hit, Statement
from watchfloor.annotate.sources import Voices
from watchfloor.annotate.stretches import is_quote, is_speech
from watchfloor.annotate.tokens import Token

_LONGEST_OPENING = 8  # tokens of "on the 26th," behind "According to the ministry"
_SHORT_OPENING = 4  # tokens of "In addition," before "according to"
_LONGEST_SUBJECT = 20  # tokens before "was condemned by"


def read(text: str, items: Sequence[Token], voices: Voices) -> list[Statement]:
    """Return the statements of one sentence in the order of their cues."""
    found = _hits(items, voices)
    parents = nesting.parents(items, found, voices)
    drafts: list[Statement | None] = []
    for index, hit in enumerate(found):
        if parents[index] is not None and "w" in hit.entry.frames:
            drafts.append(None)  # a state of mind inside somebody's words is what they say, not a statement
        else:
            limit = nesting.limit(items, found, parents, index)
            drafts.append(_statement(text, items, found, index, limit, voices))
    return with_channels(items, found, drafts, parents)


@cache
def _may_begin() -> frozenset[str]:
    """Return the words at which something is told: the four readers of `_hits` look at no other."""
    return nominal_hits.WORDS | cues.nouns().keys() | cues.table().keys()


def _hits(items: Sequence[Token], voices: Voices) -> list[Hit]:
    """Return the words of saying of one sentence in text order."""
    found: list[Hit] = []
    at = 0
    may_begin = _may_begin()
    while at < len(items):
        if items[at].text.lower() not in may_begin:
            at += 1
            continue
        hit = (
            nominal_hits.according(items, at, voices)
            or nominal_hits.quoted(items, at, voices)
            or nominal_hits.noun(items, at, voices)
            or verbal_hits.verb(items, at, voices, found)
        )
        if hit is not None:
            found.append(hit)
            at = max(at + 1, hit.end)
        else:
            at += 1
    return found


def _statement(
    text: str, items: Sequence[Token], found: Sequence[Hit], index: int, limit: int, voices: Voices
) -> Statement | None:
    """Return what the hit at `index` states; None when nothing there is content."""
    hit = found[index]
    if hit.mode == "according":
        return _according(items, found, hit)
    if hit.mode == "passive":
        return _passive(items, hit)
    if (withheld := refusals.withheld(text, items, hit, limit)) is not None:
        return withheld
    if refusals.expresses(hit):
        return refusals.expressed(text, items, hit, limit)
    front = fronts.front(text, items, found, index)
    if hit.mode == "inverted":
        return _inverted(items, hit, front, limit)
    right = contents.right(items, hit.end, hit.entry.frames, voices)
    channel = right.channel or contents.trailing_channel(items, hit.end)
    if {"c", "q"} & set(hit.entry.frames):
        if front is not None and (content := _fronted(text, items, front, right, (hit.end, limit))) is not None:
            return Statement(hit, content, channel, hit.via)
        if right.over and hit.mode == "subject":
            return Statement(hit, (), channel, hit.via, True) if items[-1].text == ":" else refusals.silent(hit)
    content = frames.behind(text, items, hit, right, limit)
    if content is None:
        return None
    return Statement(hit, content, channel or contents.trailing_channel(items, content[-1][1]), hit.via)


def _fronted(
    text: str, items: Sequence[Token], front: tuple[int, int], right: contents.Right, room: tuple[int, int]
) -> tuple[tuple[int, int], ...] | None:
    """Return fronted content with what goes on behind the cue; None when the content stands behind the cue alone.

    room: where the cue ends, and where its content must end.
    """
    hit_end, limit = room
    last = items[front[1] - 1]
    if is_quote(last) and is_speech(text, last):
        goes_on = right.begin < min(limit, len(items)) and is_quote(items[right.begin])
        if goes_on:
            return front, (right.begin, right.begin + 1)
        if not right.certain:
            return (front,)
    if hit_end < len(items) and items[hit_end].text == "," and not right.certain and front[1] < hit_end:
        more = fronts.rest(items, hit_end, limit)
        if more and contents.leads_in(items, *front):
            return more if contents.is_connective(items, *front) else (front, *more)
    if right.certain or contents.leads_in(items, *front):
        return None
    if right.over or contents.is_adjunct(items, right.begin):
        return front, *fronts.rest(items, right.begin, limit)
    return None


def _inverted(items: Sequence[Token], hit: Hit, front: tuple[int, int] | None, limit: int) -> Statement | None:
    """Return the statement of '"...," said Ann Lee, "..."'."""
    if front is None or hit.source is None:
        return None
    at = hit.source.end
    if at < len(items) and items[at].text in (",", ":"):
        at += 1
    more = ((at, at + 1),) if at < min(limit, len(items)) and is_quote(items[at]) else ()
    return Statement(hit, (front, *more), contents.trailing_channel(items, hit.source.end), None)


def _passive(items: Sequence[Token], hit: Hit) -> Statement | None:
    """Return the statement whose content is the subject of a passive: "The raid" was condemned by Seoul."""
    begin = hit.begin
    while begin > max(0, hit.begin - _LONGEST_SUBJECT):
        if items[begin - 1].text in ",;:—" or items[begin - 1].low in CLAUSE:
            break
        begin -= 1
    begin, end = contents.trimmed(items, begin, hit.begin)
    alone = end - begin == 1 and items[begin].low in PRONOUNS
    return Statement(hit, ((begin, end),), None, None) if begin < end and not alone else None


def _according(items: Sequence[Token], found: Sequence[Hit], hit: Hit) -> Statement | None:
    """Return the statement of "according to", unless what it reports is somebody else's statement."""
    if hit.source is None:
        return None
    others = [one for one in found if one.mode != "according" and not one.opens_with_thought]
    behind = hit.source.end
    if hit.begin <= 1:
        if others and _opens(items, behind, others[0].clause):
            return None
        begin, end = contents.trimmed(items, behind, len(items))
    elif _is_inserted(items, hit, behind) or (hit.begin <= _SHORT_OPENING and contents.leads_in(items, 0, hit.begin)):
        begin, end = contents.trimmed(items, behind, len(items))
    else:
        if any(one.begin < hit.begin for one in others):
            return None
        begin, end = contents.trimmed(items, 0, hit.begin)
        goes_on = behind < len(items) and _goes_on(items, behind)
        more = (contents.trimmed(items, behind, len(items)),) if goes_on else ()
        return Statement(hit, ((begin, end), *more), None, None) if begin < end else None
    return Statement(hit, ((begin, end),), None, None) if begin < end else None


def _goes_on(items: Sequence[Token], at: int) -> bool:
    """Tell whether the verb of the clause that "according to" breaks stands behind its comma: ", have fallen"."""
    following = items[at + 1] if items[at].text == "," and at + 1 < len(items) else None
    return following is not None and (
        following.low in BE | AUXILIARIES | MODALS - {"to"}
        or (following.low.endswith(("ed", "s")) and not following.capital)
    )


def _opens(items: Sequence[Token], end: int, clause: int) -> bool:
    """Tell whether a clause begins right behind "According to X": after its comma, a date allowed between."""
    return clause <= end + 1 or (clause - end <= _LONGEST_OPENING and items[clause - 1].text == ",")


def _is_inserted(items: Sequence[Token], hit: Hit, end: int) -> bool:
    """Tell whether "according to" stands between a verb and its object: "showing, according to them, a convoy"."""
    inside = hit.begin > 1 and items[hit.begin - 1].text == "," and end < len(items) and items[end].text == ","
    return inside and items[hit.begin - 2].low.endswith("ing")
