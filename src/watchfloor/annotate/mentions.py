"""Who and what a report speaks of: names, and descriptions that stand for somebody.

A name's span is the name alone, without title, article or possessive; the title stands in `title`. A description's
span is the whole description with its article and one prepositional phrase ("an official from the ministry"); names
inside it are mentions of their own. Pronouns are not mentions: an attribution may still have one for its source.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from watchfloor.annotate import descriptions, mention_tags, names, offices, titles
from watchfloor.annotate.body_mentions import known_as_bodies
from watchfloor.annotate.runs import runs
from watchfloor.annotate.sentences import split
from watchfloor.annotate.tokens import Token, tokens
from watchfloor.core.annotation import Annotation, Mention
from watchfloor.core.report import Passage, PassageKind, Report
from watchfloor.core.span import Span

_PART = "annotate.mentions@6"
_READ: tuple[PassageKind, ...] = ("headline", "dek", "subhead", "body", "caption")
_LONGEST_CREDIT = 8  # words
_NAMED = frozenset({"person", "organisation"})
_PARTICLE = re.compile(r"(?:(?:de|du|des|di|da|do|dos|del|della|dello|van|von|der|den|zu|al|el|bin|ibn)\s|[dl]['’])")
"""How a part of a name begins that stands by itself in no name, in small letters."""
_OWNER_REACH = 120  # characters before a name in which its title and whose it is stand
_HEAD = re.compile(
    r"(?:President|Prime Minister|Premier|Chancellor|Taoiseach|Supreme Leader|King|Queen|Emir)(?:-elect)?"
)


def annotate(report: Report, found: Sequence[Annotation]) -> Iterator[Mention]:
    """Yield the mentions of headline, subheads, body and captions, in text order; a name before what lies inside it."""
    read = [place for passage in report.parts(*_READ) for place in _sentences(report.text, passage)]
    tags = list(mention_tags.within(mention_tags.tags(report, _READ), read))
    month = report.published.low.isoformat()[:7] if report.published and report.published.low else None
    told = rejoined(report.text, mention_tags.merged(report, list(by_rules(report)), tags, _PART))
    made = known_as_bodies(report.text, told)
    owners = {one.span.end: one.country for one in made if one.type == "place" and one.country}
    for one in made:
        owned = replace(one, country=_of_owner(one, report.text, owners)) if _titled_only(one) else one
        yield replace(owned, country=_of_office(owned, month)) if _leads(owned) else owned


def rejoined(text: str, made: Sequence[Mention]) -> list[Mention]:
    """Return the mentions, one that begins with a particle put to the name before it: "Gazette", "de l'Ouest"."""
    found: list[Mention] = []
    for one in made:
        before = found[-1] if found else None
        if (
            before is not None
            and before.type in _NAMED
            and one.type in _NAMED
            and text[before.span.end : one.span.start] == " "
            and _PARTICLE.match(one.name)
        ):
            span = replace(before.span, end=one.span.end)
            kind = "person" if before.type == one.type == "person" else "organisation"
            found[-1] = replace(before, span=span, name=f"{before.name} {one.name}", type=kind)
        else:
            found.append(one)
    return found


def _titled_only(mention: Mention) -> bool:
    return mention.type == "person" and mention.title is not None and mention.country is None


def _of_owner(mention: Mention, text: str, owners: Mapping[int, str | None]) -> str | None:
    """Return the state that owns the title: "Japan's Defence Minister Kenji Mori", "Peru's new leader Ana Ruiz"."""
    title = r"\s+".join(re.escape(word) for word in (mention.title or "").split())
    reach = text[max(0, mention.span.start - _OWNER_REACH) : mention.span.start]
    found = re.search(rf"['’]s?\s+(?:[a-z-]+\s+){{0,2}}{title}\s+$", reach)
    return owners.get(mention.span.start - len(reach) + found.start()) if found else None


def _leads(mention: Mention) -> bool:
    """Return whether somebody is called head of a state or government, and no word says of which."""
    return _titled_only(mention) and _HEAD.fullmatch(mention.title or "") is not None


def _of_office(mention: Mention, month: str | None) -> str | None:
    """Return the state whose office the one of that name holds in the month, None when the table knows none."""
    holder = offices.holder_in(mention.name.split())
    term = offices.term_on(holder.terms, month) if holder is not None else None
    return term.country if term is not None and term.sector == "GOV" else None


def by_rules(report: Report) -> Iterator[Mention]:
    """Yield the mentions that form and surroundings tell, as `annotate` does."""
    sentences = [
        list(tokens(report.text, start, end))
        for passage in report.parts(*_READ)
        for start, end in _sentences(report.text, passage)
    ]
    capitalised = [list(runs(words)) for words in sentences]
    known = names.Known()
    for words, run in zip(sentences, capitalised, strict=True):
        known.learn(words, run)
    for words, run in zip(sentences, capitalised, strict=True):
        named = list(names.find(words, run, known))
        drafts = _titled(words, [*named, *_uncut(descriptions.find(words), named)])
        for draft in sorted(drafts, key=lambda one: (words[one.begin].start, -words[one.end - 1].end)):
            yield _mention(report, words, draft)


def _sentences(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a passage; the credit that closes a caption ("Varga Photos") names nobody of the story."""
    sentences = split(text, passage.start, passage.end)
    for index, (start, end) in enumerate(sentences):
        credit = passage.kind == "caption" and 0 < index == len(sentences) - 1 and text[end - 1] not in '.!?”"'
        if not (credit and len(text[start:end].split()) <= _LONGEST_CREDIT):
            yield start, end


def _uncut(found: Iterator[names.Draft], named: Sequence[names.Draft]) -> Iterator[names.Draft]:
    """Yield the descriptions that end inside no name: the "People" of "People's Army" is nobody."""
    cut = {at for one in named for at in range(one.begin + 1, one.end)}
    return (one for one in found if one.end not in cut)


def _titled(words: Sequence[Token], drafts: list[names.Draft]) -> list[names.Draft]:
    """Give a person the description that stands before the name as a title: "the king's spokesman, Jan Novak,".

    A mark must close the name: in "In a call with the king's spokesman, Novak said" Novak is somebody else.
    """
    ends = {one.end: one for one in drafts if one.type == "person" and words[one.begin].low in ("the", "a", "an")}
    found = []
    for draft in drafts:
        comma = draft.begin - 1
        closed = draft.end == len(words) or not words[draft.end].word
        if draft.type == "person" and draft.title is None and closed and comma in ends and words[comma].text == ",":
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
