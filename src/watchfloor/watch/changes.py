"""What changed between two pictures: new, confirmed, denied, revised, taken back, gone, newly independent."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import get_args

from watchfloor.core.change import Change, ChangeKind
from watchfloor.core.claim import Claim, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.watch.days import said
from watchfloor.watch.reading import cited
from watchfloor.watch.voices import worded

_ORDER = {kind: number for number, kind in enumerate(get_args(ChangeKind))}
_CONFIRMING = frozenset({"confirms", "asserts", "repeats", "justifies"})
_AHEAD = frozenset({"planned", "hypothetical"})


def changes(before: Picture, after: Picture) -> tuple[Change, ...]:
    """Return what the later picture has otherwise, weightiest kinds first.

    Claims are the same claim when they share a position's words; ids change with what a claim rests on. A claim gives
    one change only, the weightiest that is true of it; a revision is told besides.
    """
    earlier = _matched(before.claims, after.claims)
    known = {claim.id: claim for claim in after.claims}
    found = [one for claim in after.claims for one in _of_claim(claim, earlier.get(claim.id, ()), known)]
    kept = {claim.id for claims in earlier.values() for claim in claims}
    found += [_gone(claim, before, after) for claim in before.claims if claim.id not in kept]
    found += _contacts(before.encounters, after.encounters)
    found += _gone_contacts(before, after)
    return tuple(sorted(found, key=lambda one: _ORDER[one.kind]))


def _matched(before: Sequence[Claim], after: Sequence[Claim]) -> dict[str, tuple[Claim, ...]]:
    """Return by id of a later claim the earlier ones that share words with it."""
    of: dict[Span, list[Claim]] = defaultdict(list)
    for claim in before:
        for span in _spans(claim):
            of[span].append(claim)
    return {
        claim.id: tuple({one.id: one for span in _spans(claim) for one in of.get(span, ())}.values()) for claim in after
    }


def _spans(claim: Claim) -> list[Span]:
    return [*(position.span for position in claim.positions), *(figure.span for figure in claim.figures)]


def _of_claim(claim: Claim, earlier: Sequence[Claim], known: Mapping[str, Claim]) -> list[Change]:
    if not earlier:
        found = [_change("new claim", claim, f"{_carried(claim)}", claim.positions)]
    else:
        before = {span for one in earlier for span in _spans(one)}
        new = [position for position in claim.positions if position.span not in before]
        found = [one for one in (_weightiest(claim, earlier, new),) if one is not None]
    revised = known.get(claim.revises or "")
    if revised is not None and not any(one.revises for one in earlier):
        found.append(_change("revised", claim, f"was: {worded(revised)}", claim.positions))
    return found


def _weightiest(claim: Claim, earlier: Sequence[Claim], new: Sequence[Position]) -> Change | None:
    low = max(one.origins_min for one in earlier)
    high = max(one.origins_max for one in earlier)
    parties = {position.party for one in earlier for position in one.positions}
    counts = f"{_range(low, high)} before, {_range(claim.origins_min, claim.origins_max)} now"
    if claim.origins_min > low or claim.origins_max > high:
        return _change("newly independent", claim, f"independent origins: {counts}", new)
    if claim.origins_min < low or claim.origins_max < high:
        return _change("less independent", claim, f"independent origins: {counts}", new)
    taking_back = [one for one in new if one.stance == "withdraws"]
    if taking_back:
        return _change("withdrawn", claim, f"by {_who_took(taking_back)}; others may still carry it", taking_back)
    denying = [one for one in new if one.stance in ("denies", "doubts")]
    if denying:
        return _change("denied", claim, f"by {_who(denying)}", denying)
    confirming = [one for one in new if one.stance in _CONFIRMING and one.party and one.party not in parties]
    if confirming:
        return _change("confirmed", claim, f"by {_who(confirming)}; no new independent origin", confirming)
    reports = claim.reports - max(one.reports for one in earlier)
    if reports > 0:
        return _change("repeated", claim, f"in {reports} more report{_plural(reports)}", new)
    return None


def _gone(claim: Claim, before: Picture, after: Picture) -> Change:
    kind, detail, spans = _notice({span.report for span in _spans(claim)}, before, after)
    return Change(kind=kind, about=claim.id, what=worded(claim), detail=detail, spans=spans)


def _gone_contacts(before: Picture, after: Picture) -> list[Change]:
    """Return the contacts of which no telling is left."""
    kept = {span for row in after.encounters for span in row.tellings}
    found = []
    for row in before.encounters:
        if not kept.intersection(row.tellings):
            kind, detail, spans = _notice({span.report for span in row.tellings}, before, after)
            found.append(Change(kind=kind, about=row.id, what=_contact(row), detail=detail, spans=spans))
    return found


def _notice(ids: Collection[str], before: Picture, after: Picture) -> tuple[ChangeKind, str, tuple[Span, ...]]:
    """Return whether what these reports told was taken back, why nothing carries it now, and the words of a notice.

    A notice stands at the address of a report that it takes back, or is a later report that names it.
    """
    addresses = {report.address for report in before.reports if report.id in ids}
    there = [report for report in after.reports if report.address in addresses]
    told = [(report, flag) for report in there for flag in report.flags if flag.name == "withdrawn"]
    if told:
        who = " and ".join(sorted({report.outlet or "its outlet" for report, _ in told}))
        spans = [
            Span(report=report.id, start=flag.start, end=flag.end)
            for report, flag in told
            if flag.start is not None and flag.end is not None
        ]
        return "withdrawn", f"taken back by {who}; no current report carries it any more", cited(spans)
    if any(report.id not in ids for report in there):
        return "no longer carried", "a later version of its page has other words; nobody took it back", ()
    if there:
        return "no longer carried", "its words are read otherwise by now; nobody took it back", ()
    return "no longer carried", "its report is not among those looked at any more; nobody took it back", ()


def _contacts(before: Sequence[Encounter], after: Sequence[Encounter]) -> list[Change]:
    known: Mapping[Span, Encounter] = {span: row for row in before for span in row.tellings}
    found = []
    for row in after:
        earlier = [known[span] for span in row.tellings if span in known]
        what = _contact(row)
        detail = f"{row.status}, {said(row.date)}"
        if not earlier:
            found.append(Change(kind="new contact", about=row.id, what=what, detail=detail, spans=cited(row.tellings)))
        elif row.status == "actual" and all(one.status in _AHEAD for one in earlier):
            found.append(Change(kind="carried out", about=row.id, what=what, detail=detail, spans=cited(row.tellings)))
    return found


def _contact(row: Encounter) -> str:
    return f"{row.contact_type.replace('_', ' ')}: {' – '.join(party.name for party in row.parties)}"


def _change(kind: ChangeKind, claim: Claim, detail: str, positions: Sequence[Position]) -> Change:
    spans = cited(position.span for position in positions)
    return Change(kind=kind, about=claim.id, what=worded(claim), detail=detail, spans=spans)


def _carried(claim: Claim) -> str:
    reports = f"{claim.reports} report{_plural(claim.reports)}"
    return f"{reports}, {_range(claim.origins_min, claim.origins_max)} independent origin{_plural(claim.origins_max)}"


def _range(low: int, high: int) -> str:
    return str(high) if low == high else f"{low} to {high}"


def _plural(number: int) -> str:
    return "" if number == 1 else "s"


def _who_took(positions: Sequence[Position]) -> str:
    """Return who took it back: a party its word, an outlet its report."""
    return " and ".join(dict.fromkeys(one.party or one.outlet or "its outlet" for one in positions))


def _who(positions: Sequence[Position]) -> str:
    return " and ".join(dict.fromkeys(position.party or "an unnamed source" for position in positions))
