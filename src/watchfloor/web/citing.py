"""The words that something rests on, as a page shows them, each with the way to the sentence in its report."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.watch.days import aside
from watchfloor.watch.reading import words
from watchfloor.web.inert import shown
from watchfloor.web.visit import Visit

MOST = 3  # places quoted under one row; the report and the exports have all; assumed
LONGEST = 240  # characters of one quotation


class Cited(Struct, frozen=True, kw_only=True):
    """One place in a report: whose, when, the words, and the address of the sentence; "" while there is no reader."""

    outlet: str
    day: str
    quote: str
    href: str


def cited(visit: Visit, reports: Mapping[str, Report], spans: Sequence[Span]) -> tuple[Cited, ...]:
    """Return the first places that something rests on; reports: what whoever asks may see, by id."""
    return tuple(_cited(visit, reports[span.report], span, reports) for span in spans[:MOST] if span.report in reports)


def _cited(visit: Visit, report: Report, span: Span, reports: Mapping[str, Report]) -> Cited:
    return Cited(
        outlet=shown(report.outlet or "outlet not determined", 80),
        day=aside(report.published),
        quote=shown(words(reports, span), LONGEST),
        href=visit.at(span),
    )


def thing(visit: Visit, about: str | None) -> str:
    """Return the address of a claim or a contact, "" where no page shows it."""
    if about is None:
        return ""
    if about.startswith("enc_"):
        return visit.to("/contacts", contact=about) + f"#{about}"
    has_claims = any(path.startswith("/claims/{") for path in visit.node.paths)
    return visit.to(f"/claims/{about}") if has_claims else ""
