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
        for form in bases_of(re.sub(r"['’]s$", "", word.lower())):
            kind = _kinds().get(form)
            if kind is not None and kind != MEASURE:
                return cast("TransferKind", kind), word
    return None


@cache
def _kinds() -> dict[str, str]:
    text = resources.files("watchfloor.annotate").joinpath("data", "transfer_things.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    found: dict[str, str] = {}
    for kind, words in rows:
        for word in words.split():
            found.setdefault(word, kind)
    return found
