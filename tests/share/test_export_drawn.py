"""What the pages Timeline, Contacts and Map write out: nothing that a partner may not have, and no formula."""

import csv
import io
import json
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from watchfloor.core.annotation import Party
from watchfloor.core.brief import Brief
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.core.whereabout import Held, Whereabout
from watchfloor.share import export_contacts, export_places, export_timeline

Three = tuple[Report, Report, Report]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def whole(report: Report) -> Span:
    return Span(report=report.id, start=0, end=len(report.text))


def place(report: Report, name: str) -> Whereabout:
    held = Held(
        kind="event", text=f"=HYPERLINK({name})", standing="planned", parties=("+A",), against=(), when="a day",
        first=None, last=None, citations=(whole(report),),
    )  # fmt: skip
    return Whereabout(
        id=f"{name}|", name=name, country=None, latitude=None, longitude=None, extent="unknown", standing="planned",
        held=(held,), mentions=(whole(report),), reports=1,
    )  # fmt: skip


@pytest.fixture
def told(picture: Picture, reports: Three) -> Picture:
    contacts = tuple(
        Encounter(
            id=f"enc_{at}", contact_type="call", parties=(Party(name="=A"), Party(name="B", country="KOR")), date=None,
            place=None, status="planned", tellings=(whole(one),), marking=one.marking,
        )
        for at, one in enumerate(reports)
    )  # fmt: skip
    return replace(picture, encounters=contacts)


def allowed(picture: Picture, reader: Reader) -> set[str]:
    names = {
        report.id for report in picture.reports if report.marking and reader.partner in report.marking.releasable_to
    }
    assert 0 < len(names) < len(picture.reports)
    return names


def test_contacts_of_withheld_reports_are_not_written_out(
    told: Picture, brief: Brief, asks: Callable[..., Reader]
) -> None:
    theirs = asks("Partner A")

    made = export_contacts.export(told, brief, reader=theirs)

    found = rows(made.text)
    assert {row["report"] for row in found} <= allowed(told, theirs)
    assert found
    assert {row["parties"] for row in found} == {"'=A; B"}
    assert all(row["marking"].startswith("TLP:") for row in found)
    assert made.withheld


def test_moments_of_withheld_reports_are_not_written_out(
    picture: Picture, brief: Brief, asks: Callable[..., Reader]
) -> None:
    theirs = asks("Partner A")

    found = rows(export_timeline.export(picture, brief, reader=theirs).text)

    assert {row["report"] for row in found} <= allowed(picture, theirs)
    assert len(found) < len(rows(export_timeline.export(picture, brief).text))


def test_only_the_wanted_moments_are_written_out(picture: Picture, brief: Brief) -> None:
    assert rows(export_timeline.export(picture, brief, wanted=lambda _: False).text) == []


def test_a_place_that_rests_on_a_withheld_report_is_withheld_whole(
    picture: Picture, brief: Brief, reports: Three, asks: Callable[..., Reader]
) -> None:
    theirs = asks("Partner A")
    places = [place(one, f"Place {at}") for at, one in enumerate(reports)]

    table = rows(export_places.export_csv(places, picture, brief, reader=theirs).text)
    features = json.loads(export_places.export_geojson(places, picture, brief, reader=theirs).text)["features"]

    known = allowed(picture, theirs)
    assert {row["report"] for row in table} <= known
    assert {one["name"] for one in table} == {feature["properties"]["name"] for feature in features}
    assert 0 < len(features) < 3
    assert {row["text"][:2] for row in table} == {"'="}
    assert all(feature["geometry"] is None for feature in features)
