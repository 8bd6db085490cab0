"""Brief: what is known or what changed since a day, every sentence cited; and drafts of it that people work on."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

from watchfloor.core.brief import Brief, Line, Section
from watchfloor.core.draft import Draft, Sentence
from watchfloor.core.errors import ConfigError
from watchfloor.core.partner import standing
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.flow import at_hand, drafting, releasing
from watchfloor.flow.remembered import Remembered
from watchfloor.share import export_docx, export_markdown
from watchfloor.share.gate import release
from watchfloor.watch.days import period
from watchfloor.web import brief_page
from watchfloor.web.answering import onward, there
from watchfloor.web.citing import thing
from watchfloor.web.form import Form
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.ledger import Ledger, Link
from watchfloor.web.rendering import page
from watchfloor.web.sending import kept_as
from watchfloor.web.visit import Visit

FORMS = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
    "md": ("text/markdown; charset=utf-8", "Markdown"),
    "html": ("text/html; charset=utf-8", "HTML"),
}
FIRST = 8  # lines of each section on the first page; all are on pages of their own (assumed: a screen)
LINES = 60  # lines on one page of a section: about 150 KB with their evidence (measured)
CITED = 4  # places that a line leads to; how many more there are is said, and the exports have all (assumed)
_OWN_WORDS = 1_000  # characters of what is cited, as somebody types it (assumed)


class Told(Struct, frozen=True, kw_only=True):
    """One sentence on the page; of a draft with who worded it and who answers for it.

    more: places that it rests on besides; to: the page of what it is about, "" without one.
    """

    text: str
    links: tuple[Link, ...]
    weight: str = "plain"
    worded_by: str | None = None
    assessed_by: str | None = None
    numbers: str = ""
    more: int = 0
    to: str = ""


@get("/brief", sync_to_thread=True)
def brief(visit: Visiting) -> Response[bytes]:
    """Show the brief of all that is known, or of what changed since a day, and the drafts."""
    asked = _asked(visit)
    made = at_hand.brief(*asked)
    ledger = _numbered(*asked).blank()
    chosen = next((one for one in made.sections if slug(one) == visit.value("section")), None)
    last = max(1, -(-len(chosen.lines) // LINES)) if chosen else 1
    at = visit.number("page", 1, low=1, high=last)
    sections = (
        [_shown(visit, chosen, chosen.lines[(at - 1) * LINES : at * LINES], ledger)]
        if chosen
        else [_shown(visit, one, one.lines[: _first(made)], ledger) for one in made.sections]
    )
    return page(
        visit,
        "brief_view.html",
        title=made.title,
        data=lambda: {"sections": _plain(made), "counts": made.counts},
        marking=made.marking,
        sections=sections,
        chosen=chosen,
        number=at,
        last=last,
        shelves=ledger.shelves(used=True),
        counts=made.counts,
        span=period(made.first, made.last) if made.first and made.last else "",
        since=visit.value("since"),
        forms=FORMS,
        drafts=visit.node.store.drafts.drafts(visit.reader),
    )


@get("/brief/export", sync_to_thread=True)
def export(visit: Visiting) -> Response[bytes]:
    """Hand out the brief, or a draft of it, in another form."""
    form, draft = visit.value("form"), visit.value("draft")
    if form not in FORMS:
        raise ConfigError(f"form is {form[:20]!r}; expected one of {', '.join(FORMS)}")
    if draft:
        shown = _version(visit, draft)
        picture, made = drafting.written(visit.node.store, visit.admitted, shown)(visit.picture(shown.as_of))
        made = release(picture, made, visit.reader).brief
    else:
        picture, made = _machine(visit)
    kind, _ = FORMS[form]
    visit.noted({"form": form, **({"draft": draft} if draft else {})})
    name = f"brief-{(made.as_of or visit.node.now().date()).isoformat()}.{form}"
    return Response(_written(form, picture, made, visit), media_type=kind, headers=kept_as(name))


@post("/brief/drafts", sync_to_thread=True)
def begin(visit: Visiting, form: Sent) -> Response[Any]:
    """Begin a draft from the machine's brief."""
    form.only("since", "as_of")
    visit.query = tuple((name, value) for name in ("since", "as_of") if (value := form.text(name)))
    _, made = _machine(visit)
    draft = drafting.begin(visit.node.store, visit.admitted, made, visit.node.now(), since=visit.day("since"))
    return onward(visit, visit.to(f"/brief/drafts/{draft.id}"))


@get("/brief/drafts/{id:str}", sync_to_thread=True)
def draft(visit: Visiting, id: FromPath[str]) -> Response[bytes]:
    """Show a draft with what can be changed in it."""
    return _draft(visit, id)


@post("/brief/drafts/{id:str}", sync_to_thread=True)
def change(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Change a draft; what cannot be taken is said above the words that were typed."""
    form.only("action", "version", "part", "at", "text", "citations", "assessed", "title", "heading", "restore")
    _version(visit, id)
    try:
        made, words = _change(visit, form, id)
        drafting.change(
            visit.node.store,
            visit.admitted,
            id,
            _number(form, "version"),
            made,
            visit.node.now(),
            words=words,
        )
    except ConfigError as error:
        visit.noted({"refused": "yes"})
        return _draft(visit, id, problem=str(error), typed=form)
    return onward(visit, visit.to(f"/brief/drafts/{id}") + _anchor(form))


@post("/brief/drafts/{id:str}/ask", sync_to_thread=True)
def ask(visit: Visiting, form: Sent, id: FromPath[str]) -> Response[Any]:
    """Ask for a draft to be released to a partner: as much of it as the partner may have."""
    form.only("partner", "reason")
    shown = _version(visit, id)
    releasing.ask(
        visit.opened,
        visit.admitted,
        form.text("partner", 200),
        visit.node.now(),
        reason=form.text("reason"),
        title=shown.title,
        as_of=shown.as_of,
        written=drafting.written(visit.node.store, visit.admitted, shown),
    )
    return onward(visit, visit.to("/sharing") + "#queue")


def _draft(visit: Visit, id: str, *, problem: str = "", typed: Form | None = None) -> Response[bytes]:
    store, by = visit.node.store, visit.admitted
    shown = _version(visit, id)
    every = drafting.versions(store, by, id)
    picture, made = drafting.written(store, by, shown)(visit.picture(shown.as_of))
    told = release(picture, made, visit.reader)
    ledger = Ledger(picture, _cites(shown))
    parts = [
        {"heading": part.heading, "lines": [_of_sentence(one, ledger, part.heading) for one in part.sentences]}
        for part in shown.parts
    ]
    current = {report.id for report in visit.picture(shown.as_of).reports}
    corrected = sorted({span.report for span in _cites(shown)} - current)
    partners = visit.node.store.partners.partners(visit.reader) if visit.may("ask") else ()
    return page(
        visit,
        "brief_draft.html",
        title=shown.title,
        data={"id": shown.id, "version": shown.version, "by": shown.by, "sections": _plain(made)},
        marking=told.brief.marking,
        status=400 if problem else 200,
        draft=shown,
        is_last=shown.version == every[-1].version,
        versions=every[::-1],
        parts=parts,
        shelves=ledger.shelves(),
        corrected=corrected,
        worked_on=drafting.worked_on(shown),
        forms=FORMS,
        may_change=visit.may("judge") and shown.version == every[-1].version,
        partners=[one.name for one in partners if standing(one, visit.node.now()) == "approved"],
        problem=problem,
        typed={
            name: typed.text(name, 10_000) if typed else "" for name in ("text", "citations", "part", "at", "action")
        },
    )


def _change(visit: Visit, form: Form, id: str) -> tuple[drafting.Change, str]:
    """Return the change that a form asks for, and its name for the list of versions."""
    by, action = visit.admitted, form.text("action")
    part, at = _number(form, "part"), _number(form, "at")
    if action in ("reword", "add"):
        shown = _version(visit, id)
        picture = visit.picture(shown.as_of)
        numbers = Ledger(picture, _cites(shown)).first_spans()
        spans = drafting.cited(form.text("citations", _OWN_WORDS), picture, numbers)
        text, assessed = form.text("text", 10_000), bool(form.text("assessed"))
        if action == "add":
            return drafting.added(part, text, spans, assessed, by), "added a sentence"
        return drafting.reworded(part, at, text, spans, assessed, by), "changed a sentence"
    if action == "remove":
        return drafting.removed(part, at), "removed a sentence"
    if action in ("up", "down"):
        return drafting.moved(part, at, -1 if action == "up" else 1), "moved a sentence"
    if action == "title":
        return drafting.titled(form.text("title", 200)), "changed the title"
    if action == "part":
        return drafting.headed(form.text("heading", 200)), "added a heading"
    if action == "restore":
        wanted = _number(form, "restore")
        every = drafting.versions(visit.node.store, by, id)
        earlier = next((one for one in every if one.version == wanted), None)
        if earlier is None:
            raise ConfigError(f"the draft has no version {wanted}")
        return drafting.restored(earlier), f"went back to version {wanted}"
    raise ConfigError(f"there is nothing called {action[:30]!r} to do with a draft")


def _version(visit: Visit, id: str) -> Draft:
    """Return the version that the address names, by default the last; a draft that is not to be seen is missing."""
    every = visit.node.store.drafts.versions(visit.reader, id)
    if not every:
        raise NotFoundException
    wanted = visit.number("version", every[-1].version)
    return there(next((one for one in every if one.version == wanted), None))


def _first(made: Brief) -> int:
    """Return how many lines of each section stand on the first page: all of them where they are few together."""
    return LINES if sum(len(one.lines) for one in made.sections) <= LINES else FIRST


def slug(section: Section) -> str:
    """Return by which name an address asks for a section; how many it has is not in it.

    >>> slug(Section(heading="New claims (25 of 90)", lines=(), empty=""))
    'new-claims'
    """
    return "-".join(re.findall(r"[a-z]+", section.heading.partition(" (")[0].lower()))


def _shown(visit: Visit, section: Section, lines: Sequence[Line], ledger: Ledger) -> dict[str, Any]:
    """Return some lines of a section as the page shows them; to: the address of the whole section, "" if this is it."""
    return {
        "heading": section.heading,
        "empty": section.empty,
        "lines": [_line(visit, line, ledger, section.heading) for line in lines],
        "all": len(section.lines),
        "to": visit.here(section=slug(section), page=None) if len(lines) < len(section.lines) else "",
    }


def _numbers_of(picture: Picture, before: Picture | None, since: date | None) -> Ledger:
    return Ledger(picture, _spans(at_hand.brief(picture, before, since)))


_numbered: Remembered[Ledger] = Remembered(_numbers_of)


def _machine(visit: Visit) -> tuple[Picture, Brief]:
    """Return the brief as the machine writes it, as far as whoever asks may have it."""
    picture, before, since = _asked(visit)
    return picture, at_hand.brief(picture, before, since)


def _asked(visit: Visit) -> tuple[Picture, Picture | None, date | None]:
    """Return of which picture a brief is asked for; for what changed, the one of before and since when."""
    since = visit.day("since")
    picture = visit.picture()
    if since and visit.as_of and visit.as_of < since:
        raise ConfigError(f"as of {visit.as_of} lies before since {since}; choose an earlier day")
    before = visit.picture(since - timedelta(days=1)) if since else None
    visit.looked_at = picture
    return picture, before, since


def _written(form: str, picture: Picture, made: Brief, visit: Visit) -> bytes:
    if form == "docx":
        return export_docx.export(picture, made, reader=visit.reader).data
    if form == "md":
        return export_markdown.export(picture, made, reader=visit.reader).text.encode("utf-8", "replace")
    return brief_page.render(made, picture).encode("utf-8", "replace")


def _line(visit: Visit, line: Line, ledger: Ledger, where: str) -> Told:
    return Told(
        text=line.text,
        links=ledger.cite(line.citations[:CITED], where),
        weight=line.weight,
        more=max(0, len(line.citations) - CITED),
        to=thing(visit, line.about),
    )


def _of_sentence(one: Sentence, ledger: Ledger, where: str) -> Told:
    links = ledger.cite(one.citations, where)
    return Told(
        text=one.text,
        links=links,
        worded_by=one.worded_by,
        assessed_by=one.assessed_by,
        numbers=", ".join(str(link.number) for link in links),
    )


def _spans(made: Brief) -> list[Span]:
    return [span for section in made.sections for line in section.lines for span in line.citations]


def _cites(shown: Draft) -> list[Span]:
    return [span for part in shown.parts for one in part.sentences for span in one.citations]


def _plain(made: Brief) -> list[dict[str, object]]:
    return [
        {
            "heading": section.heading,
            "lines": [
                {
                    "text": line.text,
                    "citations": [{"report": s.report, "start": s.start, "end": s.end} for s in line.citations],
                }
                for line in section.lines
            ],
        }
        for section in made.sections
    ]


def _number(form: Form, name: str) -> int:
    text = form.text(name, 10)
    return int(text) if text.isascii() and text.isdigit() else -1


def _anchor(form: Form) -> str:
    part, at = _number(form, "part"), _number(form, "at")
    return f"#p{part}s{at}" if part >= 0 and at >= 0 else f"#p{part}" if part >= 0 else ""


HANDLERS = [brief, export, begin, draft, change, ask]
