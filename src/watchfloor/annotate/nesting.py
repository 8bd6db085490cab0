"""Which word of saying stands inside what another one says, and how far to the right each one reaches."""

from collections.abc import Sequence

from watchfloor.annotate import contents
from watchfloor.annotate.grammar import COMPLEMENTISERS, RELATIVE
from watchfloor.annotate.hits import Hit
from watchfloor.annotate.sources import Voices
from watchfloor.annotate.stretches import is_quote
from watchfloor.annotate.tokens import Token

_SIBLING = frozenset("while whereas although though but ;".split())
_SUBORDINATE = frozenset(
    "after before when as because since which that who if where until once how what why whether".split()
)
_JOINING = frozenset("and but while whereas although though , then ; — or".split())
_DEEPEST = 4  # words of saying inside one another


def parents(items: Sequence[Token], found: Sequence[Hit], voices: Voices) -> list[int | None]:
    """Return for each hit the hit in whose content it stands, None for none."""
    made: list[int | None] = []
    for index, hit in enumerate(found):
        last = found[index - 1] if index else None
        parent: int | None = None
        if last is not None and last.mode != "according":
            if hit.mode == "according" and any(
                item.low == "that" for item in items[max(last.end, hit.begin - 2) : hit.begin]
            ):
                parent = index - 1  # "said that, according to Y, ..."
            elif hit.mode in ("shared", "participle"):
                parent = made[index - 1]
            elif hit.mode == "noun":
                parent = index - 1 if all(_is_phrase(item) for item in items[last.end : hit.begin]) else None
            elif hit.mode == "subject" and "c" in last.entry.frames:
                parent = _of_subject(items, last, hit, voices, index - 1, made[index - 1])
        made.append(parent if parent is None or _depth(made, parent) < _DEEPEST else None)
    return made


def _is_phrase(item: Token) -> bool:
    return item.word or item.text in ("'s", "’s")


def _of_subject(
    items: Sequence[Token], last: Hit, hit: Hit, voices: Voices, index: int, above: int | None
) -> int | None:
    """Return the parent of a hit with its own subject: the one before, that one's parent, or none."""
    if hit.clause < last.begin and items[last.begin - 1].low in RELATIVE:
        return None  # the other one stands in an aside to this one's subject: "X, who said Y, denied Z"
    if _is_inside(items, last, hit, voices):
        return index
    begin = hit.clause
    sibling = begin > 0 and (items[begin - 1].low in _SIBLING or items[begin - 1].text == ",")
    return None if sibling else above


def _is_inside(items: Sequence[Token], last: Hit, hit: Hit, voices: Voices) -> bool:
    """Tell whether the clause of `hit` belongs to what `last` says."""
    if last.mode == "inverted":
        return False
    start = contents.right(items, last.end, last.entry.frames, voices).begin
    begin = hit.clause
    if begin <= start or (begin == start + 1 and items[start].low in COMPLEMENTISERS):
        return True
    before = items[begin - 1].low
    if hit.source is not None and hit.source.end < hit.at and items[hit.source.end].low in RELATIVE:
        return True
    if before in _SIBLING or before in (",", "—") or is_quote(items[begin - 1]):
        return False
    if before == "and":
        return items[begin - 2].text != "," and not is_quote(items[begin - 2])
    return before in _SUBORDINATE


def _depth(made: Sequence[int | None], index: int) -> int:
    return len(list(ancestors(made, index)))


def ancestors(made: Sequence[int | None], index: int) -> list[int]:
    """Return the hits that the hit at `index` stands inside of, the innermost first."""
    above = []
    parent = made[index]
    while parent is not None:
        above.append(parent)
        parent = made[parent]
    return above


def limit(items: Sequence[Token], found: Sequence[Hit], made: Sequence[int | None], index: int) -> int:
    """Return where the content to the right of a hit must end: before the next hit that is not inside it."""
    aside = _aside_end(items, found[index])
    later = next((one for one in range(index + 1, len(found)) if index not in ancestors(made, one)), None)
    if later is None:
        return aside
    end = found[later].clause
    if end < found[index].begin:
        end = found[later].begin
    while end > found[index].end and items[end - 1].low in _JOINING:
        end -= 1
    return min(end, aside)


def _aside_end(items: Sequence[Token], hit: Hit) -> int:
    """Return where the aside ends that a hit stands in: ", who endorsed her," has no content behind its comma."""
    if hit.begin < 2 or items[hit.begin - 1].low not in RELATIVE or items[hit.begin - 2].text != ",":
        return len(items)
    return next((at for at in range(hit.end, len(items)) if items[at].text == ","), len(items))
