"""A report from an HTML page: headline and body as extracted, one paragraph a line."""

from collections.abc import Sequence
from datetime import date

from lxml import html
from msgspec import Struct

from watchfloor.clean import (
    addresses,
    bylines,
    flags,
    line_model,
    line_stage,
    outlets,
    page_authors,
    page_beside,
    page_blocks,
    page_body,
    page_captions,
    page_dates,
    page_facts,
    page_listing,
    page_live,
    page_text,
    residue,
    walls,
)
from watchfloor.clean.draft import Draft
from watchfloor.clean.host_memory import Recall
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.page_data import PageData, page_data
from watchfloor.clean.page_nodes import types
from watchfloor.clean.page_tree import tree
from watchfloor.clean.units import Unit, lines
from watchfloor.core.errors import SetAside
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Flag

PART = "clean.pages@4"
BY_HOST = "host of the address"


class Facts(Struct, frozen=True):
    """What a page says of itself beside its text; fields as in Draft. outlet: name and evidence."""

    headline: str | None
    written: page_authors.Written
    published: PartialDate | None
    outlet: tuple[str, str] | None
    canonical: str | None


def facts(markup: str, collected: date, url: str | None) -> Facts:
    """Return what a page says of itself, also where no report can be found in it; raises SetAside as `tree` does."""
    root = tree(markup)
    return _facts(root, page_data(root), page_blocks.blocks(root), collected, url)


def draft(
    markup: str,
    collected: date,
    url: str | None,
    judges: Sequence[residue.Judge] = residue.PAGE,
    recall: Recall | None = None,
) -> Draft:
    """Return what a page says; raises SetAside "no-body", "not-a-report" or "too-large".

    url: where it was fetched, None for a file. recall: what is known of the host's lines.
    """
    root = tree(markup)
    held = list(root.iter())  # as long as they are held, lxml need not make its elements anew for every look at them
    data = page_data(root)
    blocks = page_blocks.blocks(root)
    inside = page_blocks.running(blocks)
    body = page_body.body(root, blocks, inside)
    said = _facts(root, data, blocks, collected, url)
    live = page_live.entries(root, data, said.published, collected)
    kept = page_text.lines(said.headline, body, live)
    text, headings = page_text.text(kept)
    found = lines(text)
    labels, block = residue.judged(found, residue.BLOCKS if body.method == page_body.BLOCKS else judges)
    told = page_captions.told(root, blocks, inside)
    _mark(found, labels, said.headline, headings, told)
    why = _no_report(root, data, blocks, found, labels)
    own = said.canonical
    elsewhere = addresses.host(own) if own and url and not addresses.same_site(own, url) else None
    if why is None and not live and body.method != page_body.BLOCKS:
        first = int(bool(said.headline))
        address = url if elsewhere else own or url
        marks = [(line.linked, line.item, line.heading) for line in kept[first:]]
        line_stage.judge(text, found, labels, line_model.weigh(found, "trafilatura", first, marks), address, recall)
    del held
    listed = why is not None and not why.certain
    people = said.written.people or bylines.authors(bylines.labelled(found, labels))
    return Draft(
        text=text,
        passages=residue.passages(found, labels),
        entries=page_text.entries(kept, live),
        headline=None if listed else said.headline,
        authors=() if listed else people,
        authors_own=said.written.own,
        published=None if listed else said.published,
        outlet=said.outlet[0] if said.outlet else None,
        outlet_how=said.outlet[1] if said.outlet else None,
        credits=(*outlets.credits(found, labels), *outlets.agency(found, labels)),
        signed_by=() if people else said.written.agencies,
        copied_from=elsewhere,
        canonical=url if elsewhere else own,
        flags=(
            *flags.flags(text, found, labels, said.headline, block, why),
            *page_captions.doubled(told, found),
            *_page_flags(root, data, elsewhere),
        ),
        generated_by=_made_by(body.method, found),
    )


def _facts(
    root: html.HtmlElement, data: PageData, blocks: Sequence[page_blocks.Block], collected: date, url: str | None
) -> Facts:
    own = page_facts.canonical(root, data)
    headline = page_facts.headline(root, data, url or own)
    around = page_beside.beside(blocks, headline)
    return Facts(
        headline=headline,
        written=page_authors.written(root, data, around, page_facts.sites(data, url or own)),
        published=page_dates.page_date(root, data, collected, url or own, around),
        outlet=page_facts.outlet(data) or _host_as_outlet(url or own),
        canonical=own,
    )


def _no_report(
    root: html.HtmlElement, data: PageData, blocks: Sequence[page_blocks.Block], found: tuple[Unit, ...], labels: Labels
) -> walls.NoReport | None:
    """Return why the page is no report, and take its body away; raises SetAside when there is none at all."""
    why = walls.stub(found, labels) or page_listing.listing(root, data, _running(found, labels), blocks)
    if why:
        walls.close(labels, why)
    elif not _running(found, labels):
        raise SetAside("no-body", "found no report in the page, only furniture; is it a list, a menu or a login?")
    return why


def _made_by(method: str, found: tuple[Unit, ...]) -> str:
    """The part and what it did otherwise than usual."""
    other = (method if method != page_body.TRAFILATURA else "", "" if residue.whole(found) else "ends")
    return "+".join((PART, *filter(None, other)))


def _running(found: tuple[Unit, ...], labels: Labels) -> list[Unit]:
    """The units that hold text of the report."""
    return [unit for unit, label in zip(found, labels, strict=True) if label is None or label.prefix is not None]


def _host_as_outlet(address: str | None) -> tuple[str, str] | None:
    host = addresses.host(address)
    return (host, BY_HOST) if host else None


def _mark(
    found: tuple[Unit, ...], labels: Labels, headline: str | None, headings: frozenset[int], told: page_captions.Told
) -> None:
    """Label what the markup tells and the text alone would not."""
    for index, unit in enumerate(found):
        if headline and index == 0:
            labels[index] = Label("headline", "heading of the page")
        elif labels[index] is None and unit.head in told.captions:
            labels[index] = Label("caption", "caption of a picture in the page")
        elif labels[index] is None and unit.head in told.standfirsts:
            labels[index] = Label("dek", "standfirst of the page")
        elif labels[index] is None and index in headings:
            labels[index] = Label("subhead", "heading in the page")


def _page_flags(root: html.HtmlElement, data: PageData, elsewhere: str | None) -> tuple[Flag, ...]:
    found = []
    if elsewhere:
        found.append(Flag(name="syndicated", certainty="structural", detail=f"its canonical address is at {elsewhere}"))
    if "translated-" in (root.get("class") or ""):
        found.append(
            Flag(name="machine-translated", certainty="disclosed", detail="the page was saved in a translating browser")
        )
    if "advertisercontentarticle" in types(data.article):
        found.append(
            Flag(name="sponsored", certainty="disclosed", detail="its article data call it advertiser content")
        )
    return tuple(found)
