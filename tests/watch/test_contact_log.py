from collections.abc import Callable

import pytest

from watchfloor.core.annotation import ContactType, Party, Status
from watchfloor.core.encounter import Encounter
from watchfloor.core.entity import Entity
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.watch.contact_log import contact_log, described, lines
from watchfloor.watch.naming import fullest

LINDQVIST = Party(name="Ana Lindqvist", country="VEL")
BRANDT = Party(name="Tomas Brandt", country="IGO")
Make = Callable[..., Report]


@pytest.fixture
def told(report: Make) -> Report:
    return report("Lindqvist and Brandt spoke.")


def test_two_calls_of_one_pair_are_two_rows_in_the_order_of_days(
    told: Report,
    encounter: Callable[..., Encounter],
    picture: Callable[..., Picture],
    day: Callable[[str], PartialDate],
) -> None:
    late = encounter(told, LINDQVIST, BRANDT, date=day("2024-10-28"))
    early = encounter(told, LINDQVIST, BRANDT, date=day("2024-10-21"))

    assert contact_log(picture(told, encounters=(late, early))) == (early, late)


def test_an_undated_contact_comes_last(
    told: Report,
    encounter: Callable[..., Encounter],
    picture: Callable[..., Picture],
    day: Callable[[str], PartialDate],
) -> None:
    undated, dated = encounter(told, LINDQVIST), encounter(told, BRANDT, date=day("2030-01-01"))

    assert contact_log(picture(told, encounters=(undated, dated))) == (dated, undated)


@pytest.mark.parametrize("asked", ["lindqvist", "Lindqvist Ana", "VEL"])
def test_a_party_is_found_by_any_words_of_its_name_or_by_its_country(
    asked: str, told: Report, encounter: Callable[..., Encounter], picture: Callable[..., Picture]
) -> None:
    hers, his = encounter(told, LINDQVIST), encounter(told, BRANDT)

    assert contact_log(picture(told, encounters=(hers, his)), party=asked) == (hers,)


def test_type_and_status_narrow_the_log(
    told: Report, encounter: Callable[..., Encounter], picture: Callable[..., Picture]
) -> None:
    held = encounter(told, BRANDT, contact_type="visit")
    planned = encounter(told, BRANDT, contact_type="visit", status="planned")
    whole = picture(told, encounters=(held, planned, encounter(told, BRANDT)))

    assert contact_log(whole, contact_type="visit", status="planned") == (planned,)


@pytest.mark.parametrize(
    ("contact_type", "status", "roles", "text"),
    [
        ("call", "actual", (None, None), "Call between Ana Lindqvist and Tomas Brandt"),
        ("meeting", "planned", (None, None), "Planned meeting between Ana Lindqvist and Tomas Brandt"),
        ("visit", "hypothetical", ("visitor", "host"), "Possible visit of Ana Lindqvist to Tomas Brandt"),
        ("summons", "actual", ("summoner", "summoned ambassador"), "Summons of Tomas Brandt by Ana Lindqvist"),
        ("briefing", "actual", ("briefer", "briefed"), "Briefing by Ana Lindqvist to Tomas Brandt"),
        ("letter", "denied", (None, None), "Denied letter involving Ana Lindqvist and Tomas Brandt"),
    ],
)
def test_a_contact_is_told_in_plain_words(
    contact_type: ContactType,
    status: Status,
    roles: tuple[str | None, str | None],
    text: str,
    told: Report,
    encounter: Callable[..., Encounter],
) -> None:
    parties = (Party(name="Ana Lindqvist", role=roles[0]), Party(name="Tomas Brandt", role=roles[1]))

    assert described(encounter(told, *parties, contact_type=contact_type, status=status), {}) == text


@pytest.mark.parametrize(("place", "text"), [("Korea", ""), ("Seoul", " (Seoul)"), ("South Korea", "")])
def test_a_place_that_a_partys_name_says_is_not_said_again(
    place: str, text: str, told: Report, encounter: Callable[..., Encounter]
) -> None:
    parties = (Party(name="Ana Lindqvist", role="visitor"), Party(name="South Korea", role="host"))
    visit = encounter(told, *parties, contact_type="visit", place=place)

    assert described(visit, {}) == f"Visit of Ana Lindqvist to South Korea{text}"


def test_a_contact_without_parties_says_so(told: Report, encounter: Callable[..., Encounter]) -> None:
    assert described(encounter(told), {}) == "Call, parties not named"


def test_a_name_is_given_as_its_entity_is_called_unless_two_share_it(
    told: Report, encounter: Callable[..., Encounter]
) -> None:
    names = fullest(
        (
            Entity(id="1", schema="Person", name="Ana Lindqvist", names=("Lindqvist", "Ana")),
            Entity(id="2", schema="Person", name="Ana Holm", names=("Holm", "Ana")),
        )
    )

    text = described(encounter(told, Party(name="Lindqvist"), Party(name="Ana")), names)

    assert text == "Call between Ana Lindqvist and Ana"


def test_a_plan_says_when_it_was_carried_out_and_cites_who_tells_that(
    told: Report,
    report: Make,
    encounter: Callable[..., Encounter],
    day: Callable[[str], PartialDate],
) -> None:
    later = report("Lindqvist and Brandt have met.")
    done = encounter(later, LINDQVIST, BRANDT, contact_type="meeting", date=day("2024-10-24"))
    plan = encounter(told, LINDQVIST, BRANDT, contact_type="meeting", status="planned", carried_out_by=done.id)

    (line,) = lines((plan,), {}, (plan, done))

    assert line.text.endswith("; carried out 24 Oct 2024 (Thursday).")
    assert {span.report for span in line.citations} == {told.id, later.id}
