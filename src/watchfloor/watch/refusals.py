"""Denied, not commented, silent: also that no denial was found, and where it was looked for."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from watchfloor.core.annotation import Act, Attribution
from watchfloor.core.brief import Line
from watchfloor.core.claim import Claim, Position, Stance
from watchfloor.core.picture import Picture
from watchfloor.watch.days import bracketed
from watchfloor.watch.naming import called
from watchfloor.watch.reading import by_id, cited, is_own, looked_in, words
from watchfloor.watch.stances import who
from watchfloor.watch.voices import worded
from watchfloor.watch.wording import agreeing, clause, count, quoted, sentence

REFUSALS: Mapping[Stance, str] = {
    "denies": "denies",
    "doubts": "doubts",
    "withdraws": "withdraws",
    "declines to comment": "declines to comment",
    "silent": "is silent",
}
_ACTS: Mapping[Act, Stance] = {"deny": "denies", "decline-to-comment": "declines to comment", "silent": "silent"}
MOST_REFUSALS = 12  # lines; assumed
LEAST_QUOTED = 5  # words; fewer ("declined to comment") say nothing that the verb has not said; assumed


def lines(picture: Picture, claims: Sequence[Claim], names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return who denies, doubts, withdraws, declines to comment or stays silent, each in the party's own words."""
    reports = by_id(picture)
    made: list[Line] = []
    used = {position.span for claim in claims for position in claim.positions}
    denied = False
    for stance in REFUSALS:
        for claim in claims:
            for party, positions in _by_party(claim, stance, names).items():
                made.append(_line(claim, stance, party, positions, words(reports, positions[0].span)))
                denied |= stance == "denies"
    for report in picture.reports:
        for found in picture.annotations.get(report.id, ()):
            if isinstance(found, Attribution) and _counts(found) and is_own(report, found.span):
                if found.span in used:
                    continue
                used.add(found.span)
                made.append(_said(found, words(reports, found.span), names))
                denied |= found.act == "deny"
    kept = _once(made)[:MOST_REFUSALS]
    if kept and not denied:
        kept.append(_no_denial(picture))
    return tuple(kept)


def _once(made: Sequence[Line]) -> list[Line]:
    """Return the lines with those of one wording as one: copies of a report refuse nothing anew."""
    found: dict[str, Line] = {}
    for line in made:
        same = found.get(line.text)
        both = (*(same.citations if same else ()), *line.citations)
        found[line.text] = replace(same or line, citations=cited(both))
    return list(found.values())


def _counts(found: Attribution) -> bool:
    return found.act in _ACTS and not found.machine_generated


def _by_party(claim: Claim, stance: Stance, names: Mapping[str, str]) -> dict[str, list[Position]]:
    found: dict[str, list[Position]] = {}
    for position in claim.positions:
        if position.stance == stance:
            found.setdefault(who(position, names), []).append(position)
    return found


def _line(claim: Claim, stance: Stance, party: str, positions: Sequence[Position], whole: str) -> Line:
    """Return who refuses what, in the party's words; what is not commented on, in the words of the report around it."""
    first = positions[0]
    quote = quoted(whole or first.quote) if stance in ("declines to comment", "silent") else quoted(clause(first.quote))
    about = worded(claim)
    text = f"{party} {agreeing(REFUSALS[stance], first.party or '')}{bracketed(first.date)}"
    if not _tells(quote, claim):
        text += f", on the claim {about if about.startswith('“') else quoted(about)}"
    says_more = stance not in ("declines to comment", "silent") and _tells(quote, claim)
    text += f": {quote}" if says_more or len(quote.split()) >= LEAST_QUOTED else ""
    return Line(text=sentence(text), citations=cited(p.span for p in positions), about=claim.id)


def _tells(quote: str, claim: Claim) -> bool:
    """Return whether the quotation already holds what the claim says."""
    return clause(claim.proposition).strip(' "“”‘’…').casefold()[:60] in quote.casefold()


def _said(found: Attribution, quote: str, names: Mapping[str, str]) -> Line:
    party = called(found.speaker, names) if found.speaker else "Somebody who is not named"
    text = f"{party} {agreeing(REFUSALS[_ACTS[found.act]], party)}{bracketed(found.date)}: {quoted(quote)}"
    return Line(text=sentence(text), citations=(found.span,))


def _no_denial(picture: Picture) -> Line:
    where = f"the {count(len(picture.reports), 'report')} read" if len(picture.reports) > 1 else "the one report read"
    text = f"No denial was found in {where}"
    return Line(text=sentence(text), citations=looked_in(picture.reports))
