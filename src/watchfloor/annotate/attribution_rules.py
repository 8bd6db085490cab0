"""Statements found by rules: words of saying, who stands beside them, what they take for content.

The content holds its complementiser and quotation marks, not the full stop outside of them. Speakers are given as the
words of the source without title and article; a later room says who they are.
"""

import re
from collections.abc import Iterator, Sequence

from watchfloor.annotate import acts
from watchfloor.annotate.attribution_facts import Voice, clean, kind_of, voice
from watchfloor.annotate.hits import Statement
from watchfloor.annotate.sources import Source, Voices
from watchfloor.annotate.statements import read as read_sentence
from watchfloor.annotate.stretches import is_quote, is_speech, stretches
from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import Act, Attribution
from watchfloor.core.report import Report
from watchfloor.core.span import Span

PART = "annotate.attributions@6"
_OPENING = '“"„«”'
_WITHHELD = re.compile(r"\b(?:comment|say|answer|discuss|speculate|elaborate|identify|confirm|disclose|name)")
_SILENT = frozenset("say mention comment respond confirm answer reply disclose reveal".split())
NOBODY = re.compile(r"(?:no|nobody|none|neither|not\s(?:one|a\ssingle))\b", re.I)


def read(report: Report, voices: Voices) -> Iterator[Attribution]:
    """Yield the statements of the body in the order of their sentences."""
    text = report.text
    passages = report.parts("body")
    last: Voice | None = None
    waiting: tuple[Statement, Sequence[Token]] | None = None
    for index, passage in enumerate(passages):
        next_mark = text[passages[index + 1].start] if index + 1 < len(passages) else " "
        fresh = True
        for items in stretches(text, passage.start, passage.end, next_mark in _OPENING):
            quotes = _only_quotes(text, items)
            if waiting is not None and quotes:
                yield _attribution(report, waiting[1], waiting[0], voices, quotes)
                waiting, fresh = None, False
                continue
            if quotes and last is not None:
                yield _continued(report, quotes, last)
                continue
            waiting = None
            taken: list[tuple[int, int]] = []
            for statement in read_sentence(text, items, voices):
                if statement.awaits:
                    waiting = (statement, items)
                else:
                    made = _attribution(report, items, statement, voices)
                    if made.source and NOBODY.match(text, made.source[0].start):
                        continue  # "no government has confirmed it" is no confirmation
                    last = Voice(made.speaker, made.speaker_type)
                    fresh = False
                    taken.append((made.content[0].start, made.content[-1].end))
                    yield made
            if last is not None and (more := _untaken(text, items, taken)):
                yield _continued(report, more, last)
            if fresh:
                last = None
        last = None if fresh else last


def _untaken(text: str, items: Sequence[Token], taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the quotations that follow one already taken, joined to it by "and": '"...," and "..."'."""
    found = []
    for at in range(2, len(items)):
        item = items[at]
        behind = is_quote(item) and items[at - 1].low == "and" and is_quote(items[at - 2]) and is_speech(text, item)
        if behind and any(end == items[at - 2].end for _, end in taken):
            found.append((item.start, item.end))
    return found


def _only_quotes(text: str, items: Sequence[Token]) -> list[tuple[int, int]]:
    """Return the spans of a sentence that is nothing but quotation, [] for any other."""
    quotes = [(item.start, item.end) for item in items if is_quote(item) and is_speech(text, item)]
    return quotes if quotes and all(is_quote(item) or not item.word for item in items) else []


def _continued(report: Report, quotes: list[tuple[int, int]], named: Voice) -> Attribution:
    """Return the statement of quotations that go on without a word of saying."""
    content = tuple(Span(report=report.id, start=start, end=end) for start, end in quotes)
    said = " ".join(report.text[span.start : span.end] for span in content)
    return Attribution(
        span=Span(report=report.id, start=content[0].start, end=content[-1].end),
        source=(),
        cue=(),
        content=content,
        speaker=named.speaker,
        speaker_type=named.type,
        kind="direct",
        act=acts.of_content(said),
        generated_by=PART,
    )


def _attribution(
    report: Report,
    items: Sequence[Token],
    statement: Statement,
    voices: Voices,
    quotes: Sequence[tuple[int, int]] = (),
) -> Attribution:
    hit = statement.hit
    content = [(items[begin].start, items[end - 1].end) for begin, end in statement.content] + list(quotes)
    source = [] if hit.source is None else [_bounds(items, hit.source)]
    cue = [(items[hit.begin].start, items[hit.end - 1].end)]
    everything = sorted(content + source + cue)
    named = voice(report.text, items, hit.source)
    via = statement.via or statement.channel
    return Attribution(
        span=Span(report=report.id, start=everything[0][0], end=max(end for _, end in everything)),
        source=_spans(report, source),
        cue=_spans(report, cue),
        content=_spans(report, content),
        speaker=named.speaker,
        speaker_type=named.type,
        kind=kind_of([report.text[start:end] for start, end in content]),
        act=_act(report.text, items, statement, content),
        reported_via=None if via is None else clean(report.text[items[via[0]].start : items[via[1] - 1].end]),
        generated_by=PART,
    )


def _spans(report: Report, bounds: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(report=report.id, start=start, end=end) for start, end in bounds)


def _bounds(items: Sequence[Token], source: Source) -> tuple[int, int]:
    return items[source.begin].start, items[source.end - 1].end


def _act(text: str, items: Sequence[Token], statement: Statement, content: Sequence[tuple[int, int]]) -> Act:
    """Return the act: that of the word of saying, or for a neutral one that of what is said."""
    hit = statement.hit
    said = " ".join(text[start:end] for start, end in content)
    verb = hit.entry.words[0]
    if hit.negated:
        return "silent" if verb in _SILENT else "other"
    if verb in ("express", "convey", "voice"):
        words = text[items[hit.at].end : items[min(hit.end + 6, len(items)) - 1].end]
        return acts.of_noun(words) or "other"
    if verb == "decline" or verb == "refuse":
        words = text[items[hit.at].start : items[hit.end - 1].end] + said[:40]
        return "decline-to-comment" if _WITHHELD.search(words) else "other"
    if verb == "explain":
        return acts.of_reason(said)
    if verb == "announce":
        return acts.of_plan(said)
    if verb == "agree" and said.startswith("to "):
        return "promise"
    if hit.entry.words == ("ask",):
        return acts.of_asking(said)
    if hit.entry.words == ("call",):
        return acts.of_naming(said)
    return hit.entry.act or acts.of_content(said)
