"""Places that the released reports name, as GeoJSON (RFC 7946): where, and in which words."""

import msgspec

from watchfloor.core.annotation import Place
from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.share.citations import limited
from watchfloor.share.document import Export
from watchfloor.share.evidence import Marks
from watchfloor.share.gate import release
from watchfloor.share.json_text import encoded
from watchfloor.share.release import banner, effective

AROUND = 60  # characters quoted on either side of a place's name; assumed, well below what may be quoted

_Told = list[tuple[Place, Report]]


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return a feature for each place of the reports that the reader may have; without a position its geometry is null.

    A place is marked by all the reports that name it. Positions are longitude, latitude, WGS 84.
    """
    receiver = reader or picture.reader
    released = release(picture, brief, receiver)
    told: dict[tuple[object, ...], _Told] = {}
    for report in released.reports:
        for one in picture.annotations.get(report.id, ()):
            if isinstance(one, Place):
                key = (one.geonames_id or one.name, one.country or "", one.latitude, one.longitude)
                told.setdefault(key, []).append((one, report))
    features = sorted((_feature(places, released.marks) for places in told.values()), key=lambda one: str(one["id"]))
    whole = {"type": "FeatureCollection", "banner": banner(released.marking), "features": features}
    text = msgspec.json.format(encoded(whole), indent=1).decode()
    return Export(text=text + "\n", marking=released.marking, withheld=released.withheld)


def _feature(places: _Told, marks: Marks) -> dict[str, object]:
    place = places[0][0]
    located = place.latitude is not None and place.longitude is not None
    reports = {report.id: report for _, report in places}
    return {
        "type": "Feature",
        "id": f"geonames-{place.geonames_id}" if place.geonames_id else f"name-{place.name}",
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]} if located else None,
        "properties": {
            "name": place.name,
            "country": place.country,
            "marking": banner(effective(marks.get(id) for id in sorted(reports))),
            "reports": len(reports),
            "citations": [_citation(one, report) for one, report in places],
        },
    }


def _citation(place: Place, report: Report) -> dict[str, object]:
    start, end = place.span.start, place.span.end
    words = report.text[max(0, start - AROUND) : end + AROUND]
    return {"report": report.id, "outlet": report.outlet, "start": start, "end": end, "quote": limited(words)}
