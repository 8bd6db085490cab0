"""Statements found by the network: source, cue and content as tagged, linked, and told as the rules tell theirs."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from watchfloor.annotate import acts, block_quotations, cues
from watchfloor.annotate.attribution_facts import Voice, kind_of, voice
from watchfloor.annotate.chains import Labelled
from watchfloor.annotate.grammar import BE
from watchfloor.annotate.linking import link
from watchfloor.annotate.quotations import Quotation, find
from watchfloor.annotate.reading import Reading, Sentence, read
from watchfloor.annotate.regrouping import regrouped
from watchfloor.annotate.sources import Source, Voices
from watchfloor.annotate.tagged import Place, Tagged
from watchfloor.annotate.tokens import Token, tokens
from watchfloor.core.annotation import Act, Mention
from watchfloor.core.report import Report

_NOT = frozenset("not never n't n’t no nor neither without".split())
_REFUSE = re.compile(r"\b(?:declin|refus|would not|wouldn['’]t)")
_WITHHELD = re.compile(
    r"\b(?:comment|say|answer|discuss|speculate|elaborate|identify|confirm|disclose|name|respond|details?)"
)
_SILENT = re.compile(
    r"\b(?:silen(?:t|ce)|(?:did|has|have|had|was|were|is|are) ?n[o'’]t (?:\w+ )?(?:say|said|mention|comment|"
    r"respond|confirm|answer|reply|repl|disclose|reveal))"
)
_CLAUSE = re.compile(r"(?:which|who|whose|where)\s")
"""A relative clause alone is no proposition."""
_NAMELESS = re.compile(
    r"(?:not to be|to not be|to be|to remain) (?:named|identified|anonymous|quoted)\b|(?:on condition of )?anonymity\b",
    re.I,
)
"""What people ask who will not be named: no statement of theirs."""
_LONGEST_ORIGIN = 8
"""Words of a source that is cited: "officials in the ministry" (assumed)."""
_TELL = frozenset({"tell", "inform", "notify"})
"""Verbs whose object is the one who is told."""
_BODIES = frozenset("agency newspaper daily paper broadcaster channel party group company firm ministry office".split())
_NEAR_MARK = 2
"""Characters by which a tagged quotation may miss its marks and is set right (a comma and a mark)."""
_BESIDE = 2
"""Quotations at either edge of a content that its edges may miss."""
_NAMED_BY_TITLE = 3
"""Words that may stand between a title's words and the name it belongs to (assumed)."""


_MARCHED = re.compile(
    r"(?:(?:have|has|had|were|was|are|is)\s(?:been\s)?)?(?:protest|demonstrat|rall(?:y|i))\w*\s"
    r"(?:outside|in|at|near|across|on|through|peacefully|again)\b",
    re.I,
)


def tagged(report: Report) -> Iterator[Tagged]:
    """Yield the statements that the network tags in the body, in text order.

    What is announced by a colon at a paragraph's end is the quotation that the next paragraph is; a quotation with a
    name behind a dash is that name's.
    """
    waiting: Tagged | None = None
    for line in _lines(report):
        found = _in_paragraph(report.text, line)
        piece = block_quotations.block(report.text, line.start, line.end, line.quotes)
        if waiting is not None:
            if piece is not None:
                waiting = waiting._replace(contents=(*waiting.contents, piece))
                if not line.quotes[-1].closed:
                    yield from found
                    continue
            if waiting.contents:
                yield waiting
            waiting = None
            if piece is not None:
                yield from found
                continue
        if (signed := block_quotations.signed(report.text, line.start, line.end, line.quotes)) is not None:
            name, dash, said = signed
            yield Tagged(name, dash, (said,), (name,))
            continue
        waiting = _announced(report.text, line) if report.text[line.end - 1] == ":" else None
        for one in found:
            if waiting is not None and one.cue == waiting.cue:
                waiting = one
            else:
                yield one
    if waiting is not None and waiting.contents:
        yield waiting


class _Line(NamedTuple):
    """A paragraph of the body with its reading and its quotations, offsets in the report's text."""

    start: int
    end: int
    quotes: Sequence[Quotation]
    reading: Reading


def _lines(report: Report) -> Iterator[_Line]:
    for passage in report.parts("body"):
        quotes = find(report.text, passage.start, passage.end)
        at = 0
        for offset, reading in read(report.text, passage.start, passage.end):
            end = offset + (reading.words[-1].end if reading.words else 0)
            while at < len(quotes) and quotes[at].end <= offset:
                at += 1
            last = at
            while last < len(quotes) and quotes[last].start < end:
                last += 1
            yield _Line(offset, end, quotes[at:last], reading)


def _in_paragraph(text: str, line: _Line) -> list[Tagged]:
    """Return the statements whose cue and contents stand in one paragraph."""
    reading, offset = line.reading, line.start
    spans = reading.spans["attribution"]
    if not spans:
        return []
    starts = [sentence.first for sentence in reading.sentences]
    sources = tuple(_place(reading, offset, span) for span in spans if span.label == "source")
    found = []
    for one in link(spans, starts):
        if _summons(reading, one.cue.start, one.cue.end):
            continue
        source = None if one.source is None else _place(reading, offset, one.source)
        contents = [_place(reading, offset, _unaddressed(reading, one.cue, piece)) for piece in one.contents]
        snapped = tuple(_snapped(piece, line.quotes) for piece in contents if _says(text, piece))
        if snapped:
            cue = _place(reading, offset, one.cue)
            found.append(Tagged(source, cue, snapped, sources, _according(text, cue)))
    ends = [offset + reading.words[sentence.last - 1].end for sentence in reading.sentences]
    return regrouped(text, found, line.quotes, ends)


def _announced(text: str, line: _Line) -> Tagged | None:
    """Return the words of saying of the last sentence of a paragraph that ends in a colon, with their source.

    "She went on to say:", "Stated Stone:", "The office released the following statement:"
    """
    spans, sentences = line.reading.spans["attribution"], line.reading.sentences
    if not spans or not sentences:
        return None
    first = sentences[-1].first
    cues_here = [span for span in spans if span.label == "cue" and span.start >= first]
    if not cues_here:
        return None
    cue = cues_here[-1]
    own = [span for span in spans if span.label == "source" and span.start >= first]
    before = [span for span in own if span.end <= cue.start]
    source = before[-1] if before else next((span for span in own if span.start >= cue.end), None)
    place = None if source is None else _place(line.reading, line.start, source)
    sources = () if place is None else (place,)
    return Tagged(place, _place(line.reading, line.start, cue), (), sources)


def _summons(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a cue calls somebody to something ("called his advisers to a meeting"), which says nothing."""
    for sentence in _sentences(reading, first, last):
        for at in range(max(first, sentence.first), min(last, sentence.last)):
            if sentence.lemmas[at - sentence.first] == "call":
                below = [n for n, head in enumerate(sentence.heads) if head == at - sentence.first + 1]
                relations = {sentence.relations[n].partition(":")[0] for n in below}
                to = any(
                    sentence.lemmas[n] == "to" and sentence.relations[n] == "case" and sentence.heads[n] - 1 in below
                    for n in range(len(sentence.heads))
                )
                return to and "obj" in relations and not relations & {"xcomp", "ccomp", "parataxis"}
    return False


def _sentences(reading: Reading, first: int, last: int) -> Iterator[Sentence]:
    """Yield the sentences that hold the words first to last."""
    at = bisect_right(reading.sentences, first, key=lambda sentence: sentence.last)
    while at < len(reading.sentences) and reading.sentences[at].first < last:
        yield reading.sentences[at]
        at += 1


def _unaddressed(reading: Reading, cue: Labelled, piece: Labelled) -> Labelled:
    """Return a content without the one it is said to: "told | the envoy in Oslo | that the troops must go"."""
    for sentence in _sentences(reading, cue.start, cue.end):
        for at in range(max(cue.start, sentence.first), min(cue.end, sentence.last)):
            if sentence.lemmas[at - sentence.first] not in _TELL:
                continue
            below = [n for n, head in enumerate(sentence.heads) if head == at - sentence.first + 1]
            said = next((n for n in below if sentence.relations[n] == "ccomp"), None)
            told = [n for n in below if sentence.relations[n] in ("obj", "iobj") and said is not None and n < said]
            if said is None or not told:
                continue
            begin = sentence.first + _leftmost(sentence, said)
            if piece.start <= sentence.first + told[0] < begin < piece.end:
                return piece._replace(start=begin)
    return piece


def _leftmost(sentence: Sentence, top: int) -> int:
    """Return the first word of the tree below a word."""
    first, below = top, [top]
    while below:
        head = below.pop() + 1
        found = [n for n, one in enumerate(sentence.heads) if one == head]
        first = min([first, *found])
        below += found
    return first


def _place(reading: Reading, offset: int, span: tuple[int, int, str]) -> Place:
    return reading.words[span[0]].start + offset, reading.words[span[1] - 1].end + offset


def _according(text: str, cue: Place) -> bool:
    return "according" in text[cue[0] : cue[1]].lower()


def _says(text: str, piece: Place) -> bool:
    """Tell whether there is a word in a stretch: a mark alone says nothing."""
    return any(letter.isalnum() for letter in text[piece[0] : piece[1]])


def _snapped(piece: Place, quotes: Sequence[Quotation]) -> Place:
    """Return a content whose edge lies beside a quotation mark with that edge at the mark."""
    start, end = piece
    first = bisect_left(quotes, start - _NEAR_MARK, key=lambda quote: quote.end)
    last = bisect_right(quotes, end + _NEAR_MARK, key=lambda quote: quote.start)
    for quote in (*quotes[first : first + _BESIDE], *quotes[max(first + _BESIDE, last - _BESIDE) : last]):
        if quote.opened and 0 < abs(quote.start - start) <= _NEAR_MARK and quote.start < end:
            start = quote.start
        if quote.closed and 0 < abs(quote.end - end) <= _NEAR_MARK and quote.end > start:
            end = quote.end
    return start, end


def speaker(text: str, source: Place | None, voices: Voices) -> Voice:
    """Return whom a source names."""
    if source is None:
        return Voice(None, "anonymous")
    items = list(tokens(text, *source))
    if not items:
        return Voice(None, "anonymous")
    if (named := named_last(text, source, voices)) is not None:
        return Voice(named.name, "organisation")
    return voice(text, items, Source(0, len(items), heart(text, source, voices)))


def named_last(text: str, source: Place, voices: Voices) -> Mention | None:
    """Return the body named at the end of its own description: the "KCNA" of "the state news agency KCNA"."""
    last = voices.ending(source[1])
    if last is None or last.type != "organisation" or not last.name[:1].isupper() or last.span.start <= source[0]:
        return None
    before = text[source[0] : last.span.start].split()
    return last if before and before[-1] in _BODIES else None


def heart(text: str, source: Place, voices: Voices) -> Mention | None:
    """Return the mention that a source is about: whom its title names, else whom it begins with."""
    inside = voices.within(*source)
    for mention in inside:
        if mention.type == "person" and mention.title is not None:
            before = " ".join(text[source[0] : mention.span.start].split())
            rest = before.removesuffix(",").removesuffix(mention.title).strip()
            if mention.title in before and len(rest.split()) <= _NAMED_BY_TITLE:
                return mention
    return inside[0] if inside else None


def act(text: str, cue: Place, contents: Sequence[Place]) -> Act:
    """Return what is done by the words: as the words of saying tell, else as what is said tells."""
    said = " ".join(text[start:end] for start, end in contents)
    words = list(tokens(text, *cue))
    low = text[cue[0] : cue[1]].lower()
    whole = low + " " + said[:60].lower()
    if _REFUSE.search(low):
        return "decline-to-comment" if _WITHHELD.search(whole) else "other"
    if _SILENT.search(low):
        return "silent"
    entry = _entry(words)
    negated = any(word.low in _NOT for word in words) or "n't" in low or "n’t" in low
    if entry is None:
        return acts.of_noun(low) or acts.of_content(said)
    verb = entry.words[0]
    if negated:
        return "other"
    if verb in ("express", "convey", "voice"):
        return acts.of_noun(whole) or "other"
    if verb == "explain":
        return acts.of_reason(said)
    if verb == "announce":
        return acts.of_plan(said)
    if verb == "agree" and said.startswith("to "):
        return "promise"
    if entry.words == ("ask",):
        return acts.of_asking(said)
    if entry.words == ("call",):
        return acts.of_naming(said)
    return entry.act or acts.of_content(said)


def _entry(words: Sequence[Token]) -> cues.Entry | None:
    """Return the table's entry of the last word of saying in a cue."""
    for at in range(len(words) - 1, -1, -1):
        found = cues.at(words, at)
        if found is not None:
            return found.entry
    return None


def _is_asked(tag: Tagged, words: Sequence[Token]) -> bool:
    """Tell whether the one named is asked and says nothing by it: "Asked about the raid, the envoy …"."""
    before = tag.source is None or tag.cue[1] <= tag.source[0]
    return before and bool(words) and words[-1].low in ("asked", "about") and words[0].low in ("asked", "when", "if")


def names_origin(text: str, tag: Tagged) -> bool:
    """Tell whether a cue only says where something comes from: "citing rescue officials"."""
    words = list(tokens(text, *tag.cue))
    said = text[tag.contents[0][0] : tag.contents[-1][1]]
    citing = bool(words) and words[-1].low in ("citing", "cited", "cites", "quoting")
    return citing and len(said.split()) <= _LONGEST_ORIGIN and not any(mark in said for mark in '"“”„«»')


def voiced(text: str, tag: Tagged) -> bool:
    """Tell whether somebody says it: a word of saying, a colon, "according to", words in quotation marks.

    Without a speaker a passive tells what people think ("is expected to") and not what anybody said.
    """
    words = list(tokens(text, *tag.cue))
    if _is_asked(tag, words) or _NAMELESS.match(text, tag.contents[0][0]):
        return False
    if tag.source is None and any(word.low in BE for word in words):
        return False
    if _CLAUSE.match(text, tag.contents[0][0]):
        return False
    low = text[tag.cue[0] : tag.cue[1]].lower()
    if _MARCHED.match(text, tag.cue[0]):
        return False  # "3,000 people protested outside the court": they stood there
    if low in (":", "-", "—") or tag.according or any(word.low in cues.nouns() for word in words):
        return True
    entry = _entry(words)
    if entry is not None and "w" not in entry.frames:
        return True
    return kind_of([text[start:end] for start, end in tag.contents]) == "direct"
