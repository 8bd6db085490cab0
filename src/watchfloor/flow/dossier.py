"""Everything about one claim: how its reports hang together and why, what it belongs to, what people held of it."""

from collections.abc import Sequence

from msgspec import Struct

from watchfloor.core.assessment import Assessment
from watchfloor.core.claim import Claim
from watchfloor.core.judgement import Judgement
from watchfloor.core.picture import Picture
from watchfloor.core.route import Route
from watchfloor.core.span import Span
from watchfloor.flow.at_hand import claims_by_id
from watchfloor.fuse.routes import ABOUT_ROUTES, edges
from watchfloor.store.store import Store


class Edge(Struct, frozen=True, kw_only=True):
    """One route between two reports of the claim; number: how it is called in picture and table.

    said: the person's word that it is there by; None when the machine found it.
    """

    number: int
    route: Route
    said: Judgement | None


class Dossier(Struct, frozen=True, kw_only=True):
    """A claim and what belongs to it. cut: routes that people said do not hold. held: assessments, the latest first.

    parts, rivals: other claims; whole: of which it is a part; earlier, later: what it revises and what revises it.
    """

    claim: Claim
    edges: tuple[Edge, ...]
    cut: tuple[Judgement, ...]
    held: tuple[Assessment, ...]
    parts: tuple[Claim, ...]
    rivals: tuple[Claim, ...]
    whole: Claim | None
    earlier: Claim | None
    later: tuple[Claim, ...]


def dossier(store: Store, picture: Picture, name: str) -> Dossier | None:
    """Return what belongs to the claim of this id, None when the picture has none of it."""
    known = claims_by_id(picture)
    claim = known.get(name)
    if claim is None:
        return None
    spans = spans_of(claim)
    reports = {span.report for span in spans}
    judged = _judged(store.judgements(picture.reader), reports)
    return Dossier(
        claim=claim,
        edges=_edges(picture, spans, reports, judged),
        cut=tuple(one for one in judged.values() if one.verdict == "different"),
        held=tuple(one for one in reversed(store.assessments(picture.reader)) if set(spans) & set(one.spans)),
        parts=tuple(one for one in picture.claims if one.part_of == claim.id and one.id != claim.id),
        rivals=tuple(known[one] for one in claim.rivals if one in known),
        whole=known.get(claim.part_of or ""),
        earlier=known.get(claim.revises or ""),
        later=tuple(one for one in picture.claims if one.revises == claim.id),
    )


def spans_of(claim: Claim) -> tuple[Span, ...]:
    """Return the words that a claim rests on."""
    return (*(one.span for one in claim.positions), *(one.span for one in claim.figures))


def _edges(
    picture: Picture, spans: Sequence[Span], reports: set[str], judged: dict[tuple[str, str], Judgement]
) -> tuple[Edge, ...]:
    among = [one for one in picture.routes if one.child in reports and one.parent in reports]
    holding = {(child, parent) for child, parent, _ in edges(among, spans)}
    kept = [one for one in among if (one.child, one.parent) in holding]
    order = {one.id: at for at, one in enumerate(picture.reports)}
    kept.sort(key=lambda one: (order[one.child], order[one.parent]))
    said = {pair: one for pair, one in judged.items() if one.verdict == "same"}
    return tuple(
        Edge(number=at, route=one, said=said.get((one.child, one.parent))) for at, one in enumerate(kept, start=1)
    )


def _judged(judgements: Sequence[Judgement], reports: set[str]) -> dict[tuple[str, str], Judgement]:
    """Return the latest word of people about each pair of these reports, by child and parent."""
    latest: dict[tuple[str, str], Judgement] = {}
    for one in sorted(judgements, key=lambda one: (one.at, one.id)):
        child = one.left.removeprefix(ABOUT_ROUTES)
        if one.left.startswith(ABOUT_ROUTES) and child in reports and one.right in reports:
            latest[child, one.right] = one
    return {pair: one for pair, one in latest.items() if one.verdict != "unsure"}
