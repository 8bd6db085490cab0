"""Credits: which outlet a report says that its news comes from."""

import re
from collections.abc import Sequence

from msgspec import Struct

from watchfloor.core.report import Report
from watchfloor.core.span import Span

_LABEL_END = re.compile(r"\.(?:example|com|net|org|co|kr|jp|uk|fr|de|ua|ru|tv|news|info|int|gov|eu|us|cn)\b.*$")
_BEFORE = (
    r"(?:according to|cit(?:ing|es|ed)|quot(?:ing|es|ed)|report(?:s|ed)? (?:by|from|in)|reports? of|told|via|source:"
    r"|including)\s+"
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

    "told X" inside X's own report is no credit; a photo credit is none either, since captions are not body.
    """
    names = {report.id: outlet_names(report.outlet) for report in reports}
    found: dict[tuple[str, str], Credit] = {}
    for report in reports:
        for other in reports:
            if other.id == report.id or not names[other.id] or names[other.id] & names[report.id]:
                continue
            span = _credited(report, names[other.id])
            key = (report.id, min(names[other.id]))
            if span is not None:
                parents = (*(found[key].parents if key in found else ()), other.id)
                found[key] = Credit(child=report.id, outlet=other.outlet or "", parents=parents, span=span)
        for outlet in report.credited_outlets:
            key = (report.id, min(outlet_names(outlet), default=outlet))
            parents = tuple(
                other.id for other in reports if other.id != report.id and names[other.id] & outlet_names(outlet)
            )
            found.setdefault(key, Credit(child=report.id, outlet=outlet, parents=parents, span=None))
    return tuple(found[key] for key in sorted(found))


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


def _credited(report: Report, names: frozenset[str]) -> Span | None:
    for passage in report.parts("body", "credit", "disclosure", "dateline"):
        text = report.text[passage.start : passage.end]
        folded = text.casefold()
        if len(folded) != len(text):
            folded = text.lower() if len(text.lower()) == len(text) else text
        for name in sorted(names):
            if name not in re.sub(r"[-_]", " ", folded):
                continue
            words = r"[-\s]+".join(map(re.escape, name.split()))
            listed = rf"(?:[^.;:\n]{{1,60}}?(?:,| and| or)\s+)?(?:the\s+|daily\s+)?{words}\b"
            match = re.search(rf"{_BEFORE}{listed}|\b{words}{_AFTER}|\({words}\)", folded)
            if match:
                return Span(report=report.id, start=passage.start + match.start(), end=passage.start + match.end())
    return None
