"""Drawings as pure functions: well-formed whatever is in them, nothing on top of anything, the same every time."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.core.brief import Moment
from watchfloor.core.whereabout import Extent, Held, Standing, Whereabout
from watchfloor.watch.lanes import lanes
from watchfloor.watch.pairs import Network, Node, Pair
from watchfloor.web import lanes_svg, map_svg, matrix_svg, network_svg
from watchfloor.web.ink import ATTRIBUTES, dressed
from watchfloor.web.lanes_columns import ZOOMS, Zoom, begins, ends, window
from watchfloor.web.network_layout import layout

ANY_TEXT = st.text(max_size=60)
ANY_DAY = st.none() | st.dates()
HOSTILE = '<script>alert(1)</script>" onload="x\u202egpj.exe\u0000 {{7*7}} \ud800 javascript:x & שלום عربى 대통령'
SVG = "{http://www.w3.org/2000/svg}"


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(str(picture))


def moment(
    day: date | None, last: date | None = None, text: str = "It is so", kind: str = "said", **more: object
) -> Moment:
    fields: dict[str, object] = {
        "label": "a day", "parties": ("Veldia",), "citations": (), "precision": "day" if day and not last else "week",
    }  # fmt: skip
    return Moment(day=day, last=last, kind=kind, text=text, **(fields | more))  # type: ignore[arg-type]


def timeline(moments: list[Moment], zoom: Zoom = "day", by: str = "kind") -> str:
    rows = lanes(moments, by, str)  # type: ignore[arg-type]
    shown = window(rows, zoom)
    return str(lanes_svg.draw(rows, shown, lambda one: f"#t{one.number}", lambda left: f"#t{left[0].number}"))


def place(number: int = 1, **fields: object) -> Whereabout:
    values: dict[str, object] = {
        "id": f"p{number}", "name": f"Place {number}", "country": "RUS", "latitude": 55.0, "longitude": 37.0,
        "extent": "point", "standing": "one party", "held": (), "mentions": (), "reports": 1,
    }  # fmt: skip
    return Whereabout(**(values | fields))  # type: ignore[arg-type]


def plotted(places: list[Whereabout]) -> map_svg.Drawing:
    return map_svg.draw(places, lambda one: f"#{one.id}")


def graph(names: list[str], pairs: dict[tuple[str, str], int]) -> Network:
    return Network(
        nodes=tuple(Node(name=name, side=name, contacts=1, others=1) for name in names),
        pairs=tuple(
            Pair(left=left, right=right, contacts=("enc",) * count, solidity="held")
            for (left, right), count in sorted(pairs.items())
        ),
    )


@settings(max_examples=40)
@given(st.lists(st.tuples(ANY_TEXT, ANY_DAY, ANY_DAY, ANY_TEXT), max_size=6), st.sampled_from(ZOOMS))
def test_any_moment_makes_a_well_formed_timeline(
    rows: list[tuple[str, date | None, date | None, str]], zoom: Zoom
) -> None:
    moments = [moment(day, last, text, label=label, parties=(label,)) for text, day, last, label in rows]

    for by in ("kind", "party"):
        if picture := timeline(moments, zoom, by):
            parsed(dressed(picture, "TLP:RED"))


@settings(max_examples=30)
@given(
    ANY_TEXT,
    st.floats(-90, 90),
    st.floats(-180, 180),
    st.sampled_from(sorted(map_svg.EXTENT_WORDS)),
    st.sampled_from(sorted(map_svg.STANDING_WORDS)),
)
def test_any_place_makes_a_well_formed_map(
    name: str, north: float, east: float, extent: Extent, standing: Standing
) -> None:
    drawn = plotted([place(name=name, latitude=north, longitude=east, extent=extent, standing=standing)])

    parsed(dressed(drawn.picture, "TLP:RED"))


@settings(max_examples=50)
@given(st.lists(ANY_TEXT, min_size=1, max_size=8, unique=True))
def test_any_names_make_a_well_formed_graph_and_matrix(names: list[str]) -> None:
    pairs = {(min(a, b), max(a, b)): 2 for a, b in pairwise(names)}
    network = graph(names, pairs)

    parsed(network_svg.draw(network, lambda _: "#a", lambda _: "#b").picture)
    parsed(matrix_svg.draw(network, lambda _: "#b"))


def drawings() -> list[str]:
    network = graph([HOSTILE, "B"], {("B", HOSTILE): 2})
    return [
        timeline([moment(date(2031, 1, 2), text=HOSTILE, parties=(HOSTILE,))], by="party"),
        str(plotted([place(name=HOSTILE)]).picture),
        str(network_svg.draw(network, lambda _: "#a", lambda _: "#b").picture),
        str(matrix_svg.draw(network, lambda _: "#b")),
    ]


@pytest.mark.parametrize("at", range(4))
def test_a_hostile_name_is_only_text(at: int) -> None:
    tree = parsed(drawings()[at])

    tags = {element.tag.removeprefix(SVG) for element in tree.iter()}
    attributes = {name for element in tree.iter() for name in element.attrib}
    assert tags <= {"svg", "title", "desc", "a", "g", "rect", "line", "path", "circle", "ellipse", "text"}
    assert not [
        name for name in attributes if name.startswith("on") or name in ("style", "{http://www.w3.org/1999/xlink}href")
    ]
    assert "\u202e" not in drawings()[at]


@pytest.mark.parametrize("at", range(4))
def test_every_class_has_a_look_and_every_picture_a_name(at: int) -> None:
    tree = parsed(drawings()[at])

    used = {name for element in tree.iter() for name in element.get("class", "").split() if name.startswith("d-")}
    assert used <= set(ATTRIBUTES)
    named = {element.get("id") for element in tree.iter()}
    assert tree.get("aria-labelledby") in named
    assert tree.get("aria-describedby") in named
    assert all(link.get("aria-label") for link in tree.iter(f"{SVG}a"))


def test_a_file_of_its_own_has_its_marking_twice_its_look_and_no_links() -> None:
    whole = dressed(str(plotted([place()]).picture), "TLP:AMBER & more")

    tree = parsed(whole)
    assert [text.text for text in tree.iter(f"{SVG}text")].count("TLP:AMBER & more") == 2
    assert not list(tree.iter(f"{SVG}a"))
    assert "stroke=" in whole


def test_a_month_is_a_bar_over_its_days_and_a_day_is_a_sign() -> None:
    days = [moment(date(2031, 3, day)) for day in (3, 10, 20)]
    whole = moment(date(2031, 3, 1), date(2031, 3, 31), kind="planned", label="March 2031")

    picture = timeline([*days, whole])

    assert picture.count("d-span-planned") == 1
    bar = re.search(r'<rect x="(\d+)"[^>]*width="(\d+)"[^>]*class="d-span d-span-planned"', picture)
    assert bar is not None
    assert int(bar[2]) > 3 * lanes_svg.COLUMN  # over its own first day and the three others


def test_a_month_is_a_sign_when_columns_are_months() -> None:
    assert "d-span-planned" not in timeline([moment(date(2031, 3, 1), date(2031, 3, 31), kind="planned")], "month")


def test_a_span_that_goes_on_beyond_the_columns_has_an_arrow() -> None:
    assert 'class="d-arrow"' in timeline([moment(date(2031, 3, 1), None, precision="week")])


def test_a_full_day_is_folded_into_a_number_that_leads_to_the_list() -> None:
    picture = timeline([moment(date(2031, 3, 4), text=f"Item {at}") for at in range(10)])

    assert "+7 more" in picture
    assert 'href="#t4"' in picture


def test_the_latest_columns_are_drawn_and_the_others_counted() -> None:
    rows = lanes([moment(date(2031, 1, 1) + timedelta(days=3 * at)) for at in range(30)], "kind", str)

    shown = window(rows, "day")
    earlier = window(rows, "day", date(2031, 1, 4))

    assert (len(shown.columns), shown.before, shown.after) == (8, 22, 0)
    assert (earlier.before, earlier.columns[0], earlier.after) == (1, date(2031, 1, 4), 21)


@given(st.dates(), st.sampled_from(ZOOMS))
def test_a_day_stands_in_its_column(day: date, zoom: Zoom) -> None:
    assert begins(day, zoom) <= day <= ends(begins(day, zoom), zoom)


def test_five_hundred_moments_of_one_day_are_a_small_picture() -> None:
    picture = timeline(
        [moment(date(2031, 3, 4), text="A long " * 40, parties=(f"P{at}",)) for at in range(500)], by="party"
    )

    assert len(picture) < 60_000
    parsed(picture)


def boxes(picture: str) -> list[tuple[float, float, float, float]]:
    from watchfloor.web.lettering import width

    found = []
    for element in parsed(picture).iter(f"{SVG}text"):
        if "d-halo" in element.get("class", ""):
            x, y, text = float(element.get("x", 0)), float(element.get("y", 0)), element.text or ""
            found.append((x, y - 12.2, x + width(text, 12.5), y + 3.4))
    return found


def overlapping(found: list[tuple[float, float, float, float]]) -> int:
    pairs = [(a, b) for at, a in enumerate(found) for b in found[at + 1 :]]
    return sum(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] - 0.2 and b[1] < a[3] - 0.2 for a, b in pairs)


def test_no_two_names_of_three_hundred_places_overlap_on_a_map() -> None:
    places = [
        place(
            at, name=f"Settlement {at}", latitude=45 + at * 7 % 19 + at * 0.01, longitude=25 + at * 11 % 37 + at * 0.02
        )
        for at in range(300)
    ]

    drawn = plotted(places)

    found = boxes(drawn.picture)
    assert overlapping(found) == 0
    assert len(found) + drawn.unnamed <= 300
    assert len(found) > 60


def test_a_place_without_a_position_is_counted_and_not_drawn() -> None:
    drawn = plotted([place(), place(2, latitude=None, longitude=None)])

    assert drawn.unplaced == 1
    assert "1 place without a position" in drawn.picture


def test_places_on_both_sides_of_the_antimeridian_are_shown_together() -> None:
    drawn = plotted([place(1, longitude=178.0, latitude=65.0), place(2, longitude=-178.0, latitude=65.0)])

    xs = [float(found) for found in re.findall(r'<circle cx="([\d.]+)" cy="[\d.]+" r="6"', drawn.picture)][:2]
    assert 20 < abs(xs[0] - xs[1]) < 400


def test_the_sign_says_how_solid_and_the_ring_how_exact() -> None:
    picture = plotted(
        [place(1, standing="confirmed", extent="region"), place(2, standing="planned", latitude=40.0)]
    ).picture

    assert picture.count('class="d-ring"') == 2  # one in the legend
    assert picture.count("d-mark-confirmed") == 2
    assert picture.count("d-mark-planned") == 2


def test_a_country_is_shaded_as_a_whole() -> None:
    assert 'class="d-country"' in plotted([place(extent="country")]).picture


def test_things_at_one_spot_share_a_sign_with_a_number() -> None:
    picture = plotted([place(1, name="Ulan"), place(2), place(3)]).picture

    assert "Ulan +2" in picture


def test_the_same_graph_is_laid_out_the_same_way_whatever_the_order_of_its_pairs() -> None:
    names = [f"N{at}" for at in range(40)]
    pairs = {(names[at // 2], names[at]): 1.0 + at % 3 for at in range(1, 40)}

    one, tall = layout(names, pairs, 960.0)
    other, _ = layout(names, dict(reversed(pairs.items())), 960.0)

    assert one == other
    assert all(0 <= x <= 960 and 0 <= y <= tall for x, y in one.values())


def test_a_graph_of_150_parties_keeps_its_names_apart() -> None:
    names = [f"Delegate {at}" for at in range(150)]
    pairs = {(names[at // 3], names[at]): 1 + at % 4 for at in range(1, 120)}

    drawn = network_svg.draw(
        graph(names, {(min(k), max(k)): n for k, n in pairs.items()}), lambda _: "#a", lambda _: "#b"
    )

    found = boxes(drawn.picture)
    assert overlapping(found) == 0
    assert len(found) == 150 - drawn.unnamed
    assert drawn.unnamed < 60


def test_an_empty_graph_and_matrix_can_be_drawn() -> None:
    empty = Network(nodes=(), pairs=())

    parsed(network_svg.draw(empty, lambda _: "#a", lambda _: "#b").picture)
    assert matrix_svg.draw(empty, lambda _: "#b") == ""


def test_a_square_of_the_matrix_tells_its_pair_and_how_often() -> None:
    picture = matrix_svg.draw(graph(["A", "B"], {("A", "B"): 3}), lambda pair: f"/contacts?pair={pair.left}")

    assert picture.count('href="/contacts?pair=A"') == 2  # above and below the diagonal
    assert "A and B: 3 contacts" in picture


def test_a_thing_that_is_held_is_counted_in_the_title() -> None:
    held = Held(
        kind="claim", text="x", standing="confirmed", parties=(), against=(), when="", first=None, last=None,
        citations=(),
    )  # fmt: skip

    assert (
        "Ulan (town or site): one party says so, 1 thing"
        in plotted([replace(place(name="Ulan"), held=(held,))]).picture
    )
