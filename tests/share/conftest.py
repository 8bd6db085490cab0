"""A picture of three reports with three markings: for everybody named, for one partner, and none at all."""

from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Party
from watchfloor.core.brief import Brief, Line, Moment, Section
from watchfloor.core.claim import Claim, Origin, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Level, Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span

BOTH = Marking(level="GREEN", releasable_to=frozenset({"Partner A", "Partner B"}))
ONLY_A = Marking(level="AMBER", releasable_to=frozenset({"Partner A"}), caveats=("no onward release",))


def reader(partner: str | None, clearance: Level = "RED") -> Reader:
    return Reader(name="somebody", partner=partner, clearance=clearance)


@pytest.fixture
def asks() -> Callable[..., Reader]:
    """Make a reader of a partner, or of this node for None."""
    return reader


@pytest.fixture
def reports(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> tuple[Report, Report, Report]:
    return (
        report("Open words.", outlet="Courier", headline="Open", published=day("2024-10-21"), marking=BOTH),
        report("Closer words.", outlet="Meridian", headline="Closer", published=day("2024-10-28"), marking=ONLY_A),
        report("Kept words.", outlet="Ledger", headline="Kept", published=day("2024-11-05")),
    )


def whole(report: Report) -> Span:
    return Span(report=report.id, start=0, end=len(report.text))


def _claim(name: str, told: Report, marking: Marking | None, **fields: object) -> Claim:
    stands = Position(
        party="Service",
        stance="asserts",
        act="assert",
        span=whole(told),
        quote=told.text,
        outlet=told.outlet,
        date=told.published,
    )
    return Claim(
        id=f"clm_{name}",
        proposition=f"{name} claim",
        topic="statement",
        positions=(stands,),
        reports=1,
        outlets=1,
        origins_min=1,
        origins_max=1,
        origins=(Origin(party="Service", reports=(told.id,)),),
        marking=marking,
        **fields,  # type: ignore[arg-type]
    )


@pytest.fixture
def picture(reports: tuple[Report, Report, Report]) -> Picture:
    open_, closer, kept = reports
    return Picture(
        reader=reader(None),
        as_of=None,
        reports=reports,
        annotations={},
        copies=(),
        stories=(),
        entities=(),
        claims=(
            _claim("open", open_, BOTH, rivals=("clm_closer", "clm_kept")),
            _claim("closer", closer, ONLY_A),
            _claim("kept", kept, None),
        ),
        encounters=(
            Encounter(
                id="enc_open",
                contact_type="call",
                parties=(Party(name="Brandt"),),
                date=open_.published,
                place=None,
                status="actual",
                tellings=(whole(open_),),
                marking=BOTH,
            ),
        ),
        set_aside=7,
    )


@pytest.fixture
def brief(reports: tuple[Report, Report, Report]) -> Brief:
    open_, closer, kept = reports
    lines = (
        Line(text="Open line.", citations=(whole(open_),), about="clm_open"),
        Line(text="Closer line.", citations=(whole(closer),), about="clm_closer"),
        Line(text="Kept line.", citations=(whole(kept),), about="clm_kept"),
        Line(text="Mixed line.", citations=(whole(open_), whole(kept))),
    )
    return Brief(
        title="Words",
        as_of=None,
        first=open_.published.low if open_.published else None,
        last=kept.published.low if kept.published else None,
        counts={"reports": 3, "outlets": 3, "claims": 3, "contacts": 1, "set aside": 7},
        sections=(
            Section(heading="Lines", lines=lines, empty="Nothing."),
            Section(heading="Set aside", lines=(), empty="7 items were set aside."),
        ),
        timeline=(
            Moment(day=None, label="date not given", kind="said", text="Open.", parties=(), citations=(whole(open_),)),
            Moment(day=None, label="date not given", kind="said", text="Kept.", parties=(), citations=(whole(kept),)),
        ),
        marking=None,
    )
