"""What is known of a statement once its spans are: who speaks, whether it is quoted."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from watchfloor.annotate.grammar import ANONYMOUS, DOCUMENTS, UNNAMED
from watchfloor.annotate.sources import Source
from watchfloor.annotate.titles import is_honorific
from watchfloor.annotate.tokens import Token
from watchfloor.core.annotation import Kind, SpeakerType

_LEAD = re.compile(r"(?:that|as|how|whether|if)\s+")
_QUOTED = re.compile(r"[\"“”„«](.*?)(?:[\"“”»]|$)", re.DOTALL)
_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
_INDEFINITE = frozenset("a an one two three four five several some many other another multiple".split())
_UNNAMED = UNNAMED | frozenset(
    "people official officials sources diplomat diplomats insider insiders aide aides".split()
)


class Voice(NamedTuple):
    """Who speaks: the name to show, and what it is."""

    speaker: str | None
    type: SpeakerType


def clean(words: str) -> str:
    """Return the words on one line, without the marks and the form of address at their edges."""
    plain = " ".join(words.split()).strip(" ,—–-")
    first, _, rest = plain.partition(" ")
    return rest if rest and is_honorific(first) else plain


def voice(text: str, items: Sequence[Token], source: Source | None) -> Voice:
    """Return who a source names: the name in it, its words for a description, nobody for "some"."""
    if source is None:
        return Voice(None, "anonymous")
    words = clean(text[items[source.begin].start : items[source.end - 1].end])
    low = [item.low for item in items[source.begin : source.end]]
    mention = source.mention
    if words.lower() in _OWNERS:
        return Voice(_OWNERS[words.lower()], "person")
    if (
        low[-1] in ANONYMOUS
        and (mention is None or mention.type != "person")
        and len(low) <= 3
        and not _owned(items, source)
    ):
        return Voice(None, "anonymous")
    if (
        low[0] in _INDEFINITE
        and _UNNAMED & set(low[1:6])
        and not _owned(items, source)
        and words[1:] == words[1:].lower()
    ):
        return Voice(None, "anonymous")
    if any(word in DOCUMENTS for word in low[:6]) and (mention is None or mention.type not in ("person",)):
        return Voice(words, "document")
    if mention is not None and mention.type == "person" and mention.name[:1].isupper() and "and" not in low:
        return Voice(mention.name, "person")
    return Voice(
        words, "organisation" if mention is not None and mention.type in ("organisation", "place") else "person"
    )


def _owned(items: Sequence[Token], source: Source) -> bool:
    """Tell whether the words say whose or which they are: "Kyiv's allies", "Russian officials"."""
    return any(item.capital for item in items[source.begin + 1 : source.end])


def kind_of(content: Sequence[str]) -> Kind:
    """Return whether the content is quoted, told in other words, or both; a leading "that" does not count.

    >>> kind_of(["that “the war is over.”"]), kind_of(["it “may” end"]), kind_of(["it ends"])
    ('direct', 'mixed', 'indirect')
    """
    inside = sum(letter.isalnum() for piece in content for match in _QUOTED.finditer(piece) for letter in match[1])
    plain = [_LEAD.sub("", piece, count=1) if _LEAD.match(piece) else piece for piece in content]
    total = sum(letter.isalnum() for piece in plain for letter in piece)
    if not inside:
        return "indirect"
    return "direct" if total - inside <= 0.02 * total else "mixed"
