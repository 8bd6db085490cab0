"""Names as the network tags them, set beside the names that the rules find.

The network says where a name begins and ends and what kind of thing it is; the rules know titles, roles, descriptions
and countries. Where both see a name, its span and type are the network's, its title is the rules'.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from watchfloor.annotate.engine import labels
from watchfloor.annotate.gazetteer import is_demonym
from watchfloor.annotate.neighbours import Neighbours
from watchfloor.annotate.reading import Reading, read
from watchfloor.annotate.titles import country_of, is_honorific
from watchfloor.core.annotation import Mention, MentionType
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

_NEWS: dict[str, MentionType] = {
    "Person": "person",
    "Organization": "organisation",
    "Location": "place",
    "NORP": "group",
    "Facility": "facility",
    "Product": "product",
    "Misc": "other",
}
"""Types of the newswire scheme; its dates and sums of money are times and quantities, which rules read."""
_UNIFIED: dict[str, MentionType] = {"weapon": "weapon", "platform": "weapon", "law": "law", "event": "other"}
"""Types that only the joint scheme tells."""
_JOINT: dict[str, MentionType] = {
    "person": "person",
    "organisation": "organisation",
    "place": "place",
    "group": "group",
    "facility": "facility",
    "product": "product",
}
"""Types of the joint scheme where the model was never taught the newswire one."""
_SINGLE = 1
_ARTICLES = frozenset("the a an this that some its his her their our".split())


class Tag(NamedTuple):
    """A name in code points of the report, half-open, and its type."""

    start: int
    end: int
    type: MentionType


def tags(report: Report, kinds: Sequence[PassageKind]) -> Iterator[Tag]:
    """Yield the names of the passages of these kinds, in text order, never overlapping."""
    scheme = labels().names
    for passage in report.parts(*kinds):
        for offset, reading in read(report.text, passage.start, passage.end):
            found = list(_of(reading, offset, scheme, _NEWS if scheme == "news" else _JOINT))
            sharper = list(_of(reading, offset, "unified", _UNIFIED))
            kept = [
                one
                for one in found
                if one.type not in ("product", "other") or not any(_overlap(one, other) for other in sharper)
            ]
            kept += [one for one in sharper if not any(_overlap(one, other) for other in kept)]
            yield from sorted(kept)


def within(found: Iterable[Tag], places: Sequence[tuple[int, int]]) -> Iterator[Tag]:
    """Yield the tags that begin within one of the places, both in text order."""
    at = 0
    for tag in found:
        while at < len(places) and places[at][1] <= tag.start:
            at += 1
        if at < len(places) and places[at][0] <= tag.start:
            yield tag


def _of(reading: Reading, offset: int, scheme: str, types: dict[str, MentionType]) -> Iterator[Tag]:
    for span in reading.spans[scheme]:
        if span.label in types:
            first, last = reading.words[span.start], reading.words[span.end - 1]
            yield Tag(first.start + offset, last.end + offset, types[span.label])


def _overlap(one: Tag, other: Tag) -> bool:
    return one.start < other.end and other.start < one.end


def merged(report: Report, ruled: Sequence[Mention], found: Sequence[Tag], part: str) -> list[Mention]:
    """Return the mentions of both, in text order; descriptions are the rules' alone."""
    named = [one for one in ruled if _is_name(one)]
    found = _whole(found, named)
    used: set[int] = set()
    kept = [one for one in ruled if not _is_name(one)]
    places = Neighbours([(one.span.start, one.span.end)] for one in named)
    for tag in found:
        near = places.of([(tag.start, tag.end)])
        beside = [n for n in near if named[n].span.start < tag.end and tag.start < named[n].span.end]
        used.update(beside)
        kept.append(_one(report, tag, [named[n] for n in beside], part))
    kept += [one for n, one in enumerate(named) if n not in used and _stands(one)]
    return sorted(kept, key=lambda one: (one.span.start, -one.span.end))


def _whole(found: Sequence[Tag], named: Sequence[Mention]) -> list[Tag]:
    """Return the tags, those that are pieces of one person's name put together: "Choe Son" and "Hui"."""
    people = [tag for tag in found if tag.type == "person"]
    places = Neighbours([(tag.start, tag.end)] for tag in people)
    pieces: set[int] = set()
    whole = []
    for one in named:
        if one.type == "person":
            near = places.of([(one.span.start, one.span.end)])
            inside = [n for n in near if one.span.start <= people[n].start and people[n].end <= one.span.end]
            inside = [n for n in inside if n not in pieces]
            if len(inside) > 1:
                pieces.update(inside)
                whole.append(Tag(people[inside[0]].start, people[inside[-1]].end, "person"))
    return sorted(
        [tag for tag in found if tag.type != "person"] + whole + [t for n, t in enumerate(people) if n not in pieces]
    )


def _is_name(one: Mention) -> bool:
    """Tell a name from a description, which has an article or ends in a common noun: "South Korean officials"."""
    words = one.name.split()
    return one.name[:1].isupper() and not words[-1][:1].islower() and words[0].lower() not in _ARTICLES


def _stands(one: Mention) -> bool:
    """Tell whether a name that the network does not see stays: what has a title or several words is no slip."""
    return one.title is not None or len(one.name.split()) > _SINGLE or one.country is not None


def _one(report: Report, tag: Tag, beside: Sequence[Mention], part: str) -> Mention:
    """Return the mention of a tag, with the title and country that the rules' mentions at its place have."""
    start = tag.start
    if tag.type == "person":
        start = _behind_title(report.text, tag, beside)
    end = _with_complement(tag, beside)
    text = report.text[start:end]
    kind: MentionType = "nationality" if tag.type == "group" and is_demonym(text) and not _plural(text) else tag.type
    titled = next((one for one in beside if one.title is not None and tag.type == "person"), None)
    country = next((one.country for one in beside if one.country is not None), None) or country_of(text)
    return Mention(
        span=Span(report=report.id, start=start, end=end),
        type=kind,
        name=" ".join(text.split()),
        title=None if titled is None else titled.title,
        country=country,
        generated_by=part,
    )


def _with_complement(tag: Tag, beside: Sequence[Mention]) -> int:
    """Return where a body's name ends: "Embassy in Oslo" is another one than "Embassy in Bergen"."""
    if tag.type != "organisation":
        return tag.end
    longer = [one.span.end for one in beside if one.type == "organisation" and one.span.start == tag.start]
    return max([tag.end, *longer])


def _plural(text: str) -> bool:
    """Tell whether a people is meant ("Russians") and not what belongs to one ("Russian")."""
    return text.endswith("s") and not text.endswith("ss")


def _behind_title(text: str, tag: Tag, beside: Sequence[Mention]) -> int:
    """Return where a person's name begins: behind a form of address or title that was tagged with it."""
    for one in beside:
        if one.type == "person" and tag.start < one.span.start < tag.end and one.title is not None:
            return one.span.start
    first = text[tag.start : tag.end].split(None, 1)
    if len(first) > 1 and is_honorific(first[0]):
        return tag.end - len(first[1])
    return tag.start
