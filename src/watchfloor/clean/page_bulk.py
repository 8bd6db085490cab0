"""A report from an HTML page, ten times as fast: for archives of millions of pages.

resiliparse finds the text, the line model and the host's memory take furniture out of it, and what the page says of
itself is read from a skeleton of it. Without resiliparse (the extra "bulk"), or for a page with more tags than it can
read in time, trafilatura's fast way is taken and `generated_by` says so.
"""

import itertools
from collections.abc import Sequence
from datetime import date

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from watchfloor.clean import (
    addresses,
    bylines,
    flags,
    language,
    line_model,
    line_stage,
    outlets,
    page_authors,
    page_beside,
    page_blocks,
    page_body,
    page_facts,
    published,
    residue,
    walls,
)
from watchfloor.clean.draft import Draft
from watchfloor.clean.host_memory import Recall
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.page_data import PageData, page_data, plain
from watchfloor.clean.page_skeleton import skeleton
from watchfloor.clean.page_tree import refuse, tree
from watchfloor.clean.units import Unit, lines
from watchfloor.core.errors import SetAside
from watchfloor.core.partial_date import PartialDate

PART = "clean.page_bulk@1"
FAST = "trafilatura-fast"
"""What `generated_by` ends in where resiliparse did not read the page."""

_SURE = 0.9  # likelihood from which a line is body, and no rule is asked
_TOP = 4  # lines below the headline where a byline stands; assumed
_MOST_TAGS = 8_000  # of 261 pages the longest had 5,500; resiliparse takes a second for as many, none closed
_MIN_WORDS = 12  # as in page_body
_TOLD = 400  # letters from which resiliparse tells a language as surely as py3langid, thirty times as fast
_MOST_TOLD = 4_000  # letters on which it is told
_DATES = ("article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "pubdate", "date")


class Extracted(Struct, frozen=True):
    """The lines of a page's main text, and by what they were found."""

    lines: tuple[str, ...]
    method: str


def draft(markup: str, collected: date, url: str | None, recall: Recall | None = None) -> Draft:
    """Return what a page says; raises SetAside "no-body", "not-a-report", "too-large" or "hostile-markup".

    Facts come from the page's data and headings only. What only markup tells (captions, listings), appended blocks and
    traces of translation or of a cut are not looked for.
    """
    extracted = extract(markup)
    root = skeleton(markup)
    data = page_data(root)
    own = page_facts.canonical(root, data)
    headline = page_facts.headline(root, data, url or own)
    kept = [line for line in extracted.lines if line != headline]
    text = "\n".join([*filter(None, (headline,)), *kept])
    found = lines(text)
    weighed = line_model.weigh(found, _kind(extracted), int(bool(headline)))
    labels = _judged(found, weighed)
    if headline:
        labels[0] = Label("headline", "heading of the page")
    elsewhere = addresses.host(own) if own and url and not addresses.same_site(own, url) else None
    address = url if elsewhere else own or url
    why = _no_report(found, labels)
    if why is None:
        line_stage.judge(text, found, labels, weighed, address, recall)
    written = page_authors.written(root, data, page_beside.beside((), headline), page_facts.sites(data, url or own))
    name = page_facts.outlet(data)
    host = addresses.host(url or own)
    return Draft(
        text=text,
        passages=residue.passages(found, labels),
        headline=headline,
        authors=written.people or bylines.authors(bylines.labelled(found, labels)),
        authors_own=written.own,
        signed_by=() if written.people else written.agencies,
        published=_published(data, collected),
        outlet=name[0] if name else host,
        outlet_how=name[1] if name else "host of the address" if host else None,
        credits=(*outlets.credits(found, labels), *outlets.agency(found, labels)),
        copied_from=elsewhere,
        canonical=url if elsewhere else own,
        flags=flags.stated(found, labels, headline, why),
        language=_language(kept) if extracted.method != FAST else None,
        generated_by=PART if extracted.method != FAST else f"{PART}+{FAST}",
    )


def body(markup: str) -> str:
    """Return the report's lines and nothing else, the fastest that can be had; raises SetAside as `draft` does."""
    extracted = extract(markup)
    found = lines("\n".join(extracted.lines))
    taken = set(line_model.taken(found, [None] * len(found), line_model.weigh(found, _kind(extracted))))
    return "\n".join(line for index, line in enumerate(extracted.lines) if index not in taken)


def extract(markup: str) -> Extracted:
    """Return the main text of a page; raises SetAside "too-large", "hostile-markup" or, without any, "no-body"."""
    refuse(markup)
    try:
        from resiliparse.extract.html2text import extract_plain_text
        from resiliparse.parse.html import HTMLTree
    except ImportError:
        return _fast(markup)
    if _tags(markup) > _MOST_TAGS:
        return _fast(markup)
    # From a tree of its own it takes three quarters of the time that it takes from markup, and finds the same.
    text = extract_plain_text(HTMLTree.parse(markup), main_content=True, preserve_formatting=True, alt_texts=False)
    found = tuple(" ".join(words) for line in text.splitlines() if (words := line.split()))
    if not _enough(found):
        raise SetAside("no-body", "found no report in the page; is it a list, a menu or a login?")
    return Extracted(found, "resiliparse")


def _tags(markup: str) -> int:
    return int(np.count_nonzero(np.frombuffer(markup.encode("utf-8", "replace"), np.uint8) == ord("<")))


def _kind(extracted: Extracted) -> line_model.Extracted:
    return "trafilatura" if extracted.method == FAST else "resiliparse"


def _fast(markup: str) -> Extracted:
    root = tree(markup)
    found = page_body.body(root, page_blocks.blocks(root), fast=True)
    return Extracted(tuple(line.text for line in found.lines), FAST)


def _enough(found: tuple[str, ...]) -> bool:
    words = sum(map(str.count, found, itertools.repeat(" "))) + len(found)
    return words >= _MIN_WORDS or sum(line.weight for line in lines("\n".join(found))) >= _MIN_WORDS


def _judged(found: tuple[Unit, ...], weighed: line_model.Weighed) -> Labels:
    """Return what the rules say of the lines that the model is not sure of: they take longer than all the rest.

    What the model takes away is left to it. A byline is looked for at the top only.
    """
    unsure = weighed.likely < _SURE
    if taken := line_model.taken(found, [None] * len(found), weighed):
        unsure[[index - weighed.first for index in taken]] = False
    top = weighed.first + _TOP
    doubtful = [*range(min(top, len(found))), *(index for index in _places(unsure, weighed.first) if index >= top)]
    labels: Labels = [None] * len(found)
    for index, label in tuple(bylines.bylines(found[: weighed.first + _TOP], labels)):
        labels[index] = label
    said = residue.quick([found[index] for index in doubtful])
    for index, judged in zip(doubtful, said, strict=True):
        labels[index] = labels[index] or judged
    return labels


def _places(marked: NDArray[np.bool_], first: int) -> list[int]:
    places: list[int] = (np.flatnonzero(marked) + first).tolist()
    return places


def _no_report(found: tuple[Unit, ...], labels: Labels) -> walls.NoReport | None:
    """Return why the page is no report, and take its body away; raises SetAside when there is none at all."""
    why = walls.stub(found, labels)
    if why:
        walls.close(labels, why)
    elif all(label is not None and label.prefix is None for label in labels):
        raise SetAside("no-body", "found no report in the page, only furniture; is it a list, a menu or a login?")
    return why


def _language(kept: Sequence[str]) -> str | None:
    """Return the language of a long text, None for a short one, which needs a closer look."""
    text = "\n".join(kept)
    return language.quickly(text[:_MOST_TOLD]) if len(text) >= _TOLD else None


def _published(data: PageData, collected: date) -> PartialDate | None:
    """Return the day of publication as the page's data tell it; text and markup are not searched."""
    told = plain(data.article.get("datePublished"))
    if told and (found := published.read(told, "datePublished in the page's article data", collected)):
        return found
    for name in _DATES:
        for value in data.meta.get(name, ()):
            if found := published.read(value, f"the meta element {name}", collected):
                return found
    return None
