"""A claim in words: what it says, how widely it is carried, and where it comes from."""

import re
from collections.abc import Mapping

from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.core.span import Span
from watchfloor.watch.naming import called
from watchfloor.watch.reading import cited
from watchfloor.watch.wording import (
    LONGEST_QUOTE,
    between,
    capital,
    clause,
    count,
    grouped,
    listed,
    number,
    plain,
    plural,
    publishers,
    quoted,
    shorten,
    window,
)

SHORT_QUOTE = 100  # characters of the words that stand beside a figure; assumed
MOST_ORIGINS = 4  # origins named in one sentence; assumed
_ABOUT = frozenset("about around some approximately roughly circa estimated approx. approx an some".split())


def worded(claim: Claim) -> str:
    """Return the proposition: in quotation marks when these are a report's own words, plain when they are ours."""
    if claim.topic == "figure":
        return _figure_worded(claim)
    if is_verbatim(claim):
        return quoted(clause(claim.proposition))
    return capital(clause(shorten(claim.proposition, LONGEST_QUOTE)))


def headed(claim: Claim) -> str:
    """Return the shortest words that name the claim: for a figure in a report's own words the figure alone."""
    if claim.topic == "figure" and claim.figures and is_verbatim(claim):
        return capital(stated(claim.figures[0]))
    return worded(claim)


def counted(claim: Claim) -> str:
    """Return what a figure counts: the clause around it, or our words for the whole."""
    if not claim.figures or not is_verbatim(claim):
        return worded(claim)
    return quoted(window(clause(claim.proposition), claim.figures[0].verbatim, SHORT_QUOTE))


def is_verbatim(claim: Claim) -> bool:
    """Return whether the proposition stands in a report just so."""
    return any(_same(claim.proposition, position.quote) for position in claim.positions)


def _same(left: str, right: str) -> bool:
    return plain(left).strip('"“”., ').casefold() in plain(right).casefold()


def _figure_worded(claim: Claim) -> str:
    """Return the figure with what it counts; a clause taken from a report is quoted after the figure."""
    text = _thousands(claim)
    if is_verbatim(claim):
        words = grouped(claim.figures[0].verbatim) if claim.figures else ""
        quote = quoted(window(clause(text), words, SHORT_QUOTE))
        return f"{capital(stated(claim.figures[0]))}, {quote}" if claim.figures else quote
    text = clause(shorten(text, LONGEST_QUOTE))
    if not claim.figures or any(letter.isdigit() for letter in text[:60]):
        return capital(text)
    return f"{capital(stated(claim.figures[0]))}: {text}" if text else capital(stated(claim.figures[0]))


def _thousands(claim: Claim) -> str:
    """Return the proposition with its long numbers set in thousands, four digits only where they are the figure."""
    text = grouped(claim.proposition)
    for figure in claim.figures:
        middle = (figure.low + (figure.high or figure.low)) // 2
        if 1000 <= middle <= 9999:
            text = re.sub(rf"(?<![\d.,]){middle}(?![\d])", number(middle), text)
    return text


_VAGUE = re.compile(r"(?:(?:tens|hundreds) of )?(?:dozens|scores|hundreds|thousands|millions|billions|trillions)")


def stated(figure: Figure) -> str:
    """Return the count in words, as a range where the words leave one open.

    >>> from watchfloor.core.span import Span
    >>> stated(Figure(low=10800, high=13200, unit="troop", hedge="some", verbatim="some 12,000 troops",
    ...               span=Span(report="r", start=0, end=18)))
    'about 12,000 troops'
    """
    if figure.hedge and _VAGUE.fullmatch(figure.hedge):
        return f"{figure.hedge} of {plural(figure.unit)}"
    unit = plural(figure.unit) if figure.low != 1 or figure.high != 1 else figure.unit
    if figure.high is None:
        return f"{number(figure.low)} {unit} or more"
    if figure.low == figure.high:
        return f"{number(figure.low)} {unit}"
    middle = (figure.low + figure.high) // 2
    if figure.hedge and figure.hedge.casefold() in _ABOUT and number(middle) in grouped(figure.verbatim):
        return f"about {number(middle)} {unit}"
    return f"{number(figure.low)} to {number(figure.high)} {unit}"


def volume(claim: Claim) -> str:
    """Return how many reports and outlets carry the claim."""
    carried = count(claim.reports, "report")
    if claim.outlets <= 0:
        return f"{carried}, outlet not determined"
    return f"{carried}, {publishers(claim.outlets)}"


def origins(claim: Claim, names: Mapping[str, str]) -> str:
    """Return at least and at most how many independent origins there are, and who they are."""
    if claim.reports == 1 and claim.origins_max == 1 and not claim.circular:
        return "so at most 1 independent origin"
    text = between(claim.origins_min, claim.origins_max, "independent origin")
    parties = [called(origin.party, names) for origin in claim.origins]
    if parties:
        text += f": {listed(list(dict.fromkeys(parties)), most=MOST_ORIGINS, mark=',')}"
    if claim.circular:
        text += "; the reports credit each other and nobody outside"
    return text


def beside(claim: Claim, figure: Figure) -> Position | None:
    """Return the position that the figure stands in, else one of the same report."""
    near = [p for p in claim.positions if p.span.report == figure.span.report]
    inside = [p for p in near if p.span.start <= figure.span.start and figure.span.end <= p.span.end]
    return next(iter(inside or near), None)


def evidence(claim: Claim) -> tuple[Span, ...]:
    """Return the spans that the claim rests on: positions first, then figures."""
    return cited([*(p.span for p in claim.positions), *(f.span for f in claim.figures)])
