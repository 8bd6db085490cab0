"""Small situations of our own, read as an analyst would: which claims there are, who stands where on them, and why."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.claim import Claim
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.copying import earliest_first
from watchfloor.flow.parts import parts
from watchfloor.flow.picture import fused
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report

CASES: dict[str, dict[str, Any]] = {
    case["situation"]: case
    for line in (Path(__file__).parent.parent / "data" / "claim_situations.jsonl").read_text("utf-8").splitlines()
    for case in [json.loads(line)]
}


@cache
def picture(name: str) -> Picture:
    reports = sorted(
        (
            plain_report(
                one["text"], day=one["time"], headline=one["title"], outlet=one["outlet"], address=f"{name}/{one['id']}"
            )
            for one in CASES[name]["reports"]
        ),
        key=earliest_first,
    )
    found = {report.id: tuple(annotated(report, parts())) for report in reports}
    return fused(reports, found, Reader(name="test", partner=None, clearance="RED"))


def claim(name: str, words: str) -> Claim:
    (found,) = [one for one in picture(name).claims if words in one.proposition]
    return found


def stands(one: Claim) -> list[tuple[str | None, str]]:
    return [(position.party, position.stance) for position in one.positions]


def test_a_toll_revised_by_the_same_agency_is_a_revision_and_another_bodys_count_a_rival() -> None:
    first, later, other = (claim("flood toll revised", number) for number in ("40 people", "52 people", "61 people"))

    assert later.revises == first.id
    assert stands(later) == [("Disaster Agency of Peru", "revises")]
    assert other.id in later.rivals
    assert first.id not in later.rivals


def test_homes_families_and_trucks_are_figures_as_people_and_arms_are() -> None:
    counted = {one.figures[0].unit: one for one in picture("storm damage").claims if one.figures}
    later = claim("storm damage", "7,000 households")

    assert {"household", "family", "truck"} <= set(counted)
    assert later.revises == claim("storm damage", "12,000 households").id


def test_a_denial_and_a_silence_stand_on_the_claim_that_they_answer() -> None:
    held = claim("ceasefire denied", "Sudan and Chad had agreed")

    assert [stance for _, stance in stands(held)] == ["asserts", "denies", "declines to comment"]
    assert (held.origins_min, held.origins_max) == (1, 1)


def test_whoever_declines_to_comment_on_the_report_is_asked_about_what_was_said_of_it() -> None:
    (held,) = picture("central bank declines").claims

    assert stands(held) == [("Ana Duarte", "asserts"), ("Central Bank of Chile", "declines to comment")]
    assert "points back" in (held.positions[1].because or "")


def test_a_ministry_that_doubts_a_count_is_no_origin_of_it() -> None:
    held = claim("ministry doubts a count", "230 people")

    assert stands(held) == [("Open Hands", "asserts"), ("interior ministry", "doubts")]
    assert (held.origins_min, held.origins_max) == (1, 1)


def test_a_visit_announced_confirmed_and_put_off_is_one_claim() -> None:
    (held,) = picture("summit announced, confirmed, postponed").claims

    assert held.topic == "event"
    assert [stance for _, stance in stands(held)] == ["asserts", "confirms", "revises"]
    assert (held.origins_min, held.origins_max) == (2, 2)


def test_an_outlets_withdrawal_stands_on_the_claim_and_leaves_no_origin() -> None:
    (held,) = picture("a retraction").claims

    assert [stance for _, stance in stands(held)] == ["asserts", "withdraws"]
    assert (held.origins_min, held.origins_max) == (0, 0)


def test_a_minister_who_says_in_the_same_words_that_it_is_not_so_denies_it() -> None:
    (held,) = picture("two ministers disagree").claims

    assert stands(held) == [("Joris Velden", "asserts"), ("Lotte Brand", "denies")]


def test_counts_of_one_strike_by_two_sides_are_rivals() -> None:
    one, other = picture("a strike with rival counts").claims

    assert one.rivals == (other.id,)
    assert other.rivals == (one.id,)


def test_a_maker_that_recalls_its_goods_is_no_witness_who_recalls_a_thing() -> None:
    assert not [one for one in picture("a recall").claims if one.proposition.startswith("Its soft cheese")]


def test_the_same_number_of_dead_in_two_countries_is_two_claims() -> None:
    one, other = picture("two different floods").claims

    assert not one.rivals
    assert not other.rivals


def test_who_attacked_whom_is_never_turned_round_and_two_armies_are_two() -> None:
    one, other = picture("who attacked whom").claims

    assert one.positions[0].party != other.positions[0].party
    assert (one.reports, other.reports) == (1, 1)


def test_the_same_party_with_another_day_revises_what_it_said() -> None:
    first, later = picture("the same party sooner").claims

    assert later.revises == first.id
    assert stands(later) == [("Port Authority of Ghana", "revises")]


def test_to_send_doctors_is_not_to_send_engineers() -> None:
    held = [one for one in picture("another thing sent").claims if "send" in one.proposition]

    assert [one.reports for one in held] == [1, 1]


def test_two_offices_of_one_state_say_one_thing_and_the_other_state_holds_the_contrary() -> None:
    calm, threat = picture("a dam that threatens and does not").claims

    assert (calm.reports, threat.reports) == (2, 2)
    assert calm.rivals == (threat.id,)
    assert stands(threat) == [("Tarek Nasr", "asserts"), ("Tarek Nasr", "repeats")]


@pytest.mark.parametrize("name", CASES)
def test_every_stance_says_why_and_stands_on_its_words(name: str) -> None:
    made = picture(name)
    texts = {report.id: report.text for report in made.reports}

    for one in made.claims:
        for position in one.positions:
            assert position.because
            assert texts[position.span.report][position.span.start : position.span.end].strip()
