"""A number with the words that hedge it, as the range that they allow: "some 12,000" is not 12,000."""

import re

from msgspec import Struct

from watchfloor.annotate import numbers

ABOUT = 10  # percent to each side that "some", "around" and the like allow: what is rounded to two digits (assumed)
NEARLY = 10  # percent below that "nearly" and "almost" allow; never above (assumed)
VAGUE: dict[str, tuple[int, int | None]] = {
    "a dozen": (11, 13),
    "half a dozen": (5, 7),
    "dozens": (24, 199),
    "scores": (40, 199),
    "hundreds": (200, 1_999),
    "thousands": (2_000, 19_999),
    "tens of thousands": (20_000, 199_999),
    "hundreds of thousands": (200_000, 1_999_999),
    "millions": (2_000_000, None),
    "tens of millions": (20_000_000, None),
    "hundreds of millions": (200_000_000, None),
    "billions": (2_000_000_000, None),
    "tens of billions": (20_000_000_000, None),
    "hundreds of billions": (200_000_000_000, None),
    "trillions": (2_000_000_000_000, None),
}
"""Two of the word at least, fewer than twenty of it at most: beyond that the next word is used (assumed)."""
FEW: dict[str, tuple[int, int]] = {"a few": (2, 5), "few": (2, 5), "several": (3, 9), "a couple of": (2, 3)}
"""What stands before a scale: "several thousand" (assumed)."""

_AROUND = (
    r"some|around|about|approximately|approx\.|roughly|an\sestimated|estimated|circa|close\sto|in\sthe\sregion\sof"
)
_NEAR = r"nearly|almost|just\sunder|just\sshort\sof"
_OVER = r"(?:well\s|slightly\s|just\s)?(?:more\sthan|over|above|in\sexcess\sof|upwards?\sof)"
_LEAST = r"at\sleast|no\s(?:fewer|less)\sthan|a\sminimum\sof"
_MOST = r"up\sto|as\smany\sas|as\smuch\sas|at\smost|no\smore\sthan|a\smaximum\sof"
_UNDER = r"(?:fewer|less)\sthan|under|below"
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion)|\s?(?:bn|mln|tn)|[kKmMbB])\b"
_FIGURE = rf"(?:{numbers.FIGURES})(?:{_SCALE})?(?:\s(?:thousand|million|billion))?"
_WORDED = (
    r"(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)\b"
    r"(?:[-\s](?:and\s)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|hundred|thousand|million"
    r"|billion)\b){0,8})"
)
_ONE = rf"(?:{_FIGURE}|{_WORDED})"
_MONEY = r"(?:US\$|A\$|C\$|[$€£¥₩₽])"
_VAGUE_WORDS = "|".join(sorted((re.escape(word) for word in VAGUE), key=len, reverse=True)).replace("\\ ", r"\s")

NUMBER = re.compile(
    rf"""(?<![\w$€£¥₩₽])(?<![\d][.,:/–-])(?<![A-Za-z][-–/.])
    (?:(?P<hedge>{_AROUND}|{_NEAR}|{_OVER}|{_LEAST}|{_MOST}|{_UNDER})\s)?
    (?:
        (?P<few>a\sfew|few|several|a\scouple\sof)\s(?P<scale>hundred|thousand|million|billion|dozen)\b
    |   (?P<vague>{_VAGUE_WORDS})\b
    |   (?:between\s|from\s)?(?:(?P<money>{_MONEY})\s?)?(?P<low>{_ONE})
        (?:(?P<to>\s?[-–]\s?|\sto\s|\sand\s(?=\S))(?:{_MONEY})?(?P<high>{_ONE}))?
        (?P<open>\+|\splus\b)?
    )
    (?![-–:/]\d|[.,]\d)(?P<share>\s?%)?""",
    re.VERBOSE | re.I,
)
_AFTER = re.compile(r"\s(?P<after>or\sso|or\smore|or\sfewer|or\sless)\b", re.I)


class HedgedNumber(Struct):
    """What a number says with its hedge, and where its words end."""

    start: int
    end: int
    low: int
    high: int | None
    figure: int | None
    hedge: str | None
    money: str | None
    share: bool


def read(match: re.Match[str], text: str) -> HedgedNumber | None:
    """Return what the number says with its hedge, None when it says nothing."""
    hedge = " ".join(match["hedge"].casefold().split()) if match["hedge"] else None
    start, end = match.start(), match.end()
    if match["vague"]:
        low, high = VAGUE[" ".join(match["vague"].casefold().split())]
        end = end + 3 if text[end : end + 4] == " of " else end
        return HedgedNumber(
            start, end, low, high, None, hedge or " ".join(match["vague"].casefold().split()), None, False
        )
    if match["few"]:
        few = " ".join(match["few"].casefold().split())
        scale = 12 if match["scale"].casefold() == "dozen" else numbers.SCALES[match["scale"].casefold()]
        return HedgedNumber(start, end, FEW[few][0] * scale, FEW[few][1] * scale, None, few, None, False)
    if match["low"].casefold() == "a":
        return None  # an article, not a number
    range_ = _range(match)
    if range_ is None:
        return None
    low, high, figure = range_
    after = _AFTER.match(text, end)
    if after is not None and hedge is None and figure is not None:
        hedge, end = " ".join(after["after"].split()), after.end()
    if match["open"] and hedge is None:
        hedge = "or more"
    if figure is not None:
        low, high = widened(figure, hedge)
    return HedgedNumber(start, end, low, high, figure, hedge, match["money"], match["share"] is not None)


def _range(match: re.Match[str]) -> tuple[int, int, int | None] | None:
    """Return low, high and the figure of one number or two; a figure with a rest is a range of one."""
    low_words, high_words = match["low"], match["high"]
    if high_words:
        scale = re.search(r"[a-z]+$", high_words, re.I)
        if scale and low_words[-1].isdigit() and scale[0].casefold() in numbers.SCALES:
            low_words += " " + scale[0]  # "5 to 10 million"
        low = numbers.value(_spaced(low_words))
        high = numbers.value(_spaced(high_words))
        if low is None or high is None or low >= high:
            return None
        return low, high, None
    figure = numbers.value(_spaced(low_words))
    if figure is None:
        return None
    if re.fullmatch(r"\d+\.\d*[1-9]\d*", low_words):
        return figure, figure + 1, None
    return figure, figure, figure


def _spaced(words: str) -> str:
    """Return "1.5bn" as "1.5 bn"."""
    return re.sub(r"(?<=\d)(?=[a-z])", " ", words, flags=re.I)


def widened(figure: int, hedge: str | None) -> tuple[int, int | None]:
    """Return the smallest and largest count that the hedge allows.

    >>> widened(12_000, "around"), widened(1_000_000, "more than"), widened(500, "nearly"), widened(300, "up to")
    ((10800, 13200), (1000000, None), (450, 500), (0, 300))
    """
    if hedge is None:
        return figure, figure
    if re.fullmatch(rf"{_AROUND}|or\sso", hedge):
        return figure - figure * ABOUT // 100, figure + figure * ABOUT // 100
    if re.fullmatch(_NEAR, hedge):
        return figure - figure * NEARLY // 100, figure
    if re.fullmatch(_OVER, hedge):
        return figure, None
    if re.fullmatch(rf"{_LEAST}|or\smore", hedge):
        return figure, None
    if re.fullmatch(rf"{_MOST}|or\sfewer|or\sless", hedge):
        return 0, figure
    return 0, max(figure - 1, 0)
