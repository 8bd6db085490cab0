"""Whatever people decide about claims, no word is lost, none stands where somebody says it does not belong."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from watchfloor.core.claim import Claim
from watchfloor.core.judgement import Judgement, in_order
from watchfloor.core.marking import Reader
from watchfloor.flow import picture as picturing
from watchfloor.fuse.claim_decisions import ABOUT_CLAIMS, decided_claims, latest, places
from watchfloor.fuse.ground import Ground
from watchfloor.store.connection import open_store

AT = datetime(2024, 11, 1, tzinfo=UTC)
Read = tuple[tuple[Claim, ...], Ground]


@pytest.fixture(scope="module")
def sampled(sample: Path) -> Read:
    """The claims of the sample situation before anybody decided, and what they are counted on."""
    caught: list[Read] = []

    def catch(claims: Iterable[Claim], _judgements: Iterable[Judgement], ground: Ground) -> tuple[Claim, ...]:
        caught.append((tuple(claims), ground))
        return caught[0][0]

    with pytest.MonkeyPatch.context() as patch, open_store(sample, create=False) as store:
        patch.setattr(picturing, "decided_claims", catch)
        picturing.picture(store, Reader(name="tests", partner=None, clearance="RED"))
    return caught[0]


def said(n: int, left: str, right: str, verdict: Any) -> Judgement:
    one, two = in_order(left, right)
    return Judgement(
        id=f"jdg_{n}", left=ABOUT_CLAIMS + one, right=two, verdict=verdict, by="ann", at=AT + timedelta(seconds=n)
    )


def test_where_nobody_decided_the_claims_are_those_that_were_read(sampled: Read) -> None:
    claims, ground = sampled

    assert decided_claims(claims, (), ground) == claims
    one, two, *_ = places(claims[0])
    back = [said(1, one, two, "different"), said(2, one, two, "unsure")]
    assert decided_claims(claims, back, ground) == claims


def test_a_claim_without_the_words_that_named_it_is_named_by_those_that_are_left(sampled: Read) -> None:
    claims, ground = sampled
    claim = max((one for one in claims if one.topic == "figure"), key=lambda one: one.reports)
    keys = places(claim)
    plain = claim.proposition.casefold()
    naming = [key for key, some in keys.items() if any(plain in p.quote.casefold() for p in some)]
    rest = [key for key in keys if key not in naming]
    judged = [said(n, a, b, "different") for n, (a, b) in enumerate((a, b) for a in naming for b in rest)]
    made = [one for one in decided_claims(claims, judged, ground) if set(places(one)) == set(rest)]

    assert len(made) == 1
    assert made[0].proposition != claim.proposition


@pytest.mark.parametrize("seed", range(12))
def test_no_word_is_lost_and_none_stands_beside_one_that_it_is_held_apart_from(seed: int, sampled: Read) -> None:
    claims, ground = sampled
    keys = [key for claim in claims[:8] for key in places(claim)]
    dice = Random(seed)
    verdicts = ("same", "different", "unsure")
    drawn = [(*dice.sample(sorted(set(keys)), 2), dice.choice(verdicts)) for _ in range(dice.randint(1, 14))]
    judged = [said(n, *one) for n, one in enumerate(drawn)]
    made = decided_claims(claims, judged, ground)
    apart = {both for both, is_same in latest(judged).items() if not is_same}

    assert words(made) == words(claims)
    assert not [(a, b) for claim in made for a in places(claim) for b in places(claim) if (a, b) in apart]
    assert len({claim.id for claim in made}) == len(made)
    assert decided_claims(claims, judged[::-1], ground) == made
    assert all(claim.reports == len({one.span.report for one in claim.positions}) for claim in made)


def words(claims: Iterable[Claim]) -> set[tuple[str, int, int, str | None]]:
    """The words of all claims that somebody stands behind; of two claims made one, words of both stand there once."""
    return {
        (p.span.report, p.span.start, p.span.end, p.party)
        for claim in claims
        for p in claim.positions
        if not (p.party is None and p.stance == "withdraws")
    }
