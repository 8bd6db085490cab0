"""Who speaks where two states' offices do so together, or by a statement of theirs."""

import re
from typing import NamedTuple

from watchfloor.annotate import gazetteer
from watchfloor.core.annotation import Attribution, SpeakerType

_STATEMENT = re.compile(
    r"(?:an?|the|their)\s(?:[a-z]+\s){0,2}?(?P<what>statement|communiqu[ée]|declaration|readout)\s"
    r"(?:of|by|from|issued\sby|put\sout\sby)\s(?P<whose>\S.*)$",
    re.DOTALL,
)
_BOTH = re.compile(
    r"(?:the\s)?(?P<a>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\sand\s(?P<b>[A-Z][\w-]+(?:\s[A-Z][\w-]+)?)\s(?P<office>[a-z][a-z\s]{2,40}s)$"
)
_PERSONS = re.compile(
    r"\b(?:ministers|presidents|premiers|chancellors|ambassadors|envoys|leaders|secretaries|officials)$"
)
_ARTICLE = re.compile(r"^the\s")


class Joint(NamedTuple):
    """Who speaks, and the statement that their words came by, None when they spoke themselves."""

    speaker: str
    type: SpeakerType
    via: str | None


def joint(text: str, said: Attribution) -> Joint | None:
    """Return who speaks where the source names two states' offices, or a statement of somebody's; None for any other.

    "a joint statement of the Norwegian and Danish defence ministries": the ministries, by "a joint statement".
    """
    if len(said.source) != 1:
        return None
    words = " ".join(text[said.source[0].start : said.source[0].end].split())
    via = None
    if match := _STATEMENT.match(words):
        via, words = words[: match.end("what")], match["whose"]
    both = _BOTH.match(words)
    if both and all(gazetteer.country_of(both[side]) for side in ("a", "b")):
        kind: SpeakerType = "person" if _PERSONS.search(both["office"]) else "organisation"
        return Joint(_ARTICLE.sub("", words), kind, via)
    return Joint(_ARTICLE.sub("", words), "organisation", via) if via is not None else None
