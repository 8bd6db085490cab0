"""Surnames: which word of a full name is one, and what shows that a word alone is one."""

from collections.abc import Sequence

from watchfloor.annotate import cues, titles
from watchfloor.annotate.gazetteer import candidates
from watchfloor.annotate.lexicon import listed, table
from watchfloor.annotate.titles import country_of
from watchfloor.annotate.tokens import Token

_SAID = frozenset(
    "said says told tells added adds wrote writes stated noted insisted argued warned announced declared claimed "
    "stressed emphasized emphasised explained replied responded tweeted continued denied confirmed urged condemned "
    "asked believes believed thinks".split()
)
_STAFF = frozenset("office spokesman spokeswoman spokesperson aides aide lawyer lawyers wife husband deputy".split())
"""What only a person, not a body or a place, is said to have."""


def surname(name: Sequence[Token]) -> str:
    """Return the family name: the first word of a Korean name, else the last that is no "Jr"."""
    if is_korean(name):
        return name[0].text
    last = [token for token in name if token.low not in ("jr", "sr", ".", "ii", "iii")]
    return last[-1].text if last else name[-1].text


def is_korean(name: Sequence[Token]) -> bool:
    """Tell whether the words have the form of a Korean name: "Hong Gil-dong", "Hong Gil Dong"."""
    if len(name) not in (2, 3) or name[0].text not in listed("korean_surnames"):
        return False
    if len(name) == 2:
        first, _, second = name[1].text.partition("-")
        return bool(second) and 2 <= len(first) <= 6 and 2 <= len(second) <= 6
    return all(2 <= len(token.text) <= 6 and token.text.isalpha() for token in name[1:])


def speaks(words: Sequence[Token], begin: int, end: int) -> bool:
    """Tell whether a word of saying stands right beside the words begin to end."""
    verbs = [token.low for token in words[end : end + 3] if not token.low.endswith(("ly", "wise"))]
    said = next((word for word in verbs if word not in ("also", "has", "had")), None) in _SAID
    return said or (begin > 1 and words[begin - 1].low in _SAID and not words[begin - 2].word)


def stands_alone(words: Sequence[Token], at: int) -> bool:
    """Tell whether the lone word at `at`, of which nothing else is known, is used as a person's surname is.

    It has an office or a spokesman, or inside a sentence a verb of saying follows it ("Later, Varga called for").
    """
    word = words[at].text
    if len(word) < 2 or word.isupper() or country_of(word) is not None or candidates(word):
        return False
    low = word.lower()
    if low in table("organisations")["names"] or low in table("organisations")["heads"] or titles.is_head(word):
        return False
    following = words[at + 1 : at + 3]
    if len(following) == 2 and following[0].text in ("'s", "’s"):
        return following[1].low in _STAFF
    if at == 0 or not following or word in listed("given_names"):
        return False
    verb = next((one for one in (at + 1, at + 2) if one < len(words) and not words[one].low.endswith("ly")), at + 1)
    cue = cues.at(words, verb) if verb < len(words) else None
    return cue is not None and cue.form == "past" and "w" not in cue.entry.frames
