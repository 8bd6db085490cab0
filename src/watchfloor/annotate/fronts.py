"""Content that stands before its word of saying: a fronted clause or quotation."""

from collections.abc import Sequence

from watchfloor.annotate import contents
from watchfloor.annotate.hits import Hit
from watchfloor.annotate.stretches import is_quote, is_speech
from watchfloor.annotate.tokens import Token

_BEFORE_CLAUSE = frozenset(",—–!?.")
_NO_CONTENT = frozenset(
    "and but as while after when saying which who although because since during where so in on at".split()
)


def front(text: str, items: Sequence[Token], found: Sequence[Hit], index: int) -> tuple[int, int] | None:
    """Return the fronted clause or quotation of a hit, None when there is none."""
    hit = found[index]
    own = hit.mode not in ("inverted", "according") and hit.source is not None
    end = min(hit.begin, hit.source.begin) if own and hit.source is not None else hit.begin
    if hit.mode in ("shared", "participle") or end <= 0:
        return None
    if not is_quote(items[end - 1]) and items[end - 1].text not in _BEFORE_CLAUSE:
        return None
    begin, end = contents.trimmed(items, _begin(found, index), end)
    return _quotation(text, items, begin, end) if begin < end else None


def _begin(found: Sequence[Hit], index: int) -> int:
    """Return where fronted content may begin: behind the last hit that is no part of it."""
    for at in range(index - 1, -1, -1):
        earlier = found[at]
        opens = earlier.mode in ("subject", "shared") and found[0].mode == "subject" and found[0].clause <= 1
        if not opens:
            turned = earlier.mode == "inverted" and earlier.source is not None
            return earlier.source.end if turned and earlier.source is not None else earlier.end
    return 0


def _quotation(text: str, items: Sequence[Token], begin: int, end: int) -> tuple[int, int]:
    """Return a fronted quotation without what only leads up to it: 'At the same time, "..."'."""
    if not is_quote(items[end - 1]):
        return begin, end
    first = next(at for at in range(begin, end) if is_quote(items[at]))
    if first == begin or not is_speech(text, items[end - 1]):
        return begin, end
    alone = items[first - 1].text in (",", ":") or contents.leads_in(items, begin, first)
    return (first, end) if alone else (begin, end)


def rest(items: Sequence[Token], at: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the rest of content that the cue breaks, () when there is none: "Talks, he said, will go on"."""
    if at + 1 >= end or items[at].text != ",":
        return ()
    if items[at + 1].low.endswith("ing") or items[at + 1].low in _NO_CONTENT:
        return ()
    begin, stop = contents.trimmed(items, at + 1, end)
    return ((begin, stop),) if stop - begin > 2 else ()
