"""The picture: what one reader can know at one moment, put together when read."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Literal

from msgspec import structs

from watchfloor.annotate.corrected import corrected
from watchfloor.core.annotation import Annotation
from watchfloor.core.assessment import Assessment
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.feed import Grade
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.meaning import meaning
from watchfloor.fuse.claim_decisions import decided_claims
from watchfloor.fuse.claims import gathered
from watchfloor.fuse.copies import copies
from watchfloor.fuse.credits import credit_edges
from watchfloor.fuse.encounters import encounters
from watchfloor.fuse.ground import Ground
from watchfloor.fuse.outlets import outlets
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.routes import judged
from watchfloor.fuse.stories import stories
from watchfloor.resolve import across
from watchfloor.resolve.relations import relations
from watchfloor.share.release import effective, spelled_out
from watchfloor.store.store import Store

Since = date | Literal["newest", "all"]
"""From when on: a day, the newest days that fit, or everything."""

REPORTS_AT_ONCE = Configuration().reports_at_once


def picture(
    store: Store, reader: Reader, as_of: date | None = None, since: Since = "newest", most: int = REPORTS_AT_ONCE
) -> Picture:
    """Return everything the reader can know as of a day, from what the store lets this reader see.

    Counting starts from what the reader may see: a partner's numbers never betray a report that is not theirs.
    since: the first day whose reports are in it; "newest" are the newest days with at most so many reports.
    """
    first = beginning(store, reader, as_of, since, most)
    seen = store.reports(reader, as_of=as_of, since=first)
    reports = tuple(sorted(_spelled_out(store, reader, seen), key=earliest_first))
    found = store.annotations(reader, [report.id for report in reports])
    annotations = corrected(reports, found, store.corrections.corrections(reader))
    made = fused(reports, annotations, reader, store.judgements(reader), as_of)
    held = assessed(made.claims, store.assessments(reader), as_of)
    return structs.replace(
        made,
        assessments=held,
        grades=graded(made, store.outlet_grades(reader), as_of),
        identities=store.identities(reader),
        **besides(store, reader, as_of, first),
    )


def besides(store: Store, reader: Reader, as_of: date | None, first: date | None) -> dict[str, Any]:
    """Return what a picture says of all that is not in it."""
    aside = [one for one in store.asides(reader) if as_of is None or one.at.date() <= as_of]
    earlier = 0 if first is None else store.number_before(reader, first, as_of)
    return {"set_aside": len(aside), "since": first, "earlier": earlier}


def beginning(store: Store, reader: Reader, as_of: date | None, since: Since, most: int) -> date | None:
    """Return the first day of a picture; None when it goes back to the first report."""
    if since == "newest":
        return store.newest_days(reader, most, as_of)
    return None if since == "all" else since


def _spelled_out(store: Store, reader: Reader, reports: Sequence[Report]) -> Sequence[Report]:
    """Return the reports with the members of groups named beside them, so that markings can be combined."""
    groups = {group.name: group.members for group in store.partners.groups(reader)}
    if not groups:
        return reports
    return [structs.replace(one, marking=spelled_out(one.marking, groups)) for one in reports]


def assessed(
    claims: Iterable[Claim], assessments: Sequence[Assessment], as_of: date | None = None
) -> dict[str, Assessment]:
    """Return by claim id the latest assessment of it: one made of words that the claim still rests on."""
    known = [one for one in assessments if as_of is None or one.at.date() <= as_of]
    found = {}
    for claim in claims:
        spans = {*(position.span for position in claim.positions), *(figure.span for figure in claim.figures)}
        for one in known:
            if spans & set(one.spans):
                found[claim.id] = one
    return found


def graded(
    made: Picture, given: dict[str, tuple[Grade, ...]], as_of: date | None = None
) -> dict[str, tuple[Grade, ...]]:
    """Return the grades of the outlets in the picture, by the name shown there, whichever of its names was graded."""
    shown = {name.casefold(): name for name in made.outlets.values() if name}
    for report in made.reports:
        name = made.outlets.get(report.id)
        if name and report.outlet:
            shown.setdefault(report.outlet.casefold(), name)
    found: dict[str, list[Grade]] = {}
    for outlet, grades in given.items():
        known = [one for one in grades if as_of is None or one.at.date() <= as_of]
        if known and outlet.casefold() in shown:
            found.setdefault(shown[outlet.casefold()], []).extend(known)
    return {name: tuple(sorted(grades, key=lambda one: one.at)) for name, grades in sorted(found.items())}


def fused(
    reports: Sequence[Report],
    annotations: dict[str, tuple[Annotation, ...]],
    reader: Reader,
    judgements: Sequence[Judgement] = (),
    as_of: date | None = None,
) -> Picture:
    """Return the picture that these reports make; they must stand earliest first."""
    entities, links = across.resolve(reports, annotations, judgements)
    parties = Parties(entities, links)
    decided = judged(judgements, reports)
    found = tuple(copy for copy in copies(reports) if decided.get((copy.child, copy.parent), True))
    met, days = encounters(reports, annotations, parties)
    named = outlets(reports)
    ground = Ground(reports, annotations, parties, found, credit_edges(reports), met, named, days, decided, meaning)
    markings = {report.id: report.marking for report in reports}
    claims, doubts = gathered(ground)
    return Picture(
        reader=reader,
        as_of=as_of,
        reports=tuple(reports),
        annotations=annotations,
        copies=found,
        stories=stories(reports, found, judgements),
        entities=entities,
        relations=relations(entities, links, annotations),
        claims=tuple(_marked_claim(claim, markings) for claim in decided_claims(claims, judgements, ground)),
        claim_doubts=doubts,
        encounters=tuple(_marked_encounter(row, markings) for row in met),
        outlets=named,
        routes=ground.routes,
    )


def _marked_claim(claim: Claim, markings: dict[str, Marking | None]) -> Claim:
    return structs.replace(claim, marking=_over((position.span for position in claim.positions), markings))


def _marked_encounter(row: Encounter, markings: dict[str, Marking | None]) -> Encounter:
    return structs.replace(row, marking=_over(row.tellings, markings))


def _over(spans: Iterable[Span], markings: dict[str, Marking | None]) -> Marking | None:
    return effective(markings[span.report] for span in spans)
