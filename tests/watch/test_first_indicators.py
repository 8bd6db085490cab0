"""The file to begin with says what the picture holds, where it took it from, and is right whatever stands in it."""

import tomllib
from typing import Any

import pytest
from msgspec import structs

from watchfloor.core.annotation import Attribution, Mention, Party, Place, Quantity
from watchfloor.core.marking import Marking
from watchfloor.watch.first_indicators import first_indicators
from watchfloor.watch.watch_file import read


def by_id(text: str) -> dict[str, Any]:
    found, problems = read(text)
    assert problems == ()
    return {one.id: one for one in found.indicators}


def taken_from(text: str, id: str) -> str:
    """Return the comment above an indicator."""
    blocks = [block for block in text.split("\n\n") if f'id = "{id}"' in block]
    return blocks[0].partition("\n[[")[0]


@pytest.fixture
def ships(report: Any, at: Any, position: Any, figure: Any, claim: Any, encounter: Any, picture: Any) -> Any:
    """Two reports: a ship held in a bay, its sailors counted, a minister who declines, a meeting planned."""
    one = report(
        "The navy held the Marlow in Orlo Bay. About 24 sailors are on the Marlow off Orlo Bay.", outlet="Gull"
    )
    two = report("Norland denied that the Marlow came to Orlo Bay. Minister Ode declined to comment.", outlet="Tern")
    said = [
        position(one, "The navy held the Marlow in Orlo Bay", party="Ana Ruiz"),
        position(one, "About 24 sailors are on the Marlow off Orlo Bay", party="Ana Ruiz"),
        position(two, "the Marlow came to Orlo Bay", party="Norland", stance="denies"),
    ]
    counted = figure(one, "About 24 sailors", 22, 26, unit="sailor")
    made_by: dict[str, Any] = {"generated_by": "test@1"}

    def named(where: Any, ship: str, bay: str) -> tuple[Any, Any]:
        place = Place(
            span=at(where, bay), name="Orlo Bay", country=None, latitude=1.0, longitude=1.0,
            geonames_id=None, **made_by,
        )  # fmt: skip
        return Mention(span=at(where, ship), type="product", name="Marlow", **made_by), place

    declined = Attribution(
        span=at(two, "Minister Ode declined to comment"), source=(at(two, "Minister Ode"),), cue=(at(two, "declined"),),
        content=(), speaker="Minister Ode", speaker_type="person", kind="indirect", act="decline-to-comment", **made_by,
    )  # fmt: skip
    sailors = Quantity(span=counted.span, low=22, high=26, figure=24, unit="sailor", hedge="about", **made_by)
    ministers = (Party(name="Ana Ruiz"), Party(name="Ben Ode"))
    return picture(
        one,
        two,
        annotations={
            one.id: (*named(one, "Marlow", "in Orlo Bay"), *named(one, "on the Marlow", "off Orlo Bay"), sailors),
            two.id: (*named(two, "Marlow", "Orlo Bay"), declined),
        },
        claims=(
            claim(said[0].quote, said[0], said[2]),
            claim(said[1].quote, said[1], topic="figure", figures=(counted,)),
        ),
        encounters=(encounter(one, *ministers, status="planned"), encounter(two, *ministers)),
        outlets={one.id: "Gull", two.id: "Tern"},
    )


def test_an_empty_picture_gives_the_general_indicators_and_says_so(picture: Any) -> None:
    text = first_indicators(picture())

    assert set(by_id(text)) == {"second-origin", "another-story", "plans-kept", "new-contact"}
    assert "There were no reports yet" in text


def test_each_indicator_asks_for_what_the_picture_holds_and_says_where_it_was_taken_from(ships: Any) -> None:
    text = first_indicators(ships)
    made = by_id(text)

    assert (made["higher-figure"].above, made["higher-figure"].units) == (24, ("sailor",))
    assert "“About 24 sailors” (Ana Ruiz in Gull)" in taken_from(text, "higher-figure")
    assert made["second-origin"].words == ("Marlow",)
    assert "Marlow is named in 2 claims" in taken_from(text, "second-origin")
    assert made["at-the-place"].places == ("Orlo Bay",)
    assert made["silence-broken"].speakers == ("Minister Ode",)
    assert made["new-contact"].parties == ("Ana Ruiz",)
    assert "first: Norland denies “The navy held the Marlow in Orlo Bay”" in taken_from(text, "another-story")
    assert "Now planned: date not given: “Planned call between Ana Ruiz and Ben Ode" in taken_from(text, "plans-kept")


def test_the_text_says_how_far_what_it_names_is_marked(ships: Any, claim: Any) -> None:
    marked = tuple(structs.replace(one, marking=Marking(level="AMBER")) for one in ships.claims)

    assert "marked up to TLP:AMBER" in first_indicators(structs.replace(ships, claims=marked))
    assert "TLP" not in first_indicators(ships)


@pytest.mark.parametrize("name", ['A"]\n[[measure]]\nid = "x', "O\u2028rlo\x7f\x00\\", "N" * 3_000, "\u202egnivom"])
def test_whatever_a_name_holds_the_file_stays_right_and_its_comments_stay_comments(
    name: str, picture: Any, report: Any, encounter: Any
) -> None:
    one = report("They met.")
    met = encounter(one, Party(name=name), status="planned")
    text = first_indicators(picture(one, encounters=(met, met)))

    assert len(by_id(text)) == 4
    assert len(tomllib.loads(text)["measure"]) == 1
    assert max(map(len, text.splitlines())) < 400
