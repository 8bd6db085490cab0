"""Reports, claims and contacts as JSON lines: one fact a line, in the form of the STIX extension (docs/share.md)."""

from collections.abc import Iterator

import msgspec

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.share import stix_facts
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.json_text import encoded
from watchfloor.share.release import banner


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the facts, sorted by kind and id, as far as the reader may have them; the first line says the marking."""
    released = release(picture, brief, reader or picture.reader)
    text = "".join(encoded(line).decode() + "\n" for line in _lines(released))
    return Export(text=text, marking=released.marking, withheld=released.withheld)


def _lines(released: Released) -> Iterator[dict[str, object]]:
    marks = released.marks
    yield {
        "kind": "head",
        "title": released.brief.title,
        "as_of": released.brief.as_of,
        "banner": banner(released.marking),
        "withheld": released.withheld,
    }
    kinds: list[tuple[str, list[stix_facts.Fact]]] = [
        ("report", [stix_facts.of_report(one, marks.get(one.id)) for one in released.reports]),
        ("claim", [stix_facts.of_claim(one, marks.get(one.id)) for one in released.claims]),
        ("contact", [stix_facts.of_contact(one, marks.get(one.id)) for one in released.encounters]),
    ]
    for kind, facts in kinds:
        for fact in sorted(facts, key=lambda one: one.watchfloor_id):
            yield {"kind": kind, **msgspec.to_builtins(fact)}
