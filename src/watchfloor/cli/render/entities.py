"""Entities on a terminal and as JSON: the list, one of them, what is uncertain, what was judged and linked."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from watchfloor.cli.render import terminal
from watchfloor.core.entity import Doubt, Entity, Identity, Relation, Role
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow import wire
from watchfloor.flow.entities import Linked, Verdicts
from watchfloor.resolve.identities import attached
from watchfloor.resolve.layout import lay_out
from watchfloor.resolve.states import name_of

_SENTENCES = 3  # of each side of an uncertain pair
_PLACES = 12  # of one entity, on a terminal


def listed(picture: Picture, kind: str | None, country: str | None, described: bool, as_json: bool) -> None:
    """Print the entities by name, or those of a kind and a state; described: also those without a name."""
    shown = [
        one
        for one in picture.entities
        if (described or one.named) and kind in (None, one.schema) and country in (None, one.country)
    ]
    links = attached(picture.entities, picture.identities)
    if as_json:
        terminal.json([shape(one, picture, links) for one in shown])
        return
    out = terminal.console()
    table = Table(box=None, pad_edge=False)
    for name in ("name", "kind", "state", "posts", "reports", "also called"):
        table.add_column(name, no_wrap=name in {"kind", "state", "reports"})
    for one in shown:
        others = [
            surface.text + ("*" if surface.kind == "slip" else "")
            for surface in one.surfaces
            if surface.text != one.name
        ]
        table.add_row(
            terminal.styled(terminal.safe(one.name, 40)),
            one.schema,
            one.country or "",
            terminal.styled(terminal.safe("; ".join(_posts(one.roles)), 60)),
            str(len({span.report for span in one.mentions})),
            terminal.styled(terminal.safe(", ".join(others), 50)),
        )
    out.print(table if shown else "No entity.")
    if shown:
        out.print(terminal.styled(f"{len(shown)} entities; * taken for a slip of a letter", "dim"))


def shape(one: Entity, picture: Picture, links: Mapping[str, Sequence[Identity]]) -> dict[str, object]:
    """Return an entity as it is written to JSON: with posts, forms, relations, links and the reasons."""
    return {
        "id": one.id,
        "name": one.name,
        "schema": one.schema,
        "country": one.country,
        "named": one.named,
        "score": one.score,
        "reports": sorted({span.report for span in one.mentions}),
        "surfaces": list(one.surfaces),
        "roles": list(one.roles),
        "relations": [relation for relation in picture.relations if relation.subject == one.id],
        "wikidata": list(links.get(one.id, ())),
        "reasons": list(one.reasons),
        "mentions": list(one.mentions),
    }


def one(out: Console, entity: Entity, picture: Picture) -> None:
    """Print one entity with everything it rests on."""
    by_id = {report.id: report for report in picture.reports}
    names = {one.id: one.name for one in picture.entities}
    out.print(terminal.styled(terminal.safe(entity.name), "bold"))
    state = name_of(entity.country) or entity.country or "state not said"
    out.print(terminal.styled(f"{entity.id}  {entity.schema}, {state}; least sure merge {entity.score:.2f}", "dim"))
    for link in attached(picture.entities, picture.identities).get(entity.id, ()):
        out.print(
            terminal.styled(terminal.safe(f"Wikidata {link.qid}, {link.label} ({link.score:.2f}: {link.reason})"))
        )
    _part(
        out,
        "called",
        [
            f"{s.text}: {s.kind}, {s.uses} times in {len(s.reports)} reports ({s.reason}){_read(s.translated)}"
            for s in entity.surfaces
        ],
    )
    _part(
        out,
        "posts",
        [f"{_post(role)}: “{_words(role.span, by_id)}” ({_outlet(role.span, by_id)})" for role in entity.roles],
    )
    _part(out, "relations", [_relation(r, names, by_id) for r in picture.relations if r.subject == entity.id])
    _part(out, "put together because", list(entity.reasons))
    out.print(terminal.styled("named in", "dim"))
    for span in entity.mentions[:_PLACES]:
        _sentence(out, span, by_id)
    if len(entity.mentions) > _PLACES:
        out.print(terminal.styled(f"  and {len(entity.mentions) - _PLACES} more places; all with --json", "dim"))


def doubts(found: Sequence[Doubt], picture: Picture, limit: int, as_json: bool) -> None:
    """Print the uncertain pairs with their reasons and sentences."""
    shown = found[:limit] if limit else found
    by_id = {report.id: report for report in picture.reports}
    if as_json:
        terminal.json([_doubt(one, by_id) for one in shown])
        return
    out = terminal.console()
    for one in shown:
        out.print(
            terminal.styled(
                terminal.safe(f"{one.score:.2f}  {one.left.name} = {one.right.name} ?  {one.reason}"), "bold"
            )
        )
        for side in (one.left, one.right):
            out.print(terminal.styled(f"{side.id}  {terminal.safe('; '.join(_posts(side.roles)), 60)}", "dim"))
            for span in side.mentions[:_SENTENCES]:
                _sentence(out, span, by_id)
        out.print(
            terminal.styled(f"  watchfloor entities judge {one.left.id} {one.right.id} same|different|unsure", "dim")
        )
    out.print(f"{len(found)} uncertain pairs." if found else "Nothing is uncertain.")


def judged(made: Verdicts, after: Picture, as_json: bool) -> None:
    """Print what was decided, and what the entities are now."""
    sides = {place.split(" @")[0] for place in (made.judgement.left, made.judgement.right)}
    now = [one for one in after.entities if sides & set(one.names)]
    if as_json:
        terminal.json({"judgement": made.judgement, "entities": now})
        return
    one = made.judgement
    terminal.console().print(
        terminal.styled(terminal.safe(f"{one.left} and {one.right}: {one.verdict}, by {one.by}; kept as {one.id}"))
    )
    for entity in now:
        terminal.console().print(terminal.styled(terminal.safe(f"  {entity.id}  {', '.join(entity.names)}")))


def linked(made: Linked, as_json: bool) -> None:
    """Print which entities a file was linked to, and what stays open."""
    if as_json:
        terminal.json(made)
        return
    out = terminal.console()
    for link in made.kept:
        out.print(
            terminal.styled(terminal.safe(f"{link.name}: {link.qid} {link.label} ({link.score:.2f}, {link.reason})"))
        )
    for match in made.open:
        said = f"open: {match.name}: {match.record.qid} {match.record.name} ({match.score:.2f}, {match.reason})"
        out.print(terminal.styled(terminal.safe(said), "yellow"))
    for line in made.bad:
        out.print(terminal.styled(terminal.safe(line), "red"))
    out.print(
        f"{len(made.kept)} linked, {len({match.entity for match in made.open})} left open, {made.records} records read."
    )


def _doubt(one: Doubt, reports: Mapping[str, Report]) -> dict[str, object]:
    return {
        "score": one.score,
        "reason": one.reason,
        **{
            side: {
                "id": entity.id,
                "name": entity.name,
                "country": entity.country,
                "roles": list(entity.roles),
                "sentences": [
                    wire.citation(span, reports) | {"sentence": _around(span, reports)}
                    for span in entity.mentions[:_SENTENCES]
                ],
            }
            for side, entity in (("left", one.left), ("right", one.right))
        },
    }


def _part(out: Console, heading: str, lines: Sequence[str]) -> None:
    if lines:
        out.print(terminal.styled(heading, "dim"))
        for line in lines:
            out.print(Padding(terminal.styled(terminal.safe(line)), (0, 0, 0, 2)))


def _posts(roles: Sequence[Role]) -> list[str]:
    """Return the posts in words, each once, the most said first."""
    said = [_post(role) for role in roles]
    return sorted(set(said), key=lambda words: (-said.count(words), words))


def _post(role: Role) -> str:
    """Return a post in words.

    >>> from watchfloor.core.span import Span
    >>> _post(Role(title="ambassador to China", body=None, country="KOR", host="CHN", tense="former", since=None,
    ...     until=None, span=Span(report="rep_1", start=0, end=1), generated_by="x"))
    'former ambassador to China, South Korea'
    """
    tense = "" if role.tense == "present" else f"{role.tense} "
    place = ", ".join(one for one in (role.body, name_of(role.country)) if one)
    dates = "".join(
        f", {word} {date.value}" for word, date in (("since", role.since), ("until", role.until)) if date and date.value
    )
    return f"{tense}{role.title}{', ' + place if place else ''}{dates}"


def _relation(one: Relation, names: Mapping[str, str], reports: Mapping[str, Report]) -> str:
    target = names.get(one.object or "", one.name)
    held = f" as {one.role}" if one.role else ""
    return f"{one.kind} {target}{held} ({one.reason}; {_outlet(one.evidence[0], reports)})"


def _read(translated: bool) -> str:
    return ", only where a machine translated" if translated else ""


def _sentence(out: Console, span: Span, reports: Mapping[str, Report]) -> None:
    line = f"{_outlet(span, reports)} {span.start}–{span.end}: {_around(span, reports)}"
    out.print(Padding(terminal.styled(terminal.safe(line, 240)), (0, 0, 0, 2)))


def _around(span: Span, reports: Mapping[str, Report]) -> str | None:
    """Return the sentence around a span."""
    report = reports.get(span.report)
    if report is None:
        return None
    start, end = lay_out(report).sentence(span.start)
    return report.text[min(start, span.start) : max(end, span.end)].strip()


def _words(span: Span, reports: Mapping[str, Report]) -> str:
    report = reports.get(span.report)
    return terminal.safe(report.text[span.start : span.end], 100) if report else ""


def _outlet(span: Span, reports: Mapping[str, Report]) -> str:
    report = reports.get(span.report)
    return f"{report.outlet or 'outlet unknown'}, {span.report}" if report else span.report
