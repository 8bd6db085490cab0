"""Figures: counts of the same thing over the reports, the parts of a whole, and how they were revised."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.annotation import Annotation, Attribution, Mention, Quantity
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.positions import is_statement

LEAST_COUNT = 10  # a count below this is hardly ever a figure that a situation turns on (assumed)
COUNTED_UNITS = frozenset(
    """troop soldier personnel fighter officer person people civilian casualty refugee worker engineer missile shell
    round artillery drone tank aircraft rocket container ship submarine balloon weapon launcher prisoner
    general dead injured missing sailor fisherman hostage passenger resident job attacker
    household home house family building school hospital village customer child evacuee migrant protester demonstrator
    student police officer policeman diplomat pilot villager tourist detainee patient rescuer doctor
    vehicle truck lorry car bus train boat vessel warship plane jet helicopter bomber tent shelter ton tonne""".split()
) | {"police officer"}
"""Units whose counts become claims: people and where they live, arms, vehicles, what is brought. Money and shares are
annotated but not yet fused."""

BEFORE = 200  # characters before a count in which the place of it was named (assumed)
CASUALTIES = frozenset({"dead", "injured", "missing", "casualty", "prisoner", "hostage"})
"""Units of which every single one matters."""
PEOPLE = frozenset({"person", "people", "troop", "soldier", "personnel", "fighter", "worker", "civilian", "prisoner"})
"""Units that "people" may stand for."""


TELLING = 1_000  # a figure from which it is hardly met twice by accident (assumed)
_NAMED = frozenset({"person", "organisation", "place", "facility", "group", "nationality"})


class Sighting(Struct, frozen=True, kw_only=True):
    """One count in one report: the quantity, its sentence, who says it, and the countries named beside it.

    near: the countries, or where the words name none those of the sentences before: "52 people died there".
    named: all that the report names, in lower case.
    """

    report: Report
    quantity: Quantity
    said: Attribution | None
    clause: Span
    countries: frozenset[str]
    near: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def sightings(report: Report, annotations: Sequence[Annotation]) -> list[Sighting]:
    """Return the counts in a report's body of what claims are made of, in text order."""
    said = [
        a for a in annotations if isinstance(a, Attribution) and not a.machine_generated and is_statement(report, a)
    ]
    body = report.parts("body")
    named = frozenset(
        one.country or one.name.casefold()
        for one in annotations
        if isinstance(one, Mention) and one.type in _NAMED and any(word[:1].isupper() for word in one.name.split())
    )
    found = []
    for quantity in annotations:
        if not isinstance(quantity, Quantity) or quantity.unit not in COUNTED_UNITS:
            continue
        if quantity.unit not in CASUALTIES and (quantity.figure or quantity.low) < LEAST_COUNT:
            continue
        inside = next((p for p in body if p.start <= quantity.span.start and quantity.span.end <= p.end), None)
        if inside is None:
            continue
        speaker = _speaker(quantity.span, said)
        clause = _clause(report, quantity.span, speaker, inside.start, inside.end)
        found.append(
            Sighting(
                report=report,
                quantity=quantity,
                said=speaker,
                clause=clause,
                countries=(here := _countries(annotations, clause)),
                named=named,
                near=here
                or _countries(
                    annotations, Span(report=report.id, start=max(inside.start, clause.start - BEFORE), end=clause.end)
                ),
            )
        )
    return found


def _speaker(span: Span, said: Sequence[Attribution]) -> Attribution | None:
    """Return the innermost statement that holds the span, a named speaker before an unnamed one."""
    holding = [a for a in said if any(c.start <= span.start and span.end <= c.end for c in a.content)]
    return min(holding, key=lambda a: (a.speaker is None, a.span.end - a.span.start), default=None)


def _clause(report: Report, span: Span, said: Attribution | None, start: int, end: int) -> Span:
    """Return the words to show for a figure: the content that holds it, else its sentence."""
    if said is not None:
        for content in said.content:
            if content.start <= span.start and span.end <= content.end:
                is_rest = report.text.startswith(("of ", "from ", "to "), content.start)
                return said.span if is_rest else content  # "put the number | of injured at 40"
    text = report.text
    first = max((text.rfind(mark, start, span.start) + 2 for mark in (". ", "! ", "? ", ".” ", '." ')), default=start)
    last = min(
        (at + 1 for mark in (". ", "! ", "? ", ".” ") if (at := text.find(mark, span.end, end)) >= 0), default=end
    )
    return Span(report=report.id, start=max(first, start), end=last)


def _countries(annotations: Sequence[Annotation], clause: Span) -> frozenset[str]:
    return frozenset(
        a.country
        for a in annotations
        if isinstance(a, Mention) and a.country and clause.start <= a.span.start and a.span.end <= clause.end
    )


def same_figure(left: Sighting, right: Sighting) -> bool:
    """Return whether two counts can be the same figure: unit, number, bound and the countries beside it agree."""
    a, b = left.quantity, right.quantity
    if not _same_unit(a, b) or a.figure != b.figure or (a.high is None) != (b.high is None):
        return False
    if a.figure is None and (a.low, a.high) != (b.low, b.high):
        return False
    if left.countries and right.countries and not left.countries & right.countries:
        return False
    if left.named and right.named and not left.named & right.named and (a.figure or a.low) < TELLING:
        return False  # two dead here and two dead there: reports that name nobody and no place in common
    # a whole may move on from planned to done and stay one figure; two parts of it in different phases are two
    return a.part_of is None or b.part_of is None or _compatible_phase(a, b)


def _same_unit(a: Quantity, b: Quantity) -> bool:
    """Return whether two units can count the same: "12,000 people" beside "12,000 troops" is one word less exact."""
    return a.unit == b.unit or ("person" in (a.unit, b.unit) and {a.unit, b.unit} <= PEOPLE)


def _compatible_phase(a: Quantity, b: Quantity) -> bool:
    return a.phase is None or b.phase is None or a.phase == b.phase


def clusters(found: Sequence[Sighting]) -> list[list[Sighting]]:
    """Return the sightings grouped by figure, each group and the groups in the order of first sighting."""
    groups: list[list[Sighting]] = []
    by_number: defaultdict[tuple[int | None, int], list[list[Sighting]]] = defaultdict(list)
    for sighting in found:
        near = by_number[sighting.quantity.figure, sighting.quantity.low if sighting.quantity.figure is None else 0]
        home = next((group for group in near if all(same_figure(sighting, other) for other in group)), None)
        if home is None:
            groups.append([sighting])
            near.append(groups[-1])
        else:
            home.append(sighting)
    return groups


def neighbours(
    groups: Sequence[Sequence[Sighting]], speakers: Mapping[int, frozenset[str]]
) -> Mapping[int, Sequence[int]]:
    """Return for each group the others that it may be a part, a rival or a revision of: those of its party or its
    unit and country, or in its reports."""
    keys: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    of: dict[int, list[tuple[str, str, str]]] = {}
    for number, group in enumerate(groups):
        unit = group[0].quantity.unit
        codes = frozenset().union(*(s.near for s in group))
        of[number] = [
            *(("said by", speaker, unit) for speaker in speakers[number]),
            *(("of", code, unit) for code in codes),
            *(("in", s.report.id, "") for s in group),
        ]
        for key in set(of[number]):
            keys[key].append(number)
    return {number: sorted({other for key in of[number] for other in keys[key] if other != number}) for number in of}


def parts(
    groups: Sequence[Sequence[Sighting]],
    speakers: Mapping[int, frozenset[str]],
    near: Mapping[int, Sequence[int]] | None = None,
) -> dict[int, int]:
    """Return for each group that is a part of another the number of that other.

    A part is named as one ("1,500 of them"), or one party gives both in one report: what is done already beside a
    larger figure that is still planned. speakers: by group, the keys of the parties that give it.
    """
    found: dict[int, int] = {}
    for number, group in enumerate(groups):
        for other in near[number] if near is not None else range(len(groups)):
            whole = groups[other]
            if (
                other == number
                or _size(whole[0]) <= _size(group[0])
                or group[0].quantity.unit != whole[0].quantity.unit
            ):
                continue
            if _named_part(group, whole) or _done_of_planned(group, whole, speakers[number] & speakers[other]):
                found.setdefault(number, other)
    return found


def _named_part(group: Sequence[Sighting], whole: Sequence[Sighting]) -> bool:
    larger = {sighting.quantity.span for sighting in whole}
    return any(sighting.quantity.part_of in larger for sighting in group)


def _done_of_planned(group: Sequence[Sighting], whole: Sequence[Sighting], shared: frozenset[str]) -> bool:
    together = {s.report.id for s in group if s.quantity.phase == "done"} & {
        s.report.id for s in whole if s.quantity.phase == "planned"
    }
    return bool(shared and together)


def _size(sighting: Sighting) -> int:
    return sighting.quantity.figure or sighting.quantity.low
