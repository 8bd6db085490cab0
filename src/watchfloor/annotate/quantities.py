"""How many: counts of people, arms, money and shares, each as the range that its words allow."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.annotate.counted_things import counted
from watchfloor.annotate.hedged_numbers import NUMBER, read
from watchfloor.annotate.phases import phase
from watchfloor.annotate.sentences import split
from watchfloor.core.annotation import Annotation, Quantity, Time
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

VERSION = "annotate.quantities@4"
KINDS: tuple[PassageKind, ...] = ("headline", "dek", "body", "subhead", "caption")
_REMEMBERED = 6  # counts of the paragraph before that "of them" may still point at (assumed)


def annotate(report: Report, found: Sequence[Annotation] = ()) -> Iterator[Quantity]:
    """Yield every count of something, in text order, each with its hedge as a range.

    found: the times, whose figures are no counts.
    """
    taken = [one.span for one in found if isinstance(one, Time)]
    told: list[Quantity] = []
    for passage in report.parts(*KINDS):
        earlier = told[-_REMEMBERED:] if passage.kind == "body" else []
        at = 0
        for start, end in split(report.text, passage.start, passage.end):
            for match in NUMBER.finditer(report.text, start, end):
                while at < len(taken) and taken[at].end <= match.start():
                    at += 1
                if at < len(taken) and taken[at].start < match.end():
                    continue
                count = _quantity(report, match, (start, end), earlier)
                if count is not None:
                    earlier.append(count)
                    yield count
        told = earlier if passage.kind == "body" else told


def _quantity(
    report: Report, match: re.Match[str], sentence: tuple[int, int], earlier: Sequence[Quantity]
) -> Quantity | None:
    """Return the count that the number is, None when it counts nothing."""
    number = read(match, report.text)
    thing = None if number is None else counted(match, number, report.text, sentence[1], earlier)
    if number is None or thing is None:
        return None
    return Quantity(
        span=Span(report=report.id, start=number.start, end=thing.end),
        low=number.low,
        high=number.high,
        figure=number.figure,
        unit=thing.unit,
        hedge=number.hedge,
        counted=thing.counted,
        phase=phase(report.text, (number.start, thing.end), sentence),
        part_of=thing.part_of,
        generated_by=VERSION,
    )
