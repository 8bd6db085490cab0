"""The channel through which an outlet had a statement, carried over where the text makes it plain."""

from bisect import bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.core.annotation import Attribution
from watchfloor.resolve import bodies
from watchfloor.resolve.layout import Layout

_LOOKED_AT = 20
"""Statements of bodies before one that may hold it: so many begin in no sentence."""


def carry(statements: Sequence[Attribution], layout: Layout) -> list[Attribution]:
    """Return the statements, each with its channel where it lies inside what a body tells, or beside one that has it.

    Inside: "A said that B told C" has B's words through A. Beside: what one speaker goes on to say in one paragraph
    came the same way, if no second way is named there; what he said before, too, when a body tells it.
    """
    told = sorted((one for one in statements if one.speaker_type == "organisation"), key=_begin)
    nested = [_nested(one, told) for one in statements]
    ways: dict[tuple[int, str], dict[str, int]] = {}
    for one in nested:
        if one.speaker and one.reported_via:
            named = ways.setdefault((_paragraph(one, layout), one.speaker), {})
            named[one.reported_via] = min(_begin(one), named.get(one.reported_via, _begin(one)))
    found = []
    for one in nested:
        beside = ways.get((_paragraph(one, layout), one.speaker or ""), {})
        if len(beside) == 1 and not one.reported_via:
            ((channel, since),) = beside.items()
            if since <= _begin(one) or _tells_all(channel):
                one = replace(one, reported_via=channel)
        found.append(one)
    return found


def _tells_all(channel: str) -> bool:
    """Tell whether a channel is a body that tells what somebody said, and no network, outlet or letter."""
    return channel.startswith("the ") or bodies.parse(channel).kind not in (None, "media")


def _begin(one: Attribution) -> int:
    return one.span.start


def _nested(inner: Attribution, told: Sequence[Attribution]) -> Attribution:
    """Return a statement with the body whose own statement holds it as its channel; told: those of bodies, in order."""
    if inner.reported_via and inner.reported_via == inner.speaker:
        inner = replace(inner, reported_via=None)
    if inner.reported_via or not inner.speaker:
        return inner
    last = bisect_right(told, inner.source[0].start if inner.source else _begin(inner), key=_begin)
    holders = [
        outer
        for outer in told[max(0, last - _LOOKED_AT) : last]
        if outer.speaker not in (None, inner.speaker)
        and any(_holds(content.start, content.end, inner) for content in outer.content)
    ]
    closest = min(holders, key=lambda outer: (outer.span.end - outer.span.start, outer.span.start), default=None)
    return replace(inner, reported_via=closest.speaker) if closest else inner


def _holds(start: int, end: int, inner: Attribution) -> bool:
    """Return whether a stretch holds the words for the inner speaker and the beginning of what he says."""
    spans = (*inner.source, *inner.content[:1])
    return bool(inner.source) and all(start <= span.start and span.end <= end for span in spans)


def _paragraph(one: Attribution, layout: Layout) -> int:
    """Return where the paragraph of a statement begins."""
    return layout.paragraph((one.cue or one.source or one.content or (one.span,))[0].start)[0]
