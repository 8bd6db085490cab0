import itertools
import re
from collections.abc import Callable, Iterator

import pytest

from watchfloor.core.annotation import Party
from watchfloor.core.brief import Brief, Line
from watchfloor.core.claim import Claim, Figure, Position, Stance
from watchfloor.core.copy import Copy
from watchfloor.core.encounter import Encounter
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Flag, Report
from watchfloor.core.span import Span
from watchfloor.watch import brief as headings
from watchfloor.watch.brief import brief
from watchfloor.watch.stances import STANCE_ORDER

Make = Callable[..., Report]
Pictured = Callable[..., Picture]
Placed = Callable[..., Position]
Claimed = Callable[..., Claim]
Counted = Callable[..., Figure]
At = Callable[[Report, str], Span]
TEXT = "The service said about 4,000 engineers would go, 600 of them now. “We will act,” Lindqvist said."


def lines(made: Brief, heading: str) -> tuple[Line, ...]:
    return next(section.lines for section in made.sections if section.heading == heading)


def texts(made: Brief, heading: str) -> list[str]:
    return [line.text for line in lines(made, heading)]


def everything(made: Brief) -> Iterator[Line]:
    for section in made.sections:
        yield from section.lines


@pytest.fixture
def courier(report: Make) -> Report:
    return report(TEXT, outlet="The Harbour Courier")


@pytest.fixture
def meridian(report: Make) -> Report:
    return report("The service expects some 4,000 engineers.", outlet="Radio Meridian")


@pytest.fixture
def whole(courier: Report, meridian: Report, position: Placed, claim: Claimed, figure: Counted) -> Claim:
    return claim(
        "About 4,000 engineers to be sent",
        position(courier, "about 4,000 engineers would go"),
        position(meridian, "expects some 4,000 engineers", stance="confirms", act="confirm"),
        position(courier, "600 of them now", party="Haugen", resolved=False),
        topic="figure",
        origins_min=1,
        origins_max=2,
        figures=(
            figure(courier, "about 4,000 engineers", 3600, 4400),
            figure(meridian, "some 4,000 engineers", 3600, 4400, hedge="some"),
        ),
    )


def test_a_figure_gives_reports_outlets_and_origins_under_different_names(
    courier: Report, meridian: Report, whole: Claim, picture: Pictured
) -> None:
    (first, *_) = texts(brief(picture(courier, meridian, claims=(whole,))), headings.FIGURES)

    assert first == (
        "About 4,000 engineers to be sent: 2 reports, 2 outlets, "
        "at least 1 and at most 2 independent origins: Haugen and State Service."
    )


def test_a_party_that_nobody_introduces_is_said_to_be_so(
    courier: Report, meridian: Report, whole: Claim, picture: Pictured
) -> None:
    made = brief(picture(courier, meridian, claims=(whole,)))

    assert "“Haugen” is not introduced in the report." in texts(made, headings.FIGURES)


def test_a_confirmation_by_the_claimant_is_the_claimant_again(
    courier: Report, meridian: Report, whole: Claim, picture: Pictured
) -> None:
    (line, *_) = texts(brief(picture(courier, meridian, claims=(whole,))), headings.STANCES)

    assert "State Service asserts it and confirms it (the claimant again)" in line


def test_a_part_stands_under_its_whole_and_says_so(
    courier: Report,
    meridian: Report,
    whole: Claim,
    picture: Pictured,
    position: Placed,
    claim: Claimed,
    figure: Counted,
) -> None:
    part = claim(
        "600 of them already there",
        position(courier, "600 of them now"),
        topic="figure",
        figures=(figure(courier, "600", 600, 600, hedge=None),),
        part_of=whole.id,
    )
    made = lines(brief(picture(courier, meridian, claims=(part, whole))), headings.FIGURES)

    plain = [line.text for line in made if line.weight == "plain"]
    assert plain[1].startswith("600 of them already there (part of: about 4,000 engineers): 1 report, 1 outlet")


def test_a_rival_figure_is_told_beside_and_cited(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed, figure: Counted
) -> None:
    rival = claim(
        "Some 4,000 engineers",
        position(meridian, "some 4,000 engineers", party="Ministry"),
        topic="figure",
        figures=(figure(meridian, "some 4,000 engineers", 3600, 4400, hedge="some"),),
    )
    mine = claim(
        "600 engineers",
        position(courier, "600 of them now"),
        topic="figure",
        figures=(figure(courier, "600", 600, 600, hedge=None),),
        rivals=(rival.id,),
    )
    made = lines(brief(picture(courier, meridian, claims=(mine, rival))), headings.FIGURES)

    (note,) = [line for line in made if line.text.startswith("Another figure")]
    assert note.text == "Another figure for the same: about 4,000 engineers, by Ministry."
    assert rival.positions[0].span in note.citations


def test_a_demand_is_never_among_what_is_solid(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    demanded = claim(
        "The engineers must go",
        position(courier, "engineers", act="demand"),
        position(meridian, "engineers", act="demand"),
        origins_min=2,
        origins_max=2,
    )
    made = brief(picture(courier, meridian, claims=(demanded,)))

    assert lines(made, headings.SOLID) == ()
    assert "State Service demands it" in texts(made, headings.STANCES)[0]


def test_a_claim_that_only_goes_round_in_circles_is_said_to(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    circular = claim(
        "It is so",
        position(courier, "engineers", party=None),
        position(meridian, "engineers", party=None),
        origins_min=0,
        origins_max=1,
        origins=(),
        circular=True,
    )
    (line,) = texts(brief(picture(courier, meridian, claims=(circular,))), headings.REPEATED)

    assert "no independent origin for certain, at most 1" in line
    assert "the reports credit each other and nobody outside" in line


def test_one_voice_in_many_reports_is_repeated_and_not_solid(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    one_voice = claim(
        "It is so", position(courier, "about 4,000 engineers"), position(meridian, "some 4,000 engineers")
    )
    made = brief(picture(courier, meridian, claims=(one_voice,)))

    assert texts(made, headings.SOLID) == []
    assert "exactly 1 independent origin, in 2 reports" in texts(made, headings.REPEATED)[0]


def test_several_origins_in_one_report_are_said_to_be_in_it(
    courier: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    told = claim(
        "It is so", position(courier, "engineers", party="Ministry"), position(courier, "engineers", party="Union"),
        origins_min=2, origins_max=2,
    )  # fmt: skip
    (line,) = texts(brief(picture(courier, claims=(told,))), headings.SOLID)

    assert "exactly 2 independent origins, all of them in one report" in line


def test_reports_in_a_language_that_is_not_read_are_said_to_be_so(report: Make, picture: Pictured) -> None:
    read, unread = report("A.", outlet="X"), report("Le port est fermé.", outlet="Y", language="fr")
    told = texts(brief(picture(read, unread)), headings.CAUTIONS)

    assert "nothing it says is in the claims" in told[0]
    assert told[0].startswith("1 report in French: no statement was found")


def test_a_denial_stands_beside_what_is_solid(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    disputed = claim(
        "It is so",
        position(courier, "about 4,000 engineers"),
        position(meridian, "some 4,000 engineers", party="Tarsia", stance="denies", act="deny"),
    )
    (line,) = texts(brief(picture(courier, meridian, claims=(disputed,))), headings.REPEATED)

    assert line.endswith("in 2 reports; but Tarsia denies it.")


def test_that_no_denial_was_found_cites_the_reports_it_was_looked_for_in(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    silent = claim("It is so", position(courier, "engineers", party="Tarsia", stance="silent", act="silent"))
    made = lines(brief(picture(courier, meridian, claims=(silent,))), headings.REFUSALS)

    assert made[-1].text == "No denial was found in the 2 reports read."
    assert {span.report for span in made[-1].citations} == {courier.id, meridian.id}


def test_one_silence_told_in_two_copies_is_one_line_with_both_cited(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    silences = [
        claim("It is so", position(report, "engineers", party="Tarsia", stance="silent", act="silent"))
        for report in (courier, meridian)
    ]
    made = lines(brief(picture(courier, meridian, claims=tuple(silences))), headings.REFUSALS)

    (line,) = [line for line in made if line.text.startswith("Tarsia")]
    assert {span.report for span in line.citations} == {courier.id, meridian.id}


def test_an_absence_with_nothing_beside_it_is_said_by_the_empty_section(courier: Report, picture: Pictured) -> None:
    made = brief(picture(courier))

    (section,) = [section for section in made.sections if section.heading == headings.REFUSALS]
    assert (section.lines, section.empty) == (
        (),
        "No denial, no refusal to comment and no silence was found; 1 report read.",
    )


def test_promises_are_grouped_by_party_and_a_claim_told_twice_is_quoted_once(
    courier: Report,
    meridian: Report,
    picture: Pictured,
    position: Callable[..., Position],
    claim: Callable[..., Claim],
    day: Callable[[str], PartialDate],
) -> None:
    promise = [
        position(report, "We will act,", party="Lindqvist", act="promise", date=day("2024-10-21"), quote="We will act,")
        for report in (courier, courier)
    ]

    made = brief(picture(courier, meridian, claims=(claim("We will act", *promise),)))

    assert texts(made, headings.PLEDGES) == ["Lindqvist promises: “We will act” (21 Oct 2024)."]


def test_two_who_promise_together_promise_in_the_plural(
    courier: Report, picture: Pictured, position: Callable[..., Position], claim: Callable[..., Claim]
) -> None:
    joint = position(courier, "We will act,", party="Lindqvist and Roy", act="promise")

    made = brief(picture(courier, claims=(claim("We will act", joint),)))

    assert texts(made, headings.PLEDGES) == ["Lindqvist and Roy promise: “We will act”."]


def test_a_plan_is_told_among_the_plans_and_not_among_the_contacts(
    courier: Report, picture: Pictured, encounter: Callable[..., Encounter]
) -> None:
    envoy = encounter(courier, Party(name="Rhovia", role="sender"), contact_type="envoy", status="planned")
    made = brief(picture(courier, encounters=(envoy,)))

    assert texts(made, headings.CONTACTS) == []
    assert texts(made, headings.PLANS) == ["Date not given: planned envoy of Rhovia; told in 1 report."]


def test_cautions_say_what_a_report_discloses_and_what_it_only_shows(report: Make, picture: Pictured) -> None:
    flags = (
        Flag(name="machine-translated", certainty="disclosed", detail="it says so"),
        Flag(name="ai-generated", certainty="suspected", detail="traces"),
        Flag(name="duplicate-caption", certainty="certain", detail="twice"),
    )
    told = report("Words.", outlet="Courier", headline="Words", flags=flags)

    assert texts(brief(picture(told)), headings.CAUTIONS) == [
        "Courier, “Words”: says it was machine-translated; shows traces of generated text and gives no date of its own."
    ]


def test_a_copy_is_no_further_origin(
    courier: Report, meridian: Report, picture: Pictured, day: Callable[[str], PartialDate]
) -> None:
    copied = Copy(child=meridian.id, parent=courier.id, kind="rewritten", score=0.8)
    made = lines(brief(picture(courier, meridian, copies=(copied,))), headings.CAUTIONS)

    assert "it is not a further origin" in made[-1].text
    assert {span.report for span in made[-1].citations} == {courier.id, meridian.id}


def test_more_claims_than_fit_are_counted_and_cited(
    courier: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    many = tuple(claim(f"Thing {number}", position(courier, "engineers")) for number in range(15))
    last = lines(brief(picture(courier, claims=many)), headings.STANCES)[-1]

    assert (last.text, bool(last.citations)) == ("And 3 more: watchfloor claims.", True)


def test_the_widest_carried_claim_comes_first(
    courier: Report, meridian: Report, picture: Pictured, position: Placed, claim: Claimed
) -> None:
    narrow = claim("Narrow", position(courier, "engineers"))
    wide = claim("Wide", position(courier, "engineers"), position(meridian, "engineers"))

    (first, _) = lines(brief(picture(courier, meridian, claims=(narrow, wide))), headings.STANCES)

    assert first.about == wide.id


def test_the_brief_knows_its_period_and_its_counts(
    report: Make, picture: Pictured, day: Callable[[str], PartialDate]
) -> None:
    one = report("A.", outlet="X", published=day("2024-10-21"))
    two = report("B.", outlet="X", published=day("2024-10-30"))
    made = brief(picture(one, two, report("C."), set_aside=2), title="Engineers")

    assert (made.title, str(made.first), str(made.last)) == ("Engineers", "2024-10-21", "2024-10-30")
    assert made.counts == {"reports": 3, "outlets": 2, "claims": 0, "contacts": 0, "set aside": 2}


ODD_TEXTS = ("It is so", "“quoted, twice,”", "x" * 5000, "a  b\n c", "…", "12000 things")


@pytest.mark.parametrize(("stance", "proposition"), list(itertools.product(STANCE_ORDER, ODD_TEXTS)))
def test_whatever_is_in_the_picture_every_line_cites_and_reads_well(
    stance: Stance,
    proposition: str,
    courier: Report,
    picture: Pictured,
    position: Placed,
    claim: Claimed,
    figure: Counted,
) -> None:
    counted: tuple[Figure, ...] = (figure(courier, "600", 600, None, hedge="more than"),)
    variants = [
        position(courier, "600 of them now", party=party, speaks_for=body, resolved=resolved, stance=stance)
        for party, body, resolved in itertools.product((None, "Tarsia", "x" * 300), (None, "Tarsia"), (True, False))
    ]
    claims = (
        claim(proposition, *variants),
        claim(proposition + " counted", *variants, topic="figure", figures=counted, origins_min=0, origins_max=1),
    )
    made = brief(picture(courier, claims=claims))

    for line in everything(made):
        assert line.citations, line.text
        assert not re.search(r"  |\bNone\b|\(\)|“”|\.\.$", line.text), line.text
        assert line.text[-1] in ".!?…”’"
    assert all(moment.citations for moment in made.timeline)


def test_an_empty_picture_still_makes_a_brief(picture: Pictured) -> None:
    made = brief(picture())

    assert list(everything(made)) == []
    assert all(section.empty for section in made.sections)


def test_the_same_picture_gives_the_same_brief(
    courier: Report, meridian: Report, whole: Claim, picture: Pictured
) -> None:
    made = picture(courier, meridian, claims=(whole,))

    assert brief(made) == brief(made)
