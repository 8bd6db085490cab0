"""Words held on to by their place, their neighbours and themselves, to be found again in another version of a text."""

from collections.abc import Iterable, Iterator

from watchfloor.core.correction import Anchor

BESIDE = 40  # code points kept on each side to tell equal words apart (assumed: half a dozen words)


def anchor(text: str, start: int, end: int) -> Anchor:
    """Return the words of text[start:end] with what stands beside them.

    >>> anchor("He met Ito.", 7, 10).quote
    'Ito'
    """
    return Anchor(
        start=start,
        end=end,
        quote=text[start:end],
        before=text[max(0, start - BESIDE) : start],
        after=text[end : end + BESIDE],
    )


def anchors(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Anchor, ...]:
    """Return the anchors of all spans, each once, in text order."""
    return tuple(anchor(text, start, end) for start, end in sorted(set(spans)))


def found(text: str, held: Anchor) -> tuple[int, int] | None:
    """Return where the words stand in a text now, None when they do not: with equal words, the likest place.

    The likest has most of the same neighbours, then the nearest offset.

    >>> found("So he met Ito. Ito left.", anchor("He met Ito.", 7, 10))
    (10, 13)
    """
    if not held.quote:
        return None
    places = list(_places(text, held.quote))
    if not places:
        return None
    start = max(places, key=lambda at: (_likeness(text, at, held), -abs(at - held.start)))
    return start, start + len(held.quote)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _likeness(text: str, at: int, held: Anchor) -> int:
    """Return how many characters on both sides are the same, counted from the words outwards."""
    before = text[max(0, at - BESIDE) : at]
    end = at + len(held.quote)
    return _shared(before[::-1], held.before[::-1]) + _shared(text[end : end + BESIDE], held.after)


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
