"""A brief as Markdown for people: banner, sections, timeline, and a footnote for every citation."""

from collections.abc import Iterator, Sequence

from watchfloor.core.brief import Brief, Line
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.share.citations import Citation, Cited, numbered, numbers
from watchfloor.share.document import Export
from watchfloor.share.gate import Released, release
from watchfloor.share.markdown import plain
from watchfloor.share.release import banner


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the brief as Markdown, as far as the reader may have it; without a reader, the one whose picture it is."""
    released = release(picture, brief, reader or picture.reader)
    text = "\n".join(_document(released)).rstrip("\n") + "\n"
    return Export(text=text, marking=released.marking, withheld=released.withheld)


def _document(released: Released) -> Iterator[str]:
    cited = numbered(released)
    used: set[int] = set()
    nothing = released.reader.partner is not None and not released.reports
    mark = f"**{plain('NOTHING IS RELEASED TO THIS READER' if nothing else banner(released.marking))}**"
    yield from (mark, "", f"# {plain(released.brief.title)}", "", _facts(released.brief), "")
    for section in released.brief.sections:
        yield from (f"## {plain(section.heading)}", "")
        yield from _lines(section.lines, cited, used) if section.lines else (plain(section.empty),)
        yield ""
    if released.brief.timeline:
        yield from ("## Timeline", "")
        for moment in released.brief.timeline:
            text = f"- {plain(moment.label)} ({moment.kind}): {plain(moment.text)}"
            yield text + _notes(moment.citations, cited, used)
        yield ""
    if released.withheld:
        yield from ("## Withheld", "")
        yield from (f"- {number} {reason}" for reason, number in released.withheld.items())
        yield ""
    yield from ("## Evidence", "")
    yield from (_footnote(citation) for citation in cited.values() if citation.number in used)
    yield from ("", mark)


def _facts(brief: Brief) -> str:
    facts = [f"{number:,} {plain(name)}" for name, number in brief.counts.items()]
    if brief.first and brief.last:
        facts.insert(0, f"reports of {brief.first.isoformat()} to {brief.last.isoformat()}")
    if brief.as_of:
        facts.append(f"as of {brief.as_of.isoformat()}")
    return "; ".join(facts)


def _lines(lines: Sequence[Line], cited: Cited, used: set[int]) -> Iterator[str]:
    for line in lines:
        indent = "  " if line.weight == "note" else ""
        yield f"{indent}- {plain(line.text)}{_notes(line.citations, cited, used)}"


def _notes(spans: Sequence[Span], cited: Cited, used: set[int]) -> str:
    found = numbers(spans, cited)
    used.update(found)
    return "".join(f"[^{number}]" for number in found)


def _footnote(citation: Citation) -> str:
    where = [plain(citation.outlet) if citation.outlet else "outlet not determined"]
    if citation.headline:
        where.append(f"“{plain(citation.headline)}”")
    where.append(plain(citation.published) if citation.published else "date not given")
    place = f"{plain(citation.report)}, characters {citation.start}–{citation.end}"
    marking = f"TLP:{citation.marking.level}" if citation.marking else "unmarked"
    quote = f" “{plain(citation.quote)}”" if citation.quote else ""
    return f"[^{citation.number}]: {', '.join(where)} ({place}; {marking}).{quote}"
