"""What can pass from one party to another: arms, troops, technology, money, intelligence, goods."""

import re
from functools import cache
from importlib import resources
from typing import cast

from watchfloor.annotate.verb_forms import bases_of
from watchfloor.core.annotation import TransferKind

MONEY = re.compile(
    r"(?:US|U\.S\.\s|A|C)?[$€£¥₩]\s?\d[\d.,]*(?:\s?(?:million|billion|trillion|bn|m)\b)?"
    r"|\b\d[\d.,]*\s(?:million|billion|trillion)?\s?(?:US\s)?(?:dollars|euros?|pounds|yuan|won|yen|roubles|rubles)\b"
)
COUNT = re.compile(
    r"\b(?:\d[\d,.]*(?:\s(?:million|billion|thousand))?|(?:tens|hundreds|thousands|dozens|scores|millions)(?:\sof\s(?:thousands|millions))?\sof"
    r"|two|three|four|five|six|seven|eight|nine|ten|dozen|twelve|twenty|thirty|forty|fifty|hundred|thousand)\b"
)
MEASURE = "measure"
_HELP = frozenset({"aid", "assistance", "relief"})
_MILITARY = re.compile(r"\b(?:military|lethal|weapons|security)\b", re.I)
_HUMANITARIAN = re.compile(r"\b(?:humanitarian|medical|food|emergency|disaster|relief)\b", re.I)


def measures(word: str) -> bool:
    """Return whether a word only counts or packs something: "batch", "dozens"."""
    return any(_kinds().get(one) == MEASURE for one in bases_of(word.lower()))


def kind_in(words: str) -> tuple[TransferKind, str] | None:
    """Return the kind of thing that the words of a phrase name and the word that says so, the last one first.

    >>> kind_in("a new batch of artillery shells"), kind_in("a long speech")
    (('arms', 'shells'), None)
    """
    if MONEY.search(words):
        told = _last(words)
        return told if told is not None and told[0] in {"arms", "goods", "technology"} else ("money", "a sum of money")
    return _last(words)


def _last(words: str) -> tuple[TransferKind, str] | None:
    for word in reversed(re.findall(r"[A-Za-z][\w’'-]*", words)[:40]):
        low = re.sub(r"['’]s$", "", word.lower())
        for form in (low,) if low.endswith(("ed", "ing")) else bases_of(low):
            kind = _kinds().get(form)
            if kind is not None and kind != MEASURE:
                return (_help(words) if form in _HELP else cast("TransferKind", kind)), word
    return None


def _help(words: str) -> TransferKind:
    """Return what kind of help is meant: "military aid" is arms, "humanitarian assistance" goods, else money."""
    if _MILITARY.search(words):
        return "arms"
    return "goods" if _HUMANITARIAN.search(words) else "money"


@cache
def _kinds() -> dict[str, str]:
    text = resources.files("watchfloor.annotate").joinpath("data", "transfer_things.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, str] = {}
    for kind, words in rows:
        for word in words.split():
            found.setdefault(word, kind)
    return found
