"""One report, claim, contact or entity with everything it rests on."""

from collections.abc import Callable, Iterator, Sequence

import typer
from rich.console import Console
from rich.padding import Padding

from watchfloor.cli.render import entities, terminal
from watchfloor.cli.render.commitments import binding, passing
from watchfloor.cli.render.outlets import trusted
from watchfloor.core.annotation import Annotation, Attribution, Commitment, Contact, Event, Quantity, Transfer
from watchfloor.core.assessment import CONFIRMED_FROM, CREDIBILITY, LIKELIHOOD, Assessment
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.entity import Entity
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.translation import Translation
from watchfloor.flow import wire
from watchfloor.resolve.identities import attached
from watchfloor.watch.days import said

Thing = Report | Claim | Encounter | Entity
Translations = Callable[[str], Sequence[Translation]]


def one(picture: Picture, name: str, as_json: bool, translations: Translations = lambda _report: ()) -> None:
    """Print what an id, or the beginning of one, names; a usage error lists the choices when it is not one thing.

    translations: gives those of a report by its id; they are printed beside the original.
    """
    things: list[Thing] = [*picture.reports, *picture.claims, *picture.encounters, *picture.entities]
    fitting = [thing for thing in things if thing.id == name] or [t for t in things if t.id.startswith(name)]
    fitting = fitting or [entity for entity in picture.entities if name in entity.names]
    if len(fitting) != 1 or not name:
        raise typer.BadParameter(_choices(name, [thing.id for thing in fitting]))
    thing = fitting[0]
    by_id = {report.id: report for report in picture.reports}
    found = picture.annotations.get(thing.id, ())
    made = translations(thing.id) if isinstance(thing, Report) else ()
    if isinstance(thing, Entity):
        _entity(thing, picture, as_json)
    elif as_json:
        terminal.json(_shape(thing, by_id, found, made, picture.assessments.get(thing.id)))
    elif isinstance(thing, Report):
        _report(terminal.console(), thing, found, made)
    elif isinstance(thing, Claim):
        _claim(terminal.console(), thing, by_id, picture)
    else:
        _contact(terminal.console(), thing, by_id)


def _entity(entity: Entity, picture: Picture, as_json: bool) -> None:
    if as_json:
        terminal.json(entities.shape(entity, picture, attached(picture.entities, picture.identities)))
    else:
        entities.one(terminal.console(), entity, picture)


def _choices(name: str, fitting: Sequence[str]) -> str:
    if not fitting:
        lists = "watchfloor claims, contacts, entities, search"
        return f"nothing here has an id that begins with {name!r}; list them with: {lists}"
    return f"{len(fitting)} ids begin with {name!r}: {', '.join(fitting[:8])}{' ...' if len(fitting) > 8 else ''}"


def _shape(
    thing: Report | Claim | Encounter,
    reports: dict[str, Report],
    found: Sequence[Annotation],
    translations: Sequence[Translation],
    held: Assessment | None,
) -> object:
    if isinstance(thing, Report):
        told = {"machine_translations": translations} if translations else {}
        return {"report": thing, "annotations": found, **told}
    return wire.claim(thing, held) if isinstance(thing, Claim) else wire.encounter(thing, reports)


def _report(out: Console, report: Report, found: Sequence[Annotation], translations: Sequence[Translation]) -> None:
    out.print(terminal.styled(terminal.safe(report.headline) or "(no headline)", "bold"))
    outlet = (
        f"{terminal.safe(report.outlet)} ({terminal.safe(report.outlet_how)})" if report.outlet else "outlet unknown"
    )
    how = f" ({report.published.how})" if report.published else ""
    out.print(terminal.styled(f"{outlet}; {said(report.published)}{how}; {', '.join(report.authors) or 'no byline'}"))
    out.print(
        terminal.styled(f"{report.id}  {terminal.safe(report.address)}  language {report.language or 'unknown'}", "dim")
    )
    for flag in report.flags:
        out.print(terminal.styled(f"  {flag.name} ({flag.certainty}): {terminal.safe(flag.detail)}", "yellow"))
    for passage in report.passages:
        text = terminal.safe(report.text[passage.start : passage.end])
        label = f"{passage.start:>6} {passage.kind}" + (f", {passage.reason}" if passage.reason else "")
        label += f", in {passage.language}" if passage.language else ""
        out.print(terminal.styled(label, "dim"))
        out.print(Padding(terminal.styled(text, "" if passage.kind in ("body", "headline") else "dim"), (0, 0, 0, 7)))
        for target, words in _beside(passage.start, translations):
            line = f"[{target}, machine-translated, no evidence] {terminal.safe(words)}"
            out.print(Padding(terminal.styled(line, "italic"), (0, 0, 0, 7)))
    _findings(out, report, found)


def _beside(start: int, translations: Sequence[Translation]) -> Iterator[tuple[str, str]]:
    for made in translations:
        yield from ((made.target, one.text) for one in made.paragraphs if one.start == start)


def _findings(out: Console, report: Report, found: Sequence[Annotation]) -> None:
    shown = any(isinstance(a, Attribution | Quantity | Contact) for a in found)
    out.print(terminal.styled("\nFound here" if shown else "\nNothing was found here", "bold"))
    for a in found:
        words = terminal.safe(report.text[a.span.start : a.span.end], 110)
        if isinstance(a, Attribution):
            via = f" via {a.reported_via}" if a.reported_via else ""
            line = f"{a.act}: {a.speaker or 'unnamed'}{via}, {said(a.date)}: {words}"
        elif isinstance(a, Quantity):
            line = f"figure: {a.low:,} to {f'{a.high:,}' if a.high is not None else 'more'} {a.unit}: {words}"
        elif isinstance(a, Contact):
            line = f"{a.contact_type}, {a.status}: {' – '.join(p.name for p in a.parties)}, {said(a.date)}: {words}"
        elif isinstance(a, Transfer):
            line = f"transfer, {a.status}: {passing(a, report)}: {words}"
        elif isinstance(a, Commitment):
            line = f"commitment, {a.status}: {binding(a, report)}: {words}"
        elif isinstance(a, Event) and a.trigger is not None:  # one without a trigger is a contact, told already
            sides = " → ".join(", ".join(p.name for p in side) for side in (a.actor, a.recipient) if side)
            kind = f"{a.event_type} of {a.underlying}" if a.underlying else a.event_type
            line = f"{kind}, {a.status}: {sides}: {words} [{a.because}]"
        else:
            continue
        out.print(terminal.styled(f"{a.span.start:>6} {terminal.safe(line)}"))


def assessed(held: Assessment, claim: Claim) -> str:
    """Return what a person holds of a claim, as one line."""
    parts = []
    if held.credibility is not None:
        parts.append(f"credibility {held.credibility} ({CREDIBILITY[held.credibility]})")
    if held.likelihood is not None:
        low, high = LIKELIHOOD[held.likelihood]
        parts.append(f"{held.likelihood} ({low}–{high} %)")
    if held.confidence is not None:
        parts.append(f"{held.confidence} confidence")
    line = f"assessed {', '.join(parts)} by {held.by} on {held.at.date()}"
    if held.reason:
        line += f": {held.reason}"
    if held.credibility == "1" and claim.origins_min < CONFIRMED_FROM:
        line += f"; NO LONGER SUPPORTED: at least {claim.origins_min} independent origin"
    return line


def _claim(out: Console, claim: Claim, reports: dict[str, Report], picture: Picture) -> None:
    held = picture.assessments.get(claim.id)
    out.print(terminal.styled(terminal.safe(claim.proposition), "bold"))
    span = f"at least {claim.origins_min}, at most {claim.origins_max}"
    out.print(f"{claim.reports} reports, {claim.outlets} outlets, independent origins: {span}")
    if held is not None:
        out.print(terminal.styled(terminal.safe(assessed(held, claim))))
    for name, other in (("part of", claim.part_of), ("revises", claim.revises), *(("rival", r) for r in claim.rivals)):
        if other:
            out.print(f"{name} {other}")
    for origin in claim.origins:
        out.print(terminal.styled(f"  origin: {terminal.safe(origin.party)}, in {len(origin.reports)} report(s)"))
        for reason in origin.reasons:
            out.print(terminal.styled(f"          {terminal.safe(reason)}", "dim"))
    for stated in claim.positions:
        outlet = terminal.safe(stated.outlet) or "outlet unknown"
        out.print(terminal.styled(f"\n{terminal.safe(stated.party) or outlet} {stated.stance}, {said(stated.date)}"))
        source = f"{outlet} ({trusted(picture, stated.outlet)})"
        out.print(terminal.styled(f"  {source}, {stated.span.report} {stated.span.start}–{stated.span.end}", "dim"))
        text = reports[stated.span.report].text[stated.span.start : stated.span.end]
        out.print(Padding(terminal.styled(terminal.safe(text)), (0, 0, 0, 2)))


def _contact(out: Console, row: Encounter, reports: dict[str, Report]) -> None:
    parties = " – ".join(f"{one.name}{f' ({one.role})' if one.role else ''}" for one in row.parties)
    out.print(terminal.styled(f"{row.contact_type.replace('_', ' ')}: {terminal.safe(parties)}", "bold"))
    how = f" ({row.date.how})" if row.date else ""
    out.print(terminal.styled(f"{said(row.date)}{how}; {row.status}; {terminal.safe(row.place) or 'place not given'}"))
    for words in _linked(row):
        out.print(terminal.styled(terminal.safe(words)))
    for span in row.tellings:
        report = reports[span.report]
        out.print(
            terminal.styled(
                f"\n{terminal.safe(report.outlet) or 'outlet unknown'}, {span.report} {span.start}–{span.end}", "dim"
            )
        )
        out.print(Padding(terminal.styled(terminal.safe(report.text[span.start : span.end])), (0, 0, 0, 2)))


def _linked(row: Encounter) -> Iterator[str]:
    """Yield what the contact was about, and the contacts that it was planned as or that carry it out."""
    if row.topic:
        yield f"about: {row.topic}"
    if row.carried_out_by:
        yield f"carried out as {row.carried_out_by}"
    if row.planned_as:
        yield f"planned as {', '.join(row.planned_as)}"
