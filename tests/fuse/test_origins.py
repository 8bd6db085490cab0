import random

from hypothesis import given
from hypothesis import strategies as st

from watchfloor.fuse.origins import Briefing, Edge, Voice, count


def voice(report: str, party: str | None, **more: object) -> Voice:
    return Voice(report=report, outlet=f"{report}.example", party=party, **more)  # type: ignore[arg-type]


def span(
    voices: list[Voice], edges: list[Edge] | None = None, briefings: list[Briefing] | None = None
) -> tuple[int, int]:
    counted = count(voices, edges or [], briefings or [])
    return counted.at_least, counted.at_most


def test_three_reports_of_one_party_have_one_origin() -> None:
    assert span(
        [voice("a", "Intelligence Service"), voice("b", "Intelligence Service"), voice("c", "Intelligence Service")]
    ) == (1, 1)


def test_two_parties_that_owe_each_other_nothing_are_two_origins() -> None:
    assert span(
        [
            voice("a", "Ministry X", principals=frozenset({"XXX"})),
            voice("b", "Ministry Y", principals=frozenset({"YYY"})),
        ]
    ) == (2, 2)


def test_two_offices_of_one_state_are_one_or_two_origins() -> None:
    assert span(
        [voice("a", "Embassy", principals=frozenset({"RUS"})), voice("b", "Kremlin", principals=frozenset({"RUS"}))]
    ) == (1, 2)


def test_a_joint_statement_may_be_one_with_that_of_either_side() -> None:
    joint = voice("a", "President X and President Y", principals=frozenset({"XXX", "YYY"}))

    assert span([joint, voice("b", "Minister of X", principals=frozenset({"XXX"}))]) == (1, 2)


def test_an_official_of_a_state_that_nobody_names_may_be_the_others() -> None:
    assert span(
        [voice("a", "Minister", principals=frozenset({"?"})), voice("b", "Envoy", principals=frozenset({"X"}))]
    ) == (1, 2)
    assert span([voice("a", "Minister", principals=frozenset({"?"})), voice("b", "Professor")]) == (2, 2)


def test_a_surname_never_introduced_may_belong_to_a_named_party() -> None:
    counted = count([voice("a", "Intelligence Service"), voice("b", "Han", introduced=False)], [])

    assert (counted.at_least, counted.at_most) == (1, 2)
    assert "not introduced" in counted.origins[0].reasons[0]


def test_a_party_that_was_briefed_by_the_other_is_at_most_a_second_origin() -> None:
    voices = [
        voice("a", "Intelligence Service", principals=frozenset({"KOR"})),
        voice("b", "Secretary General", principals=frozenset({"NATO"})),
    ]

    assert span(voices) == (2, 2)
    assert span(voices, briefings=[Briefing(left="KOR", right="NATO", how="KOR had briefed NATO")]) == (1, 2)


def test_a_spokesperson_and_the_body_are_one_origin() -> None:
    assert span([voice("a", "Ministry"), voice("b", "Spokesperson", body="Ministry")]) == (1, 1)


def test_a_copy_adds_no_origin() -> None:
    original = voice("a", None)

    assert span([original]) == (1, 1)
    assert span([original, voice("b", None)], [("b", "a", "copy")]) == (1, 1)


def test_reports_that_credit_only_each_other_have_no_verified_origin() -> None:
    counted = count([voice("a", None), voice("b", None)], [("a", "b", "credit"), ("b", "a", "credit")])

    assert (counted.at_least, counted.at_most, counted.circular) == (0, 1, True)


def test_a_loop_with_one_exit_has_one_origin_and_is_still_flagged() -> None:
    counted = count([voice("a", None), voice("b", "Ministry")], [("a", "b", "credit"), ("b", "a", "credit")])

    assert (counted.at_least, counted.at_most, counted.circular) == (1, 1, True)
    assert counted.origins[0].reports == ("a", "b")


def test_unnamed_sources_of_two_routes_may_be_one_when_one_credits_the_other() -> None:
    voices = [voice("a", None, anonymous=True), voice("b", None, anonymous=True)]

    assert span(voices, [("b", "a", "credit")]) == (1, 2)


def test_unnamed_officials_of_different_states_never_merge() -> None:
    voices = [
        voice("a", None, anonymous=True, principals=frozenset({"FRA"})),
        voice("b", None, anonymous=True, principals=frozenset({"GBR"})),
    ]

    assert span(voices) == (2, 2)


VOICES = st.lists(
    st.builds(
        voice,
        st.sampled_from("abcdef"),
        st.sampled_from([None, "P", "Q", "R"]),
        principals=st.sampled_from([frozenset(), frozenset("X"), frozenset("Y"), frozenset("XY")]),
        introduced=st.booleans(),
        anonymous=st.just(False),
    ),
    min_size=1,
    max_size=8,
)
EDGES = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.just("copy")), max_size=6)


@given(VOICES, EDGES, st.randoms(use_true_random=False))
def test_the_order_of_voices_and_edges_changes_nothing(
    voices: list[Voice], edges: list[Edge], chance: random.Random
) -> None:
    before = count(voices, edges)
    chance.shuffle(voices)
    chance.shuffle(edges)

    assert count(voices, edges) == before


@given(VOICES, EDGES)
def test_at_least_is_never_more_than_at_most(voices: list[Voice], edges: list[Edge]) -> None:
    counted = count(voices, edges)

    assert 0 <= counted.at_least <= counted.at_most


@given(VOICES, EDGES, st.sampled_from(["P", "Q"]))
def test_a_pure_copy_of_an_attributed_report_never_moves_the_range(
    voices: list[Voice], edges: list[Edge], party: str
) -> None:
    original = voice("a", party)
    told = [*voices, original]

    before = count(told, edges)
    after = count([*told, voice("z", party)], [*edges, ("z", "a", "copy")])

    assert (after.at_least, after.at_most) == (before.at_least, before.at_most)


def test_a_chain_of_spokesmen_ends_in_one_origin_whatever_their_names() -> None:
    for name in ("Aide", "Yoon"):
        assert span(
            [voice("a", name, body="Service"), voice("b", "Service", body="Ministry"), voice("c", "Ministry")]
        ) == (1, 1)
