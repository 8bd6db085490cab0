"""The founding case, from the five reports as received to the brief: what the product was made for."""

import re
from pathlib import Path

import pytest

from watchfloor.core.claim import Claim
from watchfloor.core.picture import Picture
from watchfloor.flow.situation import situation
from watchfloor.watch.brief import brief

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def picture(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Picture:
    with situation(tmp_path_factory.mktemp("founding") / "s.db", create=True) as opened:
        receipt = opened.add([str(shared / "seeds")])
        assert (receipt.captured, receipt.new, receipt.set_aside) == (5, 5, ())
        return opened.picture()


def figure(picture: Picture, number: int) -> Claim:
    found = [
        c for c in picture.claims if c.topic == "figure" and any(f.low <= number <= (f.high or 0) for f in c.figures)
    ]
    (claim,) = [c for c in found if str(f"{number:,}") in c.figures[0].verbatim]
    return claim


def test_the_twelve_thousand_stand_in_three_reports_and_rest_on_at_least_one_at_most_two_origins(
    picture: Picture,
) -> None:
    claim = figure(picture, 12_000)

    assert (claim.reports, claim.origins_min, claim.origins_max) == (3, 1, 2)
    assert any("National Intelligence Service" in origin.party for origin in claim.origins)


def test_the_fifteen_hundred_are_a_part_of_them_and_no_rival(picture: Picture) -> None:
    whole, part = figure(picture, 12_000), figure(picture, 1_500)

    assert part.part_of == whole.id
    assert part.id not in whole.rivals
    assert (part.reports, part.origins_min, part.origins_max) == (2, 1, 1)


def test_the_army_of_a_million_is_no_rival_of_the_twelve_thousand(picture: Picture) -> None:
    assert figure(picture, 12_000).rivals == ()


def test_the_generated_interview_is_flagged_and_counted_nowhere(picture: Picture) -> None:
    (report,) = [r for r in picture.reports if any(f.name == "embedded-non-report" for f in r.flags)]
    embedded = report.parts("embedded")[0]

    assert any(flag.name == "ai-generated" for flag in report.flags)
    cited = [p.span for claim in picture.claims for p in claim.positions]
    cited += [span for row in picture.encounters for span in row.tellings]
    assert not [s for s in cited if s.report == report.id and s.start >= embedded.start]


@pytest.mark.parametrize(
    "forms", [("Yoon Suk Yeol", "Yoon Suk-yeol", "Yon"), ("Volodymyr Zelensky", "Volodymyr Zelenskyy")]
)
def test_one_person_under_several_names_is_one(picture: Picture, forms: tuple[str, ...]) -> None:
    holders = {entity.id for entity in picture.entities for form in forms if form in entity.names}

    assert len(holders) == 1


def test_four_kims_are_four(picture: Picture) -> None:
    names = {entity.name for entity in picture.entities if entity.schema == "Person" and "Kim" in entity.name}

    assert len({re.sub(r"[- ]", "", name).casefold() for name in names if " " in name}) >= 4


def test_the_call_and_the_summons_are_in_the_contact_log_on_their_days(picture: Picture) -> None:
    rows = {
        (row.contact_type, row.date.value if row.date else None, frozenset(p.name.split()[0] for p in row.parties))
        for row in picture.encounters
    }

    assert ("call", "2024-10-29", frozenset({"Yoon", "Volodymyr"})) in rows
    (summons,) = [row for row in picture.encounters if row.contact_type == "summons"]
    assert summons.date is not None
    assert summons.date.value == "2024-10-21"
    assert len({span.report for span in summons.tellings}) == 2


def test_two_calls_of_one_pair_are_two(picture: Picture) -> None:
    calls = [r for r in picture.encounters if r.contact_type == "call" and {"Mark Rutte"} & {p.name for p in r.parties}]

    assert len(calls) == 2


def test_no_date_of_a_photograph_dates_anything_that_was_said(picture: Picture) -> None:
    said = [p.date.value for claim in picture.claims for p in claim.positions if p.date and p.date.value]

    assert not [value for value in said if value.startswith("2023")]


def test_every_sentence_of_the_brief_is_cited(picture: Picture) -> None:
    made = brief(picture)

    lines = [line for section in made.sections for line in section.lines]
    assert len(lines) > 20
    assert all(line.citations for line in lines)
    assert not [line.text for line in lines if re.search(r"None|\(\)|  |\{|\brep_", line.text)]
