"""Bundles against the standard's own tools: the stix2 library and stix2-validator in strict mode."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import stix2
import stix2validator
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.core.annotation import Party, Place
from watchfloor.core.brief import Brief
from watchfloor.core.claim import Figure
from watchfloor.core.errors import SourceError
from watchfloor.core.marking import LEVELS, Level, Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.share import export_stix, import_stix, stix_facts
from watchfloor.share.gate import release
from watchfloor.share.stix_markings import TLP_EXTENSION, definitions, level_of

Asks = Callable[..., Reader]
Object = dict[str, Any]


@pytest.fixture
def full(picture: Picture) -> Picture:
    """The picture with an address, a place, a figure, two parties and awkward text."""
    open_, closer, kept = picture.reports
    odd = replace(open_, url="https://courier.example/a?b=1&c=2", headline='Said "so"\u2028 <b>\U0001f600')
    span = Span(report=odd.id, start=0, end=4)
    place = Place(
        span=span,
        name="Oslo",
        country="NOR",
        latitude=59.91,
        longitude=10.75,
        geonames_id=3143244,
        generated_by="test@1",
    )
    when = PartialDate(value="2024-10", low=date(2024, 10, 1), high=date(2024, 10, 31), precision="month", how="words")
    figure = Figure(low=1000, high=None, unit="soldier", hedge="over", verbatim="over 1,000", span=span, as_of=when)
    claim = replace(picture.claims[0], figures=(figure,), topic="figure")
    contact = replace(picture.encounters[0], parties=(Party(name="Brandt"), Party(name="Olsen", country="NOR")))
    return replace(
        picture,
        reports=(odd, closer, kept),
        claims=(claim, *picture.claims[1:]),
        encounters=(contact,),
        annotations={odd.id: (place,)},
    )


def by_type(text: str) -> dict[str, list[Object]]:
    found: dict[str, list[Object]] = {}
    for one in json.loads(text).get("objects", []):
        found.setdefault(one["type"], []).append(one)
    return found


@pytest.mark.parametrize("partner", [None, "Partner A", "Partner B", "Stranger"])
def test_every_bundle_passes_the_validator_in_strict_mode_and_the_library(
    partner: str | None, full: Picture, brief: Brief, asks: Asks
) -> None:
    text = export_stix.export(full, brief, reader=asks(partner)).text

    result = stix2validator.validate_string(text, stix2validator.ValidationOptions(strict=True, version="2.1"))
    assert (result.is_valid, [str(error) for error in result.errors]) == (True, [])
    assert stix2.parse(text, allow_custom=False).type == "bundle"


def test_only_standard_types_are_sent(full: Picture, brief: Brief) -> None:
    found = by_type(export_stix.export(full, brief).text)

    assert set(found) == {
        "extension-definition",
        "grouping",
        "identity",
        "location",
        "marking-definition",
        "note",
        "observed-data",
        "relationship",
        "report",
        "url",
    }
    assert found["location"][0]["country"] == "NO"


def test_every_reference_is_answered_within_the_bundle(full: Picture, brief: Brief, asks: Asks) -> None:
    bundle = json.loads(export_stix.export(full, brief, reader=asks("Partner B")).text)
    ids = {one["id"] for one in bundle["objects"]}

    for one in bundle["objects"]:
        named = [*one.get("object_refs", ()), *one.get("object_marking_refs", ())]
        named += [one[name] for name in ("source_ref", "target_ref", "created_by_ref") if name in one]
        assert set(named) <= ids


def test_reading_our_own_bundle_gives_the_same_facts(full: Picture, brief: Brief, asks: Asks) -> None:
    for partner in (None, "Partner A", "Partner B"):
        released = release(full, brief, asks(partner))
        told = import_stix.read(export_stix.export(full, brief, reader=asks(partner)).text.encode())

        marks = released.marks
        reports = sorted((stix_facts.of_report(r, marks[r.id]) for r in released.reports), key=_id)
        claims = sorted((stix_facts.of_claim(c, marks[c.id]) for c in released.claims), key=_id)
        contacts = sorted((stix_facts.of_contact(c, marks[c.id]) for c in released.encounters), key=_id)
        assert (list(told.reports), list(told.claims), list(told.contacts)) == (reports, claims, contacts)


def _id(fact: stix_facts.Fact) -> str:
    return fact.watchfloor_id


def test_the_same_picture_gives_the_same_bytes_and_ids_do_not_depend_on_order(full: Picture, brief: Brief) -> None:
    turned = replace(full, claims=full.claims[::-1], encounters=full.encounters[::-1])

    assert export_stix.export(full, brief).text == export_stix.export(full, brief).text
    assert export_stix.export(turned, brief).text == export_stix.export(full, brief).text


def test_what_a_partner_may_not_have_is_nowhere_in_the_bytes(full: Picture, brief: Brief, asks: Asks) -> None:
    made = export_stix.export(full, brief, reader=asks("Partner B"))

    for word in ("Closer", "Kept", "Meridian", "Ledger", "Partner A", *(report.id for report in full.reports[1:])):
        assert word not in made.text
    assert made.withheld


def test_a_partner_to_whom_nothing_is_released_gets_a_bundle_of_nothing(
    full: Picture, brief: Brief, asks: Asks
) -> None:
    assert set(by_type(export_stix.export(full, brief, reader=asks("Stranger")).text)) == {"identity"}


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_sent_as_the_official_definition_and_read_again(level: Level) -> None:
    official, ours = definitions(
        Marking(level=level, releasable_to=frozenset({"B", "A"}), caveats=("no onward release",))
    )

    assert official["extensions"][TLP_EXTENSION]["tlp_2_0"] == level.lower()
    assert ours["definition"]["statement"] == "REL TO: A, B; no onward release"
    assert level_of([ours["id"], official["id"]], {}) == level


@pytest.mark.parametrize(
    ("refs", "known", "level"),
    [
        (["marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"], {}, "RED"),
        (["x"], {"x": {"name": "TLP:AMBER+STRICT", "definition": {"statement": "TLP:AMBER+STRICT"}}}, "AMBER+STRICT"),
        (["x"], {"x": {"definition_type": "tlp", "definition": {"tlp": "white"}}}, "CLEAR"),
        (["x"], {"x": {"definition": {"tlp": "ultraviolet"}}}, "RED"),
        (["marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487", "x"], {"x": {"name": "TLP:RED"}}, "RED"),
        ([], {}, None),
        ("nonsense", {}, None),
    ],
)
def test_levels_of_others_are_read_and_what_cannot_be_read_is_red(
    refs: object, known: dict[str, Object], level: Level | None
) -> None:
    assert level_of(refs, known) == level


def test_a_note_of_a_partner_without_a_marking_is_taken_as_red() -> None:
    note = {"type": "note", "id": "note--1", "modified": "2024-10-21T09:00:00.000Z", "content": "Troops moved."}

    item, gone = import_stix.items([note, {**note, "revoked": True}, {"type": "identity"}], {})

    assert (item.level, item.text, item.title) == ("RED", "Troops moved.", None)
    assert (gone.withdrawn, gone.text, gone.level) == (True, "", "RED")


@given(
    st.binary(max_size=200)
    | st.text(max_size=60).map(lambda text: json.dumps({"type": "bundle", "objects": text}).encode())
)
def test_what_is_no_bundle_is_refused_in_words(data: bytes) -> None:
    try:
        import_stix.read(data)
    except SourceError as error:
        assert "expected" in str(error)  # noqa: PT017 - either it is a bundle or it is refused so


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from("type id modified name content object_marking_refs extensions external_references".split()),
            _JSON | st.sampled_from(["report", "note"]),
        ),
        max_size=4,
    )
)
def test_no_objects_of_a_partner_break_the_reading(objects: list[Object]) -> None:
    import_stix.items(objects, {})
    import_stix.facts(objects)
