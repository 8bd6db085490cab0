"""The situation brief as one HTML page that needs nothing else: no script, no request, no other file."""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from msgspec import Struct

from watchfloor.core.brief import Brief, Line, Moment, Section
from watchfloor.core.claim import Claim
from watchfloor.core.marking import Marking
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share.release import banner
from watchfloor.watch import brief as headings
from watchfloor.watch.contact_log import contact_log
from watchfloor.watch.days import period, said, short
from watchfloor.watch.naming import fullest
from watchfloor.watch.ranking import ranked
from watchfloor.watch.voices import headed, worded
from watchfloor.web import claims_table, contacts_table, figures_svg, figures_table, timeline_svg
from watchfloor.web.inert import finalized, shown
from watchfloor.web.ledger import Ledger, Link

MOST_MOMENTS = 150  # moments in the list of the timeline; assumed
_KIND_WORDS = {"happened": "Happened", "planned": "Planned", "said": "Said", "published": "Published"}


class Sentence(Struct, frozen=True, kw_only=True):
    """One line to show: what it is about, set apart, the rest, and its links."""

    head: str
    rest: str
    weight: str
    links: tuple[Link, ...]


class Instant(Struct, frozen=True, kw_only=True):
    """One item of the timeline's list; label is empty where the item above has the same date."""

    number: int
    label: str
    kind: str
    word: str
    text: str
    links: tuple[Link, ...]


class Chapter(Struct, frozen=True, kw_only=True):
    """One section of the page; kind picks the picture or table that goes with its heading."""

    id: str
    heading: str
    kind: str
    sentences: tuple[Sentence, ...]
    empty: str


def render(brief: Brief, picture: Picture) -> str:
    """Return the page: brief, charts, tables, timeline, and the evidence of every sentence, as one HTML document.

    The page shows what the picture holds: hand it a picture that its reader may see.
    """
    names = fullest(picture.entities)
    claims = ranked(picture.claims)[: claims_table.MOST_ROWS]
    moments = brief.timeline[:MOST_MOMENTS]
    ledger = Ledger(picture, _spans(brief, moments, picture))
    chapters = tuple(_chapter(at, section, claims, ledger) for at, section in enumerate(brief.sections, start=1))
    timeline, left_out = timeline_svg.draw(moments)
    style = _style(brief.marking)
    page = (
        _environment()
        .get_template("brief.html")
        .render(
            title=brief.title,
            banner=banner(brief.marking),
            level=_level(brief.marking),
            style=Markup(style),
            digest=b64encode(sha256(style.encode("utf-8")).digest()).decode("ascii"),
            period=period(brief.first, brief.last) if brief.first and brief.last else "dates not given",
            as_of=short(brief.as_of) if brief.as_of else None,
            counts=brief.counts,
            chapters=chapters,
            figures=figures_table.rows(claims, names, ledger, headings.FIGURES),
            charts=figures_svg.charts(claims),
            claims=claims_table.table(ranked(picture.claims), names, ledger, headings.STANCES),
            contacts=contacts_table.rows(contact_log(picture), names, ledger, headings.CONTACTS),
            timeline=timeline,
            left_out=left_out,
            instants=_instants(moments, ledger),
            later=len(brief.timeline) - len(moments),
            shelves=ledger.shelves(),
            published=_published,
            flags=_flags,
        )
    )
    return page if page.endswith("\n") else page + "\n"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("watchfloor.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalized,
    )
    environment.filters["shown"] = shown
    environment.filters["number"] = "{:,}".format
    return environment


def _style(marking: Marking | None) -> str:
    source, _, _ = PackageLoader("watchfloor.web", "templates").get_source(Environment(autoescape=True), "brief.css")
    return source.replace("@MARKING@", f"TLP:{marking.level}" if marking else "UNMARKED")


def _level(marking: Marking | None) -> str:
    return marking.level.lower().replace("+", "-") if marking else "unmarked"


def _spans(brief: Brief, moments: Sequence[Moment], picture: Picture) -> Iterable[Span]:
    for section in brief.sections:
        for line in section.lines:
            yield from line.citations
    for moment in moments:
        yield from moment.citations
    for claim in ranked(picture.claims)[: claims_table.MOST_ROWS]:
        yield from (position.span for position in claim.positions)
        yield from (figure.span for figure in claim.figures)
    for encounter in picture.encounters:
        yield from encounter.tellings


_KINDS: Mapping[str, str] = {
    headings.SOLID: "solid",
    headings.REPEATED: "solid",
    headings.FIGURES: "figures",
    headings.STANCES: "stances",
    headings.CONTACTS: "contacts",
    headings.CAUTIONS: "cautions",
}
_REPLACED = frozenset({"stances", "contacts"})  # their table says all that the lines say


def _chapter(at: int, section: Section, claims: Sequence[Claim], ledger: Ledger) -> Chapter:
    kind = _KINDS.get(section.heading, "plain")
    heads = {claim.id: (worded(claim), headed(claim)) for claim in claims}
    lines = () if kind in _REPLACED else section.lines
    return Chapter(
        id=f"s{at}",
        heading=section.heading,
        kind=kind,
        sentences=tuple(_sentence(line, heads, ledger, section.heading) for line in lines),
        empty=section.empty if not section.lines else "",
    )


def _sentence(line: Line, heads: Mapping[str, tuple[str, ...]], ledger: Ledger, where: str) -> Sentence:
    known = heads.get(line.about or "", ()) if line.weight != "note" else ()
    head = next((head for head in known if line.text.startswith(head)), "")
    return Sentence(
        head=shown(head),
        rest=(" " if head and line.text[len(head) :][:1] == " " else "") + shown(line.text[len(head) :], 1600),
        weight=line.weight,
        links=ledger.cite(line.citations, where),
    )


def _instants(moments: Sequence[Moment], ledger: Ledger) -> tuple[Instant, ...]:
    made = []
    before = None
    for number, moment in enumerate(moments, start=1):
        made.append(
            Instant(
                number=number,
                label=moment.label if moment.label != before else "",
                kind=moment.kind,
                word=_KIND_WORDS[moment.kind],
                text=shown(moment.text, 400),
                links=ledger.cite(moment.citations, "Timeline"),
            )
        )
        before = moment.label
    return tuple(made)


def _published(report: Report) -> str:
    return said(report.published)


def _flags(report: Report) -> tuple[str, ...]:
    """Return the report's flags in words, each with how certain it is."""
    return tuple(dict.fromkeys(f"{flag.name.replace('-', ' ')} ({flag.certainty})" for flag in report.flags))
