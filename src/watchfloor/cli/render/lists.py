"""Lists: search results, claims, contacts, events, the timeline, what was set aside."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from watchfloor.cli.render import terminal
from watchfloor.core.annotation import Event
from watchfloor.core.aside import Aside
from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.flow import wire
from watchfloor.store.search import Found, Hit
from watchfloor.watch.contact_log import contact_log
from watchfloor.watch.days import said
from watchfloor.watch.naming import fullest
from watchfloor.watch.ranking import ranked
from watchfloor.watch.stances import standing
from watchfloor.watch.timeline import timeline as moments


def found(result: Found, as_json: bool) -> None:
    """Print search results with the words found in their sentence."""
    if as_json:
        terminal.json(result)
        return
    out = terminal.console()
    if result.note:
        out.print(terminal.styled(f"{result.note[:1].upper()}{result.note[1:]}.", "yellow"))
    for hit in result.hits:
        report = hit.report
        day = report.published.value if report.published else "undated"
        out.print(terminal.styled(f"{report.id}  {day}  {terminal.safe(report.outlet) or 'outlet unknown'}", "dim"))
        out.print(terminal.styled(terminal.safe(report.headline) or "(no headline)", "bold"))
        out.print(_snippet(hit), "")
    out.print(f"{result.total} reports" if result.total != 1 else "1 report")
    if not result.total:
        out.print("Nothing found. Try fewer words, or word* for every word that begins so.")


def _snippet(hit: Hit) -> Text:
    shown = Text("  ")
    at = hit.snippet.start
    for span in hit.hits:
        if span.start < at or span.end > hit.snippet.end:
            continue
        shown.append(_kept(hit.report.text[at : span.start]))
        shown.append(_kept(hit.report.text[span.start : span.end]), style="bold reverse")
        at = span.end
    shown.append(_kept(hit.report.text[at : hit.snippet.end]))
    return shown


def _kept(text: str) -> str:
    """Return the text harmless but with the blanks at its ends, so that pieces join as they were."""
    inner = terminal.safe(text)
    return (" " if text[:1].isspace() else "") + inner + (" " if inner and text[-1:].isspace() else "")


def claims(picture: Picture, party: str | None, limit: int, as_json: bool) -> None:
    """Print the claims, the most telling first."""
    chosen = [claim for claim in ranked(picture.claims) if party is None or _has(claim, party)]
    shown = chosen[:limit] if limit else chosen
    if as_json:
        terminal.json([wire.claim(claim) for claim in shown])
        return
    out = terminal.console()
    names = fullest(picture.entities)
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name, justify in (("id", "left"), ("claim", "left"), ("reports", "right"), ("outlets", "right")):
        table.add_column(name, justify=justify, no_wrap=name == "id")  # type: ignore[arg-type]
    table.add_column("origins", justify="right")
    table.add_column("who")
    for claim in shown:
        span = (
            f"{claim.origins_min}–{claim.origins_max}"
            if claim.origins_min != claim.origins_max
            else f"{claim.origins_max}"
        )
        who = "; ".join(f"{party} {does}" for party, does in standing(claim, names))
        table.add_row(
            claim.id[:12],
            terminal.styled(terminal.safe(claim.proposition, 160)),
            str(claim.reports),
            str(claim.outlets),
            span + (" loop" if claim.circular else ""),
            terminal.styled(terminal.safe(who, 90)),
        )
    out.print(
        table if shown else "No claim." if party is None else f"No claim with a position of {terminal.safe(party)}."
    )
    if len(shown) < len(chosen):
        out.print(f"and {len(chosen) - len(shown)} more")


def _has(claim: Claim, party: str) -> bool:
    wanted = party.casefold()
    return any(
        wanted in (p.party or "").casefold() or wanted in (p.speaks_for or "").casefold() for p in claim.positions
    )


def contacts(picture: Picture, kind: str | None, party: str | None, as_json: bool) -> None:
    """Print the contact log."""
    rows = [row for row in contact_log(picture, party=party) if kind is None or row.contact_type == kind]
    by_id = {report.id: report for report in picture.reports}
    days = {row.id: said(row.date) for row in picture.encounters}
    if as_json:
        terminal.json([wire.encounter(row, by_id) for row in rows])
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("date", "kind", "between", "place", "status", "told in", "said by"):
        table.add_column(name, no_wrap=name in ("kind", "status"))
    for row in rows:
        reports = len({span.report for span in row.tellings})
        table.add_row(
            said(row.date),
            row.contact_type.replace("_", " "),
            terminal.styled(terminal.safe(" – ".join(one.name for one in row.parties))),
            terminal.styled(terminal.safe(row.place)),
            f"{row.status}, carried out {days[row.carried_out_by]}" if row.carried_out_by in days else row.status,
            f"{reports} report{'s' if reports != 1 else ''}",
            terminal.styled(terminal.safe(", ".join(row.told_by), 60)),
        )
    out.print(table if rows else "No contact.")


def events(picture: Picture, as_json: bool) -> None:
    """Print the events found, by report."""
    by_id = {report.id: report for report in picture.reports}
    listed = [a for report in picture.reports for a in picture.annotations[report.id] if isinstance(a, Event)]
    if as_json:
        terminal.json([{**wire.event(a), **wire.citation(a.span, by_id)} for a in listed])
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("type", "actor", "recipient", "status", "date", "words"):
        table.add_column(name)
    for a in listed:
        table.add_row(
            f"{a.event_type}{' ' + a.mode if a.mode else ''}",
            terminal.styled(terminal.safe(", ".join(one.name for one in a.actor), 40)),
            terminal.styled(terminal.safe(", ".join(one.name for one in a.recipient), 40)),
            a.status,
            said(a.date),
            terminal.styled(terminal.safe(by_id[a.span.report].text[a.span.start : a.span.end], 80)),
        )
    out.print(table if listed else "No event.")


def timeline(picture: Picture, as_json: bool) -> None:
    """Print what happened, is planned and was said, by day."""
    by_id = {report.id: report for report in picture.reports}
    listed = moments(picture)
    if as_json:
        terminal.json(
            [
                {
                    "day": moment.day.isoformat() if moment.day else None,
                    "label": moment.label,
                    "kind": moment.kind,
                    "text": moment.text,
                    "parties": list(moment.parties),
                    "about": moment.about,
                    "citations": [wire.citation(span, by_id) for span in moment.citations],
                }
                for moment in listed
            ]
        )
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, style="dim")
    table.add_column()
    label = None
    for moment in listed:
        table.add_row(
            moment.label if moment.label != label else "", moment.kind, terminal.styled(terminal.safe(moment.text))
        )
        label = moment.label
    out.print(table if listed else "Nothing has a place on the timeline yet.")


def asides(kept: Sequence[Aside], only: frozenset[str], as_json: bool) -> None:
    """Print what was set aside, why, and whether it can be replayed."""
    shown = [aside for aside in kept if not only or aside.id in only]
    if as_json:
        terminal.json(shown)
        return
    out = terminal.console()
    for aside in shown:
        again = "can be replayed" if aside.capture else "no bytes kept"
        out.print(terminal.styled(f"{aside.id}  {aside.reason}  in {aside.room}, {again}", "yellow"))
        out.print(terminal.styled(f"  {terminal.safe(aside.locator)}: {terminal.safe(aside.detail)}"))
    out.print(f"{len(shown)} set aside." if shown else "Nothing is set aside.")
