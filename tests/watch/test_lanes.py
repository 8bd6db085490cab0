from datetime import date

from watchfloor.core.brief import Moment
from watchfloor.watch.lanes import NOBODY, OTHERS, lanes

SIDES = {"Ana Lindqvist": "Veldia", "Tomas Brandt": "The Alliance"}


def side(name: str) -> str:
    return SIDES.get(name, name)


def moment(kind: str, *parties: str) -> Moment:
    return Moment(day=date(2031, 3, 4), label="", kind=kind, text="", parties=parties, citations=())  # type: ignore[arg-type]


def test_by_kind_only_lanes_with_something_in_them_are_there() -> None:
    made = lanes([moment("said"), moment("published")], "kind", side)

    assert [(lane.name, [one.number for one in lane.placed]) for lane in made] == [("Said", [1]), ("Published", [2])]


def test_a_call_stands_in_the_lane_of_both_sides() -> None:
    made = lanes([moment("happened", "Ana Lindqvist", "Tomas Brandt")], "party", side)

    assert [lane.name for lane in made] == ["The Alliance", "Veldia"]


def test_two_of_one_side_are_one_entry() -> None:
    made = lanes([moment("happened", "Ana Lindqvist", "Veldia")], "party", side)

    assert [(lane.name, len(lane.placed)) for lane in made] == [("Veldia", 1)]


def test_the_sides_met_most_have_lanes_and_the_rest_share_one() -> None:
    moments = [moment("said", "A"), moment("said", "A"), moment("said", "B"), moment("said", "C"), moment("said")]

    made = lanes([*moments, moment("published")], "party", side, most=2)

    assert [(lane.name, len(lane.placed)) for lane in made] == [("A", 2), (OTHERS, 2), (NOBODY, 1), ("Published", 1)]


def test_a_party_that_is_called_like_a_lane_of_ours_takes_nothing_from_it() -> None:
    made = lanes([moment("said", OTHERS), moment("said", "B"), moment("said", "C")], "party", side, most=2)

    assert sum(len(lane.placed) for lane in made) == 3
