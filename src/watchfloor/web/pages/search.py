"""Search and the list of reports: what was looked for in words, how it is spread, where the words stand."""

from typing import Any

from litestar import Response, get
from msgspec import Struct

from watchfloor.core.report import Report
from watchfloor.flow.reading_room import address as place
from watchfloor.flow.saved_searches import watched
from watchfloor.flow.searching import search as find
from watchfloor.flow.searching import tally
from watchfloor.share.release import banner
from watchfloor.store.search import Found, Hit, Tally
from watchfloor.web.handed import Visiting
from watchfloor.web.messages import marked as word
from watchfloor.web.rendering import marked, page
from watchfloor.web.text_pieces import Mark, Piece, pieces
from watchfloor.web.visit import Visit

PER_PAGE = 20
LIST_PAGE = 50
LAST_PAGE = 500  # beyond it another word helps more than another page
EVERYTHING = "date:0001.."  # as a search: what every report has
LONGEST = 1_000  # characters of a search in an address

FACETS = (
    ("outlet", word("Outlets")),
    ("month", word("Months")),
    ("lang", word("Languages")),
    ("marking", word("Markings")),
)

OPERATORS = (
    ('north korea · "north korea" · deploy*', word("both words, the phrase, words that begin so")),
    ("a OR b · NOT a · -a · ( )", word("either; without; in brackets. Capital letters")),
    ("a NEAR b · a NEAR/5 b", word("at most 10, at most 5 words between")),
    ("speaker: · party:", word("who speaks; who speaks, acts, meets, gives")),
    ("outlet: · place: · kind:", word("who publishes; a place named; a call, a threat, a transfer …")),
    ("stance:denies", word("what somebody does in it by speaking")),
    ("figure:>1000 · figure:10..20", word("a count in the words")),
    ("date:2024-10 · date:2024-10..", word("the day by which a report is known")),
    ("origins:>=2 · outlets:3", word("with a claim that surely has so many")),
    ("lang:ko · marking:amber · note:word", word("language, marking, what people wrote")),
)


class Choice(Struct, frozen=True, kw_only=True):
    """One value by which what was found is narrowed. to: the address; chosen: it is in the search already."""

    name: str
    number: int
    to: str
    chosen: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """One report found. to: where its first hit stands. headline, snippet: in pieces, hits marked."""

    report: Report
    to: str
    headline: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    hits: int
    marking: str
    cut: tuple[bool, bool]


@get("/search", sync_to_thread=True)
def search(visit: Visiting) -> Response[bytes]:
    """Show what a search finds."""
    typed = visit.value("q")[:LONGEST]
    number = visit.number("page", 1, 1, LAST_PAGE)
    newest = visit.value("sort") == "new"
    store, reader = visit.node.store, visit.reader
    found = Found(hits=(), total=0, note=None)
    spread: Tally | None = None
    if typed:
        offset = (number - 1) * PER_PAGE
        look = visit.picture
        found = find(store, reader, typed, limit=PER_PAGE, offset=offset, as_of=visit.as_of, newest=newest, look=look)
        spread = tally(store, reader, typed, as_of=visit.as_of, look=look) if found.total else None
    kept = watched(store, visit.admitted)
    return page(
        visit,
        "search.html",
        title=visit.words.gettext("Search"),
        data=_twin(found, typed),
        marking=marked(hit.report.marking for hit in found.hits) if found.hits else None,  # what is looked for is ours
        typed=typed,
        found=found,
        rows=[_row(visit, hit) for hit in found.hits],
        first=(number - 1) * PER_PAGE + 1,
        number=number,
        last=_pages(found.total, PER_PAGE),
        facets=_facets(visit, typed, spread),
        kept=kept,
        same=next((one.search for one in kept if one.search.query == typed), None),
        newest=newest,
        operators=OPERATORS,
        team=visit.admitted.person.team if visit.admitted.person else None,
    )


@get("/reports", sync_to_thread=True)
def reports(visit: Visiting) -> Response[bytes]:
    """List the reports, the latest day first."""
    chosen = {name: visit.value(name)[:200] for name, _ in FACETS}
    typed = " ".join([EVERYTHING, *(_asked(name, value) for name, value in chosen.items() if value)])
    number = visit.number("page", 1, 1, LAST_PAGE)
    store, reader = visit.node.store, visit.reader
    newest = visit.value("sort") == "new"
    offset = (number - 1) * LIST_PAGE
    found = find(store, reader, typed, limit=LIST_PAGE, offset=offset, as_of=visit.as_of, newest=newest)
    return page(
        visit,
        "reports.html",
        title=visit.words.gettext("Reports"),
        data=_twin(found, typed),
        marking=marked(hit.report.marking for hit in found.hits),
        found=found,
        rows=[(hit.report, banner(hit.report.marking).partition(" | ")[0]) for hit in found.hits],
        number=number,
        last=_pages(found.total, LIST_PAGE),
        facets=_list_facets(visit, chosen, tally(store, reader, typed, as_of=visit.as_of)),
        chosen={name: value for name, value in chosen.items() if value},
        newest=newest,
    )


def _pages(total: int, size: int) -> int:
    return min(max(1, -(-total // size)), LAST_PAGE)


def _row(visit: Visit, hit: Hit) -> Row:
    report = hit.report
    start, end = hit.snippet.start, hit.snippet.end
    title = report.headline or ""
    at = hit.hits[0].start if hit.hits else 0
    where, _, sentence = place(report, at).partition("#")
    path, _, part = where.partition("?part=")
    return Row(
        report=report,
        to=f"{visit.to(path, part=part)}#{sentence}" if hit.hits else visit.to(path),
        headline=tuple(pieces(title, 0, len(title), [Mark(low, high, 0, "hit") for low, high in hit.headline_hits])),
        snippet=tuple(pieces(report.text, start, end, [Mark(one.start, one.end, 0, "hit") for one in hit.hits])),
        hits=len(hit.hits),
        marking=banner(report.marking).partition(" | ")[0],
        cut=(start > 0, end < len(report.text)),
    )


def _asked(name: str, value: str) -> str:
    """Return what is to be typed so that a search asks for a value of a facet.

    >>> _asked("outlet", 'The "Post"'), _asked("month", "2024-10")
    ('outlet:"The Post"', 'date:2024-10')
    """
    plain = " ".join(value.replace('"', " ").split())
    if name == "outlet":
        return f'outlet:"{plain}"'
    return f"{'date' if name == 'month' else name}:{plain.lower() if name == 'marking' else plain}"


def _values(spread: Tally) -> dict[str, tuple[tuple[str, int], ...]]:
    return {
        "outlet": tuple(one for one in spread.outlets if one[0]),
        "month": spread.months,
        "lang": tuple(one for one in spread.languages if one[0]),
        "marking": tuple((level or "none", number) for level, number in spread.levels),
    }


def _facets(visit: Visit, typed: str, spread: Tally | None) -> list[tuple[str, list[Choice]]]:
    if spread is None:
        return []
    values = _values(spread)
    made = []
    for name, title in FACETS:
        choices = [
            Choice(name=value, number=number, to=visit.here(q=f"{_joined(typed)} {asked}", page=None))
            for value, number in values[name]
            if (asked := _asked(name, value)) not in typed
        ]
        if len(values[name]) > 1 and choices:
            made.append((title, choices))
    return made


def _joined(typed: str) -> str:
    """Return a search to which something can be added: an OR in it is put into brackets."""
    return f"({typed})" if " OR " in typed and not (typed.startswith("(") and typed.endswith(")")) else typed


def _list_facets(visit: Visit, chosen: dict[str, str], spread: Tally) -> list[tuple[str, list[Choice]]]:
    values = _values(spread)
    made = []
    for name, title in FACETS:
        choices = [
            Choice(
                name=value,
                number=number,
                to=visit.here(**{name: None if chosen[name] == value else value, "page": None}),
                chosen=chosen[name] == value,
            )
            for value, number in values[name]
        ]
        if len(choices) > 1 or chosen[name]:
            made.append((title, choices))
    return made


def _twin(found: Found, typed: str) -> dict[str, Any]:
    return {
        "query": typed,
        "meaning": found.meaning,
        "note": found.note,
        "total": found.total,
        "reports": [
            {
                "id": hit.report.id,
                "headline": hit.report.headline,
                "outlet": hit.report.outlet,
                "published": hit.report.published.value if hit.report.published else None,
                "language": hit.report.language,
                "marking": banner(hit.report.marking),
                "snippet": hit.report.text[hit.snippet.start : hit.snippet.end],
                "hits": [[one.start, one.end] for one in hit.hits],
            }
            for hit in found.hits
        ],
    }


HANDLERS = [search, reports]
