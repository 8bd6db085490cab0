"""Timeline, Contacts and Map as pages: the whole state is in the address, every drawing has a twin and exports."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from watchfloor.core.annotation import Party
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.flow import charting
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.pictures import Pictures
from watchfloor.store.connection import open_store
from watchfloor.web.app import application
from watchfloor.web.node import Node

Client = TestClient[Litestar]


@pytest.fixture(scope="module")
def client(sample: Path) -> Iterator[Client]:
    """A browser that was let in, for all tests of this file: none of them changes anything in the database."""
    with open_store(sample, create=False) as store:
        node = Node(store, Configuration())
        app = application(node)
        inner = app.asgi_handler

        async def from_here(scope: Any, receive: Any, send: Any) -> None:
            scope["client"] = ("127.0.0.1", 50000)
            await inner(scope, receive, send)

        app.asgi_handler = from_here
        with TestClient(app, base_url=node.address.rstrip("/"), raise_server_exceptions=False) as made:
            made.get(node.entrance())
            yield made


PAGES = ["/timeline", "/contacts", "/contacts?view=matrix", "/contacts?view=graph", "/map"]
EXPORTS = [
    "/timeline/csv", "/timeline/svg", "/contacts/csv", "/contacts/ics", "/contacts/graphml", "/contacts/svg",
    "/map/csv", "/map/geojson", "/map/svg",
]  # fmt: skip


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("path", PAGES)
def test_every_anchor_that_a_drawing_leads_to_is_on_the_page(client: Client, path: str) -> None:
    page = client.get(path)

    assert page.status_code == 200
    ids = set(re.findall(r' id="([^"]+)"', page.text))
    assert len(ids) == page.text.count(' id="')
    leads = set(re.findall(r'<a class="mark" href="#([^"]+)"', page.text))
    assert leads <= ids
    assert " style=" not in page.text


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_the_same_to_a_program(client: Client, path: str) -> None:
    made = client.get(f"{path}{'&' if '?' in path else '?'}format=json").json()

    assert made["data"]
    assert made["marking"].startswith("TLP:CLEAR")


@pytest.mark.parametrize("path", EXPORTS)
def test_an_export_carries_its_marking_and_is_a_file(client: Client, path: str) -> None:
    sent = client.get(path)

    assert sent.status_code == 200
    assert sent.headers["content-disposition"].startswith("attachment; filename=")
    assert "TLP:CLEAR" in sent.text
    if path.endswith(("svg", "graphml")):
        ET.fromstring(sent.text)
        assert "<a " not in sent.text
    if path.endswith("geojson"):
        assert all(feature["properties"]["marking"] for feature in json.loads(sent.text)["features"])


@pytest.mark.parametrize("path", ["/timeline/exe", "/map/json", "/timeline/csv/x"])
def test_a_form_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_who_may_only_see_may_not_export(peopled: Node, stranger: Client, sign_in: Callable[..., None]) -> None:
    sign_in(stranger, "rita")

    assert stranger.get("/map").status_code == 200
    assert "/map/csv" not in stranger.get("/map").text
    assert [stranger.get(path).status_code for path in EXPORTS] == [404] * len(EXPORTS)


def test_the_list_of_a_timeline_holds_what_is_drawn(client: Client) -> None:
    text = client.get("/timeline?by=kind&zoom=week").text

    drawn = set(re.findall(r'<a class="mark" href="#(t\d+)"', text))
    listed = set(re.findall(r'<li id="(t\d+)"', text))
    assert drawn <= listed
    assert len(listed) > 20


def test_filters_of_the_timeline_stand_in_the_address(client: Client) -> None:
    made = client.get("/timeline?kind=planned&party=ukraine&zoom=month&format=json").json()["data"]

    assert made
    assert {one["kind"] for one in made} == {"planned"}
    exported = rows(client.get("/timeline/csv?kind=planned&party=ukraine").text)
    assert {row["kind"] for row in exported} == {"planned"}
    assert {row["text"] for row in exported} == {one["text"] for one in made}


def test_only_what_more_than_one_tells_is_a_part_of_all(client: Client) -> None:
    solid = client.get("/timeline?solid=1&zoom=month&format=json").json()["data"]

    assert 0 < len(solid) < len(client.get("/timeline?zoom=month&format=json").json()["data"])
    assert all(one["about"] for one in solid)


def test_earlier_columns_are_one_step_away(client: Client) -> None:
    latest = client.get("/timeline").text
    step = re.search(r'rel="prev" href="([^"]+)"', latest)

    assert step is not None
    earlier = client.get(step[1].replace("&amp;", "&")).text
    assert 'rel="next"' in earlier
    assert "17 Oct 2024" in earlier
    assert "17 Oct 2024" not in latest


def test_as_of_an_earlier_day_less_is_known_and_links_keep_the_day(client: Client) -> None:
    then = client.get("/timeline?as_of=2024-10-20&zoom=month")

    assert "Rutte" not in client.get("/map?as_of=2024-10-19").text
    assert "as_of=2024-10-20" in re.findall(r'href="([^"]+)" download', then.text)[0]
    assert len(then.text) < len(client.get("/timeline?zoom=month").text)


def test_a_square_of_the_matrix_leads_to_its_contacts(client: Client) -> None:
    matrix = client.get("/contacts?view=matrix").text
    href, count = re.search(r'href="(/contacts\?pair=[^"]+)" aria-label="[^"]*: (\d) contacts"', matrix).groups()  # type: ignore[union-attr]

    found = client.get(href.replace("&amp;", "&") + "&format=json").json()["data"]

    assert len(found) == int(count)


def test_a_contact_has_an_address_of_its_own(client: Client) -> None:
    first = client.get("/contacts?format=json").json()["data"][0]["id"]

    text = client.get(f"/contacts?contact={first}").text

    assert f'<tr id="{first}" data-item tabindex="-1" class="current">' in text


def test_contacts_are_narrowed_by_kind_status_and_side(client: Client) -> None:
    made = client.get("/contacts?type=call&party=nato&format=json").json()["data"]

    assert made
    assert {one["type"] for one in made} == {"call"}
    assert all("Mark Rutte" in {party["name"] for party in one["parties"]} for one in made)  # he speaks for NATO
    calendar = client.get("/contacts/ics?type=call").text
    assert "SUMMARY:call" in calendar
    assert "SUMMARY:visit" not in calendar


def test_places_that_are_only_named_are_shown_when_asked_for(client: Client) -> None:
    held = client.get("/map?format=json").json()["data"]
    named = client.get("/map?standing=named&format=json").json()["data"]

    assert {one["standing"] for one in held} == {"confirmed", "one party", "planned"}
    assert {one["standing"] for one in named} == {"named"}


def test_a_map_up_to_a_day_shows_what_was_said_by_then(client: Client) -> None:
    by_then = client.get("/map?until=2024-10-20&format=json").json()["data"]

    assert "Vladivostok" in {one["name"] for one in by_then}
    assert "Kursk region" not in {one["name"] for one in by_then}


def test_confirmed_means_by_another_side(client: Client) -> None:
    made = client.get("/map?standing=confirmed&format=json").json()["data"]

    held = {(one["name"], thing["text"]) for one in made for thing in one["held"]}
    assert held == {("Russia", "About 10,000 troops")}  # Kyiv and the Pentagon; the 12,000 are Seoul's alone


@pytest.mark.parametrize("path", [*PAGES, *EXPORTS])
@pytest.mark.parametrize(
    "query",
    [
        "page=0&from=2024-02-30",
        "zoom=x&by=y&view=z&kind=q&standing=w&page=99999999",
        "party=%00%ff&pair=~&contact=%3Cb%3E",
        "page=77",
    ],
)
def test_no_address_breaks_a_page(client: Client, path: str, query: str) -> None:
    status = client.get(f"{path}{'&' if '?' in path else '?'}{query}").status_code

    assert status in (200, 400, 404)


def test_an_empty_page_says_what_to_do(client: Client) -> None:
    for path in ("/timeline?party=nobody", "/contacts?party=nobody", "/map?party=nobody"):
        assert "Show all" in client.get(path).text
    assert "No report has been added yet." in client.get("/timeline?as_of=1999-01-01").text
    assert "No report tells of a call" in client.get("/contacts?as_of=1999-01-01").text
    assert "No report names a place" in client.get("/map?as_of=1999-01-01").text


def test_the_base_map_is_for_those_who_are_in(client: Client) -> None:
    made = client.get("/world")

    assert made.headers["content-type"] == "application/geo+json"
    assert len(made.json()["features"]) > 200


@pytest.mark.parametrize("path", [*PAGES, *EXPORTS])
def test_hostile_names_are_only_text_on_every_page_and_in_every_export(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    hostile = '=cmd|calc<script>alert(1)</script>" onload="x\u202egpj.exe'
    asked = Pictures.picture

    def changed(self: Pictures, reader: Reader, *_: object, **__: object) -> Picture:
        picture = asked(self, reader)
        contacts = tuple(
            replace(one, parties=(Party(name=hostile), *one.parties), place=hostile, topic=hostile, told_by=(hostile,))
            for one in picture.encounters
        )
        return replace(picture, encounters=contacts)

    monkeypatch.setattr(Pictures, "picture", changed)

    text = client.get(path).text

    assert "\u202e" not in text
    if path.endswith("csv"):  # plain text; no cell is a formula
        assert not [cell for row in csv.reader(io.StringIO(text)) for cell in row if cell.startswith(("=", "@", "+"))]
    elif path.endswith(("svg", "graphml")):
        assert not [one for one in ET.fromstring(text).iter() if "script" in one.tag or "onload" in one.attrib]
    elif "/" not in path[1:]:
        assert "<script>alert" not in text
        assert '" onload="' not in text


def test_what_a_reader_may_not_have_is_in_nothing_that_is_let_out(situation: Picture) -> None:
    theirs = Reader(name="pat", partner="Partner B", clearance="GREEN")

    gone = charting.let_out(situation, theirs)

    allowed = {report.id for report in gone.picture.reports}
    assert allowed
    assert set(gone.picture.annotations) <= allowed
    hidden = {report.id for report in situation.reports} - allowed
    assert hidden
    for place in charting.places(gone.picture):
        assert not {span.report for span in place.mentions} & hidden
        assert not {span.report for one in place.held for span in one.citations} & hidden
    assert not {span.report for one in charting.moments(gone.picture) for span in one.citations} & hidden
    assert gone.banner == "TLP:GREEN | releasable to Partner B"


def test_unmarked_reports_make_an_unmarked_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Pictures.picture

    def one_open(self: Pictures, reader: Reader, *_: object, **__: object) -> Picture:
        picture = asked(self, reader)
        return replace(picture, reports=tuple(replace(one, marking=Marking(level="RED")) for one in picture.reports))

    monkeypatch.setattr(Pictures, "picture", one_open)

    assert "TLP:RED" in client.get("/map").text
    assert "TLP:RED" in client.get("/timeline").text
