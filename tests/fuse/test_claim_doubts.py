"""What of the making of claims is left to a person: joins and refusals near the edge, with the words that decided."""

from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Attribution
from watchfloor.core.claim import ClaimDoubt
from watchfloor.core.report import Report
from watchfloor.fuse.claim_doubts import statement_doubts
from watchfloor.fuse.propositions import Matcher, Statement
from watchfloor.fuse.words import stems

FILLER = "The ferry left. A baker opened. Seven swans slept. Rain fell on slate roofs. Cats walked. Bells rang early."


@pytest.fixture
def stated(report: Callable[..., Report], said: Callable[..., Attribution]) -> Callable[..., Statement]:
    def make(text: str, **more: object) -> Statement:
        r = report(f"{text}. {more.get('day', '')}")
        values = {"party": "dockers", "family": "assert", "numbers": frozenset(), "text": text}
        days = {"days": frozenset({str(more["day"])})} if more.get("day") else {}
        return Statement(report=r, said=said(r, "X", text), words=frozenset(stems(text)), **values, **days)  # type: ignore[arg-type]

    return make


def doubts(stated: Callable[..., Statement], *given: Statement) -> tuple[ClaimDoubt, ...]:
    noise = [stated(text) for text in FILLER.split(". ")]
    matcher = Matcher()
    return statement_doubts(matcher, matcher.clusters([*noise, *given]))


def test_a_join_just_over_the_edge_is_asked_about_with_all_words_that_came_by_it(
    stated: Callable[..., Statement],
) -> None:
    first = stated("mediators meet both unions tonight on wages and pensions for crane drivers")
    loose = stated("both unions want higher pensions and wages for drivers before summer")
    again = stated("both unions want higher pensions and wages for the drivers before summer")

    (doubt,) = doubts(stated, first, loose, again)

    assert doubt.joined
    assert {span.report for span in doubt.left} == {loose.report.id, again.report.id}
    assert doubt.right == (first.said.span,)
    assert "both have “both”" not in doubt.why
    assert "“unions”" in doubt.why


def test_what_the_day_alone_holds_apart_is_asked_and_another_number_is_not(stated: Callable[..., Statement]) -> None:
    words = "the pilot boats will stop all tankers at the outer mole"
    (doubt,) = doubts(stated, stated(words, day="2026-03-02"), stated(words + " too", day="2026-03-03"))

    assert not doubt.joined
    assert "days" in doubt.why
    assert doubts(stated, stated("the crews of the boats want twelve days off"), stated("Nobody saw a lynx")) == ()
