"""Story terms of Korean, Japanese and Chinese: words that are not parted by spaces, or that carry particles.

What the lists name, a country or a thing, is taken wherever it stands, the longest first. What is left of a Korean word
without its particles, or of a run of Katakana, may be a name and is kept by its consonants; what is left of a run of
Han characters is kept as pairs. Numbers become as they are written elsewhere: 1만2천 is 12,000. Hiragana is grammar.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from anyascii import anyascii

FIRST = "\u2e80"  # the first character of these scripts
_PIECE = re.compile(
    r"(?:[0-9]+(?:[만천억조万萬千億亿兆](?![\uac00-\ud7a3\u4e00-\u9fff]*[월年]))?)+|[\uac00-\ud7a3]+|[\u30a1-\u30fa\u30fc]+"
    r"|[\u3400-\u9fff]+|[^\W\d_\u2e80-\U0010ffff]+"
)
_DIGITS = re.compile(r"([0-9]+)([만천억조万萬千億亿兆]?)")
_TIMES = {
    **dict.fromkeys("천千", 10**3),
    **dict.fromkeys("만万萬", 10**4),
    **dict.fromkeys("억億亿", 10**8),
} | dict.fromkeys("조兆", 10**12)
_PARTICLE = re.compile(
    r"(?<=[\uac00-\ud7a3]{2})(?:에서는|에서도|에게는|으로는|이라고|에서|에게|에는|으로|부터|까지|라고|이라|이나|께서|한테|처럼|보다|에도|이며|과의|와의"
    r"|에선|은|는|이|가|을|를|의|에|로|와|과|도|만)$"
)
_ENDINGS = frozenset("군 인 측 산 발 들 자 씨 행 전 후 내 간 어 령 국 군은 인들 당국".split())
_NOTHING = frozenset(
    (
        "그는 그가 이번 지난 오늘 어제 내일 이날 오전 오후 관련 대해 위해 통해 따르면 대한 위한 가운데 밝혔다 말했다 "
        "전했다 했다 한다 있다 있는 없다 것으로 것이 것은 것을 됐다 된다 되는 하는 하고 또는 그리고 하지만 최근 현재 "
        "당시 이후 모두 함께 기자 뉴스 보도 보도했다 현지 등을 등이 한국시간 현지시간 記者 報道 今日 昨日 记者 报道 "
        "今天 昨天 我们 表示 一个 月日"
    ).split()
)
_COUNTER_MOST = 2  # syllables of a Korean word after a number that says what kind of thing is counted
_NAME_MOST = 4  # characters of a Korean or Chinese name
_READ = {
    "김": "kim",
    "박": "pak",
    "이": "i",
    "강": "kang",
    "고": "ko",
    "구": "ku",
    "권": "kwon",
    "임": "im",
    "노": "no",
}
"""Korean surnames that are written otherwise than their letters are read."""
_FINAL = {"g": "k", "d": "t", "b": "p"}
_KOREAN_SURNAMES = frozenset("김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진")
SURNAMES = {
    **{one: one for one in "kim yun jeong kang cho jang seo kwon hwang paek bae".split()},
    **{
        "lee": "i",
        "yi": "i",
        "rhee": "i",
        "park": "pak",
        "pak": "pak",
        "choi": "choe",
        "choe": "choe",
        "jung": "jeong",
    },
    **{"yoon": "yun", "jo": "cho", "lim": "im", "shin": "sin", "ahn": "an", "ryu": "yu", "yoo": "yu", "moon": "mun"},
    **{
        "roh": "no",
        "chang": "jang",
        "chung": "jeong",
        "chong": "jeong",
        "ko": "ko",
        "xi": "xi",
        "li": "li",
        "wang": "wang",
    },
    **{one: one for one in "zhang liu chen yang zhao huang zhou wu xu zhu gao guo luo qin tsai".split()},
}
"""How surnames before short given names are written, to how they are read here: Kim Jong Un is one name with 김정은.
Those that are also words elsewhere (No, An, Song, Hong) are left out."""


class Piece(NamedTuple):
    """A piece of a run: what it is, its meaning or the words themselves, of what may be a name the Latin letters.

    said: how a country or thing is written there.
    """

    kind: str  # "country", "thing", "word" or "number"
    text: str
    latin: str | None = None
    said: str | None = None


@lru_cache(maxsize=1 << 16)
def pieces(run: str) -> tuple[Piece, ...]:
    """Return what a run of characters without spaces is made of.

    >>> [(one.kind, one.text) for one in pieces("러시아에서는")], [one.text for one in pieces("1만2천명")]
    ([('country', 'RU')], ['12', '000'])
    >>> [one.text for one in pieces("日本首相")]
    ['JP', 'prime-minister']
    """
    return tuple(_pieces(run))


def _pieces(run: str) -> Iterator[Piece]:
    counted = False
    for match in _PIECE.finditer(run):
        found = match[0]
        counter = counted and len(found) <= _COUNTER_MOST and "\uac00" <= found[0] <= "\ud7a3"
        counted = found[0].isdigit()
        if counter:
            continue
        if found[0].isdigit():
            yield from (Piece("number", part) for part in _number(found))
        elif "\uac00" <= found[0] <= "\ud7a3":
            yield from _korean(found)
        elif found[0] >= FIRST:
            yield from _parted(found, kana="\u30a1" <= found[0] <= "\u30ff")
        else:
            yield Piece("word", found, found)


def _number(digits: str) -> list[str]:
    value = sum(int(number) * _TIMES.get(unit, 1) for number, unit in _DIGITS.findall(digits))
    whole = f"{value:,}".split(",")
    return whole if any(unit for _, unit in _DIGITS.findall(digits)) else [digits]


def _korean(word: str) -> Iterator[Piece]:
    """Yield the pieces of a Korean word: a country, things, or the word without its particles."""
    bare = _PARTICLE.sub("", word)
    if bare in _NOTHING or word in _NOTHING or len(bare) < 2:
        return
    found = _longest(bare, 0)
    if found is None:
        yield Piece("word", bare, _korean_letters(word, bare))
        return
    piece, end = found
    rest = bare[end:]
    if piece.kind == "country" and rest and rest not in _ENDINGS and _longest(rest, 0) is None:
        yield Piece("word", bare)
        return
    yield piece
    if len(rest) > 1 and rest not in _ENDINGS:
        yield from _korean(rest)


def _korean_letters(word: str, bare: str) -> str:
    """Return a possible name in Latin letters; a surname and two syllables are a name,
    though the last may be a particle.

    >>> _korean_letters("김정은", "김정"), _korean_letters("젤렌스키는", "젤렌스키")
    ('kimjeongeun', 'zellenseuki')
    """
    name = word if len(word) < _NAME_MOST else bare
    if len(name) < _NAME_MOST and name[0] in _KOREAN_SURNAMES:
        return _READ.get(name[0], _syllable(name[0])) + "".join(map(_syllable, name[1:]))
    return "".join(map(_syllable, bare)).replace("j", "z")


def _syllable(one: str) -> str:
    """Return a Korean syllable in Latin letters; g, d and b at its end are spoken, and written by others, k, t and p.

    >>> _syllable("석"), _syllable("정")
    ('seok', 'jeong')
    """
    letters = anyascii(one).lower()
    if letters[-1:] not in _FINAL or letters.endswith("ng"):
        return letters
    return letters[:-1] + _FINAL[letters[-1]]


def _kana_letters(run: str) -> str:
    """Return a name in Katakana as Latin letters, nearer to how others write it.

    >>> _kana_letters("プーチン"), _kana_letters("トランプ")
    ('putin', 'torampu')
    """
    letters = anyascii(run).lower().replace("-", "")
    for written, other in (("ch", "t"), ("ts", "t"), ("sh", "s"), ("j", "z"), ("np", "mp"), ("nb", "mb")):
        letters = letters.replace(written, other)
    return letters


def _parted(run: str, *, kana: bool) -> Iterator[Piece]:
    """Yield what the lists name in a run of Han characters or Katakana, and what is left between."""
    begin = at = 0
    while at < len(run):
        found = _longest(run, at)
        if found is None:
            at += 1
            continue
        yield from _left(run[begin:at], kana=kana)
        yield found[0]
        begin = at = found[1]
    yield from _left(run[begin:], kana=kana)


def _left(run: str, *, kana: bool) -> Iterator[Piece]:
    if kana:
        if len(run) > 2:
            yield Piece("word", run, _kana_letters(run))
        return
    if 2 <= len(run) <= _NAME_MOST:
        yield Piece("word", run, anyascii(run).lower())
    for at in range(len(run) - 1):
        if len(run) > 2 and run[at : at + 2] not in _NOTHING:
            yield Piece("word", run[at : at + 2])


def _longest(run: str, at: int) -> tuple[Piece, int] | None:
    words, longest = _listed()
    for size in range(min(longest, len(run) - at), 1, -1):
        found = words.get(run[at : at + size])
        if found is not None:
            return found, at + size
    return None


@cache
def _listed() -> tuple[dict[str, Piece], int]:
    words: dict[str, Piece] = {}
    for file, kind in (("countries_east.tsv", "country"), ("concepts_east.tsv", "thing")):
        text = (resources.files("watchfloor.fuse") / "data" / file).read_text(encoding="utf-8")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                meaning, _, listed = line.partition("\t")
                for form in listed.split():
                    words.setdefault(form, Piece(kind, meaning, said=form))
    return words, max(map(len, words))
