"""Single records in, single records out: the rooms run over JSON lines, without a store."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from watchfloor.clean.reports import clean
from watchfloor.core.annotation import Attribution, Commitment, Contact, Event, Mention, Place, Quantity, Time, Transfer
from watchfloor.core.capture import Capture
from watchfloor.core.copy import Copy
from watchfloor.core.errors import SetAside
from watchfloor.core.identity import content_id
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.flow import clock, wire
from watchfloor.flow.parts import Part
from watchfloor.flow.pipeline import annotated
from watchfloor.fuse.copies import copies
from watchfloor.fuse.stories import stories

Record = Mapping[str, Any]


def required(record: Record, field: str) -> str:
    """Return a text field of a record; raise SetAside("bad-record") when it is missing or no text."""
    value = record.get(field)
    if not isinstance(value, str):
        raise SetAside("bad-record", f"the field {field!r} is {type(value).__name__}, expected a text")
    return value


def cleaned(record: Record) -> dict[str, Any]:
    """Return the cleaned form of one record {id, html or text, url?}, as `watchfloor clean --jsonl` writes it."""
    page = record.get("html")
    report = clean(_capture(record, "text/html" if isinstance(page, str) else "text/plain"))
    body = report.parts("body", "subhead")
    shown: dict[str, Any] = {
        "id": record.get("id"),
        "title": report.headline,
        "authors": list(report.authors),
        "outlet": report.outlet,
        "language": report.language,
        "published": wire.date(report.published),
        "text": "\n".join(report.text[p.start : p.end] for p in body),
        "flags": [f"{flag.name}:{flag.certainty}" for flag in report.flags],
    }
    if not isinstance(page, str):
        shown["body"] = [[p.start, p.end] for p in body]
        shown["captions"] = [[p.start, p.end] for p in report.parts("caption")]
        shown["boilerplate"] = [
            [p.start, p.end, p.reason or p.kind]
            for p in report.passages
            if p.kind not in ("body", "subhead", "caption")
        ]
    return shown


def annotated_record(record: Record, parts: Sequence[Part]) -> dict[str, Any]:
    """Return the annotations of one record {id, text, date?, title?}, as `watchfloor annotate --jsonl` writes them."""
    from watchfloor.annotate.attributions import attitudes
    from watchfloor.annotate.reading import sentences

    report = plain_report(required(record, "text"), day=record.get("date"), headline=record.get("title"))
    found = annotated(report, parts)
    return {
        "id": record.get("id"),
        "sentences": [list(sentence) for sentence in sentences(report)],
        "mentions": [wire.mention(a) for a in found if isinstance(a, Mention)],
        "times": [wire.time(a) for a in found if isinstance(a, Time)],
        "places": [wire.place(a) for a in found if isinstance(a, Place)],
        "quantities": [wire.quantity(a) for a in found if isinstance(a, Quantity)],
        "attributions": [
            *(wire.attribution(a) for a in found if isinstance(a, Attribution)),
            *({**wire.attribution(a), "voiced": False} for a in attitudes(report, found)),
        ],
        "events": [wire.event(a) for a in found if isinstance(a, Event)],
        "contacts": [wire.contact(a) for a in found if isinstance(a, Contact)],
        "transfers": [wire.transfer(a) for a in found if isinstance(a, Transfer)],
        "commitments": [wire.commitment(a) for a in found if isinstance(a, Commitment)],
    }


def trees(record: Record) -> list[str]:
    """Return the trees of one record {id, text} as lines of CoNLL-U, as `watchfloor annotate --conllu` writes them."""
    from watchfloor.annotate.conllu import document

    text, name = required(record, "text"), record.get("id")
    if name is None:
        raise SetAside("bad-record", "the field 'id' is missing; a document of CoNLL-U has a name")
    lines = list(document(str(name), text))
    if not lines:
        raise SetAside("empty", "the text holds no word; a document of CoNLL-U has at least one sentence")
    return lines


def grouped(records: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Yield copy parent and story of each record {id, date?, title, text, outlet?}, in input order."""
    kept = list(records)
    reports = [to_group(record, number) for number, record in enumerate(kept)]
    order = in_order(reports)
    edges: dict[str, Copy] = {edge.child: edge for edge in copies(order)}
    story_of = {member: story.id for story in stories(order, tuple(edges.values())) for member in story.reports}
    given = {report.id: record.get("id") for report, record in zip(reports, kept, strict=True)}
    for report, record in zip(reports, kept, strict=True):
        edge = edges.get(report.id)
        yield {
            "id": record.get("id"),
            "copy_of": given[edge.parent] if edge and edge.kind != "partial" else None,
            "copy_score": edge.score if edge else 0.0,
            "story": story_of[report.id],
        }


def plain_report(
    text: str, *, day: object = None, headline: object = None, outlet: str | None = None, address: str = "record"
) -> Report:
    """Return a report whose whole text is body, one passage a line, for text that needs no cleaning."""
    passages = []
    start = 0
    for line in text.splitlines(keepends=True):
        inner = line.strip()
        if inner:
            begin = start + line.index(inner)
            passages.append(Passage(start=begin, end=begin + len(inner), kind="body"))
        start += len(line)
    return Report(
        id=content_id("rep", outlet, address, text),
        capture=content_id("cap", address),
        address=address,
        url=None,
        outlet=outlet,
        outlet_how="given" if outlet else None,
        headline=headline if isinstance(headline, str) and headline else None,
        published=_given_day(day),
        language=None,
        text=text,
        passages=tuple(passages),
        collected=clock.now(),
        generated_by="flow.records@1",
    )


def to_group(record: Record, number: int = 0) -> Report:
    """Return the report that a record to be grouped stands for; SetAside("bad-record") for a date that is none."""
    text = record.get("text")
    return plain_report(
        text if isinstance(text, str) else "",
        day=record.get("date"),
        headline=record.get("title"),
        outlet=record.get("outlet") if isinstance(record.get("outlet"), str) else None,
        address=f"{number:09d}",
    )


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Return the reports of records to be grouped, the earliest first, those of one time as they were given."""
    return sorted(reports, key=lambda report: (_day(report), _number(report)))


def _number(report: Report) -> int:
    return int(report.address)


def _day(report: Report) -> str:
    return report.published.value or "" if report.published else ""


def _given_day(day: object) -> PartialDate | None:
    if not isinstance(day, str) or not day:
        return None
    try:
        known = date.fromisoformat(day[:10])
    except ValueError:
        raise SetAside("bad-record", f"the date {day!r} is no ISO day such as 2024-10-21") from None
    return PartialDate(value=day, low=known, high=known, precision="day", how="given with the record")


def _capture(record: Record, media_type: str) -> Capture:
    page = record.get("html")
    data = (page if isinstance(page, str) else required(record, "text")).encode("utf-8", "replace")
    url = record.get("url")
    locator = str(record.get("id"))
    digest = sha256(data).hexdigest()
    return Capture(
        id=content_id("cap", locator, digest),
        locator=locator,
        feed="records",
        sha256=digest,
        media_type=media_type,
        collected=clock.now(),
        data=data,
        url=url if isinstance(url, str) else None,
    )
