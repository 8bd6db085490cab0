"""Key figures: every count with its parts, its rivals, and the words it was given in."""

from collections.abc import Mapping, Sequence

from watchfloor.core.brief import Line
from watchfloor.core.claim import Claim, Figure
from watchfloor.watch.days import UNKNOWN, aside
from watchfloor.watch.naming import called
from watchfloor.watch.ranking import ranked
from watchfloor.watch.reading import cited
from watchfloor.watch.stances import unresolved
from watchfloor.watch.voices import beside, evidence, headed, is_verbatim, origins, stated, volume
from watchfloor.watch.wording import LONGEST_QUOTE, clause, listed, number, quoted, sentence, unled, window

MOST_FIGURES = 10  # figures told in one brief; the rest is counted; assumed
MOST_WORDINGS = 4  # wordings of one figure; assumed
_WORDING = 60  # characters of one wording; assumed


def lines(claims: Sequence[Claim], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return the figures, each whole before its parts, each followed by notes on how it was worded and by whom."""
    known = {claim.id: claim for claim in claims}
    figures = [claim for claim in ranked(claims) if claim.topic == "figure" and evidence(claim)]
    ordered = _wholes_first(figures)
    made: list[Line] = []
    for claim in ordered[:MOST_FIGURES]:
        made.append(_line(claim, known, names))
        made.extend(_notes(claim, known, names))
    if rest := ordered[MOST_FIGURES:]:
        more = f"And {number(len(rest))} more: watchfloor claims"
        made.append(Line(text=sentence(more), citations=cited(evidence(c)[0] for c in rest), weight="note"))
    return tuple(made)


def _wholes_first(figures: Sequence[Claim]) -> list[Claim]:
    ids = {claim.id for claim in figures}
    ordered: list[Claim] = []
    for claim in figures:
        if claim.part_of not in ids or claim.part_of == claim.id:
            ordered.append(claim)
            ordered.extend(part for part in figures if part.part_of == claim.id and part.id != claim.id)
    return ordered + [claim for claim in figures if claim not in ordered]


def _line(claim: Claim, known: Mapping[str, Claim], names: Mapping[str, str]) -> Line:
    whole = known.get(claim.part_of) if claim.part_of else None
    part = f" (part of: {_in_short(whole)})" if whole and whole.figures else ""
    spans = [*evidence(claim), *(evidence(whole)[:1] if part and whole else ())]
    text = f"{headed(claim)}{part}: {volume(claim)}, {origins(claim, names)}"
    return Line(text=sentence(text), citations=tuple(dict.fromkeys(spans)), about=claim.id)


def _in_short(claim: Claim) -> str:
    return stated(claim.figures[0]) if claim.figures else headed(claim)


def _notes(claim: Claim, known: Mapping[str, Claim], names: Mapping[str, str]) -> list[Line]:
    notes = [_wordings(claim, names), *_others(claim, known, names)]
    for name, spans in unresolved(claim, names):
        text = f"“{name}” is not introduced in the report"
        notes.append(Line(text=sentence(text), citations=cited(spans), weight="note", about=claim.id))
    return [note for note in notes if note is not None]


def _wordings(claim: Claim, names: Mapping[str, str]) -> Line | None:
    """Return how the figure was worded, the first time in its clause; nothing when our words are all there is."""
    told: dict[str, Figure] = {}
    for figure in claim.figures:
        told.setdefault(" ".join(figure.verbatim.casefold().split()), figure)
    if len(told) < 2 and not is_verbatim(claim):
        return None
    kept = list(told.values())[:MOST_WORDINGS]
    words = [f"{_quote(claim, figure, at == 0)}{_teller(claim, figure, names)}" for at, figure in enumerate(kept)]
    text = f"As worded: {listed(words, mark=';')}"
    return Line(text=sentence(text), citations=cited(f.span for f in kept), weight="note", about=claim.id)


def _quote(claim: Claim, figure: Figure, in_full: bool) -> str:
    position = beside(claim, figure) if in_full else None
    if position is not None and figure.verbatim in position.quote:
        return quoted(window(clause(unled(position.quote)), figure.verbatim, LONGEST_QUOTE))
    return quoted(figure.verbatim, _WORDING)


def _teller(claim: Claim, figure: Figure, names: Mapping[str, str]) -> str:
    """Return who said it, where and when, in brackets; what is not known is left out."""
    position = beside(claim, figure)
    parts = []
    if position is not None:
        teller = called(position.party, names) if position.party else None
        parts = [part for part in (teller, f"in {position.outlet}" if position.outlet else None) if part]
    day = aside(figure.as_of)
    told = ", ".join(part for part in (" ".join(parts), day if day != UNKNOWN else "") if part)
    return f" ({told})" if told else ""


def _others(claim: Claim, known: Mapping[str, Claim], names: Mapping[str, str]) -> list[Line]:
    made = []
    rivals = [known[other] for other in claim.rivals if other in known and other != claim.id]
    for rival in rivals[:2]:
        by = listed(list(dict.fromkeys(called(o.party, names) for o in rival.origins)), most=3)
        text = f"Another figure for the same: {_in_short(rival)}" + (f", by {by}" if by else "")
        made.append(_about(text, claim, rival))
    earlier = known.get(claim.revises) if claim.revises else None
    if earlier is not None:
        made.append(_about(f"It revises an earlier figure by the same party: {_in_short(earlier)}", claim, earlier))
    return made


def _about(text: str, claim: Claim, other: Claim) -> Line:
    spans = cited([*evidence(other), *evidence(claim)[:1]])
    return Line(text=sentence(text), citations=spans, weight="note", about=claim.id)
