from collections.abc import Callable, Sequence

import pytest

from watchfloor.core.annotation import Attribution
from watchfloor.core.report import Report
from watchfloor.fuse.frames import frames, is_whole
from watchfloor.fuse.propositions import MOST_CANDIDATES, Matcher, Statement, differ

Said = Callable[..., Attribution]


@pytest.fixture
def plain(report: Callable[..., Report], said: Said) -> Callable[..., Statement]:
    r = report("It is so.")
    one = said(r, "X", "It is so")

    def make(words: Sequence[str] = (), **more: object) -> Statement:
        values: dict[str, object] = {
            "report": r,
            "said": one,
            "party": "x",
            "family": "assert",
            "words": frozenset(words),
            "numbers": frozenset(),
        }
        return Statement(**(values | more))  # type: ignore[arg-type]

    return make


def many(plain: Callable[..., Statement], size: int) -> list[Statement]:
    """Claims of one long story: all name one of nine states and call up one of seven frames."""
    return [
        plain(
            [f"w{n % 97}", f"v{n % 89}", f"u{n % 83}", f"t{n}"],
            party=f"p{n % 50}",
            frames=frozenset({f"f{n % 7}"}),
            anchors=frozenset({f"S{n % 9}"}),
            wide=frozenset({f"S{n % 9}"}),
        )
        for n in range(size)
    ]


def test_the_cost_of_matching_grows_with_the_number_of_claims_not_with_its_square(
    plain: Callable[..., Statement],
) -> None:
    matcher = Matcher()
    matcher.clusters(many(plain, 2000))

    assert matcher.compared <= 2000 * MOST_CANDIDATES  # all pairs would be 2,000,000


def test_other_numbers_other_days_other_places_and_the_contrary_are_never_one_claim(
    plain: Callable[..., Statement],
) -> None:
    for field, left, right in [
        ("numbers", frozenset({"12"}), frozenset({"14"})),
        ("days", frozenset({"2025-01-01"}), frozenset({"2025-01-02"})),
        ("places", frozenset({"riga"}), frozenset({"tartu"})),
        ("negated", True, False),
        ("family", "assert", "demand"),
    ]:
        assert differ(plain(**{field: left}), plain(**{field: right}))


def test_roles_turned_round_are_another_claim(plain: Callable[..., Statement]) -> None:
    one = plain(sides=frozenset({("ASSAULT", frozenset({"IND"}), frozenset({"PAK"}))}))
    other = plain(sides=frozenset({("ASSAULT", frozenset({"PAK"}), frozenset({"IND"}))}))

    assert differ(one, other)


def test_likeness_of_meaning_without_a_name_in_common_joins_nothing(plain: Callable[..., Statement]) -> None:
    shared = {"text": "It is a threat", "frames": frozenset({"threat"})}
    one = plain(["great", "threat"], anchors=frozenset({"A"}), wide=frozenset({"A"}), **shared)
    other = plain(["great", "threat"], anchors=frozenset({"B"}), wide=frozenset({"B"}), **shared)

    assert len(Matcher(lambda left, right: 1.0).clusters([one, other])) == 2


def test_offices_of_one_state_that_put_one_frame_to_the_same_names_say_one_thing(
    plain: Callable[..., Statement],
) -> None:
    about = {"frames": frozenset({"sovereignty"}), "wide": frozenset({"A", "B"}), "principal": "A"}
    one = plain(["right"], party="x", anchors=frozenset({"A", "B"}), text="our sovereign right", **about)
    other = plain(["matter"], party="y", anchors=frozenset({"B"}), text="a matter of sovereignty", **about)

    assert len(Matcher(lambda left, right: 0.5).clusters([one, other])) == 1
    assert len(Matcher(lambda left, right: 0.1).clusters([one, other])) == 2


def test_a_frame_is_told_by_words_in_any_form() -> None:
    assert frames("They were threatening to pull out.") == {"threat", "withdrawal"}
    assert is_whole(frozenset({"threat"}))
    assert not is_whole(frozenset({"forces"}))
