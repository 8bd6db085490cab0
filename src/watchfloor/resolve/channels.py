"""The channel through which an outlet had a statement, carried over where the text makes it plain."""

from collections.abc import Sequence

from msgspec.structs import replace

from watchfloor.core.annotation import Attribution
from watchfloor.resolve.layout import Layout


def carry(statements: Sequence[Attribution], layout: Layout) -> list[Attribution]:
    """Return the statements, each with its channel where it lies inside what a body tells, or beside one that has it.

    Inside: "A said that B told C" has B's words through A. Beside: the other statements of one speaker in one
    paragraph came the same way, if no second way is named there.
    """
    nested = [_nested(one, statements) for one in statements]
    ways: dict[tuple[int, str], set[str]] = {}
    for one in nested:
        if one.speaker and one.reported_via:
            ways.setdefault((_paragraph(one, layout), one.speaker), set()).add(one.reported_via)
    found = []
    for one in nested:
        beside = ways.get((_paragraph(one, layout), one.speaker or ""), set())
        found.append(replace(one, reported_via=min(beside)) if len(beside) == 1 and not one.reported_via else one)
    return found


def _nested(inner: Attribution, statements: Sequence[Attribution]) -> Attribution:
    """Return a statement with the body whose own statement holds it as its channel."""
    if inner.reported_via and inner.reported_via == inner.speaker:
        inner = replace(inner, reported_via=None)
    if inner.reported_via or not inner.speaker:
        return inner
    holders = [
        outer
        for outer in statements
        if outer.speaker_type == "organisation"
        and outer.speaker not in (None, inner.speaker)
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
