"""Headline, outlet and address of a page."""

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import html

from watchfloor.clean import addresses
from watchfloor.clean.addresses import ONLINE, specific
from watchfloor.clean.page_data import PageData, plain, shared_words, texts
from watchfloor.clean.page_nodes import Node

_MIN_HEADLINE = 8  # letters of a level-one heading that can be a headline
_MAX_HEADLINE = 300
_AGREE = 0.6  # share of words that a heading has in common with what the page calls its title; assumed
_MIN_TAIL = 25  # letters of a title that a heading may repeat after a kicker ("Trade talks: ...")
_MAX_SITE = 30  # letters of a site's name after a bar in a title
_SITE_SHARE = 0.6  # of the title before it, that a site's name may be long
_MAX_LINK = 90  # letters of a link that says it leads to the same text
_BAR = re.compile(r"\s(?:[|–—»«•·-]|::)\s")
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|sub-?title|eyebrow|prefix|volanta|dachzeile|spitzmarke|sur-?titre|occhiello|"
    r"antetitulo|pre-?title|topic-?title|headline__?prefix)(?:$|[\s_-])",
    re.IGNORECASE,
)


def headline(root: html.HtmlElement, data: PageData, address: str | None = None) -> str | None:
    """Return the level-one heading that agrees with what the page calls its title, else that title.

    Without the site's name, and without a kicker where the markup or another title tells it apart.
    """
    names = sites(data, address)
    named = next(texts(data.article.get("headline")), None) or next(texts(data.article.get("name")), None)
    page_title = plain(root.findtext(".//title"))
    told = (named, data.first("og:title", "twitter:title"), page_title)
    titles = [title for text in told if (title := without_site(text, names))]
    headings = _without_slogan([text for h1 in root.iter("h1") if (text := _heading(h1, names))], page_title)
    if headings:
        best = max(headings, key=lambda heading: sum(shared_words(heading, text) for text in titles))
        agrees = any(shared_words(best, text) >= _AGREE or text.startswith(best) for text in titles)
        if agrees or not titles or (len(headings) == 1 and len(best.split()) > 3):
            return _without_kicker(best, titles)
    return _without_kicker(titles[0], titles) if titles else None


def _without_kicker(best: str, titles: Sequence[str]) -> str:
    """Return a headline without the kicker that another title does not have, with that title's spaces."""
    tails = [text for text in titles if len(text) > _MIN_TAIL and text != best and best.endswith(text)]
    spaced = (text for text in titles if text != best and _letters(text) == _letters(best))
    return min(tails, key=len) if tails else next(spaced, best)


def outlet(data: PageData) -> tuple[str, str] | None:
    """Return the outlet's name and the evidence, None when the page names none."""
    name = next(_publishers(data), None)
    if name:
        return name, "publisher in the page's article data"
    site = data.first("og:site_name", "application-name")
    return (site, "site name in the page's meta elements") if site else None


def canonical(root: html.HtmlElement, data: PageData) -> str | None:
    """Return the address that the page calls its own, None unless it is a full web address.

    A page that was mailed says it in a link to the same text on the web.
    """
    links = (link.get("href") for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for address in (*links, data.first("og:url")):
        if address and re.match(r"https?://[^\s/]+\.[^\s/]+", address.strip()):
            return plain(address.strip())
    online = (link.get("href") or "" for link in root.iter("a") if ONLINE.search(_text(link)[:_MAX_LINK]))
    return next((address for link in online if (address := specific(link.strip()))), None)


def without_site(title: str | None, sites: Iterable[str]) -> str | None:
    """Return a title without the name of the site at either end.

    >>> without_site("River floods town | World | Norddal Courier", ["norddal courier"])
    'River floods town'
    """
    named = {addresses.squeezed(site) for site in sites} - {""}
    while title and (bars := list(_BAR.finditer(title))):
        front, back = title[: bars[-1].start()].strip(), title[bars[-1].end() :].strip()
        short = len(back) < _MAX_SITE and len(back) < _SITE_SHARE * len(front)
        if not (short or addresses.squeezed(back) in named) or not front:
            break
        title = front
    first = _BAR.search(title or "")
    if title and first and addresses.squeezed(title[: first.start()]) in named:
        title = title[first.end() :].strip()
    return title or None


def sites(data: PageData, address: str | None) -> list[str]:
    """Return the names of the site: as it says, and its host with and without its ending."""
    host = addresses.host(address)
    labels = [host, host.rpartition(".")[0], host.split(".")[-2] if "." in host else host] if host else []
    named = (data.first("og:site_name"), data.first("application-name"), *_publishers(data))
    return [name.removeprefix("@") for name in (*named, *labels) if name]


def _heading(h1: html.HtmlElement, sites: Iterable[str]) -> str | None:
    """The words of a heading that can be a headline: no logo, no menu, not the site's name; without its kicker."""
    if h1.xpath("boolean(.//button | ancestor::nav | ancestor::footer)") or any(map(_is_front, h1.iter("a"))):
        return None
    text = plain("".join(_pieces(h1, True))) or ""
    if not len(text) > _MIN_HEADLINE:
        text = plain(_text(h1)) or ""
    own = addresses.squeezed(text) not in {addresses.squeezed(site) for site in sites}
    return text if own and _MIN_HEADLINE < len(text) < _MAX_HEADLINE else None


def _is_front(link: html.HtmlElement) -> bool:
    """Whether a link leads to a front page."""
    address = (link.get("href") or "").strip()
    return address == "/" or bool(re.fullmatch(r"https?://[^/?#]+/?", address))


def _pieces(element: html.HtmlElement, outermost: bool) -> Iterator[str]:
    """Yield the text of an element without that of a kicker in it."""
    if not outermost and (_KICKER.search(element.get("class") or "") or element.get("aria-hidden") == "true"):
        yield " "
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _pieces(child, False)
        yield child.tail or ""


def _without_slogan(headings: list[str], title: str | None) -> list[str]:
    """Leave out a heading that is the end of the page's title, when another one is its beginning."""
    bars = list(_BAR.finditer(title or ""))
    if not title or not bars:
        return headings
    front, slogan = title[: bars[-1].start()], title[bars[-1].end() :].strip()
    others = [heading for heading in headings if heading != slogan]
    return others if any(front.startswith(heading) for heading in others) else headings


def _publishers(data: PageData) -> Iterator[str]:
    publisher = data.article.get("publisher")
    for one in publisher if isinstance(publisher, list) else [publisher]:
        node: object = one
        if isinstance(one, dict) and "name" not in one:
            node = data.by_id.get(str(one.get("@id")), one)
        yield from texts(_name_of(node) if isinstance(node, dict) else node)


def _letters(text: str) -> str:
    """A title without its spaces: where two lines of a heading stand without one, another title has it."""
    return "".join(text.split())


def _name_of(node: Node) -> object:
    return node.get("name")


def _text(element: html.HtmlElement) -> str:
    return "".join(str(piece) for piece in element.itertext())
