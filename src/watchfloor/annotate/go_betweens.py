"""Through whom a statement was told: "the ministry said" or "according to the ministry" around somebody's words."""

from collections.abc import Sequence

from watchfloor.annotate.grammar import PRONOUNS
from watchfloor.annotate.hits import Hit, Statement
from watchfloor.annotate.sources import Source
from watchfloor.annotate.tokens import Token


def with_channels(
    items: Sequence[Token], found: Sequence[Hit], drafts: Sequence[Statement | None], parents: Sequence[int | None]
) -> list[Statement]:
    """Return the drafts that stand, each with the party it was told through; a mere go-between's own is left out."""
    through: dict[int, Source] = {}
    dropped: set[int] = set()
    for index, hit in enumerate(found):
        draft = drafts[index]
        if hit.source is None:
            continue
        if hit.mode == "according" and parents[index] is None:
            told = range(index + 1, len(found)) if hit.begin <= 1 else range(index)
            through |= {one: hit.source for one in told if found[one].mode != "according"}
            dropped |= {one for one in told if draft is not None and found[one].opens_with_thought}
        elif draft is not None and draft.content and (thought := _thought(found, draft, index)):
            dropped.update(thought)
        elif draft is not None and draft.content and (inner := _inner(items, found, drafts, index)) is not None:
            through |= dict.fromkeys(inner, hit.source)
            dropped.add(index)
        above = parents[index]
        if above is not None and drafts[above] is not None and (speaker := found[above].source) is not None:
            through.setdefault(index, speaker)
    return [_told(draft, through.get(at)) for at, draft in enumerate(drafts) if draft is not None and at not in dropped]


def _thought(found: Sequence[Hit], draft: Statement, index: int) -> list[int]:
    """Return the states of mind that open fronted content: "X believes Y, the ministry said" is one statement."""
    begin, end = draft.content[0]
    inside = [one for one in range(index) if found[one].clause >= begin and found[one].end <= end]
    return inside if inside and end <= found[index].clause and "w" in found[inside[0]].entry.frames else []


def _told(draft: Statement, through: Source | None) -> Statement:
    if through is None or through == draft.hit.source:
        return draft
    return draft._replace(via=(through.begin, through.end))


def _inner(
    items: Sequence[Token], found: Sequence[Hit], drafts: Sequence[Statement | None], index: int
) -> list[int] | None:
    """Return the hits whose statements the fronted content of a hit already is; None when it has content of its own.

    A pronoun behind a quotation that somebody was already given ('Lee added, "...," he said') tells nothing through.
    """
    hit, draft = found[index], drafts[index]
    if draft is None or hit.source is None:
        return None
    begin, end = draft.content[0]
    before = drafts[index - 1] if index else None
    if before is not None and before.content and before.content[0][0] >= begin and before.hit.clause < begin:
        alone = hit.source.end - hit.source.begin == 1 and items[hit.source.begin].low in PRONOUNS
        return [] if alone else [one for one in range(index) if found[one].source == before.hit.source]
    inner = [one for one in range(index) if found[one].clause >= begin and found[one].end <= end]
    spoken = inner and drafts[inner[0]] is not None and "w" not in found[inner[0]].entry.frames
    return inner if spoken and end <= hit.clause else None
