"""One speaker in two outlets: the same words are one claim, two things said about one matter are two."""

import json
from pathlib import Path

import pytest

from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.parts import parts
from watchfloor.flow.picture import fused
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.records import plain_report

PAIRS = [
    json.loads(line)
    for line in (Path(__file__).parent.parent / "data" / "one_saying.jsonl").read_text("utf-8").splitlines()
]


def picture(*texts: str) -> Picture:
    reports = [
        plain_report(text, day="2024-11-12", headline=None, outlet=f"o{n}.example", address=f"one-saying/{n}")
        for n, text in enumerate(texts)
    ]
    found = {report.id: tuple(annotated(report, parts())) for report in reports}
    return fused(reports, found, Reader(name="test", partner=None, clearance="RED"))


def test_the_same_words_of_one_speaker_in_two_outlets_are_one_claim_of_one_origin() -> None:
    said = "Mayor Ann Lee said on Monday that the dam will hold."

    (claim,) = picture(said, "The dam will hold, Mayor Ann Lee said on Monday.").claims

    assert (claim.reports, claim.outlets, claim.origins_min, claim.origins_max) == (2, 2, 1, 1)


def test_what_a_second_speaker_of_the_report_says_in_the_same_words_is_a_second_origin() -> None:
    (claim,) = picture(
        "Mayor Ann Lee said the dam will hold. Engineer Bo Chen also said that the dam would hold."
    ).claims

    assert [one.party for one in claim.positions] == ["Ann Lee", "Bo Chen"]
    assert claim.origins_max == 2


@pytest.mark.parametrize(
    ("first", "second"), [(one["first"], one["second"]) for one in PAIRS if one["they_say"] == "same"]
)
def test_one_thing_said_in_other_words_is_one_claim(first: str, second: str) -> None:
    assert any(claim.reports == 2 for claim in picture(first, second).claims)


@pytest.mark.parametrize(
    ("first", "second"), [(one["first"], one["second"]) for one in PAIRS if one["they_say"] == "other"]
)
def test_two_things_said_about_one_matter_are_two_claims(first: str, second: str) -> None:
    assert all(claim.reports == 1 for claim in picture(first, second).claims)
