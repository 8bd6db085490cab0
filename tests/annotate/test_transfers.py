"""What passes from whom to whom."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from watchfloor.annotate import attributions, mentions, quantities, times, transfers
from watchfloor.core.annotation import Annotation, Party, Transfer
from watchfloor.core.report import Report
from watchfloor.flow.records import plain_report


def read(text: str) -> tuple[Report, list[Transfer]]:
    report = plain_report(text, day="2024-10-21")
    found: list[Annotation] = []
    for part in (mentions, times, quantities, attributions):
        found += part.annotate(report, found)
    return report, list(transfers.annotate(report, found))


def codes(parties: tuple[Party, ...]) -> list[str | None]:
    return [one.country for one in parties]


@pytest.mark.parametrize(
    ("text", "kind", "giver", "receiver", "status"),
    [
        ("Brazil's navy donated a patrol boat to Namibia.", "arms", ["BRA"], ["NAM"], "actual"),
        ("Serbia bought surface-to-air missiles from China in 2022.", "arms", ["CHN"], ["SRB"], "actual"),
        ("Venezuela exported 200,000 barrels of oil to Cuba.", "goods", ["VEN"], ["CUB"], "actual"),
        ("Some 1,000 soldiers were sent to Mali by Moscow in 2021.", "troops", ["RUS"], ["MLI"], "actual"),
        ("Kenya will send another 600 police officers to Haiti.", "troops", ["KEN"], ["HTI"], "planned"),
        ("Berlin approved the sale of six submarines to Singapore.", "arms", ["DEU"], ["SGP"], "planned"),
        ("Turkey could buy 40 fighter jets from Britain.", "arms", ["GBR"], ["TUR"], "hypothetical"),
        ("Germany refused to supply Taurus missiles to Ukraine.", "arms", ["DEU"], ["UKR"], "denied"),
        ("Belgrade has never supplied weapons to Kyiv.", "arms", ["SRB"], ["UKR"], "denied"),
        ("Japan pledged to provide Ukraine with $3.3 billion in loans.", "money", ["JPN"], ["UKR"], "planned"),
    ],
)
def test_who_gives_what_to_whom_is_read_with_its_status(
    text: str, kind: str, giver: list[str], receiver: list[str], status: str
) -> None:
    _, (found,) = read(text)

    assert (found.kind, codes(found.giver), codes(found.receiver), found.status) == (kind, giver, receiver, status)


def test_the_words_for_how_much_and_for_what_is_had_in_return_are_kept() -> None:
    report, (found,) = read("In return for the drones, Iran is seeking Su-35 fighter jets from Russia.")

    assert found.in_exchange is not None
    assert report.text[found.in_exchange.start : found.in_exchange.end] == "the drones"
    assert (codes(found.giver), codes(found.receiver), found.status) == (["RUS"], ["IRN"], "hypothetical")


def test_a_sum_of_money_is_the_quantity() -> None:
    report, (found,) = read("Qatar transferred $15 million in cash to Gaza.")

    assert found.quantity is not None
    assert report.text[found.quantity.start : found.quantity.end] == "$15 million"


def test_what_somebody_says_of_another_is_alleged_and_by_whom() -> None:
    _, (found,) = read("Iran has supplied Russia with hundreds of Shahed drones, the White House says.")

    assert (found.status, found.asserted_by) == ("alleged", "the White House")


def test_a_denial_is_of_whoever_denies() -> None:
    _, (found,) = read("Tehran denies providing weapons to Moscow.")

    assert (found.status, codes(found.giver)) == ("denied", ["IRN"])


def test_who_warns_against_a_delivery_does_not_deliver() -> None:
    _, found = read("The opposition warned against supplying Ukraine with lethal weapons.")

    assert [one.giver for one in found] == [()]


@pytest.mark.parametrize(
    "text",
    [
        "Poland moved 1,000 troops to its eastern border.",
        "The minister gave a speech to students in Lyon.",
        "Yoon takes the troop dispatch to the NATO chief.",
        "He sent a letter to the weapons inspectors.",
    ],
)
def test_words_of_giving_without_thing_or_other_side_are_no_transfer(text: str) -> None:
    assert read(text)[1] == []


def test_every_transfer_says_why() -> None:
    _, (found,) = read("Brazil's navy donated a patrol boat to Namibia.")

    assert found.because == '"donate" with "boat"; actual: nothing speaks against it'


@given(st.text(max_size=400))
@settings(max_examples=40, deadline=None)
def test_any_text_gives_spans_inside_it(text: str) -> None:
    report, found = read(f"{text} Kenya will send 600 police officers to Haiti. {text}")

    for one in found:
        assert 0 <= one.thing.start < one.thing.end <= len(report.text)
