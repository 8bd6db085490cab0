"""A report from an HTML page: headline and body as extracted, one paragraph a line."""

from datetime import date
from urllib.parse import urlsplit

from lxml import html

from watchfloor.clean import flags, outlets, page_body, page_dates, page_facts, published, residue
from watchfloor.clean.decoding import whole
from watchfloor.clean.draft import Draft
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.page_data import PageData, page_data, types
from watchfloor.clean.page_tree import tree
from watchfloor.clean.units import Unit, lines
from watchfloor.core.report import Flag

PART = "clean.pages@1"


def draft(markup: str, collected: date, url: str | None) -> Draft:
    """Return what a page says; raises SetAside "no-body" or "too-large". url: where it was fetched, None for a file."""
    root = tree(markup)
    data = page_data(root)
    body = page_body.body(root)
    headline = page_facts.headline(root, data)
    text, headings = _text(headline, body)
    found = lines(text)
    labels, block = residue.judged(found, residue.PAGE)
    _mark(found, labels, headline, headings, _captions(root))
    own = page_facts.canonical(root, data)
    credited = outlets.credited(found, labels)
    elsewhere = _host(own) if own and url and not _same_site(own, url) else None
    agency = published.agency_of(found, labels)
    name = page_facts.outlet(data)
    return Draft(
        text=text,
        passages=residue.passages(found, labels),
        headline=headline,
        authors=page_facts.authors(root, data),
        published=page_dates.page_date(root, data, collected, url or own),
        outlet=name[0] if name else _host(url or own),
        outlet_how=name[1] if name else "host of the address" if url or own else None,
        credited_outlets=tuple(dict.fromkeys(filter(None, (*(name for name, _, _ in credited), agency, elsewhere)))),
        canonical=url if elsewhere else own,
        flags=(*flags.flags(text, found, labels, headline, block), *_page_flags(root, data, credited, elsewhere)),
        generated_by=PART if body.method == "trafilatura" else f"{PART}+{body.method}",
    )


def _text(headline: str | None, body: page_body.Body) -> tuple[str, frozenset[int]]:
    """Return the text and which of its lines are headings; the headline is not said twice."""
    kept = [line for line in body.lines if whole(line.text) != headline]
    first = [headline] if headline else []
    text = "\n".join(first + [whole(line.text) for line in kept])
    return text, frozenset(index + len(first) for index, line in enumerate(kept) if line.heading)


def _mark(
    found: tuple[Unit, ...], labels: Labels, headline: str | None, headings: frozenset[int], captions: frozenset[str]
) -> None:
    """Label what the markup tells and the text alone would not."""
    for index, unit in enumerate(found):
        if headline and index == 0:
            labels[index] = Label("headline", "heading of the page")
        elif labels[index] is None and unit.head in captions:
            labels[index] = Label("caption", "caption of a figure in the page")
        elif labels[index] is None and index in headings:
            labels[index] = Label("subhead", "heading in the page")


def _captions(root: html.HtmlElement) -> frozenset[str]:
    """The captions of figures, cut as the heads of units are."""
    texts = (" ".join("".join(str(piece) for piece in one.itertext()).split()) for one in root.iter("figcaption"))
    return frozenset(text[:400] for text in texts if text)


def _page_flags(
    root: html.HtmlElement, data: PageData, credited: tuple[tuple[str, int, int], ...], elsewhere: str | None
) -> tuple[Flag, ...]:
    found = [
        Flag(
            name="syndicated",
            certainty="disclosed",
            detail=f"a line names {name!r} as where it comes from",
            start=start,
            end=end,
        )
        for name, start, end in credited
    ]
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


def _host(address: str | None) -> str | None:
    try:
        host = urlsplit(address or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _same_site(left: str, right: str) -> bool:
    """Whether one host is the other or a part of it ("m.example.org"), or both share their last two labels' front."""
    one, other = _host(left), _host(right)
    if one is None or other is None:
        return True
    return (
        one == other
        or one.endswith(f".{other}")
        or other.endswith(f".{one}")
        or one.split(".")[-2:] == other.split(".")[-2:]
    )
