"""Contacts: who spoke with whom, how, and who says so; as a log, a matrix and a graph."""

from collections.abc import Sequence
from typing import get_args

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct, structs

from watchfloor.core.annotation import ContactType, Status
from watchfloor.core.encounter import Encounter
from watchfloor.core.picture import Picture
from watchfloor.flow import at_hand, charting
from watchfloor.flow.remembered import Remembered
from watchfloor.share import export_contacts, export_graphml, export_ics
from watchfloor.watch.contact_log import STATUS_WORDS, TYPE_WORDS, contact_log
from watchfloor.watch.days import said
from watchfloor.watch.naming import called
from watchfloor.watch.pairs import MOST_NODES, Network, Node, Pair
from watchfloor.web import matrix_svg, network_svg
from watchfloor.web.address import Query
from watchfloor.web.citing import Cited, cited
from watchfloor.web.handed import Visiting
from watchfloor.web.inert import shown
from watchfloor.web.ink import dressed
from watchfloor.web.rendering import marked, page
from watchfloor.web.sending import sent
from watchfloor.web.visit import Visit

PAGE = 100  # rows of the log on one page; assumed
VIEWS = ("log", "matrix", "graph")
PAIR = " ~ "  # between the two names of a pair in an address; no name has it


class Row(Struct, frozen=True, kw_only=True):
    """One row of the log; done: the address of the contact that carries a plan out, "" without one."""

    id: str
    when: str
    how: str
    type: str
    status: str
    parties: tuple[str, ...]
    place: str
    topic: str
    told_by: tuple[str, ...]
    cited: tuple[Cited, ...]
    reports: int
    done: str


class Asked(Struct, frozen=True, kw_only=True):
    """What the address asks for."""

    view: str
    type: ContactType | None
    status: Status | None
    party: str
    pair: str
    contact: str
    by_side: bool
    page: int


def asked(visit: Visit) -> Asked:
    """Return what the address asks for; what it does not know is as if it were not there."""
    return Asked(
        view=visit.value("view") if visit.value("view") in VIEWS else "log",
        type=next((one for one in get_args(ContactType) if one == visit.value("type")), None),
        status=next((one for one in get_args(Status) if one == visit.value("status")), None),
        party=visit.value("party")[:120],
        pair=visit.value("pair")[:400],
        contact=visit.value("contact")[:80],
        by_side=visit.value("by") == "side",
        page=visit.number("page", 1, 1),
    )


def chosen(picture: Picture, wanted: Asked) -> tuple[Encounter, ...]:
    """Return the contacts that the address asks for, in the order of the log."""
    names, side = at_hand.names(picture), charting.sides(picture)
    words = wanted.party.casefold().split()
    pair = set(wanted.pair.split(PAIR)) if PAIR in wanted.pair else set()

    def fits(one: Encounter) -> bool:
        spoken = [f"{called(party.name, names)} {party.name} {side(party.name)}".casefold() for party in one.parties]
        if words and not any(all(word in name for word in words) for name in spoken):
            return False
        own = {side(party.name) if wanted.by_side else called(party.name, names) for party in one.parties}
        return pair <= own

    every = contact_log(picture, contact_type=wanted.type, status=wanted.status)
    return tuple(one for one in every if fits(one))


@get("/contacts", sync_to_thread=True)
def contacts(visit: Visiting) -> Response[bytes]:
    """Show the contacts as a log, a matrix or a graph."""
    picture, wanted = visit.picture(), asked(visit)
    rows = chosen(picture, wanted)
    if wanted.contact and wanted.contact in (ids := [one.id for one in rows]):
        wanted = structs.replace(wanted, page=ids.index(wanted.contact) // PAGE + 1)
    network, drawn, unnamed = _in_pairs(picture, visit.query, visit=visit, wanted=wanted, rows=rows)
    first = (wanted.page - 1) * PAGE
    return page(
        visit,
        "contacts.html",
        title=visit.words.gettext("Contacts"),
        marking=marked(one.marking for one in rows),
        data=lambda: [_plain(one) for one in rows],
        asked=wanted,
        views=VIEWS,
        types=TYPE_WORDS,
        statuses=STATUS_WORDS,
        picture=drawn,
        unnamed=unnamed,
        network=network,
        rows=_rows(visit, picture, rows[first : first + PAGE]),
        total=len(rows),
        every=len(picture.encounters),
        pages=-(-len(rows) // PAGE),
    )


def _all_of(
    picture: Picture, _query: Query, visit: Visit, wanted: Asked, rows: Sequence[Encounter]
) -> tuple[Network, str, int]:
    network = charting.in_pairs(picture, rows, by_side=wanted.by_side, most=_most(wanted))
    return (network, *_drawn(visit, wanted, network))


_in_pairs: Remembered[tuple[Network, str, int]] = Remembered(_all_of)
"""Gives who was in contact with whom, the drawing of it, and how many names found no room, by what the address says."""


def _most(wanted: Asked) -> int:
    return matrix_svg.MOST if wanted.view == "matrix" else MOST_NODES


def _drawn(visit: Visit, wanted: Asked, network: Network) -> tuple[str, int]:
    """Return the matrix or the graph with links to the log, and how many names found no room in it."""

    def of_pair(pair: Pair) -> str:
        return visit.here(view=None, pair=f"{pair.left}{PAIR}{pair.right}", page=None, contact=None)

    def of_party(node: Node) -> str:
        return visit.here(view=None, party=node.name, page=None, contact=None)

    if wanted.view == "matrix":
        return matrix_svg.draw(network, of_pair), 0
    if wanted.view == "graph" and network.nodes:
        graph = network_svg.draw(network, of_party, of_pair)
        return graph.picture, graph.unnamed
    return "", 0


def _rows(visit: Visit, picture: Picture, rows: Sequence[Encounter]) -> tuple[Row, ...]:
    names, reports = at_hand.names(picture), at_hand.reports_by_id(picture)
    return tuple(
        Row(
            id=one.id,
            when=said(one.date),
            how=shown(one.date.how, 160) if one.date else "",
            type=TYPE_WORDS[one.contact_type],
            status=STATUS_WORDS[one.status],
            parties=tuple(dict.fromkeys(shown(called(party.name, names), 90) for party in one.parties)),
            place=shown(one.place, 80) if one.place else "",
            topic=shown(one.topic, 160) if one.topic else "",
            told_by=tuple(dict.fromkeys(shown(called(name, names), 80) for name in one.told_by))[:4],
            cited=cited(visit, reports, one.tellings),
            reports=len({span.report for span in one.tellings}),
            done=visit.to("/contacts", contact=one.carried_out_by) + f"#{one.carried_out_by}"
            if one.carried_out_by
            else "",
        )
        for one in rows
    )


def _plain(one: Encounter) -> dict[str, object]:
    return {
        "id": one.id,
        "type": one.contact_type,
        "status": one.status,
        "date": said(one.date),
        "first_day": one.date.low.isoformat() if one.date and one.date.low else None,
        "last_day": one.date.high.isoformat() if one.date and one.date.high else None,
        "parties": [{"name": party.name, "country": party.country, "role": party.role} for party in one.parties],
        "place": one.place,
        "topic": one.topic,
        "told_by": list(one.told_by),
        "citations": [{"report": span.report, "start": span.start, "end": span.end} for span in one.tellings],
    }


@get("/contacts/{ending:str}", sync_to_thread=True)
def export(visit: Visiting, ending: FromPath[str]) -> Response[bytes]:
    """Write out the contacts that the address asks for."""
    wanted = asked(visit)
    gone = charting.let_out(visit.picture(), visit.reader)
    rows = chosen(gone.picture, wanted)
    picture = structs.replace(gone.picture, encounters=rows)
    if ending == "csv":
        return sent(visit, "contacts", ending, export_contacts.export(picture, gone.brief, reader=visit.reader).text)
    if ending == "graphml":
        return sent(visit, "contacts", ending, export_graphml.export(picture, gone.brief, reader=visit.reader).text)
    if ending == "ics":
        return sent(visit, "contacts", ending, export_ics.export(picture, gone.brief, reader=visit.reader).text)
    if ending == "svg":
        network = charting.in_pairs(picture, rows, by_side=wanted.by_side, most=_most(wanted))
        is_matrix = wanted.view == "matrix" and network.nodes
        graph = structs.replace(wanted, view="matrix" if is_matrix else "graph")
        drawn, _ = _drawn(visit, graph, network)
        if not drawn:
            raise NotFoundException
        return sent(visit, f"contacts-{graph.view}", ending, dressed(drawn, gone.banner))
    raise NotFoundException


HANDLERS = [contacts, export]
