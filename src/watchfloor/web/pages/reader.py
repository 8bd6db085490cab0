"""The reader: a report's text with what every part of it is, and what is found in it, to be decided or corrected."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal
from urllib.parse import quote

from litestar import Response, get, post
from litestar.params import Parameter
from litestar.response import Redirect
from msgspec import Struct

from watchfloor.core.errors import ConfigError
from watchfloor.flow import correcting
from watchfloor.flow.finding_forms import ADDABLE, FIELDS, defaults, values
from watchfloor.flow.reading_room import PART, Finding, OpenedReport, Sentence, Stretch, Warned, opened, sentence_at
from watchfloor.flow.reading_room import address as address_of
from watchfloor.web.address import address, safe_next
from watchfloor.web.answering import onward, there
from watchfloor.web.finding_words import KIND_NAMES, Wording, wording
from watchfloor.web.form import Form
from watchfloor.web.handed import Sent, Visiting
from watchfloor.web.messages import marked as word
from watchfloor.web.rendering import page
from watchfloor.web.text_pieces import Mark, Piece, pieces
from watchfloor.web.visit import Visit

Id = Annotated[str, Parameter(max_length=80)]

LONGEST_WORDS = 2_000  # code points of words that are typed

GROUPS = {
    "main": (word("What is said and done"), ("contact", "event", "attribution", "quantity", "transfer", "commitment")),
    "names": (word("Names and places"), ("mention", "place")),
    "days": (word("Days"), ("time",)),
    "all": (word("All"), tuple(KIND_NAMES)),
}
"""Which findings are listed: by a word in the address."""

_FORM = "v_"  # how the fields of a finding are called in forms


class Item(Struct, frozen=True, kw_only=True):
    """A finding as it is listed. number: by which its words are marked. onward: where a decision leads."""

    number: int
    finding: Finding
    words: Wording
    name: str
    onward: str
    is_current: bool


class Shown(Struct, frozen=True, kw_only=True):
    """A stretch as it is shown: its sentences in pieces. translated: what a machine made of it, None for nothing."""

    stretch: Stretch
    sentences: tuple[tuple[Sentence, tuple[Piece, ...]], ...]
    translated: str | None


@get("/r/{id:str}", sync_to_thread=True)
def reader(visit: Visiting, id: Id) -> Response[Any]:
    """Show a report; `at=START-END`, as citations have it, leads to the sentence there."""
    start = visit.value("at").partition("-")[0]
    if start.isascii() and start.isdigit() and len(start) < 9:
        report = there(visit.node.store.report(visit.reader, id))
        way, anchor = address_of(report, int(start)).split("#")
        kept = [pair for pair in visit.query if pair[0] not in ("at", "part")]
        page_, _, part = way.partition("?part=")
        return Redirect(f"{address(page_, [*kept, ('part', part)])}#{anchor}", status_code=303)
    return _page(visit, id)


@get("/r/{id:str}/original", sync_to_thread=True)
def original(visit: Visiting, id: Id) -> Response[bytes]:
    """Give the bytes that a report was made from, as a file that no browser opens or runs."""
    store = visit.node.store
    report = store.report(visit.reader, id)
    capture = there(None if report is None else store.capture(visit.reader, report.capture))
    name = quote(f"{capture.id}.original")  # no ending by which anything would run it
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Watchfloor-Sha256": capture.sha256,
    }
    return Response(capture.data, media_type="application/octet-stream", headers=headers)


@post("/r/{id:str}/decide", sync_to_thread=True)
def decide(visit: Visiting, id: Id, form: Sent) -> Response[Any]:
    """Keep that a finding is so, is not, or that nobody has said anything of it."""
    form.only("finding", "verb", "entry", "next")
    verb: Any = form.one_of("verb", ("confirm", "reject", "unsure"))
    if verb is None:
        raise ConfigError("say whether it is so: confirm, reject or unsure")
    node = visit.node
    if verb == "unsure":
        if entry := form.text("entry", 80):
            correcting.undo(node.store, visit.admitted, entry, node.now())
    else:
        correcting.decide(node.store, visit.admitted, id, form.text("finding", 80), verb, node.now())
    return _onward(visit, id, form)


@post("/r/{id:str}/change", sync_to_thread=True)
def change(visit: Visiting, id: Id, form: Sent) -> Response[Any]:
    """Keep that a finding is otherwise, or is not so, with a reason."""
    form.only("finding", "do", "words", "reason", "as_report", "next", *_names())
    found = _opened(visit, id)
    finding = form.text("finding", 80)
    one = next((one for one in found.findings if one.key == finding), None)
    if one is None:
        raise ConfigError("this finding is not there any more; load the report again")
    node, by = visit.node, visit.admitted
    more: dict[str, Any] = {"reason": form.text("reason"), "marking": _marking(found, form)}
    verb: Literal["reject", "change"] = "reject" if form.one_of("do", ("change", "reject")) == "reject" else "change"
    try:
        if verb == "change":
            words = form.text("words", LONGEST_WORDS)
            was = found.report.text[one.annotation.span.start : one.annotation.span.end]
            if words and words.split() != was.split():
                near = _sentence(found, one.sentence).start if one.sentence else 0
                more["words"] = correcting.words_of(found.report, words, near)
            more["typed"] = _typed(form, one.kind)
        correcting.decide(node.store, by, id, finding, verb, node.now(), **more)
    except ConfigError as wrong:
        return _page(visit, id, fix=finding, problem=str(wrong), form=form)
    return _onward(visit, id, form)


@post("/r/{id:str}/add", sync_to_thread=True)
def add(visit: Visiting, id: Id, form: Sent) -> Response[Any]:
    """Keep a finding that was not made, on words of a sentence."""
    form.only("sort", "sentence", "words", "at", "reason", "as_report", "next", *_names())
    found = _opened(visit, id)
    sort = form.one_of("sort", tuple(ADDABLE)) or ""
    node = visit.node
    try:
        place = _words(found, form)
        correcting.add(
            node.store,
            visit.admitted,
            id,
            sort,
            place,
            _typed(form, sort),
            node.now(),
            reason=form.text("reason"),
            marking=_marking(found, form),
        )
    except ConfigError as wrong:
        return _page(visit, id, add=sort, problem=str(wrong), form=form)
    return _onward(visit, id, form)


@post("/r/{id:str}/undo", sync_to_thread=True)
def undo(visit: Visiting, id: Id, form: Sent) -> Response[Any]:
    """Take what somebody said back."""
    form.only("entry", "reason", "next")
    node = visit.node
    correcting.undo(node.store, visit.admitted, form.text("entry", 80), node.now(), reason=form.text("reason"))
    return _onward(visit, id, form)


def _onward(visit: Visit, id: str, form: Form) -> Response[Any]:
    return onward(visit, safe_next(form.text("next") or address(f"/r/{id}")))


def _opened(visit: Visit, id: str) -> OpenedReport:
    return there(opened(visit.node.store, visit.reader, id))


def _names() -> Iterable[str]:
    return {f"{_FORM}{field.name}" for fields in FIELDS.values() for field in fields}


def _typed(form: Form, kind: str) -> dict[str, str]:
    return {field.name: form.text(f"{_FORM}{field.name}") for field in FIELDS.get(kind, ())}


def _marking(found: OpenedReport, form: Form) -> Any:
    return found.report.marking if form.text("as_report") else None


def _sentence(found: OpenedReport, number: int) -> Sentence:
    one = next((one for one in found.sentences if one.number == number), None)
    if one is None:
        raise ConfigError(f"the report has no sentence {number}")
    return one


def _words(found: OpenedReport, form: Form) -> tuple[int, int]:
    """Return where the words stand that were typed or selected: in the sentence chosen, or from an offset on."""
    words, at, number = form.text("words", LONGEST_WORDS), form.text("at", 10), form.text("sentence", 10)
    one = _sentence(found, int(number)) if number.isascii() and number.isdigit() else None
    if not words:
        if one is None:
            raise ConfigError("choose a sentence, or type the words that it stands on")
        return one.start, one.end
    start = int(at) if at.isascii() and at.isdigit() else one.start if one else 0
    return correcting.words_of(found.report, words, start)


def _page(
    visit: Visit, id: str, *, fix: str = "", add: str = "", problem: str = "", form: Form | None = None
) -> Response[bytes]:
    found = _opened(visit, id)
    report = found.report
    group = visit.value("kinds") if visit.value("kinds") in GROUPS else "main"
    parts = max(1, -(-len(report.text) // PART))
    part = visit.number("part", 1, 1, parts)
    low, high = (part - 1) * PART, part * PART
    near = [one for one in found.findings if low <= one.start < high]
    listed = _items(visit, found, [one for one in near if one.kind in GROUPS[group][1]], id)
    fix = fix or visit.value("fix")
    fixing = next((one for one in found.findings if one.key == fix), None) if visit.may("judge") else None
    add = add or (visit.value("add") if visit.value("add") in ADDABLE else "")
    chosen = _chosen(visit, found, form) if add else {}
    target = next((one for one in found.translations if one.target == visit.value("with")), None)
    return page(
        visit,
        "reader.html",
        title=report.headline or _beginning(found) or visit.words.gettext("A report without a headline"),
        data=_twin(found),
        marking=report.marking,
        status=400 if problem else 200,
        id=report.id,
        found=found,
        flags=_grouped(found),
        report=report,
        blocks=_blocks(_shown(found, listed, low, high, target)),
        items=listed,
        part=part,
        parts=parts,
        group=group,
        groups={name: (words, sum(one.kind in kinds for one in near)) for name, (words, kinds) in GROUPS.items()},
        kind_names=KIND_NAMES,
        addable=ADDABLE,
        adding=add if visit.may("judge") else "",
        chosen=chosen,
        fixing=fixing,
        fields=FIELDS[fixing.kind] if fixing else FIELDS.get(add, ()),
        typed=_filled(fixing, add, chosen, form),
        problem=problem,
        form=form,
        target=target,
        is_long=parts > 1,
    )


def _beginning(found: OpenedReport) -> str:
    """Return the first words of a report that has no headline."""
    first = next((one for one in found.stretches if not one.folded), None)
    words = "" if first is None else " ".join(found.report.text[first.start : first.start + 90].split())
    return f"{words}…" if words else ""


def _grouped(found: OpenedReport) -> dict[str, list[Warned]]:
    grouped: dict[str, list[Warned]] = {}
    for one in found.flags:
        grouped.setdefault(one.flag.name, []).append(one)
    return grouped


def _items(visit: Visit, found: OpenedReport, some: list[Finding], id: str) -> list[Item]:
    current = visit.value("f")
    if current not in {one.key for one in some}:
        current = some[0].key if some and visit.value("f") else ""
    items = []
    for number, one in enumerate(some, start=1):
        after = some[number] if number < len(some) else one
        onward = f"{visit.here(f=after.key, fix=None, add=None)}#s{after.sentence}"
        if visit.path != f"/r/{id}":
            onward = address(f"/r/{id}", [("f", after.key)])
        items.append(
            Item(
                number=number,
                finding=one,
                words=wording(found.report.text, one.annotation),
                name=KIND_NAMES[one.kind],
                onward=onward,
                is_current=one.key == current,
            )
        )
    return items


def _shown(found: OpenedReport, items: list[Item], low: int, high: int, target: Any) -> list[Shown]:
    marks = [
        Mark(item.finding.start, item.finding.end, item.number, item.finding.kind)
        for item in items
        if item.finding.verdict != "rejected" or item.is_current
    ]
    made = {} if target is None else {one.start: one.text for one in target.paragraphs}
    text = found.report.text
    shown = []
    for stretch in found.stretches:
        if stretch.end <= low or high <= stretch.start:
            continue
        on = [mark for mark in marks if mark.start < stretch.end and stretch.start < mark.end]
        sentences = tuple(
            (one, tuple(pieces(text, max(one.start, low), min(one.end, high), on)))
            for one in stretch.sentences
            if one.start < high and low < one.end
        )
        translated = " ".join(words for at, words in made.items() if stretch.start <= at < stretch.end) or None
        shown.append(Shown(stretch=stretch, sentences=sentences, translated=translated))
    return shown


def _blocks(shown: list[Shown]) -> list[list[Shown]]:
    """Return the stretches one by one, but furniture that stands together as one block to be folded."""
    blocks: list[list[Shown]] = []
    for one in shown:
        before = blocks[-1][0] if blocks else None
        is_more = before is not None and one.stretch.folded and before.stretch.folded
        if is_more and before is not None and _is_embedded(one) == _is_embedded(before):
            blocks[-1].append(one)
            continue
        blocks.append([one])
    return blocks


def _is_embedded(one: Shown) -> bool:
    return one.stretch.kind == "embedded"


def _chosen(visit: Visit, found: OpenedReport, form: Form | None) -> dict[str, Any]:
    """Return on which words something is to be added: those of the form, or those selected in the text."""
    if form is not None:
        return {name: form.text(name, LONGEST_WORDS) for name in ("words", "at", "sentence")}
    start, end = visit.number("start", 0, 0, 99_999_999), visit.number("end", 0, 0, 99_999_999)
    if not 0 <= start < end <= len(found.report.text) or end - start > LONGEST_WORDS:
        return {"words": "", "at": "", "sentence": visit.value("s")}
    words = found.report.text[start:end]
    at = start + len(words) - len(words.lstrip())
    return {"words": words.strip(), "at": str(at), "sentence": str(sentence_at(found.sentences, at))}


def _filled(fixing: Finding | None, add: str, chosen: dict[str, Any], form: Form | None) -> dict[str, str]:
    if form is not None:
        return {name: form.text(f"{_FORM}{name}") for name in (field.removeprefix(_FORM) for field in _names())}
    if fixing is not None:
        return values(fixing.annotation)
    return defaults(add, chosen["words"]) if add else {}


def _twin(found: OpenedReport) -> dict[str, Any]:
    """Return the page as plain values."""
    report, text = found.report, found.report.text
    return {
        "id": report.id,
        "headline": report.headline,
        "outlet": report.outlet,
        "published": report.published.value if report.published else None,
        "language": report.language,
        "url": report.url,
        "stretches": [
            {
                "start": one.start,
                "end": one.end,
                "kind": one.kind,
                "reason": one.reason,
                "text": text[one.start : one.end],
            }
            for one in found.stretches
        ],
        "sentences": [[one.number, one.start, one.end] for one in found.sentences],
        "findings": [
            {
                "id": one.key,
                "kind": one.kind,
                "start": one.start,
                "end": one.end,
                "sentence": one.sentence,
                "title": wording(text, one.annotation).title,
                "verdict": one.verdict,
                "generated_by": one.annotation.generated_by,
            }
            for one in found.findings
        ],
        "flags": [
            {"name": one.flag.name, "certainty": one.flag.certainty, "detail": one.flag.detail, "meaning": one.meaning}
            for one in found.flags
        ],
        "original": f"/r/{report.id}/original",
    }


HANDLERS = [reader, original, decide, change, add, undo]
