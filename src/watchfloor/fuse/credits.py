"""Credits: which outlet a report says that its news comes from."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from watchfloor.core.report import Report
from watchfloor.core.span import Span

_LABEL_END = re.compile(r"\.(?:example|com|net|org|co|kr|jp|uk|fr|de|ua|ru|tv|news|info|int|gov|eu|us|cn)\b.*$")
_BEFORE = (
    r"(?:according to|cit(?:ing|es|ed)|quot(?:ing|es|ed)|report(?:s|ed)? (?:by|from|in)|reports? of|told|via"
    r"|(?:remarks?|interviews?|comments?) (?:in|with|to)|(?:source|fuente|fonte|quelle|источник|출처)\s?:|including)\s+"
)
_AFTER = r"(?:,\s+|\s+)(?:earlier\s+|first\s+|also\s+)?(?:reports?|reported|said|says|wrote|writes|report)\b"
_LEAST_NAME = 3  # letters below which an outlet's name is too short to look for


class Credit(Struct, frozen=True, kw_only=True):
    """A report names an outlet as where its news comes from.

    child: id of the report. outlet: name as looked for. parents: ids of that outlet's reports among those given, empty
    when none is at hand. span: the words; None when clean found the credit in a source line.
    """

    child: str
    outlet: str
    parents: tuple[str, ...]
    span: Span | None


def credit_edges(reports: Sequence[Report]) -> tuple[Credit, ...]:
    """Return every credit that a report gives to the outlet of another report, or in a source line to anyone.

    A report that came out on a later day is not what a credit means.

    "told X" inside X's own report is no credit; a photo credit is none either, since captions are not body.
    """
    names = {report.id: outlet_names(report.outlet) for report in reports}
    published: dict[str, list[Report]] = {}
    for report in reports:
        for name in names[report.id]:
            published.setdefault(name, []).append(report)
    found: dict[tuple[str, str], Credit] = {}
    for report in reports:
        passages = _folded(report)
        for name, others in published.items():
            span = None if name in names[report.id] else _credited(report.id, passages, name)
            if span is not None:
                parents = tuple(other.id for other in others if not _is_later(other, report))
                outlet = others[-1].outlet or ""
                found[report.id, name] = Credit(child=report.id, outlet=outlet, parents=parents, span=span)
        for outlet in report.credited_outlets:
            meant = outlet_names(outlet)
            if meant & names[report.id]:
                continue  # an agency that signs its own reports rests on none of its others
            others = [other for name in meant for other in published.get(name, [])]
            parents = tuple(other.id for other in others if other.id != report.id and not _is_later(other, report))
            key = (report.id, min(meant, default=outlet))
            found.setdefault(key, Credit(child=report.id, outlet=outlet, parents=parents, span=None))
    return tuple(found[key] for key in sorted(found))


def _is_later(other: Report, report: Report) -> bool:
    """Return whether the other report surely came out on a later day."""
    first = other.published.low if other.published else None
    last = report.published.high if report.published else None
    return first is not None and last is not None and first > last


def outlet_names(outlet: str | None) -> frozenset[str]:
    """Return the forms by which a text may name an outlet, folded: "blog-a.example" is named "Blog A".

    >>> sorted(outlet_names("blog-a.example"))
    ['blog a']
    """
    if not outlet:
        return frozenset()
    host = outlet.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    plain = _LABEL_END.sub("", host) if "." in host and " " not in host else host
    plain = re.sub(r"\([^)]*\)", " ", plain)
    plain = " ".join(re.sub(r"[-_./]+", " ", plain).split()).removeprefix("the ")
    return frozenset({plain}) if len(plain) >= _LEAST_NAME else frozenset()


class Folded(Struct, frozen=True):
    """A passage in which a credit may stand: where it starts, its words folded, and those with hyphens as spaces."""

    start: int
    words: str
    spaced: str


def _folded(report: Report) -> list[Folded]:
    """Return the passages of a report in which a credit may stand; folding never shifts an offset."""
    found = []
    for passage in report.parts("body", "credit", "disclosure", "dateline"):
        text = report.text[passage.start : passage.end]
        folded = text.casefold()
        if len(folded) != len(text):
            folded = text.lower() if len(text.lower()) == len(text) else text
        found.append(Folded(passage.start, folded, re.sub(r"[-_]", " ", folded)))
    return found


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    """Return how a folded text credits the outlet of this name."""
    words = r"[-\s]+".join(map(re.escape, name.split()))
    listed = rf"(?:[^.;:\n]{{1,60}}?(?:,| and| or)\s+)?(?:the\s+|daily\s+)?{words}\b"
    return re.compile(rf"{_BEFORE}{listed}|\b{words}{_AFTER}|\({words}\)")


def _credited(report: str, passages: Sequence[Folded], name: str) -> Span | None:
    """Return the words of the first credit to the outlet of this name, None when there is none."""
    for passage in passages:
        match = _pattern(name).search(passage.words) if name in passage.spaced else None
        if match:
            return Span(report=report, start=passage.start + match.start(), end=passage.start + match.end())
    return None
