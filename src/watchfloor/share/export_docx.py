"""A brief for a word processor: marking in head and foot of every page, numbered citations at the end.

Needs python-docx, the extra `watchfloor[docx]`, which is loaded only here.
"""

import importlib
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from watchfloor.core.brief import Brief
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.share.citations import Citation, Cited, numbered, numbers
from watchfloor.share.document import ExportedFile
from watchfloor.share.gate import Released, release
from watchfloor.share.harmless import on_one_line
from watchfloor.share.release import banner

_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first time that a ZIP archive can write: the same bytes on every run


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> ExportedFile:
    """Return the brief as .docx, as far as the reader may have it; raises ConfigError without python-docx."""
    try:
        docx = importlib.import_module("docx")
    except ImportError:
        raise ConfigError("python-docx is not installed; pip install 'watchfloor[docx]', or take --format md") from None
    released = release(picture, brief, reader or picture.reader)
    written = BytesIO()
    _document(docx.Document(), released).save(written)
    return ExportedFile(data=_timeless(written.getvalue()), marking=released.marking, withheld=released.withheld)


def _document(document: Any, released: Released) -> Any:
    cited = numbered(released)
    mark = on_one_line(banner(released.marking))
    section = document.sections[0]
    section.header.paragraphs[0].text = section.footer.paragraphs[0].text = mark
    _nameless(document.core_properties, released)
    document.add_heading(on_one_line(released.brief.title), level=0)
    used: set[int] = set()
    for part in released.brief.sections:
        document.add_heading(on_one_line(part.heading), level=1)
        for line in part.lines:
            style = "List Bullet 2" if line.weight == "note" else "List Bullet"
            document.add_paragraph(_cited(line.text, line.citations, cited, used), style=style)
        if not part.lines:
            document.add_paragraph(on_one_line(part.empty))
    if released.brief.timeline:
        document.add_heading("Timeline", level=1)
        for moment in released.brief.timeline:
            text = f"{moment.label} ({moment.kind}): {moment.text}"
            document.add_paragraph(_cited(text, moment.citations, cited, used), style="List Bullet")
    document.add_heading("Evidence", level=1)
    for citation in cited.values():
        if citation.number in used:
            document.add_paragraph(_evidence(citation))
    for reason, number in released.withheld.items():
        document.add_paragraph(f"Withheld: {number} items ({reason})")
    return document


def _nameless(properties: Any, released: Released) -> None:
    """Say in the file's properties what it is and nothing of the machine it was made on."""
    properties.author = "Watchfloor"
    properties.title = on_one_line(released.brief.title)[:250]
    properties.subject = on_one_line(banner(released.marking))[:250]
    properties.comments = ""
    collected = [report.collected for report in released.reports]
    properties.created = properties.modified = max(collected, default=datetime(2000, 1, 1)).replace(tzinfo=None)


def _cited(text: str, spans: Sequence[Span], cited: Cited, used: set[int]) -> str:
    found = numbers(spans, cited)
    used.update(found)
    return on_one_line(text) + "".join(f" [{number}]" for number in found)


def _evidence(citation: Citation) -> str:
    where = [citation.outlet or "outlet not determined"]
    where += [f"“{citation.headline}”"] if citation.headline else []
    where.append(citation.published or "date not given")
    mark = f"TLP:{citation.marking.level}" if citation.marking else "unmarked"
    place = f"{citation.report}, characters {citation.start}–{citation.end}; {mark}"
    quote = f" “{citation.quote}”" if citation.quote else ""
    return on_one_line(f"[{citation.number}] {', '.join(where)} ({place}).{quote}")


def _timeless(data: bytes) -> bytes:
    """Return the archive with its members in the same order and without the time at which they were written."""
    made = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(made, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = ZipInfo(name, _LONG_AGO)
            member.compress_type = ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return made.getvalue()
