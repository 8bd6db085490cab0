from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.marking import LEVELS, Level, Marking, Reader
from watchfloor.share.release import banner, check, effective, refusal, strictest

Asks = Callable[..., Reader]
PARTNERS = st.frozensets(st.sampled_from(["A", "B", "C"]))
MARKINGS = st.builds(Marking, level=st.sampled_from(LEVELS), releasable_to=PARTNERS)


def test_a_product_is_as_closed_as_its_most_closed_part() -> None:
    made = effective(
        [
            Marking(level="GREEN", releasable_to=frozenset({"A", "B"}), caveats=("one", "two")),
            Marking(level="AMBER", releasable_to=frozenset({"B", "C"}), caveats=("two", "three")),
        ]
    )

    assert made == Marking(level="AMBER", releasable_to=frozenset({"B"}), caveats=("one", "two", "three"))


def test_one_unmarked_part_leaves_the_whole_unmarked() -> None:
    assert effective([Marking(level="CLEAR", releasable_to=frozenset({"A"})), None]) is None


def test_nothing_at_all_is_unmarked() -> None:
    assert effective([]) is None


@given(st.lists(MARKINGS, min_size=1, max_size=5), st.sampled_from(["A", "B", "C"]), st.sampled_from(LEVELS))
def test_who_may_have_the_whole_may_have_every_part(parts: list[Marking], partner: str, clearance: Level) -> None:
    asking = Reader(name="x", partner=partner, clearance=clearance)

    allowed = refusal(effective(parts), asking) is None

    assert allowed == all(refusal(part, asking) is None for part in parts)


@given(st.lists(st.none() | MARKINGS, max_size=5))
def test_the_order_of_the_parts_changes_nothing_but_the_order_of_caveats(parts: list[Marking | None]) -> None:
    assert effective(parts) == effective(parts[::-1])


@pytest.mark.parametrize(
    ("marking", "partner", "clearance", "reason"),
    [
        (None, "A", "RED", "unmarked"),
        (Marking(level="CLEAR"), "A", "RED", "not releasable to this partner"),
        (Marking(level="GREEN", releasable_to=frozenset({"B"})), "A", "RED", "not releasable to this partner"),
        (Marking(level="AMBER", releasable_to=frozenset({"A"})), "A", "GREEN", "above this reader's clearance"),
        (Marking(level="AMBER", releasable_to=frozenset({"A"})), "A", "AMBER", None),
        (None, None, "CLEAR", None),
        (Marking(level="RED"), None, "AMBER", "above this reader's clearance"),
    ],
)
def test_the_rule_denies_unless_the_marking_names_the_partner_within_its_clearance(
    marking: Marking | None, partner: str | None, clearance: Level, reason: str | None, asks: Asks
) -> None:
    assert refusal(marking, asks(partner, clearance)) == reason


def test_what_has_expired_goes_to_no_partner_and_stays_at_home(asks: Asks) -> None:
    moment = datetime(2024, 11, 1, tzinfo=UTC)
    marked = Marking(level="CLEAR", releasable_to=frozenset({"A"}), expires=moment)

    before = replace(asks("A"), at=moment - timedelta(seconds=1))
    assert [refusal(marked, one) for one in (before, replace(before, at=moment), asks("A"), asks(None))] == [
        None,
        "expired",
        "expired",
        None,
    ]


def test_what_is_released_to_a_group_goes_to_its_members(asks: Asks) -> None:
    marked = Marking(level="CLEAR", releasable_to=frozenset({"North"}))

    assert refusal(marked, replace(asks("A"), groups=frozenset({"North"}))) is None
    assert refusal(marked, asks("A")) == "not releasable to this partner"


def test_a_refusal_names_the_rule_and_never_the_content(asks: Asks) -> None:
    with pytest.raises(ReleaseDenied) as caught:
        check(Marking(level="RED", releasable_to=frozenset({"Secret Partner"}), caveats=("hush",)), asks("A"))

    assert str(caught.value) == "refused by the release rule: not releasable to this partner"


def test_a_check_that_passes_says_nothing(asks: Asks) -> None:
    check(Marking(level="GREEN", releasable_to=frozenset({"A"})), asks("A"))


def test_a_partner_with_an_empty_name_gets_nothing_unmarked(asks: Asks) -> None:
    assert refusal(None, asks("")) == "unmarked"


def test_the_banner_names_level_partners_and_caveats() -> None:
    marked = Marking(level="AMBER+STRICT", releasable_to=frozenset({"B", "A"}), caveats=("no onward release",))

    assert banner(marked) == "TLP:AMBER+STRICT | releasable to A, B | no onward release"


def test_a_part_without_a_marking_takes_away_no_level_and_keeps_the_whole_at_home() -> None:
    red = Marking(level="RED", releasable_to=frozenset("A"))

    assert strictest([red, None]) == Marking(level="RED")
    assert strictest([red, red]) == red
    assert strictest([None, None]) is None
    assert strictest([]) is None
