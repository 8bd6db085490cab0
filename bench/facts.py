"""Facts of pages: title, writers and day against gold, beside trafilatura and htmldate on the same pages in one run.

newspaper4k is measured too when it can be imported (it is no dependency: give its folder in PYTHONPATH). A wrong day is
counted apart from no day. Gold that names an outlet or an agency as the writer counts against us: we keep them apart.
"""

import gzip
import importlib.util
import logging
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import htmldate
import trafilatura
from msgspec import Struct

import board
from watchfloor.clean import pages
from watchfloor.clean.decoding import decode
from watchfloor.clean.page_tree import declared_charset

SETS = ("naeb", "fundus_multi", "wcxb", "trafilatura")
COLLECTED = date(2026, 11, 22)
UNDATED = frozenset({"naeb"})  # its dates often carry the wrong year: its README says not to score them
ANCHORS = {
    "title": "held-out pages: turbohtml .818, newspaper4k .739, trafilatura .631",
    "author_f1": "held-out pages: trafilatura .776, goose3 .622, newspaper4k .581",
    "date": "held-out pages: trafilatura .919, newspaper4k .797, goose3 .715",
    "htmldate_set": "held-out pages: htmldate .852, newspaper4k .703",
}
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_BY = re.compile(r"^(?:by|von|par|por|di|af|av)\s+")
_CHARSET = re.compile(rb"charset=[\"']?([\w-]+)")


class Facts(Struct):
    """What one system says of one page; day as ISO 8601."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    day: str | None = None


class Tally(Struct):
    """Counts of one system over all pages."""

    titles: int = 0
    titles_right: int = 0
    names: int = 0
    names_gold: int = 0
    names_right: int = 0
    sets: int = 0
    sets_right: int = 0
    days: int = 0
    days_right: int = 0
    days_wrong: int = 0


System = Callable[[dict[str, Any], bytes], Facts]


def measure(data: Path, split: str) -> dict[str, float]:
    """Return the shares of each system; the day also on htmldate's own set."""
    logging.disable(logging.CRITICAL)
    found: dict[str, float] = {}
    tallies = {name: Tally() for name in SYSTEMS}
    own = {name: Tally() for name in SYSTEMS}
    for name in (*SETS, "htmldate"):
        for page in board.lines(data / "clean" / name / "gold.jsonl.gz"):
            if page["split"] == split:
                raw = gzip.decompress((data / "clean" / name / page["html"]).read_bytes())
                for system, facts in SYSTEMS.items():
                    count((own if name == "htmldate" else tallies)[system], page, facts(page, raw), name not in UNDATED)
    for system, tally in tallies.items():
        prefix = f"{system}_" if system else ""
        if system != "htmldate":
            found |= {f"{prefix}{key}": value for key, value in _names(tally).items()}
        found |= {f"{prefix}{key}": value for key, value in _days(tally, "date").items()}
        found |= {f"{prefix}{key}": value for key, value in _days(own[system], "htmldate_set").items()}
    return found


def count(tally: Tally, page: dict[str, Any], said: Facts, dated: bool) -> None:
    """Add one page to the counts; what the gold does not have is not scored."""
    if page.get("title"):
        tally.titles += 1
        tally.titles_right += words(said.title) == words(page["title"])
    wanted = _gold_authors(page)
    if wanted:
        ours = {name for author in said.authors if (name := _BY.sub("", words(author)))}
        tally.names += len(ours)
        tally.names_gold += len(wanted)
        tally.names_right += len(ours & wanted)
        tally.sets += 1
        tally.sets_right += ours == wanted
    day = (page.get("date") or "")[:10]
    if day and dated:
        tally.days += 1
        tally.days_right += said.day == day
        tally.days_wrong += said.day not in {None, day}


def words(text: str | None) -> str:
    """Return the words in lower case, Chinese and Japanese by character: the gold data's own normal form."""
    return " ".join(_WORD.findall((text or "").lower()))


def _gold_authors(page: dict[str, Any]) -> set[str]:
    authors = page.get("authors") or []
    listed = authors if isinstance(authors, list) else re.split(r",|;| and ", authors)
    return {_BY.sub("", words(author)) for author in listed} - {""}


def _names(tally: Tally) -> dict[str, float]:
    precision = tally.names_right / max(1, tally.names)
    recall = tally.names_right / max(1, tally.names_gold)
    return {
        "title": tally.titles_right / max(1, tally.titles),
        "author_p": precision,
        "author_r": recall,
        "author_f1": 2 * precision * recall / ((precision + recall) or 1),
        "author_sets": tally.sets_right / max(1, tally.sets),
    }


def _days(tally: Tally, name: str) -> dict[str, float]:
    every = max(1, tally.days)
    none = tally.days - tally.days_right - tally.days_wrong
    return {
        name: tally.days_right / every,
        f"{name}_wrong": tally.days_wrong / every,
        f"{name}_none": none / every,
    }


def ours(page: dict[str, Any], raw: bytes) -> Facts:
    """What we say of the page, whether a report is found in it or not; the others do not ask that either."""
    said = pages.facts(decode(raw, declared_charset(raw)), COLLECTED, page.get("url"))
    published = said.published
    day = published.low.isoformat() if published and published.low and published.low == published.high else None
    return Facts(said.headline, said.written.people, day)


def theirs(page: dict[str, Any], raw: bytes) -> Facts:
    """What trafilatura says with its metadata."""
    found = trafilatura.bare_extraction(decoded(raw), include_comments=False, with_metadata=True)
    if found is None:
        return Facts()
    said: dict[str, Any] = found if isinstance(found, dict) else found.as_dict()
    return Facts(said["title"], tuple((said["author"] or "").split("; ")), said["date"])


def days(page: dict[str, Any], raw: bytes) -> Facts:
    """What htmldate says."""
    return Facts(day=htmldate.find_date(decoded(raw), original_date=True, extensive_search=True))


def newspaper(page: dict[str, Any], raw: bytes) -> Facts:
    """What newspaper4k says."""
    from newspaper import Article  # type: ignore[import-not-found, unused-ignore]

    article = Article(page.get("url") or "http://example.org/", fetch_images=False)
    article.download(input_html=decoded(raw))
    try:
        article.parse()
    except (ImportError, ValueError):  # it lacks a library for Hindi, and fails on control characters: nothing found
        return Facts()
    day = str(article.publish_date)[:10] if article.publish_date else None
    return Facts(article.title, tuple(article.authors or ()), day)


def decoded(raw: bytes) -> str:
    """Return a page as the gold data's scorer hands it to every system."""
    named = _CHARSET.search(raw[:4096])
    for encoding in ("utf-8", *([named[1].decode()] if named else []), "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


SYSTEMS: dict[str, System] = {"": ours, "trafilatura": theirs, "htmldate": days}
if importlib.util.find_spec("newspaper"):
    SYSTEMS["newspaper4k"] = newspaper


if __name__ == "__main__":
    board.run(measure, ANCHORS, __doc__)
