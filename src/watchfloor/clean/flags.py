"""Warnings about a text, each with its evidence."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean import captions, notices, surnames, walls
from watchfloor.clean.artefacts import artefacts
from watchfloor.clean.embedded import Appendix
from watchfloor.clean.labels import Labels
from watchfloor.clean.language import language
from watchfloor.clean.units import Unit
from watchfloor.core.report import Flag

_MIN_ARTEFACTS = 2  # independent traces before machine translation is suspected
_GONE = re.compile(
    r"^\W*(?:"
    r"(?:(?:http )?error )?40[34](?=\W*$|\s*[-–—|:]|\s(?:error|not found|page|file|forbidden|access denied|oops)\b)"
    r"|(?:not found|access denied|forbidden|attention required|just a moment)"
    r"(?=\W*$|\s*[-–—|!…]|\.\.\.| on this server)"
    r"|page not found|are you a (?:robot|human)"
    r"|checking your browser|verify you are (?:a )?human|this page (?:isn['’]t|is not) available|"
    r"seite nicht gefunden|page introuvable)",
    re.IGNORECASE,
)
"""Headlines of error pages and of doorkeepers: whole ones, since news tells of 404 soldiers and of forbidden cities."""

_MORE = re.compile(r"^\W*\(?more\)?\W*$", re.IGNORECASE)
_CUT = re.compile(r"(?:\[(?:…|\.\.\.|\+\d+ chars)\]|\(\.\.\.\))\W*$")
_MAX_BODY_UNITS = 4000  # paragraphs looked at for people who are not introduced


def flags(
    text: str,
    units: Sequence[Unit],
    labels: Labels,
    headline: str | None,
    block: Appendix | None,
    no_report: walls.NoReport | None = None,
) -> tuple[Flag, ...]:
    """Return the flags of a text in a fixed order of their names' kinds, then by place.

    no_report: why the text is none; then nothing of it is missing either.
    """
    if no_report:
        return (*walls.flag(no_report), *_declared(units, labels))
    return (
        *_headline(headline),
        *_declared(units, labels),
        *_machine_translated(text, units, labels),
        *_appended(units, block),
        *_truncated(text, units, labels),
        *_doubled(units, labels),
    )


def stated(
    units: Sequence[Unit], labels: Labels, headline: str | None, no_report: walls.NoReport | None
) -> tuple[Flag, ...]:
    """Return the flags that labels and headline give by themselves, where there is no time to look for traces."""
    if no_report:
        return (*walls.flag(no_report), *_declared(units, labels))
    return (*_headline(headline), *_declared(units, labels))


def _headline(headline: str | None) -> Iterator[Flag]:
    if headline is None:
        yield Flag(name="title-missing", certainty="certain", detail="no line stands as a headline")
    elif _GONE.match(headline):
        yield Flag(
            name="not-a-report", certainty="structural", detail=f"the headline is that of an error page: {headline!r}"
        )


def _declared(units: Sequence[Unit], labels: Labels) -> Iterator[Flag]:
    for unit, label in zip(units, labels, strict=True):
        said = notices.declared(unit) if label and label.kind == "disclosure" else None
        if said:
            yield Flag(
                name=said[0], certainty="disclosed", detail=f"the text {said[1]}", start=unit.start, end=unit.end
            )


def _machine_translated(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Flag]:
    """One flag per trace, once there are two of different kinds and the text does not say it anyway."""
    if any(flag.name in {"machine-translated", "translated"} for flag in _declared(units, labels)):
        return
    traces = artefacts(text, units, labels)
    if len(traces) >= _MIN_ARTEFACTS and language(_only_body(text, units, labels).strip()) in {"en", None}:
        for trace in traces:
            yield Flag(
                name="machine-translated", certainty="suspected", detail=trace.kind, start=trace.start, end=trace.end
            )


def _appended(units: Sequence[Unit], block: Appendix | None) -> Iterator[Flag]:
    if block is None:
        return
    start, end = units[block.start].start, units[block.end - 1].end
    detail = "questions and answers appended after the report: " + "; ".join((*block.reasons, *block.generated))
    yield Flag(name="embedded-non-report", certainty="structural", detail=detail, start=start, end=end)
    if len(block.generated) >= _MIN_ARTEFACTS:
        yield Flag(name="ai-generated", certainty="suspected", detail="; ".join(block.generated), start=start, end=end)


def _truncated(text: str, units: Sequence[Unit], labels: Labels) -> Iterator[Flag]:
    for unit, label in zip(units, labels, strict=True):
        short = unit.weight <= 40
        more = label is not None and (walls.is_wall(unit) or bool(_MORE.match(unit.head)))
        if short and (more or _CUT.search(unit.tail[-20:])):
            yield Flag(
                name="truncated",
                certainty="structural",
                detail="a line says that more follows elsewhere",
                start=unit.start,
                end=unit.end,
            )
    body = _only_body(text, units, labels)
    for stranger in surnames.strangers(text, body):
        detail = f"{stranger.name!r} speaks and is nowhere introduced"
        yield Flag(name="truncated", certainty="suspected", detail=detail, start=stranger.start, end=stranger.end)


def _doubled(units: Sequence[Unit], labels: Labels) -> Iterator[Flag]:
    for unit, label in zip(units, labels, strict=True):
        if label and label.reason == captions.REPEATS:
            yield Flag(
                name="duplicate-caption",
                certainty="certain",
                detail="a caption is printed again",
                start=unit.start,
                end=unit.end,
            )


def _only_body(text: str, units: Sequence[Unit], labels: Labels) -> str:
    """The text with everything but the body blanked out: offsets stay."""
    pieces = []
    place = 0
    for unit, label in list(zip(units, labels, strict=True))[:_MAX_BODY_UNITS]:
        if label is None or label.prefix is not None or label.kind == "subhead":
            pieces.append("\n" * (unit.start - place) + text[unit.start : unit.end])
            place = unit.end
    return "".join(pieces)
