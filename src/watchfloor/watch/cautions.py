"""Cautions: what to know about a report before leaning on it."""

from collections.abc import Mapping

from watchfloor.core.annotation import Attribution
from watchfloor.core.brief import Line
from watchfloor.core.copy import Copy, CopyKind
from watchfloor.core.picture import Picture
from watchfloor.core.report import Flag, FlagName, Report
from watchfloor.core.span import Span
from watchfloor.watch.reading import cited, opening
from watchfloor.watch.wording import count, listed, quoted, sentence, shorten

_HEADLINE = 90  # characters of a headline inside a sentence; assumed
_DISCLOSED: Mapping[FlagName, str] = {
    "machine-translated": "says it was machine-translated",
    "translated": "says it is a translation",
    "ai-generated": "says it is partly or wholly generated text",
    "corrected": "is a corrected version",
    "withdrawn": "was withdrawn by its outlet",
    "sponsored": "says it is sponsored",
    "syndicated": "says it was taken over from another outlet",
    "truncated": "says it is not the full text",
}
_FOUND: Mapping[FlagName, str] = {
    "title-missing": "has no headline",
    "machine-translated": "shows traces of machine translation",
    "translated": "shows traces of translation",
    "ai-generated": "shows traces of generated text",
    "truncated": "breaks off",
    "embedded-non-report": "carries text that is not of the report, such as a generated interview, and is not counted",
    "corrected": "is a corrected version",
    "withdrawn": "was withdrawn",
    "not-a-report": "may not be a report at all",
    "syndicated": "seems to be taken over from another outlet",
    "sponsored": "seems to be sponsored",
    "mixed-language": "has paragraphs in another language, in which nothing was read",
}

_COPIED: Mapping[CopyKind, str] = {
    "exact": "is word for word",
    "reprint": "is in nearly all words",
    "cut": "is, cut,",
    "rewritten": "is in most words",
    "partial": "takes over a long run of",
    "translation": "translates",
    "new-version": "is a later version of",
}

_LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}


def lines(picture: Picture) -> tuple[Line, ...]:
    """Return what was not read, then a line for each report that asks for caution and for each copy.

    A caption printed twice asks for none.
    """
    made = [*_unread(picture), *(line for report in picture.reports if (line := _line(report)) is not None)]
    known = {report.id: report for report in picture.reports}
    for copy in picture.copies:
        if copy.child in known and copy.parent in known:
            made.append(_copied(copy, known))
    return tuple(made)


def _unread(picture: Picture) -> list[Line]:
    """Return one line on reports in other languages in which no statement was found: they are counted, not read."""
    silent = [
        report
        for report in picture.reports
        if report.language not in (None, "en")
        and not any(isinstance(one, Attribution) for one in picture.annotations.get(report.id, ()))
    ]
    if not silent:
        return []
    names = sorted({_LANGUAGES.get(report.language or "", report.language or "") for report in silent})
    them, they, can = ("it", "it says", "it can") if len(silent) == 1 else ("them", "they say", "they can")
    text = (
        f"{count(len(silent), 'report')} in {listed(names)}: no statement was found in {them}, so that nothing {they} "
        f"is in the claims and contacts above; {can} be searched"
    )
    return [Line(text=sentence(text), citations=cited(opening(report) for report in silent), weight="lead")]


def _line(report: Report) -> Line | None:
    said: dict[str, Span | None] = {}
    for flag in report.flags:
        if (text := _flagged(flag)) is not None:
            said.setdefault(text, _evidence(report, flag))
    if report.outlet is None:
        said.setdefault("has no outlet that could be determined", None)
    if report.published is None:
        said.setdefault("gives no date of its own", None)
    if not said:
        return None
    spans = [span for span in said.values() if span is not None]
    text = f"{named(report)}: {listed(list(said), mark=';')}"
    return Line(text=sentence(text), citations=cited([*spans, *(() if spans else (opening(report),))]))


def _flagged(flag: Flag) -> str | None:
    if flag.certainty == "disclosed" and flag.name in _DISCLOSED:
        return _DISCLOSED[flag.name]
    return _FOUND.get(flag.name)


def _evidence(report: Report, flag: Flag) -> Span | None:
    if flag.start is None or flag.end is None or flag.start >= flag.end:
        return None
    return Span(report=report.id, start=flag.start, end=flag.end)


def named(report: Report) -> str:
    """Return the report as one says it aloud: outlet and headline, or its first words."""
    outlet = report.outlet or "a report of an unknown outlet"
    if report.headline:
        return f"{outlet}, {quoted(report.headline, _HEADLINE)}"
    start = opening(report)
    return f"{outlet}, beginning {quoted(shorten(report.text[start.start : start.end], 60))}"


def _copied(copy: Copy, known: Mapping[str, Report]) -> Line:
    child, parent = known[copy.child], known[copy.parent]
    text = f"{named(child)} {_COPIED[copy.kind]} the text of {named(parent)}; it is not a further origin"
    return Line(text=sentence(text), citations=cited([*(copy.evidence[:2] or (opening(child),)), opening(parent)]))
