"""Encounters: the tellings of one contact put together, two calls of one pair kept apart."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

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


_RECENT = timedelta(days=3)
"""How far back an undated contact that a report tells as news lies at most (assumed)."""
_JOURNEY = timedelta(days=3)
"""How far apart the days lie at most that reports give for one visit (assumed)."""
_PLANS = timedelta(days=7)
"""How far apart two reports of one undated plan lie at most (assumed)."""
_CARRIED_OUT = timedelta(days=60)
"""How long after it was told a plan without a day may be carried out (assumed)."""
_ACTING = frozenset(("visitor", "sender", "summoner", "inviter", "briefer"))
_ACTED_ON = frozenset(("host", "summoned", "invited", "briefed", "addressee"))

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
    found = [_encounter(row, parties) for row in rows]
    return carried_out(found, rows, parties), days


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
            names += [parties.name(report.id, one) for one in _each(a.speaker, report, parties)]
    return tuple(dict.fromkeys(names))


def _each(speaker: str, report: Report, parties: Parties) -> tuple[str, ...]:
    """Return each of those who say something together, where all are known: "A and B" is no third voice beside A."""
    every = parties.apart(speaker)
    whole = parties.entity(report.id, speaker) is not None
    return every if not whole and all(parties.entity(report.id, one) for one in every) else (speaker,)


def _rows(told: Sequence[Telling], parties: Parties) -> list[list[Telling]]:
    """Return the tellings by contact; one that fits two rows joins them when nothing in them speaks against it."""
    order = {id(telling): number for number, telling in enumerate(told)}
    rows: list[list[Telling]] = []
    for telling in told:
        fitting = [row for row in rows if _fits(telling, row, parties)]
        own = [row for row in fitting if any(one.report.id == telling.report.id for one in row)]
        home = max(own or fitting, key=_latest, default=None)
        if home is None:
            rows.append([telling])
            continue
        home.append(telling)
        for row in fitting:
            if (
                row is not home
                and not _vague(telling)
                and all(_agree(one, other, parties) for one in home for other in row)
            ):
                home.extend(row)
                rows.remove(row)
    return [sorted(row, key=lambda one: order[id(one)]) for row in rows]


def _agree(left: Telling, right: Telling, parties: Parties) -> bool:
    return _may_be_when(left, right) and _same_parties(left, right, parties)


def _may_be_when(left: Telling, right: Telling) -> bool:
    """Return whether two tellings can be of one time; a visit is told on the days of leaving, arriving and staying."""
    return compatible(left.date, right.date) or _one_journey(left, right)


def _one_journey(left: Telling, right: Telling) -> bool:
    if left.contact.contact_type != "visit" or left.date is None or right.date is None:
        return False
    days = [one.low for one in (left.date, right.date) if one.precision in ("day", "hour", "minute") and one.low]
    return len(days) == 2 and abs(days[0] - days[1]) <= _JOURNEY


def _latest(row: Sequence[Telling]) -> date:
    """Return the latest day that a row is dated to: what is told without a day is rather the latest contact."""
    return max((one.date.high for one in row if one.date and one.date.high), default=date.min)


def _vague(telling: Telling) -> bool:
    """Return whether a telling gives no day: it joins one row, but makes no two rows one."""
    return telling.date is None


def _fits(telling: Telling, row: Sequence[Telling], parties: Parties) -> bool:
    first = row[0].contact
    if telling.contact.contact_type != first.contact_type or _stage(telling.contact) != _stage(first):
        return False
    if not all(_may_be_when(telling, other) for other in row):
        return False
    if not all(_same_parties(telling, other, parties) for other in row):
        return False
    if telling.contact.status != first.status and _ahead(first):
        return all(_same_keys(telling, other, parties) for other in row)
    if any(other.report.id == telling.report.id for other in row):
        return True
    return any(
        same_day(telling.date, other.date) or _one_journey(telling, other) or _as_news(telling, other) for other in row
    )


def _as_news(left: Telling, right: Telling) -> bool:
    """Return whether two reports tell a contact as news of the same days, though not both say when it was.

    Without a day, what has happened lies in the few days before the report; a plan is one while reports follow closely.
    """
    if left.date is not None and right.date is not None:
        return False
    if _ahead(left.contact):
        days = [one.report.published.low for one in (left, right) if one.report.published and one.report.published.low]
        return left.date is None and right.date is None and len(days) == 2 and abs(days[0] - days[1]) <= _PLANS
    windows = [_window(one) for one in (left, right)]
    one, other = windows
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _window(telling: Telling) -> tuple[date, date] | None:
    """Return the days in which a contact can have been: its own, or the few before the report."""
    if telling.date is not None:
        known = telling.date.precision in ("day", "hour", "minute")
        return (telling.date.low, telling.date.high) if known and telling.date.low and telling.date.high else None
    published = telling.report.published
    if published is None or published.low is None or published.low != published.high:
        return None
    return published.low - _RECENT, published.low


def _ahead(contact: Contact) -> bool:
    """Return whether the contact has not taken place: planned and possible contacts are rows of their own."""
    return contact.status in ("planned", "hypothetical")


def _stage(contact: Contact) -> str:
    """Return what tells rows apart that are else alike: ahead, called off or denied, or past."""
    return "ahead" if _ahead(contact) else "denied" if contact.status == "denied" else "past"


def _same_keys(left: Telling, right: Telling, parties: Parties) -> bool:
    """Return whether two tellings have the very same parties."""
    return {parties.key(left.report.id, one.name) for one in left.contact.parties} == {
        parties.key(right.report.id, one.name) for one in right.contact.parties
    }


def _opposed(a: Party, b: Party) -> bool:
    """Return whether one acts where the other is acted on: the visitor is not the host."""
    roles = {a.role, b.role}
    return bool(roles & _ACTING) and bool(roles & _ACTED_ON)


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
    if _opposed(a, b):
        return False
    return parties.key(left.report.id, a.name) == parties.key(right.report.id, b.name)


def _may_be_same_side(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    """Return whether one party is of no known country and the other no second person: "the minister" for "Seoul"."""
    known = [
        a.country or parties.country(left.report.id, a.name),
        b.country or parties.country(right.report.id, b.name),
    ]
    return None in known and not _opposed(a, b) and not _both_persons(left, a, right, b, parties)


def _both_persons(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    entities = (parties.entity(left.report.id, a.name), parties.entity(right.report.id, b.name))
    return all(entity is not None and entity.schema == "Person" for entity in entities)


def _same_side(left: Telling, a: Party, right: Telling, b: Party, parties: Parties) -> bool:
    """Return whether one party names the state or body that the other stands for; two different persons never do."""
    if _opposed(a, b):
        return False
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


def carried_out(
    found: Sequence[Encounter], rows: Sequence[Sequence[Telling]], parties: Parties
) -> tuple[Encounter, ...]:
    """Return the encounters, plans linked with the contacts that carry them out.

    A plan is carried out by the first contact of the same kind and parties on the days that were planned, or, of a plan
    without a day, after it was told.
    """
    by: dict[str, str] = {}
    plans: dict[str, list[str]] = {}
    past = [at for at, one in enumerate(found) if one.status == "actual"]
    for at, plan in enumerate(found):
        if plan.status != "planned":
            continue
        kinds = ("visit", "delegation") if plan.contact_type in ("visit", "delegation") else (plan.contact_type,)
        fits = [i for i in past if found[i].contact_type in kinds and _carries_out(rows[at], rows[i], parties)]
        done = min(fits, key=lambda i: (_day(found[i]), i), default=None)
        if done is not None:
            by[plan.id] = found[done].id
            plans.setdefault(found[done].id, []).append(plan.id)
    return tuple(
        structs.replace(one, carried_out_by=by.get(one.id), planned_as=tuple(plans.get(one.id, ()))) for one in found
    )


def _day(encounter: Encounter) -> date:
    return encounter.date.low if encounter.date and encounter.date.low else date.max


def _carries_out(plan: Sequence[Telling], done: Sequence[Telling], parties: Parties) -> bool:
    if not all(_same_parties(one, other, parties) for one in plan[:1] for other in done[:1]):
        return False
    planned, held = None, None
    for telling in plan:
        planned = closer(planned, telling.date)
    for telling in done:
        held = closer(held, telling.date)
    if planned is not None and planned.precision != "unknown":
        return held is not None and planned.low is not None and held.low is not None and compatible(planned, held)
    told = [one.report.published.low for one in plan if one.report.published and one.report.published.low]
    if not told or held is None or held.low is None:
        return False
    return min(told) <= held.low <= min(told) + _CARRIED_OUT


def _encounter(row: Sequence[Telling], parties: Parties) -> Encounter:
    date = None
    for telling in row:
        date = closer(date, telling.date)
    fullest = max(row, key=lambda t: (_known(t, parties), -row.index(t)))
    found = tuple(
        structs.replace(
            party,
            name=parties.name(fullest.report.id, party.name),
            country=party.country
            or parties.country(fullest.report.id, party.name)
            or _country_told(row, fullest, party, parties),
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
        topic=next((t.contact.topic for t in row if t.contact.topic), None),
    )


def _country_told(row: Sequence[Telling], fullest: Telling, party: Party, parties: Parties) -> str | None:
    """Return the state that other tellings give whoever stands where a party stands, None where they do not agree.

    A party's place is its role; of two without roles it is the place of the one whom the other telling names anew.
    """
    found = set()
    rest = [one for one in fullest.contact.parties if one is not party]
    for telling in row:
        others = telling.contact.parties
        if telling is fullest:
            continue
        if party.role is not None:
            same = [one for one in others if one.role == party.role]
        elif len(rest) == 1 and len(others) == 2:
            key = parties.key(fullest.report.id, rest[0].name)
            same = [one for one in others if parties.key(telling.report.id, one.name) != key]
        else:
            same = []
        if len(same) == 1:
            found.add(same[0].country or parties.country(telling.report.id, same[0].name))
    known = found - {None}
    return known.pop() if len(known) == 1 else None


def _known(telling: Telling, parties: Parties) -> int:
    """Return how well the telling names its parties: two points a person, one a body."""
    known = 0
    for party in telling.contact.parties:
        entity = parties.entity(telling.report.id, party.name)
        known += 2 if entity is not None and entity.schema == "Person" else 1
    return known
