"""Treaties, what they say, who breaks them, and promises on a condition."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.annotate import attributions, commitments, mentions, times
from watchfloor.annotate.instruments import instruments
from watchfloor.core.annotation import Annotation, Commitment, Party
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.records import plain_report


def read(text: str) -> tuple[Report, list[Commitment]]:
    report = plain_report(text, day="2024-10-21")
    found: list[Annotation] = []
    for part in (mentions, times, attributions):
        found += part.annotate(report, found)
    return report, list(commitments.annotate(report, found))


def codes(parties: tuple[Party, ...]) -> list[str | None]:
    return [one.country for one in parties]


def words(report: Report, span: Span | None) -> str | None:
    return report.text[span.start : span.end] if span else None


@pytest.mark.parametrize(
    ("text", "name", "part"),
    [
        ("under UN Security Council resolution 1718", "UN Security Council resolution 1718", None),
        ("Article 3 of the pact", "pact", "Article 3"),
        ("violating the 2020 ceasefire agreement, which", "2020 ceasefire agreement", None),
        (
            "the Treaty on the Non-Proliferation of Nuclear Weapons",
            "Treaty on the Non-Proliferation of Nuclear Weapons",
            None,
        ),
        ("broke a memorandum of understanding", "memorandum of understanding", None),
    ],
)
def test_an_instrument_is_named_without_its_article_and_with_the_part_that_is_meant(
    text: str, name: str, part: str | None
) -> None:
    (found,) = instruments(text, 0, len(text))

    assert (found.name, found.part) == (name, part)


def test_an_organisation_named_after_a_treaty_is_no_treaty() -> None:
    text = "the Collective Security Treaty Organization met"

    assert instruments(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "kind", "parties", "instrument"),
    [
        ("Pakistan and Saudi Arabia signed a defence pact in Riyadh.", "signs", ["PAK", "SAU"], "defence pact"),
        ("Poland signed a contract with South Korea.", "signs", ["POL", "KOR"], "contract"),
        ("Moscow suspended the New START treaty last year.", "ends", ["RUS"], "New START treaty"),
        (
            "Azerbaijan accused Yerevan of violating the 2020 ceasefire agreement.",
            "violates",
            ["ARM"],
            "2020 ceasefire agreement",
        ),
    ],
)
def test_who_signs_leaves_or_breaks_what(text: str, kind: str, parties: list[str], instrument: str) -> None:
    _, (found,) = read(text)

    assert (found.kind, codes(found.parties), found.instrument) == (kind, parties, instrument)


def test_an_accusation_is_alleged_by_the_accuser() -> None:
    _, (found,) = read("Azerbaijan accused Yerevan of violating the 2020 ceasefire agreement.")

    assert (found.status, found.asserted_by) == ("alleged", "Azerbaijan")


def test_an_article_binds_those_who_signed_its_treaty() -> None:
    report, found = read(
        "Chad and Niger signed a treaty in May. Article 2 of the treaty obliges the two states to share intelligence."
    )
    provides = found[-1]

    assert (provides.kind, provides.article, codes(provides.parties)) == ("provides", "Article 2", ["TCD", "NER"])
    assert words(report, provides.measure) == "the two states to share intelligence"


@pytest.mark.parametrize(
    ("text", "party", "measure", "condition"),
    [
        (
            "Hungary has threatened to block aid unless the transit of gas resumes.",
            "HUN",
            "block aid",
            "unless the transit of gas resumes",
        ),
        (
            "France will consider sending instructors if Kyiv asks for them.",
            "FRA",
            "consider sending instructors",
            "if Kyiv asks for them",
        ),
    ],
)
def test_a_promise_has_its_party_measure_and_condition(text: str, party: str, measure: str, condition: str) -> None:
    report, (found,) = read(text)

    assert (found.kind, found.status, codes(found.parties)) == ("promises", "hypothetical", [party])
    assert words(report, found.measure) in {measure, measure.removeprefix("consider ")}
    assert words(report, found.condition) == condition


def test_a_pledge_without_a_condition_is_planned() -> None:
    report, (found,) = read("Islamabad promised to raise taxes on agriculture.")

    assert (found.status, found.condition) == ("planned", None)
    assert words(report, found.measure) == "raise taxes on agriculture"


def test_the_doer_of_such_actions_is_whose_deed_was_told_before() -> None:
    _, found = read(
        "Seoul protested against North Korea's launch of a satellite. "
        "Such actions violate several U.N. Security Council resolutions, the ministry said."
    )

    assert codes(found[-1].parties) == ["PRK"]


@pytest.mark.parametrize("text", ["She will come if it rains.", "The agreement is long.", "He broke his leg in Ghana."])
def test_what_binds_nobody_known_is_no_commitment(text: str) -> None:
    assert read(text)[1] == []


@given(st.text(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    report, found = read(f"{text} Chad will leave the treaty if Niger signs it. {text}")

    for one in found:
        for span in (one.span, one.measure, one.condition):
            assert span is None or 0 <= span.start < span.end <= len(report.text)


def test_a_description_before_a_name_is_no_third_signer() -> None:
    _, found = read("In May, Chad's Idris Moussa and the North's leader, Anna Berg, signed a treaty in Niamey.")

    assert [[party.name for party in one.parties] for one in found if one.kind == "signs"] == [
        ["Idris Moussa", "Anna Berg"]
    ]
