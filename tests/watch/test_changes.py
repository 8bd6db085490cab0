from collections.abc import Callable

import pytest
from msgspec import structs

from watchfloor.core.annotation import Party
from watchfloor.core.report import Flag
from watchfloor.flow.records import plain_report
from watchfloor.watch.changes import changes

Make = Callable[..., object]

FIRST = plain_report("The office said the pier was closed. It said 300 men came.", outlet="a.example", address="a")
SECOND = plain_report("The union confirmed that the pier was closed.", outlet="b.example", address="b")
A, B = Party(name="Ann Lee", country="NOR"), Party(name="Bob Roy", country="DNK")


def kinds(before: object, after: object) -> list[str]:
    return [one.kind for one in changes(before, after)]  # type: ignore[arg-type]


@pytest.fixture
def closed(claim: Make, position: Make) -> Callable[..., object]:
    def make(*more: object, **fields: object) -> object:
        return claim("the pier was closed", position(FIRST, "the pier was closed", party="Office"), *more, **fields)

    return make


def seconded(position: Make, **fields: object) -> object:
    return position(SECOND, "the pier was closed", **({"party": "Union"} | fields))


def test_nothing_changes_between_a_picture_and_itself(picture: Make, closed: Make) -> None:
    same = picture(FIRST, claims=(closed(),))

    assert kinds(same, same) == []


def test_a_claim_that_was_not_there_is_new_with_its_words(picture: Make, closed: Make) -> None:
    (found,) = changes(picture(), picture(FIRST, claims=(closed(),)))  # type: ignore[arg-type]

    assert found.kind == "new claim"
    assert [FIRST.text[s.start : s.end] for s in found.spans] == ["the pier was closed"]
    assert "1 report, 1 independent origin" in found.detail


def test_a_second_origin_makes_a_claim_newly_independent(picture: Make, closed: Make, position: Make) -> None:
    before = picture(FIRST, claims=(closed(),))
    after = picture(FIRST, SECOND, claims=(closed(seconded(position), origins_min=2, origins_max=2),))
    (found,) = changes(before, after)  # type: ignore[arg-type]

    assert (found.kind, found.detail) == ("newly independent", "independent origins: 1 before, 2 now")


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"stance": "denies"}, "denied"),
        ({"stance": "confirms"}, "confirmed"),
        ({"party": "Office"}, "repeated"),
    ],
)
def test_more_positions_are_told_by_what_they_do(
    picture: Make, closed: Make, position: Make, fields: dict[str, object], kind: str
) -> None:
    before = picture(FIRST, claims=(closed(),))

    assert kinds(before, picture(FIRST, SECOND, claims=(closed(seconded(position, **fields)),))) == [kind]


def test_a_withdrawn_report_takes_origins_away(picture: Make, closed: Make) -> None:
    before = picture(FIRST, claims=(closed(),))

    assert kinds(before, picture(FIRST, claims=(closed(origins_min=0, origins_max=0),))) == ["less independent"]


def test_what_is_gone_was_taken_back_only_where_somebody_says_so(picture: Make, closed: Make, position: Make) -> None:
    before = picture(FIRST, claims=(closed(),))
    renewed = structs.replace(FIRST, id="rep_renewed")
    notice = structs.replace(
        renewed, flags=(Flag(name="withdrawn", certainty="disclosed", detail="says so", start=0, end=4),)
    )
    withdrawing = closed(seconded(position, stance="withdraws"))

    assert kinds(before, picture()) == kinds(before, picture(renewed)) == ["no longer carried"]
    assert "other words" in changes(before, picture(renewed))[0].detail  # type: ignore[arg-type]
    assert kinds(before, picture(notice)) == ["withdrawn"]
    assert kinds(before, picture(FIRST, SECOND, claims=(withdrawing,))) == ["withdrawn"]


def test_a_plan_that_is_carried_out_is_told_once(picture: Make, encounter: Make) -> None:
    before = picture(FIRST, encounters=(encounter(FIRST, A, B, status="planned"),))
    after = picture(FIRST, encounters=(encounter(FIRST, A, B, status="actual"),))

    assert kinds(before, after) == ["carried out"]
    assert kinds(picture(), after) == ["new contact"]


def test_what_takes_weight_away_comes_before_what_is_new(
    picture: Make, closed: Make, claim: Make, position: Make
) -> None:
    new = claim("300 men came", position(FIRST, "300 men came"))
    before: object = picture(FIRST, claims=(closed(),))

    assert kinds(before, picture(FIRST, claims=(new, closed(origins_min=0)))) == ["less independent", "new claim"]
