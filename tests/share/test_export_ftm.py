"""The lines against a part of the FollowTheMoney schema, copied from followthemoney 4 (MIT): what each property holds.

The whole schema needs ICU; it was run over the sample situation with the package itself, see docs/share.md.
"""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from watchfloor.core.entity import Entity, Identity, Relation, Role, Surface
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share import export_ftm

Asks = Callable[..., Reader]
Line = dict[str, Any]

_THING = "name alias weakAlias country notes summary sourceUrl proof wikidataId"
PROPERTIES = {
    "Person": f"{_THING} abbreviation position title",
    "PublicBody": f"{_THING} abbreviation",
    "Organization": f"{_THING} abbreviation",
    "Position": f"{_THING} organization",
    "Article": f"{_THING} title author publisher publishedAt language",
    "Occupancy": "holder post startDate endDate status summary sourceUrl proof",
    "Membership": "member organization role startDate endDate summary sourceUrl proof",
    "Representation": "agent client role startDate endDate summary sourceUrl proof",
    "Mention": "document resolved name detectedSchema contextCountry",
}
REQUIRED = {"Occupancy": "holder post", "Position": "name", "Person": "name", "Mention": "document resolved"}
RANGES = {
    "proof": {"Article"},
    "document": {"Article"},
    "holder": {"Person"},
    "post": {"Position"},
    "organization": {"PublicBody", "Organization"},
    "member": {"Person", "PublicBody", "Organization"},
    "agent": {"Person", "PublicBody", "Organization"},
    "client": {"Person", "PublicBody", "Organization"},
    "resolved": {"Person", "PublicBody", "Organization"},
}


@pytest.fixture
def told(picture: Picture) -> Picture:
    """The picture with a minister told by an open and a kept report, her ministry, and one of the kept report only."""
    open_, _, kept = picture.reports
    year = PartialDate(value="2021", low=None, high=None, precision="year", how="test")

    def at(report: Report, words: str) -> Span:
        start = report.text.index(words)
        return Span(report=report.id, start=start, end=start + len(words))

    def surface(text: str, *reports: Report, kind: str = "name") -> Surface:
        ids = tuple(sorted(report.id for report in reports))
        return Surface(text=text, kind=kind, uses=1, reports=ids, reason="test")  # type: ignore[arg-type]

    role = Role(
        title="minister",
        body="Harbour Ministry",
        country="NOR",
        host=None,
        tense="former",
        since=year,
        until=None,
        span=at(open_, "Open"),
        generated_by="test@1",
    )
    minister = Entity(
        id="ent_a",
        schema="Person",
        name="Ada Brandt",
        names=("Ada Brandt", "Brandt", "Ada B."),
        country="NOR",
        mentions=(at(open_, "Open"), at(kept, "Kept")),
        surfaces=(surface("Ada Brandt", open_, kept), surface("Brandt", open_, kind="part"), surface("Ada B.", kept)),
        roles=(role,),
    )
    ministry = Entity(
        id="ent_b",
        schema="PublicBody",
        name="Harbour Ministry",
        names=("Harbour Ministry",),
        country="NOR",
        mentions=(at(open_, "words"),),
        surfaces=(surface("Harbour Ministry", open_),),
    )
    hidden = Entity(
        id="ent_c",
        schema="Person",
        name="Hidden Man",
        names=("Hidden Man",),
        mentions=(at(kept, "words"),),
        surfaces=(surface("Hidden Man", kept),),
    )
    belongs = Relation(
        kind="member-of",
        subject="ent_a",
        object="ent_b",
        name="Harbour Ministry",
        country="NOR",
        role="minister",
        evidence=(role.span,),
        reason="test",
    )
    return replace(picture, entities=(minister, ministry, hidden), relations=(belongs,))


def lines(text: str) -> list[Line]:
    return [json.loads(line) for line in text.splitlines()]


def test_every_line_keeps_to_the_schema(told: Picture) -> None:
    made = lines(export_ftm.export(told).text)
    schemas = {line["id"]: line["schema"] for line in made}

    assert {line["schema"] for line in made} == set(PROPERTIES) - {"Representation", "Organization"}
    for line in made:
        assert re.fullmatch(r"[0-9a-zA-Z]([0-9a-zA-Z.\-]*[0-9a-zA-Z])?", line["id"])
        assert set(line["properties"]) <= set(PROPERTIES[line["schema"]].split())
        assert set(REQUIRED.get(line["schema"], "").split()) <= set(line["properties"])
        for name, values in line["properties"].items():
            assert all(isinstance(value, str) and value for value in values)
            assert all(schemas[value] in RANGES[name] for value in values if name in RANGES)


def test_a_post_is_held_from_when_the_words_say_and_cites_them(told: Picture) -> None:
    (held,) = [line for line in lines(export_ftm.export(told).text) if line["schema"] == "Occupancy"]

    assert held["properties"]["startDate"] == ["2021"]
    assert held["properties"]["status"] == ["ended"]
    assert held["properties"]["summary"] == ["Open"]


def test_a_form_that_others_share_is_a_weak_alias(told: Picture) -> None:
    person = next(line for line in lines(export_ftm.export(told).text) if line["schema"] == "Person")

    assert (person["properties"]["alias"], person["properties"]["weakAlias"]) == (["Ada B."], ["Brandt"])
    assert person["properties"]["country"] == ["no"]


def test_a_partner_gets_only_what_stands_in_released_reports(told: Picture, asks: Asks) -> None:
    made = export_ftm.export(told, reader=asks("Partner B"))

    assert "Hidden Man" not in made.text
    assert "Ada B." not in made.text
    assert "Kept" not in made.text
    assert told.reports[2].id.replace("_", "-") not in made.text
    assert made.withheld["unmarked"] == 1
    assert all(line["marking"]["releasable_to"] == ["Partner B"] for line in lines(made.text))


def test_links_of_the_node_stay_at_home(told: Picture, asks: Asks) -> None:
    link = Identity(
        name="Ada Brandt",
        schema="Person",
        country="NOR",
        qid="Q7",
        label="Ada Brandt",
        score=1.0,
        reason="test",
        file="f.csv",
        by="ada",
        at="2024-11-01",
    )

    assert '"wikidataId":["Q7"]' in export_ftm.export(told, links={"ent_a": (link,)}).text
    assert "Q7" not in export_ftm.export(told, reader=asks("Partner B"), links={"ent_a": (link,)}).text


def test_the_same_picture_gives_the_same_lines(told: Picture) -> None:
    turned = replace(told, entities=told.entities[::-1])

    assert export_ftm.export(turned).text == export_ftm.export(told).text
