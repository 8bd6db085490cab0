"""Lists: search results, claims, contacts, events, the timeline, what was set aside."""

from collections.abc import Sequence
from datetime import date

from rich.table import Table
from rich.text import Text

from watchfloor.cli.render import terminal
from watchfloor.core.annotation import Event
from watchfloor.core.aside import Aside
from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.flow import wire
from watchfloor.store.search import Found, Hit
from watchfloor.watch.changes import changes as changed
from watchfloor.watch.contact_log import contact_log
from watchfloor.watch.days import or_reported, said
from watchfloor.watch.naming import fullest
from watchfloor.watch.ranking import ranked
from watchfloor.watch.series import Point, series
from watchfloor.watch.stances import standing
from watchfloor.watch.timeline import timeline as moments

MOST_SHOWN = 2  # sentences shown beside a change; --json has all (assumed)


def found(result: Found, as_json: bool) -> None:
    """Print search results with the words found in their sentence."""
    if as_json:
        terminal.json(result)
        return
    out = terminal.console()
    if result.meaning:
        out.print(terminal.styled(terminal.safe(f"Looked for {result.meaning}."), "dim"))
    if result.note:
        out.print(terminal.styled(f"{result.note[:1].upper()}{result.note[1:]}.", "yellow"))
    for hit in result.hits:
        report = hit.report
        day = report.published.value if report.published else "undated"
        out.print(terminal.styled(f"{report.id}  {day}  {terminal.safe(report.outlet) or 'outlet unknown'}", "dim"))
        out.print(terminal.styled(terminal.safe(report.headline) or "(no headline)", "bold"))
        out.print(_snippet(hit), "")
    more = " or more" if result.is_least else ""
    out.print(f"{result.total:,}{more} reports" if result.total != 1 else "1 report")
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
        terminal.json([wire.claim(claim, picture.assessments.get(claim.id)) for claim in shown])
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


def changes(before: Picture, after: Picture, since: date, as_json: bool) -> None:
    """Print what the later picture has otherwise, by kind, each with the words that changed it."""
    found = changed(before, after)
    by_id = {report.id: report for report in after.reports}
    if as_json:
        terminal.json(
            [
                {
                    "kind": one.kind,
                    "about": one.about,
                    "what": one.what,
                    "detail": one.detail,
                    "evidence": [wire.citation(span, by_id) for span in one.spans],
                }
                for one in found
            ]
        )
        return
    out = terminal.console()
    if not found:
        out.print(f"Nothing has changed since {since}.")
        return
    kind = None
    for one in found:
        if one.kind != kind:
            kind = one.kind
            if one is not found[0]:
                out.print()
            out.print(terminal.styled(kind[:1].upper() + kind[1:], "bold"))
        out.print(terminal.styled(f"  • {terminal.safe(one.what)}"))
        out.print(terminal.styled(f"    {terminal.safe(one.detail)}; {one.about[:12]}", "dim"))
        for span in one.spans[:MOST_SHOWN]:
            report = by_id[span.report]
            words = " ".join(report.text[span.start : span.end].split())
            where = f"{report.outlet or 'outlet unknown'}, {report.id[:12]} {span.start}–{span.end}"
            out.print(terminal.styled(f"    “{terminal.safe(words, 200)}” ({terminal.safe(where)})"))


def routes(picture: Picture, as_json: bool) -> None:
    """Print which report rests on which other, with the reason."""
    by_id = {report.id: report for report in picture.reports}
    if as_json:
        terminal.json(
            [
                {
                    "child": one.child,
                    "parent": one.parent,
                    "reason": one.reason,
                    "detail": one.detail,
                    "partly": one.partly,
                    "evidence": [wire.citation(span, by_id) for span in one.spans],
                }
                for one in picture.routes
            ]
        )
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("report", "of", "rests on", "of", "by", "why"):
        table.add_column(name, no_wrap=name in ("report", "rests on", "by"))
    for one in picture.routes:
        table.add_row(
            one.child[:12],
            terminal.styled(terminal.safe(by_id[one.child].outlet)),
            one.parent[:12],
            terminal.styled(terminal.safe(by_id[one.parent].outlet)),
            one.reason,
            terminal.styled(terminal.safe(one.detail + ("; only what stands in that run" if one.partly else ""))),
        )
    out.print(table if picture.routes else "No report rests on another, as far as their words tell.")


def figures(picture: Picture, as_json: bool) -> None:
    """Print the figures over time, by indicator and party."""
    found = series(picture)
    by_id = {report.id: report for report in picture.reports}
    if as_json:
        terminal.json(
            [
                {
                    "indicator": one.indicator,
                    "unit": one.unit,
                    "country": one.country,
                    "party": one.party,
                    "points": [
                        {
                            "as_of": wire.date(point.as_of),
                            "published": wire.date(point.published),
                            "low": point.low,
                            "high": point.high,
                            "figure": point.figure,
                            "hedge": point.hedge,
                            "phase": point.phase,
                            "verbatim": point.verbatim,
                            "checked": point.checked,
                            "claim": point.claim,
                            **wire.citation(point.span, by_id),
                        }
                        for point in one.points
                    ],
                }
                for one in found
            ]
        )
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("counted", "by", "day", "as worded", "phase", "outlet", "claim"):
        table.add_column(name, no_wrap=name in ("phase", "claim"))
    indicator = None
    for one in found:
        same: dict[object, list[Point]] = {}
        for point in one.points:
            day = or_reported(point.as_of, point.published)
            same.setdefault((day, point.low, point.high, point.phase, point.claim), []).append(point)
        for at, points in enumerate(same.values()):
            point = points[0]
            outlets = list(dict.fromkeys(terminal.safe(each.outlet) or "outlet unknown" for each in points))
            unchecked = "" if point.checked else " (number not in the words)"
            table.add_row(
                terminal.styled(terminal.safe(one.indicator) if one.indicator != indicator else "", "bold"),
                terminal.styled(terminal.safe(one.party or "the report itself") if at == 0 else ""),
                or_reported(point.as_of, point.published),
                terminal.styled(terminal.safe(point.verbatim) + unchecked),
                point.phase or "",
                terminal.styled(outlets[0] if len(outlets) == 1 else f"{outlets[0]} and {len(outlets) - 1} more"),
                point.claim[:12],
            )
            indicator = one.indicator
    out.print(table if found else "No figure.")


def events(picture: Picture, as_json: bool) -> None:
    """Print the events found, by report."""
    by_id = {report.id: report for report in picture.reports}
    listed = [a for report in picture.reports for a in picture.annotations[report.id] if isinstance(a, Event)]
    if as_json:
        terminal.json([{**wire.event(a), **wire.citation(a.span, by_id)} for a in listed])
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("type", "actor", "recipient", "status", "date", "words and reason"):
        table.add_column(name)
    for a in listed:
        words = by_id[a.span.report].text[a.span.start : a.span.end]
        table.add_row(
            f"{a.event_type}{' ' + a.mode if a.mode else ''}{' of ' + a.underlying if a.underlying else ''}",
            terminal.styled(terminal.safe(", ".join(one.name for one in a.actor), 40)),
            terminal.styled(terminal.safe(", ".join(one.name for one in a.recipient), 40)),
            f"{a.status}{', says ' + terminal.safe(', '.join(a.asserted_by), 30) if a.asserted_by else ''}",
            said(a.date),
            Text.assemble(
                terminal.styled(terminal.safe(words, 80)),
                (f"\n{terminal.safe(a.because, 160)}" if a.because else "", "dim"),
            ),
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
        out.print(terminal.indented(f"{terminal.safe(aside.locator)}: {terminal.safe(aside.detail)}", 2))
    out.print(f"{len(shown)} set aside." if shown else "Nothing is set aside.")
