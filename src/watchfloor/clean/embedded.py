"""The judge of text that is not the report at all: questions and answers appended after its end."""

import re
from collections.abc import Sequence

from msgspec import Struct

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit
from watchfloor.clean.widgets import LISTED

_MIN_TURNS = 4
_MIN_COVER = 0.7  # share of the block's lines that open with a speaker's label; answers may run over two lines
_MAX_SPEAKERS = 6
_MIN_BEFORE = 30  # weight of prose that must stand before it for it to be an appendix
_MAX_HEADING = 30  # weight of a heading or question that leads into it
_TURN = re.compile(r"^(?P<speaker>[^\W\d_][\w .'’&-]{0,60}?)(?:\s?\((?P<initials>[A-Z]{1,3})\))?\s?[:：]\s?(?=\S)")
_ABOUT_THE_ARTICLE = re.compile(
    r"\b(?:the|this|your) (?:article|report|story|piece) (?:\w+ )?(?:touches|mentions|says|notes|states|highlights|"
    r"discusses|describes|outlines|raises|suggests|points|mentioned|noted|highlighted)\b"
    r"|\bin (?:the|this) (?:article|piece)\b",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\b(?:interview|conversation|q\s?&\s?a|discussion|dialogue|faqs?|questions?)\b", re.IGNORECASE)
_GENERIC = re.compile(
    r"^(?:dr|prof|professor|mr|ms|mrs|expert|analyst|editor|interviewer|host|q|a)\b\.?(?:\s\S+)?$", re.IGNORECASE
)
_EDITOR = re.compile(r"^(?P<outlet>.{2,40}?)\s(?:editor|interviewer|reporter|host)$", re.IGNORECASE)


class Appendix(Struct, frozen=True):
    """An appended block: units start to end (half-open), why it is held to be one, traces of being generated."""

    start: int
    end: int
    reasons: tuple[str, ...]
    generated: tuple[str, ...]
    outlet: str | None


def find(units: Sequence[Unit], labels: Labels) -> Appendix | None:
    """Return the block of questions and answers that stands after the report's end, None when there is none.

    A report that is itself an interview has none: nothing parts it from its own text.
    """
    turns = [(i, match) for i, unit in enumerate(units) if (match := _TURN.match(unit.head[:100]))]
    turns = _dense(turns)
    if len(turns) < _MIN_TURNS or not 2 <= len({_label(match) for _, match in turns}) <= 2 * _MAX_SPEAKERS:
        return None
    start, end = _extended(units, labels, turns[0][0]), turns[-1][0] + 1
    before = [i for i in range(start) if labels[i] is None or (labels[i] and labels[i].kind == "subhead")]  # type: ignore[union-attr]
    if sum(units[i].weight for i in before) < _MIN_BEFORE:
        return None
    while end < len(units) and labels[end] is None and units[end].prose:
        end += 1  # the last answer may have further paragraphs
    reasons = _reasons(units, labels, start, turns)
    generated = _traces(units, before, start, end, turns)
    parted = reasons and reasons[0] == _PARTED
    if not parted and len(reasons) + len(generated) < 2:
        return None
    outlet = next((m["outlet"].strip() for _, t in turns if (m := _EDITOR.match(t["speaker"].strip()))), None)
    return Appendix(start, end, reasons, generated, outlet)


def mark(labels: Labels, block: Appendix) -> None:
    """Label the block; this judge overrules every other."""
    for index in range(block.start, block.end):
        labels[index] = Label(
            "embedded", "questions and answers appended after the report: " + "; ".join(block.reasons)
        )


_PARTED = "furniture of the page stands between it and the report"


def _dense(turns: list[tuple[int, re.Match[str]]]) -> list[tuple[int, re.Match[str]]]:
    """Return the longest stretch of turns that lie close together and whose labels come back."""
    best: list[tuple[int, re.Match[str]]] = []
    run: list[tuple[int, re.Match[str]]] = []
    for turn in turns:
        if run and turn[0] - run[-1][0] > 3:
            run = []
        run.append(turn)
        if len(run) > len(best):
            best = list(run) if len(run) < _MIN_TURNS else run
    if not best:
        return []
    labels = [_label(match) for _, match in best]
    repeated = sum(labels.count(label) > 1 for label in set(labels))
    cover = len(best) / (best[-1][0] - best[0][0] + 1)
    return best if repeated and cover >= _MIN_COVER else []


def _label(match: re.Match[str]) -> str:
    return match["initials"] or match["speaker"].strip()


def _extended(units: Sequence[Unit], labels: Labels, start: int) -> int:
    """Take in the headings and questions that lead into the block."""
    while start > 0:
        unit, label = units[start - 1], labels[start - 1]
        heading = not unit.prose or unit.tail.rstrip().endswith(("?", "？"))
        free = label is None or label.reason == LISTED or label.kind in {"subhead", "headline", "dek"}
        if not (free and heading and unit.weight <= _MAX_HEADING):
            break
        start -= 1
    return start


def _reasons(
    units: Sequence[Unit], labels: Labels, start: int, turns: list[tuple[int, re.Match[str]]]
) -> tuple[str, ...]:
    reasons = []
    label = labels[start - 1]
    if label is not None and label.kind in {"boilerplate", "byline", "credit", "disclosure"}:
        reasons.append(_PARTED)
    if any(_HEADING.search(units[i].head) for i in range(start, turns[0][0])):
        reasons.append("a heading announces it")
    return tuple(reasons)


def _traces(
    units: Sequence[Unit], before: list[int], start: int, end: int, turns: list[tuple[int, re.Match[str]]]
) -> tuple[str, ...]:
    traces = []
    report = "\n".join(units[i].head + units[i].tail for i in before)
    names = {m["speaker"].strip() for _, m in turns if len(m["speaker"].strip()) > 1}
    last_words = {name.split()[-1] for name in names}
    if names and not any(re.search(rf"\b{re.escape(word)}\b", report) for word in last_words):
        traces.append("its speakers are nowhere in the report")
    if any(_GENERIC.match(name) for name in names):
        traces.append("a speaker without a full name")
    if any(_ABOUT_THE_ARTICLE.search(units[i].head) for i in range(start, end)):
        traces.append("its speakers talk about the article itself")
    return tuple(traces)
