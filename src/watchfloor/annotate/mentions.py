"""Who and what a report speaks of: names, and descriptions that stand for somebody.

A name's span is the name alone, without title, article or possessive; the title stands in `title`. A description's
span is the whole description with its article and one prepositional phrase ("an official from the ministry"); names
inside it are mentions of their own. Pronouns are not mentions: an attribution may still have one for its source.
"""

from collections.abc import Iterator, Sequence

from watchfloor.annotate import descriptions, names, titles
from watchfloor.annotate.sentences import split
from watchfloor.annotate.tokens import Token, tokens
from watchfloor.core.annotation import Annotation, Mention
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

_PART = "annotate.mentions@1"
_READ: tuple[PassageKind, ...] = ("headline", "dek", "subhead", "body", "caption")


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Mention]:
    """Yield the mentions of headline, subheads, body and captions, in text order; a name before what lies inside it."""
    sentences = [
        list(tokens(report.text, start, end))
        for passage in report.parts(*_READ)
        for start, end in split(report.text, passage.start, passage.end)
    ]
    known = names.Known()
    for words in sentences:
        known.learn(words)
    for words in sentences:
        drafts = _titled(words, [*names.find(words, known), *descriptions.find(words)])
        for draft in sorted(drafts, key=lambda one: (words[one.begin].start, -words[one.end - 1].end)):
            yield _mention(report, words, draft)


def _titled(words: Sequence[Token], drafts: list[names.Draft]) -> list[names.Draft]:
    """Give a person the description that stands before the name as a title: "the king's spokesman, Jan Novak"."""
    ends = {one.end: one for one in drafts if one.type == "person" and words[one.begin].low in ("the", "a", "an")}
    found = []
    for draft in drafts:
        comma = draft.begin - 1
        if draft.type == "person" and draft.title is None and comma in ends and words[comma].text == ",":
            title = (ends[comma].begin + 1, comma)
            draft = draft._replace(title=title, country=titles.country(words, *title))
        found.append(draft)
    return found


def _mention(report: Report, words: Sequence[Token], draft: names.Draft) -> Mention:
    span = Span(report=report.id, start=words[draft.begin].start, end=words[draft.end - 1].end)
    title = None if draft.title is None else report.text[words[draft.title[0]].start : words[draft.title[1] - 1].end]
    return Mention(
        span=span,
        type=draft.type,
        name=_unwrapped(report.text[span.start : span.end]),
        title=None if title is None else _unwrapped(title),
        country=draft.country,
        generated_by=_PART,
    )


def _unwrapped(words: str) -> str:
    """Return the words with every stretch of white space as one space."""
    return " ".join(words.split())
