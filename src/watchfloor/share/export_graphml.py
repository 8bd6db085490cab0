"""Who was in contact with whom, as GraphML 1.0: a node for each party, an edge for each pair of each contact."""

from collections.abc import Iterator
from itertools import combinations
from xml.sax.saxutils import escape, quoteattr

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.share.citations import limited
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.harmless import on_one_line
from watchfloor.share.release import banner

_KEYS = {
    "graph": ("marking", "title"),
    "node": ("name", "country"),
    "edge": ("contact", "type", "status", "date", "place", "topic", "reports", "quote", "marking"),
}


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the graph, as far as the reader may have it; two contacts of one pair are two edges."""
    released = release(picture, brief, reader or picture.reader)
    text = "".join(f"{line}\n" for line in _lines(released))
    return Export(text=text, marking=released.marking, withheld=released.withheld)


def _lines(released: Released) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for where, keys in _KEYS.items():
        for name in keys:
            kind = "int" if name == "reports" else "string"
            yield f'<key id="{where}_{name}" for="{where}" attr.name="{name}" attr.type="{kind}"/>'
    yield '<graph id="contacts" edgedefault="undirected">'
    yield from _data("graph", {"marking": banner(released.marking), "title": released.brief.title})
    countries: dict[str, str | None] = {}
    for contact in released.encounters:
        for party in contact.parties:
            countries[party.name] = countries.get(party.name) or party.country
    names = {name: f"n{number}" for number, name in enumerate(sorted(countries))}
    for name, node in names.items():
        yield f"<node id={quoteattr(node)}>"
        yield from _data("node", {"name": name, "country": countries[name]})
        yield "</node>"
    yield from _edges(released, names)
    yield "</graph>"
    yield "</graphml>"


def _edges(released: Released, names: dict[str, str]) -> Iterator[str]:
    reports = {report.id: report for report in released.reports}
    for contact in sorted(released.encounters, key=lambda one: one.id):
        parties = sorted({party.name for party in contact.parties})
        told = [span for span in contact.tellings if span.report in reports]
        first = told[0] if told else None
        facts = {
            "contact": contact.id,
            "type": contact.contact_type,
            "status": contact.status,
            "date": contact.date.value if contact.date else None,
            "place": contact.place,
            "topic": limited(contact.topic) if contact.topic else None,
            "reports": str(len({span.report for span in told})),
            "quote": limited(reports[first.report].text[first.start : first.end]) if first else None,
            "marking": banner(released.marks.get(contact.id)),
        }
        for one, other in combinations(parties, 2):
            yield f'<edge source="{names[one]}" target="{names[other]}">'
            yield from _data("edge", facts)
            yield "</edge>"


def _data(where: str, facts: dict[str, str | None]) -> Iterator[str]:
    for name, value in facts.items():
        if value:
            yield f'<data key="{where}_{name}">{escape(on_one_line(value))}</data>'
