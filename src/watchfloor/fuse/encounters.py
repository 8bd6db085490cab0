"""Encounters: the tellings of one contact put together, two calls of one pair kept apart."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, structs

from watchfloor.core.annotation import Annotation, Attribution, Contact, Party
from watchfloor.core.encounter import Encounter
from watchfloor.core.identity import content_id
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.dates import closer, compatible, same_day, weekday_of
from watchfloor.fuse.parties import Parties


class Telling(Struct, frozen=True, kw_only=True):
    """One sentence that tells of a contact, with its report, its date as far as known, and who says so."""

    report: Report
    contact: Contact
    date: PartialDate | None
    told_by: tuple[str, ...]


Days = Mapping[tuple[str, int], PartialDate]
"""By report without a date line and ISO weekday: the day that its "Monday" is."""


def encounters(
    reports: Sequence[Report], annotations: Mapping[str, Sequence[Annotation]], parties: Parties
) -> tuple[tuple[Encounter, ...], Days]:
    """Return one row per contact, earliest telling first, and the days learnt; reports must stand earliest first.

    Two tellings are one contact when type, parties and status agree and their dates do not rule it out; between two
    reports the dates must agree, within one report it is enough that they do not differ. A weekday in a report without
    a date line takes its day from another report that dates the same contact.
    """
    told = [telling for report in reports for telling in _tellings(report, annotations.get(report.id, ()), parties)]
    rows = _rows(told, parties)
    days = _weekdays(rows)
    if days:
        rows = _rows([structs.replace(one, date=dated(one.report.id, one.date, days)) for one in told], parties)
    return tuple(_encounter(row, parties) for row in rows), days


def dated(report: str, date: PartialDate | None, days: Days) -> PartialDate | None:
    """Return the day that a weekday in a report without a date line is, where it was learnt; else the date as it is."""
    weekday = weekday_of(date)
    known = days.get((report, weekday)) if weekday is not None else None
    if known is None or date is None:
        return date
    return structs.replace(known, how=f"{date.how}; {known.how}")


def _tellings(report: Report, found: Sequence[Annotation], parties: Parties) -> list[Telling]:
    said = [a for a in found if isinstance(a, Attribution) and a.speaker and not a.machine_generated]
    return [
        Telling(report=report, contact=a, date=a.date, told_by=_told_by(a.span, said, report, parties))
        for a in found
        if isinstance(a, Contact) and a.parties
    ]


def _told_by(span: Span, said: Sequence[Attribution], report: Report, parties: Parties) -> tuple[str, ...]:
    names = []
    for a in said:
        if a.span.start < span.end and span.start < a.span.end and a.speaker:
            names.append(parties.name(report.id, a.speaker))
    return tuple(dict.fromkeys(names))


def _rows(told: Sequence[Telling], parties: Parties) -> list[list[Telling]]:
    """Return the tellings by contact; one that fits two rows joins them when nothing in them speaks against it."""
    order = {id(telling): number for number, telling in enumerate(told)}
    rows: list[list[Telling]] = []
    for telling in told:
        fitting = [row for row in rows if _fits(telling, row, parties)]
        own = [row for row in fitting if row[-1].report.id == telling.report.id]
        home = next(iter(own or fitting), None)
        if home is None:
            rows.append([telling])
            continue
        home.append(telling)
        for row in fitting:
            if row is not home and all(_agree(one, other, parties) for one in home for other in row):
                home.extend(row)
                rows.remove(row)
    return [sorted(row, key=lambda one: order[id(one)]) for row in rows]


def _agree(left: Telling, right: Telling, parties: Parties) -> bool:
    return compatible(left.date, right.date) and _same_parties(left, right, parties)


def _fits(telling: Telling, row: Sequence[Telling], parties: Parties) -> bool:
    first = row[0].contact
    if telling.contact.contact_type != first.contact_type or _ahead(telling.contact) != _ahead(first):
        return False
    if not all(compatible(telling.date, other.date) for other in row):
        return False
    if not all(_same_parties(telling, other, parties) for other in row):
        return False
    if any(other.report.id == telling.report.id for other in row):
        return True
    return any(same_day(telling.date, other.date) for other in row)


def _ahead(contact: Contact) -> bool:
    """Return whether the contact has not taken place: planned, feared and invited contacts are rows of their own."""
    return contact.status in ("planned", "hypothetical", "denied")


def _same_parties(left: Telling, right: Telling, parties: Parties) -> bool:
    few, many = sorted((left, right), key=lambda telling: len(telling.contact.parties))
    free = list(many.contact.parties)
    open_ones = []
    for party in few.contact.parties:
        match = next((other for other in free if _same_key(few, party, many, other, parties)), None)
        if match is None:
            open_ones.append(party)
        else:
            free.remove(match)
    met = len(few.contact.parties) - len(open_ones)
    unknown = []
    for party in open_ones:
        match = next((other for other in free if _same_side(few, party, many, other, parties)), None)
        if match is None:
            unknown.append(party)
        else:
            free.remove(match)
            met += 1
    loose = all(_may_be_same_side(few, party, many, other, parties) for party in unknown for other in free)
    return met > 0 and loose and len(unknown) <= len(free) and len(few.contact.parties) + met > 1


def _same_key(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    return parties.key(left.report.id, a.name) == parties.key(right.report.id, b.name)


def _may_be_same_side(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    """Return whether one party is of no known country and the other no second person: "the minister" for "Seoul"."""
    known = [
        a.country or parties.country(left.report.id, a.name),
        b.country or parties.country(right.report.id, b.name),
    ]
    return None in known and not _both_persons(left, a, right, b, parties)


def _both_persons(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    entities = (parties.entity(left.report.id, a.name), parties.entity(right.report.id, b.name))
    return all(entity is not None and entity.schema == "Person" for entity in entities)


def _same_side(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    """Return whether one party names the state or body that the other stands for; two different persons never do."""
    country = a.country or parties.country(left.report.id, a.name)
    if country in (None, "IGO") or country != (b.country or parties.country(right.report.id, b.name)):
        return False
    return not _both_persons(left, a, right, b, parties)


def _weekdays(rows: Sequence[Sequence[Telling]]) -> dict[tuple[str, int], PartialDate]:
    """Return for undated reports which day their "Monday" is, learnt from a dated telling of the same contact."""
    found: dict[tuple[str, int], PartialDate] = {}
    for row in rows:
        known = next((t for t in row if t.date and t.date.precision in ("day", "hour", "minute") and t.date.low), None)
        if known is None or known.date is None or known.date.low is None:
            continue
        day = known.date.low
        how = f"the day from {known.report.outlet or 'another report'}, which dates the same contact"
        learnt = PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how=how)
        for telling in row:
            weekday = weekday_of(telling.date)
            if weekday is not None and telling.report.published is None:
                found.setdefault((telling.report.id, weekday), learnt)
    return found


def _encounter(row: Sequence[Telling], parties: Parties) -> Encounter:
    date = None
    for telling in row:
        date = closer(date, telling.date)
    fullest = max(row, key=lambda t: (_known(t, parties), -row.index(t)))
    found = tuple(
        structs.replace(
            party,
            name=parties.name(fullest.report.id, party.name),
            country=party.country or parties.country(fullest.report.id, party.name),
        )
        for party in fullest.contact.parties
    )
    status = "actual" if any(t.contact.status == "actual" for t in row) else row[0].contact.status
    spans = tuple(dict.fromkeys(telling.contact.span for telling in row))
    return Encounter(
        id=content_id(
            "enc",
            row[0].contact.contact_type,
            sorted(p.name for p in found),
            date and date.value,
            status,
            sorted(f"{span.report}:{span.start}:{span.end}" for span in spans),
        ),
        contact_type=row[0].contact.contact_type,
        parties=found,
        date=date,
        place=next((t.contact.place for t in row if t.contact.place), None),
        status=status,
        tellings=spans,
        told_by=tuple(dict.fromkeys(name for telling in row for name in telling.told_by)),
    )


def _known(telling: Telling, parties: Parties) -> int:
    """Return how well the telling names its parties: two points a person, one a body."""
    known = 0
    for party in telling.contact.parties:
        entity = parties.entity(telling.report.id, party.name)
        known += 2 if entity is not None and entity.schema == "Person" else 1
    return known
