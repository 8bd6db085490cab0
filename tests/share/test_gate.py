from collections.abc import Callable

import pytest
from msgspec.structs import replace

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.share.evidence import marked
from watchfloor.share.gate import NOTHING, release

Asks = Callable[..., Reader]


@pytest.mark.parametrize(
    ("partner", "lines", "claims"),
    [
        (None, ["Open line.", "Closer line.", "Kept line.", "Mixed line."], ["clm_open", "clm_closer", "clm_kept"]),
        ("Partner A", ["Open line.", "Closer line."], ["clm_open", "clm_closer"]),
        ("Partner B", ["Open line."], ["clm_open"]),
        ("Stranger", [], []),
    ],
)
def test_a_reader_gets_what_every_cited_report_allows(
    partner: str | None, lines: list[str], claims: list[str], picture: Picture, brief: Brief, asks: Asks
) -> None:
    released = release(picture, brief, asks(partner))

    assert [line.text for line in released.brief.sections[0].lines] == lines
    assert [claim.id for claim in released.claims] == claims


def test_what_is_withheld_is_counted_by_reason_only(picture: Picture, brief: Brief, asks: Asks) -> None:
    released = release(picture, brief, asks("Partner B"))

    assert released.withheld == {"not releasable to this partner": 3, "unmarked": 5}


def test_a_clearance_below_the_marking_withholds(picture: Picture, brief: Brief, asks: Asks) -> None:
    released = release(picture, brief, asks("Partner A", "GREEN"))

    assert [line.text for line in released.brief.sections[0].lines] == ["Open line."]
    assert released.withheld["above this reader's clearance"] == 3


def test_a_partner_never_learns_of_what_is_withheld_from_counts_dates_links_or_empty_sections(
    picture: Picture, brief: Brief, asks: Asks
) -> None:
    released = release(picture, brief, asks("Partner B"))

    assert released.brief.counts == {"reports": 1, "outlets": 1, "claims": 1, "contacts": 1}
    assert str(released.brief.last) == "2024-10-21"
    assert released.claims[0].rivals == ()
    assert {section.empty for section in released.brief.sections} == {NOTHING}


def test_a_claim_marked_freer_than_its_reports_stays_withheld(picture: Picture, brief: Brief, asks: Asks) -> None:
    free = Marking(level="CLEAR", releasable_to=frozenset({"Stranger"}))
    bold = replace(picture, claims=tuple(replace(claim, marking=free) for claim in picture.claims))

    assert release(bold, brief, asks("Stranger")).claims == ()


def test_a_line_without_citations_goes_to_no_partner(picture: Picture, brief: Brief, asks: Asks) -> None:
    section = replace(brief.sections[0], lines=(replace(brief.sections[0].lines[0], citations=(), about=None),))
    bare = replace(brief, sections=(section,))

    assert release(picture, bare, asks("Partner A")).brief.sections[0].lines == ()


def test_a_citation_of_a_report_that_is_not_in_the_picture_goes_to_no_partner(
    picture: Picture, brief: Brief, asks: Asks
) -> None:
    without = replace(picture, reports=picture.reports[1:])

    assert release(without, brief, asks("Partner B")).brief.sections[0].lines == ()


def test_the_whole_is_marked_by_what_is_left_in_it_and_names_no_other_partner(
    picture: Picture, brief: Brief, asks: Asks
) -> None:
    marking = release(picture, brief, asks("Partner B")).marking

    assert marking is not None
    assert picture.reports[0].marking is not None
    assert marking.level == picture.reports[0].marking.level
    assert marking.releasable_to == frozenset({"Partner B"})
    assert release(picture, brief, asks(None)).marking is None


def test_a_brief_is_marked_by_everything_it_cites(picture: Picture, brief: Brief) -> None:
    section = replace(brief.sections[0], lines=brief.sections[0].lines[:2])
    some = marked(replace(brief, sections=(section,), timeline=()), picture)

    assert some.marking == picture.reports[1].marking
    assert marked(brief, picture).marking is None


def test_a_plan_does_not_tell_a_partner_of_the_contact_that_carries_it_out(
    picture: Picture, brief: Brief, asks: Asks
) -> None:
    (plan,) = picture.encounters
    kept = picture.reports[-1]
    done = replace(plan, id="enc_kept", tellings=(Span(report=kept.id, start=0, end=1),), planned_as=(plan.id,))
    linked = replace(picture, encounters=(replace(plan, carried_out_by=done.id), done))

    for partner, by in (("Partner A", None), (None, done.id)):
        assert release(linked, brief, asks(partner)).encounters[0].carried_out_by == by
