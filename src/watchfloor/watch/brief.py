"""The situation brief: plain sentences, each with the spans it rests on."""

from datetime import date

from watchfloor.core.brief import Brief, Line, Moment, Section
from watchfloor.core.picture import Picture
from watchfloor.watch import cautions, contact_log, numbers, plans, pledges, refusals, solid, stances
from watchfloor.watch.naming import fullest
from watchfloor.watch.ranking import ranked
from watchfloor.watch.timeline import timeline
from watchfloor.watch.wording import count

SOLID = "What is most solid"
REPEATED = "What is repeated most"
FIGURES = "Key figures"
STANCES = "Who stands where"
CONTACTS = "Contacts"
PLANS = "What is planned"
REFUSALS = "Denied, not commented, silent"
PLEDGES = "Promised and demanded"
CAUTIONS = "Cautions"
SET_ASIDE = "Set aside"

_PLANNED = ("planned", "hypothetical")


def brief(picture: Picture, *, title: str | None = None, moments: tuple[Moment, ...] | None = None) -> Brief:
    """Return the brief of everything in the picture; every line cites what it rests on, or where it was looked for.

    marking is None: share.release.marked(brief, picture) lays the effective marking on it. moments: of the timeline,
    where somebody has made them already.
    """
    first, last = _period(picture)
    return Brief(
        title=title or "Situation brief",
        as_of=picture.as_of,
        first=first,
        last=last,
        counts=_counts(picture),
        sections=_sections(picture),
        timeline=timeline(picture) if moments is None else moments,
        marking=None,
    )


def _period(picture: Picture) -> tuple[date | None, date | None]:
    known = [report.published for report in picture.reports if report.published]
    lows = [when.low for when in known if when.low]
    highs = [when.high for when in known if when.high]
    return min(lows, default=None), max(highs, default=None)


def _counts(picture: Picture) -> dict[str, int]:
    return {
        "reports": len(picture.reports),
        "outlets": len({picture.outlets.get(r.id, r.outlet) or f"unknown outlet of {r.id}" for r in picture.reports}),
        "claims": len(picture.claims),
        "contacts": len(picture.encounters),
        "set aside": picture.set_aside,
    }


def _sections(picture: Picture) -> tuple[Section, ...]:
    names = fullest(picture.entities)
    claims = ranked(picture.claims)
    log = contact_log.contact_log(picture)
    held = [encounter for encounter in log if encounter.status not in _PLANNED]
    planned = [encounter for encounter in log if encounter.status in _PLANNED]
    read = count(len(picture.reports), "report")
    return (
        _section(
            SOLID,
            solid.lines(claims, names),
            f"Nothing that was said rests on two independent origins for certain; {read} read.",
        ),
        _section(
            REPEATED,
            solid.repeated(claims, names),
            f"Nothing that somebody holds to be so is carried by more than one report; {read} read.",
        ),
        _section(FIGURES, numbers.lines(claims, names), f"No figure was found; {read} read."),
        _section(STANCES, stances.lines(claims, names), f"Nobody takes a stand on anything; {read} read."),
        _section(CONTACTS, contact_log.lines(held, names, log), f"No contact was found; {read} read."),
        _section(PLANS, plans.lines(picture, planned, names, log), f"Nothing is said to be planned; {read} read."),
        _section(
            REFUSALS,
            refusals.lines(picture, claims, names),
            f"No denial, no refusal to comment and no silence was found; {read} read.",
        ),
        _section(PLEDGES, pledges.lines(claims, names), f"No promise and no demand was found; {read} read."),
        _section(CAUTIONS, cautions.lines(picture), "No report asks for special caution."),
        Section(heading=SET_ASIDE, lines=(), empty=_set_aside(picture.set_aside)),
    )


def _section(heading: str, lines: tuple[Line, ...], empty: str) -> Section:
    return Section(heading=heading, lines=lines, empty=empty)


def _set_aside(items: int) -> str:
    if not items:
        return "Nothing was set aside."
    listed = "is listed with its reason" if items == 1 else "are listed, each with its reason"
    return f"{count(items, 'item')} could not be used and {listed}: watchfloor setaside."
