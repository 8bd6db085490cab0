"""Claims board: a row for each claim, a column for each party, and three different counts."""

from collections.abc import Sequence

from litestar import Response, get
from msgspec import Struct, structs

from watchfloor.core.claim import Claim
from watchfloor.core.marking import Marking
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand, wire
from watchfloor.share import export_csv
from watchfloor.watch.brief import brief
from watchfloor.watch.by_story import Told, by_story
from watchfloor.watch.wording import quoted
from watchfloor.web import claims_table
from watchfloor.web.board import SORTS, STANCES, TOPICS, asked, board
from watchfloor.web.claims_table import Mark, Standing
from watchfloor.web.handed import Visiting
from watchfloor.web.rendering import marked, page
from watchfloor.web.sending import kept_as

ROWS = 100  # claims on one page of the board (assumed: 100 rows are 100 KB)
MOST_NAMES = 6  # parties named in one cell (assumed: three lines)
MOST_GROUPS = 4  # ways of standing shown in one cell; the claim's own page has all (assumed)
LEAD = 180  # characters of a story's first words (assumed)
COLUMNS = 4  # parties with a column of their own


class Head(Struct, frozen=True, kw_only=True):
    """The heading of a story among the claims. lead: its first words; goes_on: it began on the page before."""

    told: Told
    lead: str
    goes_on: bool


class Group(Struct, frozen=True, kw_only=True):
    """Parties in one cell that do the same: the marks once, and who they are; who is "" where the heading says it."""

    marks: tuple[Mark, ...]
    who: str


@get("/claims", sync_to_thread=True)
def claims(visit: Visiting) -> Response[bytes]:
    """Show the board."""
    picture = visit.picture()
    found = board(picture, asked(visit))
    at = visit.number("page", 1, low=1, high=max(1, -(-len(found.claims) // ROWS)))
    stories = by_story(found.claims, picture) if found.asked.group else ()
    ordered = [claim for one in stories for claim in one.claims] if stories else found.claims
    shown = ordered[(at - 1) * ROWS : at * ROWS]
    rows = claims_table.table(shown, found.names, claims_table.Uncited(), "", rows=ROWS, columns=COLUMNS)
    return page(
        visit,
        "claims.html",
        title=visit.words.gettext("Claims"),
        marking=marked([*(claim.marking for claim in shown), *_markings(stories, shown, picture)]),
        data=lambda: _by_story(stories, picture) if stories else _data(found.claims, picture),
        found=found,
        table=rows,
        heads=_heads(stories, shown, picture),
        cells={row.claim.id: [_grouped(cell) for cell in row.cells] for row in rows.rows},
        most_groups=MOST_GROUPS,
        at=at,
        pages=max(1, -(-len(found.claims) // ROWS)),
        first=(at - 1) * ROWS + 1,
        held=picture.assessments,
        grades=_reliabilities(picture, shown),
        known=at_hand.claims_by_id(picture),
        stances=STANCES,
        topics=TOPICS,
        own_headings=claims_table.OWN_HEADINGS,
        sorts=SORTS,
        reports=len(picture.reports),
    )


@get("/claims.csv", sync_to_thread=True)
def sheet(visit: Visiting) -> Response[bytes]:
    """Send the claims of the board as CSV, position by position."""
    picture = visit.picture()
    narrowed = structs.replace(picture, claims=board(picture, asked(visit)).claims)
    made = export_csv.export(narrowed, brief(narrowed), reader=visit.reader)
    visit.noted({"form": "csv", "claims": str(len(narrowed.claims))})
    return Response(
        made.text.encode("utf-8", "replace"),
        media_type="text/csv",
        headers=kept_as("claims.csv"),
    )


def _grouped(cell: tuple[Standing, ...]) -> tuple[Group, ...]:
    found: dict[tuple[tuple[str, bool], ...], list[Standing]] = {}
    for one in cell:
        found.setdefault(tuple((mark.letter, mark.again) for mark in one.marks), []).append(one)
    return tuple(
        Group(marks=some[0].marks, who=_listed([one.note for one in some if one.note])) for some in found.values()
    )


def _listed(names: Sequence[str]) -> str:
    """Return the first names, and how many more there are: the claim's own page has all."""
    more = f" +{len(names) - MOST_NAMES}" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def _reliabilities(picture: Picture, shown: Sequence[Claim]) -> dict[str, str]:
    """Return by claim how far the outlets that carry it are trusted: "B", "B–D"; nothing where none is graded."""
    latest = {name: grades[-1].reliability for name, grades in picture.grades.items() if grades}
    made = {}
    for claim in shown:
        outlets = {picture.outlets.get(one.span.report) for one in claim.positions}
        letters = sorted({latest[name] for name in outlets if name in latest})
        if letters:
            made[claim.id] = letters[0] if len(letters) == 1 else f"{letters[0]}–{letters[-1]}"
    return made


def _heads(stories: Sequence[Told], shown: Sequence[Claim], picture: Picture) -> dict[str, Head]:
    """Return the heading of each story on this page, by the id of its first claim there."""
    by_id = at_hand.reports_by_id(picture)
    here = {claim.id for claim in shown}
    made = {}
    for one in stories:
        first = next((claim.id for claim in one.claims if claim.id in here), None)
        if first is not None:
            report = by_id[one.lead.report] if one.lead else None
            text = report.text[one.lead.start : one.lead.end] if report and one.lead else ""
            made[first] = Head(told=one, lead=quoted(text, LEAD) if text else "", goes_on=first != one.claims[0].id)
    return made


def _markings(stories: Sequence[Told], shown: Sequence[Claim], picture: Picture) -> list[Marking | None]:
    """Return the markings of what the headings of stories are taken from."""
    known = at_hand.reports_by_id(picture)
    here = {claim.id for claim in shown}
    return [
        known[id].marking
        for one in stories
        if one.story and any(claim.id in here for claim in one.claims)
        for id in one.story.reports
        if id in known
    ]


def _data(claims: Sequence[Claim], picture: Picture) -> list[wire.Shape]:
    return [wire.claim(claim, picture.assessments.get(claim.id)) for claim in claims]


def _by_story(stories: Sequence[Told], picture: Picture) -> list[wire.Shape]:
    return [
        {
            "story": one.story.id if one.story else None,
            "name": one.name,
            "reports": one.reports,
            "outlets": one.outlets,
            "copies": one.copies,
            "claims": _data(one.claims, picture),
        }
        for one in stories
    ]


HANDLERS = [claims, sheet]
