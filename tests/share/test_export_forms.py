"""The forms for other programs, each opened again by a reader of its own standard."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import docx
import icalendar
import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.core.annotation import Party, Place
from watchfloor.core.brief import Brief
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.share import (
    export_csv,
    export_docx,
    export_geojson,
    export_graphml,
    export_ics,
    export_jsonl,
    export_stix,
)
from watchfloor.share.export_ics import _folded
from watchfloor.share.harmless import cell, on_one_line

Asks = Callable[..., Reader]
FORMS = [export_csv, export_jsonl, export_geojson, export_graphml, export_ics, export_stix]
NASTY = '=HYPERLINK("http://evil.example","x"); a,b\\c\n\u202e<b>&\ud800\x00' + "국" * 60


@pytest.fixture
def awkward(picture: Picture) -> Picture:
    """The picture with names, headlines and places that would like to be formulas, markup or new lines."""
    open_, closer, kept = picture.reports
    odd = replace(open_, headline=NASTY, url="https://courier.example/a")
    span = Span(report=odd.id, start=0, end=4)
    places = tuple(
        Place(
            span=span, name=name, country="NOR", latitude=high, longitude=high, geonames_id=None, generated_by="test@1"
        )
        for name, high in (("Oslo", 59.91), (NASTY, None))
    )
    hidden = Place(
        span=Span(report=kept.id, start=0, end=4),
        name="Hidden Harbour",
        country="NOR",
        latitude=60.0,
        longitude=5.0,
        geonames_id=1,
        generated_by="test@1",
    )
    week = PartialDate(value="2024-W43", low=date(2024, 10, 21), high=date(2024, 10, 27), precision="week", how="words")
    contact = replace(
        picture.encounters[0],
        parties=(Party(name="Brandt", country="NOR"), Party(name=NASTY)),
        date=week,
        place="Oslo; port, east",
    )
    undated = replace(contact, id="enc_undated", date=None)
    positions = tuple(replace(one, party=NASTY) for one in picture.claims[0].positions)
    return replace(
        picture,
        reports=(odd, closer, kept),
        annotations={odd.id: places, kept.id: (hidden,)},
        encounters=(contact, undated),
        claims=(replace(picture.claims[0], positions=positions), *picture.claims[1:]),
    )


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__.rpartition("_")[2])
def test_the_same_picture_gives_the_same_bytes_and_they_are_plain_text(
    form: ModuleType, awkward: Picture, brief: Brief
) -> None:
    text = form.export(awkward, brief).text

    assert text == form.export(awkward, brief).text
    assert text.encode("utf-8")
    assert "\u202e" not in text or form in (export_jsonl, export_geojson, export_stix)  # JSON is for machines


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__.rpartition("_")[2])
def test_a_partner_gets_nothing_of_what_is_withheld_in_any_form(
    form: ModuleType, awkward: Picture, brief: Brief, asks: Asks
) -> None:
    made = form.export(awkward, brief, reader=asks("Partner B"))

    for word in ("Closer", "Kept", "Meridian", "Ledger", "Partner A", "Hidden Harbour", awkward.reports[2].id):
        assert word not in made.text
    assert "Partner B" in made.text
    assert made.withheld["unmarked"] > 0


def test_csv_is_read_by_the_stock_reader_and_holds_no_formula(awkward: Picture, brief: Brief) -> None:
    rows = list(csv.DictReader(io.StringIO(export_csv.export(awkward, brief).text, newline="")))

    assert len(rows) == 3
    assert rows[0]["party"].startswith("'=HYPERLINK")
    assert rows[0]["marking"] == "TLP:GREEN | releasable to Partner A, Partner B"
    assert rows[0]["figure_low"] == ""
    assert not any(value[:1] in "=+-@" for row in rows for value in row.values() if value)


def test_json_lines_begin_with_the_marking_and_hold_one_fact_each(awkward: Picture, brief: Brief, asks: Asks) -> None:
    lines = [
        json.loads(line) for line in export_jsonl.export(awkward, brief, reader=asks("Partner B")).text.splitlines()
    ]

    assert lines[0]["banner"] == "TLP:GREEN | releasable to Partner B"
    assert [line["kind"] for line in lines[1:]] == ["report", "claim", "contact", "contact"]
    assert lines[2]["marking"] == {"level": "GREEN", "releasable_to": ["Partner B"]}


def test_geojson_keeps_to_rfc_7946(awkward: Picture, brief: Brief) -> None:
    made: dict[str, Any] = json.loads(export_geojson.export(awkward, brief).text)

    assert made["type"] == "FeatureCollection"
    assert "crs" not in made
    for feature in made["features"]:
        assert {"type", "geometry", "properties"} <= set(feature)
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
    assert sum(feature["geometry"] is None for feature in made["features"]) == 1
    assert all(feature["properties"]["marking"] for feature in made["features"])


def test_graphml_is_read_by_networkx_and_two_contacts_of_one_pair_are_two_edges(awkward: Picture, brief: Brief) -> None:
    graph = networkx.parse_graphml(export_graphml.export(awkward, brief).text, force_multigraph=True)

    names = {graph.nodes[node]["name"] for node in graph}
    assert names == {"Brandt", on_one_line(NASTY)}
    assert graph.number_of_edges() == 2
    for _, _, facts in graph.edges(data=True):
        assert (facts["type"], facts["reports"]) == ("call", 1)
        assert facts["marking"] == "TLP:GREEN | releasable to Partner A, Partner B"


def test_a_calendar_is_read_by_icalendar_and_a_week_is_a_week(awkward: Picture, brief: Brief) -> None:
    made = export_ics.export(awkward, brief)
    event: Any
    (event,) = icalendar.Calendar.from_ical(made.text).walk("VEVENT")

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2024, 10, 21), date(2024, 10, 28))
    assert str(event["LOCATION"]) == "Oslo; port, east"
    assert str(event["CLASS"]) == "CONFIDENTIAL"
    assert str(event["DESCRIPTION"]).startswith("TLP:GREEN | releasable to")
    assert made.withheld["contacts without a day"] == 1
    assert all(len(line.encode()) <= 75 for line in made.text.split("\r\n"))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_a_folded_line_unfolds_to_itself_and_no_piece_is_too_long(line: str) -> None:
    folded = _folded(line)

    assert folded.replace("\r\n ", "").removesuffix("\r\n") == line
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


@given(st.text())
def test_no_text_is_a_formula_or_more_than_a_line(text: str) -> None:
    assert cell(text)[:1] not in tuple("=+-@|%")
    assert len(on_one_line(text).splitlines()) <= 1
    on_one_line(text).encode("utf-8")


def test_a_word_processor_opens_the_brief_marked_on_every_page(awkward: Picture, brief: Brief, asks: Asks) -> None:
    made = export_docx.export(awkward, brief, reader=asks("Partner B"))
    opened = docx.Document(io.BytesIO(made.data))
    words = "\n".join(paragraph.text for paragraph in opened.paragraphs)

    for part in (opened.sections[0].header, opened.sections[0].footer):
        assert part.paragraphs[0].text == "TLP:GREEN | releasable to Partner B"
    assert "Open line. [1]" in words
    assert "[1] Courier" in words
    assert "Kept" not in words
    assert export_docx.export(awkward, brief, reader=asks("Partner B")).data == made.data


def test_a_brief_for_a_word_processor_tells_nothing_of_the_machine(awkward: Picture, brief: Brief) -> None:
    with ZipFile(io.BytesIO(export_docx.export(awkward, brief).data)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()

    assert "2024-11-01T12:00:00Z" in core
    assert "python" not in core
