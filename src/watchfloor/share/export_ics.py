"""Contacts as a calendar (iCalendar, RFC 5545): each on the days on which it may have been."""

from collections.abc import Iterator
from datetime import UTC, timedelta

from watchfloor.core.brief import Brief
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.share.citations import limited
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.harmless import on_one_line
from watchfloor.share.release import banner

UNDATED = "contacts without a day"
_STATUS = {"actual": "CONFIRMED", "denied": "CANCELLED"}
_WIDEST = 75  # octets of a line (RFC 5545, 3.1)


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the contacts that have a first and a last possible day; the others are counted in `withheld`."""
    released = release(picture, brief, reader or picture.reader)
    dated = [one for one in released.encounters if one.date and one.date.low and one.date.high]
    text = "".join(_folded(line) for line in _lines(released, sorted(dated, key=lambda one: one.id)))
    without = len(released.encounters) - len(dated)
    withheld = released.withheld | ({UNDATED: without} if without else {})
    return Export(text=text, marking=released.marking, withheld=withheld)


def _lines(released: Released, contacts: list[Encounter]) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Watchfloor//contacts//EN"
    yield f"NAME:{_text(released.brief.title)}"
    yield f"X-WATCHFLOOR-MARKING:{_text(banner(released.marking))}"
    for contact in contacts:
        yield from _event(contact, released)
    yield "END:VCALENDAR"


def _event(contact: Encounter, released: Released) -> Iterator[str]:
    reports = {report.id: report for report in released.reports}
    told = [(span, reports[span.report]) for span in contact.tellings if span.report in reports]
    if not told or contact.date is None or contact.date.low is None or contact.date.high is None:
        return
    mark = released.marks.get(contact.id)
    parties = ", ".join(party.name for party in contact.parties) or "parties not named"
    words = [banner(mark), f"Date: {contact.date.value or 'not exact'} ({contact.date.how})"]
    words += [f"{r.outlet or 'outlet not determined'}: “{limited(r.text[s.start : s.end])}” ({r.id})" for s, r in told]
    stamp = max(report.collected for _, report in told).astimezone(UTC)
    yield "BEGIN:VEVENT"
    yield f"UID:{contact.id}@watchfloor"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{contact.date.low:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{contact.date.high + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(f'{contact.contact_type}: {parties}')}"
    if contact.place:
        yield f"LOCATION:{_text(contact.place)}"
    yield "DESCRIPTION:" + "\\n".join(_text(line) for line in words)
    yield f"STATUS:{_STATUS.get(contact.status, 'TENTATIVE')}"
    yield f"CLASS:{_class(mark)}"
    yield "TRANSP:TRANSPARENT"
    yield f"CATEGORIES:{_text(contact.contact_type)},{contact.status}"
    yield "END:VEVENT"


def _class(marking: Marking | None) -> str:
    return "PUBLIC" if marking is not None and marking.level == "CLEAR" else "CONFIDENTIAL"


def _text(text: str) -> str:
    plain = on_one_line(text).replace("\\", "\\\\")
    return plain.replace(";", "\\;").replace(",", "\\,")


def _folded(line: str) -> str:
    """Return the line in pieces of at most 75 octets, no character cut, each but the first led by a blank."""
    pieces = [""]
    room = _WIDEST
    for character in line:
        octets = len(character.encode("utf-8"))
        if octets > room:
            pieces.append(" ")
            room = _WIDEST - 1
        pieces[-1] += character
        room -= octets
    return "\r\n".join(pieces) + "\r\n"
