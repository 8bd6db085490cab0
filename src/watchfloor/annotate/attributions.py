"""Who said what in the body of a report: source, cue and content spans as in PolNeAR, with the act and the channel.

The network decides which words are a statement and how far they reach; the rules, which read the same sentence, say who
speaks, through whom and what is done by it, and add what the network's flat spans cannot hold: statements inside
statements, and quotations that go on without a word of saying.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from watchfloor.annotate import attribution_rules, attribution_tags, factuality, ways
from watchfloor.annotate.attribution_facts import Voice, kind_of
from watchfloor.annotate.attribution_rules import NOBODY, PART
from watchfloor.annotate.grammar import RELATIVE
from watchfloor.annotate.joint_speakers import joint
from watchfloor.annotate.neighbours import Neighbours
from watchfloor.annotate.parties import ACTING
from watchfloor.annotate.sources import Voices
from watchfloor.annotate.tagged import Place, Tagged
from watchfloor.core.annotation import Annotation, Attribution, Mention
from watchfloor.core.report import Report
from watchfloor.core.span import Span

_ENDED = re.compile(r"[.!?…][\"”’»']*$")
_ACCOUNT = re.compile(
    r"\s(?:on|via|through)\s(?:its|his|her|their)\s(?P<way>(?:[\w’'-]+\s){0,4}?(?:account|website|page|channel|feed)s?)$"
)
"""Where something was said, at the end of what was said; whose it is must be the speaker's own."""
_STOPPED = re.compile(r"(?<=[a-z]{3})[.!?…][\"”’»')]*\s+(?=[A-Z])")
_LONGEST_SOURCE = 12  # words (assumed)
_DAY_THAT = re.compile(
    r"(?:(?:on\s)?[A-Z][a-z]+day|\d{1,2}\s[A-Z][a-z]+(?:\s\d{4})?|[A-Z][a-z]+\s\d{1,2}(?:,\s\d{4})?)\s(?P<that>that)\s"
)
_SAME = 0.5
"""Share of letters (Jaccard) from which two contents are one statement: the measure of the published scores."""


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Attribution]:
    """Yield the statements of the body in text order; `found` holds the mentions of the report."""
    yield from _completed(report, _ordered(one for one, voiced in _read(report, found) if voiced))


def attitudes(report: Report, found: Sequence[Annotation]) -> Iterator[Attribution]:
    """Yield what the network tags and nobody says: beliefs, plans, support, deeds ("supports the bill", "is expected").

    PolNeAR counts them as attributions; a situation picture does not count them as statements.
    """
    yield from _completed(report, _ordered(one for one, voiced in _read(report, found) if not voiced))


def _completed(report: Report, found: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the statements with the way they came and with whether, how surely and when what is said is so."""
    clauses = factuality.Clauses(report.text, [(part.start, part.end) for part in report.parts("body")])
    for one in found:
        told = clauses.of_stretch(one.content[0].start, one.content[0].end) or factuality.Factuality()
        one = _without_day(report.text, _without_account(report.text, one))
        together = joint(report.text, one)
        if together is not None:
            via = one.reported_via or together.via
            one = replace(one, speaker=together.speaker, speaker_type=together.type, reported_via=via)
        via = ways.plain(one.reported_via)
        if one.cue:
            named = ways.way(report.text, clauses.sentence(one.cue[0].start), _places(one.content))
            via = named if via is None or (named is not None and named in via) else via
        if via == one.speaker:
            via = None
        yield replace(one, reported_via=via, polarity=told.polarity, modality=told.modality, tense=told.tense)


def _without_account(text: str, one: Attribution) -> Attribution:
    """Return a statement without the account or page it was made on at the end of its content."""
    last = one.content[-1]
    if one.kind == "direct" or not one.cue or one.cue[-1].end > last.start:
        return one
    found = _ACCOUNT.search(text, last.start, last.end)
    if found is None or found.start() == last.start:
        return one
    content = (*one.content[:-1], Span(report=last.report, start=last.start, end=found.start()))
    return replace(one, content=content, reported_via=one.reported_via or found["way"])


def _without_day(text: str, one: Attribution) -> Attribution:
    """Return a statement without the day before its content: "withdraws its report of 2 March that ..."."""
    first = one.content[0]
    found = _DAY_THAT.match(text, first.start, first.end)
    if one.kind == "direct" or found is None or not one.cue or one.cue[-1].end > first.start:
        return one
    content = (Span(report=first.report, start=found.start("that"), end=first.end), *one.content[1:])
    return replace(one, content=content)


def _ordered(found: Iterator[Attribution]) -> list[Attribution]:
    return sorted(found, key=lambda one: (one.content[0].start, -one.content[-1].end, one.span.start))


def _read(report: Report, found: Sequence[Annotation]) -> Iterator[tuple[Attribution, bool]]:
    """Yield every attribution, and whether it is voiced: said, written or shown by somebody."""
    voices = Voices(report.text, [one for one in found if isinstance(one, Mention) and one.type in ACTING])
    ruled = list(attribution_rules.read(report, voices))
    beside = Neighbours([_all_places(one) for one in ruled])
    tags = [
        _without_continued(report.text, tag, [ruled[number] for number in beside.of(_tag_places(tag))])
        for tag in attribution_tags.tagged(report)
    ]
    used: set[int] = set()
    for tag in tags:
        tag = _in_its_sentence(report.text, tag)
        if tag.source is not None and NOBODY.match(report.text, tag.source[0]):
            continue  # "no government has confirmed it" is no confirmation
        if attribution_tags.names_origin(report.text, tag):
            yield _attribution(report, tag, None, voices), False
            continue
        near = {number: ruled[number] for number in beside.of(_tag_places(tag))}
        yield from _merged(report, tag, near, used, voices)
    over = Neighbours([_tag_places(tag) for tag in tags])
    for number, one in enumerate(ruled):
        if number not in used:
            close = [tags[at] for at in over.of(_all_places(one))]
            if _adds(one, close):
                yield _clipped(one, close), True


def _in_its_sentence(text: str, tag: Tagged) -> Tagged:
    """Return a tag whose source stands before a full stop and its cue behind it with the words between as source.

    "..., the harbour master said. Shipping lines had spoken of 90": it is the lines that spoke.
    """
    if tag.source is None or tag.source[1] > tag.cue[0]:
        return tag
    stops = list(_STOPPED.finditer(text, tag.source[1] - 1, tag.cue[0]))
    if not stops or not (own := text[stops[-1].end() : tag.cue[0]].rstrip()) or len(own.split()) > _LONGEST_SOURCE:
        return tag
    return tag._replace(source=(stops[-1].end(), stops[-1].end() + len(own)))


def _merged(
    report: Report, tag: Tagged, near: Mapping[int, Attribution], used: set[int], voices: Voices
) -> Iterator[tuple[Attribution, bool]]:
    """Yield what a tag and the rules' statements near it are together, noting which of those are used up."""
    partner = _partner(tag, near, used)
    if partner is None:
        voiced = attribution_tags.voiced(report.text, tag) and not _goes_between(tag, near.values())
        yield _attribution(report, tag, None, voices), voiced
        return
    used.add(partner)
    own = near[partner]
    if _turned_round(tag, own):
        yield _attribution(report, tag, None, voices), True
        return
    if _swallows(tag, own) or _cuts(tag, own):
        yield own, True
        return
    joined = _joined(tag, own, near, used)
    used.update(joined)
    if joined:
        yield from ((near[number], True) for number in (partner, *joined))
    else:
        yield _attribution(report, tag, own, voices), True


def _tag_places(tag: Tagged) -> list[Place]:
    return [tag.cue, *tag.contents, *([] if tag.source is None else [tag.source])]


def _all_places(one: Attribution) -> list[Place]:
    return _places((*one.source, *one.cue, *one.content))


def _clipped(one: Attribution, tags: Sequence[Tagged]) -> Attribution:
    """Return a statement inside another without the words that lie behind the other's content."""
    for tag in tags:
        for low, high in tag.contents:
            if _inside(one.cue, (low, high)):
                kept = tuple(
                    Span(report=span.report, start=span.start, end=min(span.end, high))
                    for span in one.content
                    if low <= span.start < high
                )
                return replace(one, content=kept) if kept and kept != one.content else one
    return one


def _joined(tag: Tagged, partner: Attribution, near: Mapping[int, Attribution], used: set[int]) -> list[int]:
    """Return the rules' statements that a tag has swallowed: their cue stands in its content and not in the rules' own.

    "Oslo urged calm and opposed the raid" is one stretch to the network, and two statements side by side.
    """
    own = partner.content
    return [
        number
        for number, one in near.items()
        if number not in used
        and any(_inside(one.cue, piece) for piece in tag.contents)
        and not any(_inside(one.cue, (span.start, span.end)) for span in own)
        and one.content[0].start >= one.cue[-1].end
    ]


def _goes_between(tag: Tagged, ruled: Iterable[Attribution]) -> bool:
    """Tell whether what is told is a statement of somebody else that came through this source: "…, the office said".

    It is counted as that one's, `reported_via` the source.
    """
    return any(
        (one.reported_via is not None or tag.according) and _inside(one.cue, piece) and not _speaks(one, tag)
        for one in ruled
        for piece in tag.contents
    )


def _speaks(one: Attribution, tag: Tagged) -> bool:
    """Tell whether a statement's own speaker stands at the tag's source."""
    return tag.source is not None and any(
        span.start < tag.source[1] and tag.source[0] < span.end for span in one.source
    )


def _without_continued(text: str, tag: Tagged, ruled: Sequence[Attribution]) -> Tagged:
    """Return a tag without the quotations that go on from before and ended before it, if it has content of its own.

    “… It will rain.” Experts believe that it will snow: the quotation is not the experts'.
    """
    begin = tag.cue[0] if tag.source is None else min(tag.cue[0], tag.source[0])
    going_on = [_places(one.content) for one in ruled if not one.cue and not one.source]
    kept = tuple(
        piece
        for piece in tag.contents
        if piece[1] > begin
        or not _ENDED.search(text, piece[0], piece[1])
        or not any(_shared([piece], other) >= _SAME for other in going_on)
    )
    return tag._replace(contents=kept) if kept else tag


def _turned_round(tag: Tagged, partner: Attribution) -> bool:
    """Tell whether the rules took the speaker for what is said: "The minister, an envoy, told the other that …"."""
    if tag.source is None or tag.source[1] > tag.cue[0] or not partner.content:
        return False
    start, end = partner.content[0].start, partner.content[-1].end
    return tag.source[0] <= start and end <= tag.source[1]


def _swallows(tag: Tagged, partner: Attribution) -> bool:
    """Tell whether a tag holds its own speaker for something said: nobody says himself, so it was read wrongly."""
    return any(_inside(partner.source, piece) for piece in tag.contents)


def _cuts(tag: Tagged, partner: Attribution) -> bool:
    """Tell whether a tag begins its content inside the rules' words of saying: "expressed his hope | that it rains"."""
    return any(
        piece[0] < span.end and span.start < piece[1] and not _inside([span], piece)
        for piece in tag.contents
        for span in partner.cue
    )


def _partner(tag: Tagged, ruled: Mapping[int, Attribution], used: set[int]) -> int | None:
    """Return the number of the rules' statement that is this one: the same word of saying, else the same content."""
    free = [number for number in ruled if number not in used]
    same_cue = [n for n in free if any(span.start < tag.cue[1] and tag.cue[0] < span.end for span in ruled[n].cue)]
    if same_cue:
        return max(same_cue, key=lambda n: _shared(tag.contents, _places(ruled[n].content)))
    apart = [n for n in free if not any(_inside(ruled[n].cue, piece) for piece in tag.contents)]
    alike = [(_shared(tag.contents, _places(ruled[n].content)), n) for n in apart]
    best = max(alike, default=(0.0, 0))
    return best[1] if best[0] >= _SAME else None


def _inside(spans: Sequence[Span], place: Place) -> bool:
    """Tell whether all of some words, of which there are any, lie within a stretch."""
    return bool(spans) and all(place[0] <= span.start and span.end <= place[1] for span in spans)


def _places(spans: Sequence[Span]) -> list[Place]:
    return [(span.start, span.end) for span in spans]


def _shared(some: Sequence[Place], others: Sequence[Place]) -> float:
    """Return the Jaccard index of the characters of two lists of stretches, neither of which overlap in themselves."""
    both = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in some for b in others)
    every = sum(end - start for start, end in (*some, *others)) - both
    return both / every if every else 0.0


def _adds(one: Attribution, tags: Sequence[Tagged]) -> bool:
    """Tell whether a statement that only the rules see stands: inside another, or a quotation that nobody took."""
    start, end = one.content[0].start, one.content[-1].end
    for tag in tags:
        if any(_inside(one.cue, piece) for piece in tag.contents):
            return True
        if any(low < end and start < high for low, high in tag.contents):
            return False
    return one.kind == "direct"


def _attribution(report: Report, tag: Tagged, partner: Attribution | None, voices: Voices) -> Attribution:
    """Return one statement: spans as tagged, the rest as the rules say, where they read the same."""
    text = report.text
    source = _source(tag, partner)
    last = None if source is None else attribution_tags.named_last(text, source, voices)
    if last is None and partner is not None and _names_the_same(text, source, partner):
        named = Voice(partner.speaker, partner.speaker_type)
    else:
        named = attribution_tags.speaker(text, source, voices)
    places = sorted([*tag.contents, tag.cue, *([] if source is None else [source])])
    return Attribution(
        span=Span(report=report.id, start=places[0][0], end=max(end for _, end in places)),
        source=() if source is None else (Span(report=report.id, start=source[0], end=source[1]),),
        cue=(Span(report=report.id, start=tag.cue[0], end=tag.cue[1]),),
        content=tuple(Span(report=report.id, start=start, end=end) for start, end in tag.contents),
        speaker=named.speaker,
        speaker_type=named.type,
        kind=kind_of([text[start:end] for start, end in tag.contents]),
        act=partner.act if partner is not None else attribution_tags.act(text, tag.cue, tag.contents),
        reported_via=None if partner is None else partner.reported_via,
        generated_by=PART,
    )


def _source(tag: Tagged, partner: Attribution | None) -> Place | None:
    """Return the words of the source: of those the network tagged the one that the rules' grammar points to."""
    if partner is None or not partner.source:
        return tag.source
    start, end = partner.source[0].start, partner.source[-1].end
    if tag.source is None:
        return start, end
    at = bisect_right(tag.sources, start, key=lambda place: place[1])
    return tag.sources[at] if at < len(tag.sources) and tag.sources[at][0] < end else tag.source


def _names_the_same(text: str, source: Place | None, partner: Attribution) -> bool:
    """Tell whether the rules' speaker is the one of this source: the same words, or what "who", "which" stands for."""
    if source is None or not partner.source:
        return source is None and not partner.source
    if text[source[0] : source[1]].lower() in RELATIVE:
        return True
    return any(span.start < source[1] and source[0] < span.end for span in partner.source)
