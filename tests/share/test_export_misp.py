"""MISP events, read back by pymisp itself and held against the templates that it ships."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pymisp
import pytest
from msgspec.structs import replace

from watchfloor.core.annotation import Party, Place
from watchfloor.core.brief import Brief
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.core.story import Story
from watchfloor.share import export_misp

Asks = Callable[..., Reader]
TEMPLATES = Path(pymisp.__file__).parent / "data" / "misp-objects" / "objects"
NASTY = 'a "quoted"\nline\u202e\x00\ud800'


@pytest.fixture
def full(picture: Picture) -> Picture:
    """The picture with a place, a person, a story over two reports, and words from outside that want to do harm."""
    open_, closer, _ = picture.reports
    place = Place(
        span=Span(report=open_.id, start=0, end=4),
        name="Vardal",
        country="KOR",
        latitude=37.5,
        longitude=127.0,
        geonames_id=None,
        generated_by="test@1",
    )
    contact = replace(picture.encounters[0], parties=(Party(name="Ann Lee"), Party(name=NASTY)))
    story = Story(id=f"story_{open_.id}", title="x", reports=(open_.id, closer.id))
    return replace(
        picture,
        stories=(story,),
        annotations={open_.id: (place,)},
        encounters=(contact, *picture.encounters[1:]),
    )


def events(picture: Picture, brief: Brief, reader: Reader | None = None) -> list[dict[str, Any]]:
    return [one["Event"] for one in json.loads(export_misp.export(picture, brief, reader=reader).text)["response"]]


def test_pymisp_reads_every_event_and_writes_the_same_again(full: Picture, brief: Brief) -> None:
    made = events(full, brief)

    assert len(made) == 2
    for one in made:
        event = pymisp.MISPEvent()
        event.load({"Event": deepcopy(one)})  # it takes what it reads apart
        assert json.loads(event.to_json()) == one
        assert [int(one[name]) for name in ("distribution", "threat_level_id", "analysis")] == [0, 4, 2]


def test_every_object_keeps_to_its_template_and_nothing_is_an_indicator(full: Picture, brief: Brief) -> None:
    kinds = set()
    for one in (object for event in events(full, brief) for object in event["Object"]):
        template = json.loads((TEMPLATES / one["name"] / "definition.json").read_text())
        relations = {attribute["object_relation"] for attribute in one["Attribute"]}
        kinds.add(one["name"])
        assert (one["template_uuid"], str(one["template_version"])) == (template["uuid"], str(template["version"]))
        assert relations <= template["attributes"].keys()
        assert relations & set(template["requiredOneOf"])
        for attribute in one["Attribute"]:
            assert attribute["type"] == template["attributes"][attribute["object_relation"]]["misp-attribute"]
            assert (attribute["to_ids"], attribute["disable_correlation"]) == (False, True)
            assert str(attribute["distribution"]) == "5"
    assert kinds >= {"news-media", "annotation", "temporal-event", "geolocation", "organization"}


def test_the_same_picture_gives_the_same_bytes_and_every_uuid_stands_once(full: Picture, brief: Brief) -> None:
    text = export_misp.export(full, brief).text

    assert export_misp.export(full, brief).text == text
    things = [one for event in events(full, brief) for one in (event, *event["Object"])]
    attributes = [one for event in events(full, brief) for object in event["Object"] for one in object["Attribute"]]
    assert len({one["uuid"] for one in (*things, *attributes)}) == len(things) + len(attributes)


def test_every_reference_leads_to_an_object_of_the_same_event(full: Picture, brief: Brief) -> None:
    for event in events(full, brief):
        here = {one["uuid"] for one in event["Object"]}
        told = [one for object in event["Object"] for one in object.get("ObjectReference", ())]
        assert all(one["referenced_uuid"] in here for one in told)
        assert told or len(here) < 2


def test_a_partner_gets_an_event_of_its_own_with_nothing_that_is_not_its(
    full: Picture, brief: Brief, asks: Asks
) -> None:
    export = export_misp.export(full, brief, reader=asks("Partner B"))
    (event,) = (one["Event"] for one in json.loads(export.text)["response"])

    assert "Closer" not in export.text
    assert "Kept" not in export.text
    assert "Partner A" not in export.text
    assert {tag["name"] for tag in event["Tag"]} == {"tlp:green", 'watchfloor:rel-to="Partner B"'}
    assert event["uuid"] not in {one["uuid"] for one in events(full, brief)}
    assert json.loads(export_misp.export(full, brief, reader=asks("Nobody")).text) == {"response": []}


def test_an_event_is_as_closed_as_its_most_closed_part_and_what_is_unmarked_is_red(full: Picture, brief: Brief) -> None:
    first, second = events(full, brief)

    assert {tag["name"] for tag in first["Tag"]} == {
        "tlp:amber",
        'watchfloor:rel-to="Partner A"',
        'watchfloor:caveat="no onward release"',
    }
    assert "tlp:red" in {tag["name"] for tag in second["Tag"]}
    level = Marking(level="AMBER+STRICT", releasable_to=frozenset({"Partner A"}))
    assert export_misp._tags(level)[0] == "tlp:amber+strict"


def test_words_from_outside_stay_on_their_line(full: Picture, brief: Brief) -> None:
    text = export_misp.export(full, brief).text

    assert "\u202e" not in text
    assert "\\u0000" not in text
    assert any(
        attribute["value"] == 'a "quoted" line ?'
        for event in events(full, brief)
        for object in event["Object"]
        for attribute in object["Attribute"]
    )


def test_without_pymisp_it_says_what_to_install(full: Picture, brief: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pymisp", None)

    with pytest.raises(ConfigError, match=r"pip install 'watchfloor\[misp\]'"):
        export_misp.export(full, brief)
