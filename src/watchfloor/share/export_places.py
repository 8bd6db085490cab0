"""Places and what is said to be there, as CSV (RFC 4180) and as GeoJSON (RFC 7946), each with its marking.

The places handed over must be made of what the receiver may have and of nothing else (`flow.charting.let_out`).
"""

from collections.abc import Iterator, Sequence

import msgspec

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.core.whereabout import Held, Whereabout
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.json_text import encoded
from watchfloor.share.release import banner, effective
from watchfloor.share.rows import cited_columns, written

COLUMNS = (
    "marking",
    "place",
    "name",
    "country",
    "latitude",
    "longitude",
    "extent",
    "standing",
    "thing",
    "thing_standing",
    "text",
    "parties",
    "denied_by",
    "date",
    "about",
)


def export_csv(places: Sequence[Whereabout], picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return one row for each citation of each thing at each place; a place that is only named has its mentions."""
    released = release(picture, brief, reader or picture.reader)
    rows = _rows(_allowed(places, released), released)
    return Export(text=written(COLUMNS, rows), marking=released.marking, withheld=released.withheld)


def export_geojson(
    places: Sequence[Whereabout], picture: Picture, brief: Brief, *, reader: Reader | None = None
) -> Export:
    """Return one feature for each place; without a position its geometry is null. Positions: longitude, latitude."""
    released = release(picture, brief, reader or picture.reader)
    features = [_feature(place, released) for place in _allowed(places, released)]
    whole = {"type": "FeatureCollection", "banner": banner(released.marking), "features": features}
    text = msgspec.json.format(encoded(whole), indent=1).decode()
    return Export(text=text + "\n", marking=released.marking, withheld=released.withheld)


def _allowed(places: Sequence[Whereabout], released: Released) -> list[Whereabout]:
    """Return the places of which everything rests on reports that the receiver may have: the second lock."""
    known = {report.id for report in released.reports}
    return [one for one in places if known.issuperset(span.report for span in _spans(one))]


def _spans(place: Whereabout) -> Iterator[Span]:
    yield from place.mentions
    for one in place.held:
        yield from one.citations


def _mark(spans: Sequence[Span], about: str | None, released: Released) -> str:
    marks = [released.marks.get(report) for report in sorted({span.report for span in spans})]
    return banner(effective([*marks, *([released.marks.get(about)] if about else [])]))


def _rows(places: Sequence[Whereabout], released: Released) -> Iterator[list[str | int | float | None]]:
    reports = {report.id: report for report in released.reports}
    for place in places:
        head = [
            place.id,
            place.name,
            place.country,
            place.latitude,
            place.longitude,
            place.extent,
            place.standing,
        ]
        for one in place.held:
            mark = _mark(one.citations, one.about, released)
            for span in one.citations:
                yield [mark, *head, *_thing(one), *cited_columns(span, reports.get(span.report))]
        if not place.held:
            for span in place.mentions:
                mark = _mark((span,), None, released)
                yield [mark, *head, *[None] * 7, *cited_columns(span, reports.get(span.report))]


def _thing(one: Held) -> list[str | None]:
    parties, against = "; ".join(one.parties) or None, "; ".join(one.against) or None
    return [one.kind, one.standing, one.text, parties, against, one.when, one.about]


def _feature(place: Whereabout, released: Released) -> dict[str, object]:
    located = place.latitude is not None and place.longitude is not None
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]} if located else None,
        "properties": {
            "name": place.name,
            "country": place.country,
            "extent": place.extent,
            "standing": place.standing,
            "marking": _mark(list(_spans(place)), None, released),
            "reports": place.reports,
            "held": [_held(one, released) for one in place.held],
            "mentions": [_cited(span, released) for span in place.mentions] if not place.held else [],
        },
    }


def _held(one: Held, released: Released) -> dict[str, object]:
    return {
        "kind": one.kind,
        "text": one.text,
        "standing": one.standing,
        "parties": list(one.parties),
        "denied_by": list(one.against),
        "date": one.when,
        "first_day": one.first.isoformat() if one.first else None,
        "last_day": one.last.isoformat() if one.last else None,
        "about": one.about,
        "marking": _mark(one.citations, one.about, released),
        "citations": [_cited(span, released) for span in one.citations],
    }


def _cited(span: Span, released: Released) -> dict[str, object]:
    report = next((report for report in released.reports if report.id == span.report), None)
    outlet, quote, *_ = cited_columns(span, report)
    return {"report": span.report, "outlet": outlet, "start": span.start, "end": span.end, "quote": quote}
