"""How many: counts of people, arms, money and shares, each as the range that its words allow."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

from watchfloor.annotate import numbers, units
from watchfloor.annotate.sentences import split
from watchfloor.core.annotation import Annotation, Quantity, Time
from watchfloor.core.report import PassageKind, Report
from watchfloor.core.span import Span

VERSION = "annotate.quantities@4"
KINDS: tuple[PassageKind, ...] = ("headline", "dek", "body", "subhead", "caption")
Phase = Literal["planned", "under-way", "done"]

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
_LABEL = re.compile(
    r"(?:\b(?:article|articles|section|chapter|no\.|number|nos\.|page|figure|table|phase|resolution|resolutions|clause|item"
    r"|unit|room|route|highway|flight|brigade|division|aged?|channel|level|group|grade|version|war|apollo|boeing|airbus)\s"
    r"|#|№)$",
    re.I,
)
_OF_THEM = re.compile(r"\s(?:of|among)\s(?:them|those|these|whom|which|the\s(?P<whole>[\w\s,-]{0,40}))", re.I)
_FATE = {
    "killed": "dead",
    "dead": "dead",
    "died": "dead",
    "dies": "dead",
    "injured": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "missing": "missing",
}
_FATES = "|".join(_FATE)
_FATE_AFTER = re.compile(
    rf"\s(?:(?:have|has|had)\s(?:been\s)?)?(?:(?:were|was|are|is)\s)?(?:\w+ly\s|also\s|already\s)?(?P<fate>{_FATES})\b",
    re.I,
)
_FATE_BEFORE = re.compile(r"\b(?P<fate>kill|injur|wound)(?:s|ed|es|ing)\s(?:[\w-]+\s){0,2}$", re.I)
_CALLING = re.compile(r"(?:[^aeiou]er|or|ist|ian|man|woman)$")
"""How words for people end that no list has: "docker", "protester", "electrician"."""
_TOLL_REACH = 160  # characters before a number in which it is said what it is the number of (assumed)
_SENTENCES = re.compile(r"(?<=[a-z\d]{2})[.!?][\"”’»']*\s+(?=[A-Z])")
_SET_AT = (
    r"(?:(?:rose|rising|risen|climbed|jumped|increased|grew|fell|dropped|revised|raised|lowered|put|stood|stands|is|was"
    r"|were|has|had|been|now|later|further)\s){0,4}(?:at|to|is|was|reached|exceeded|as)\s(?:at\s)?"
)
_NUMBER_OF = re.compile(
    r"\bnumber\sof\s(?:the\s|those\s|people\s|persons\s)?(?P<what>[\w\s-]{2,40}?)\s"
    rf"(?:(?:in|at|near|from|after|during|on)\s[^,;:]{{2,60}}?\s)?{_SET_AT}$",
    re.I,
)
_TOLL = re.compile(rf"\b(?:death\s)?toll\s(?:(?:in|from|of|after)\s[^,;:]{{2,60}}?\s)?{_SET_AT}$", re.I)
_THE_FIGURE = re.compile(r"\b(?:the|that|this|its|their)\s(?:figure|number|total|count|tally)\s(?:at|to)\s$", re.I)
_TOLLED = {
    "injur": "injured",
    "wounded": "injured",
    "hurt": "injured",
    "dead": "dead",
    "death": "dead",
    "killed": "dead",
}
_TOLLED |= {"missing": "missing"}
_ENDED = {"kill": "dead", "injur": "injured", "wound": "injured"}
_REMEMBERED = 6  # counts of the paragraph before that "of them" may still point at (assumed)
_SPEAKS_ALONE = 100  # the least figure that may count without its noun: "some 12,000 have left" (assumed)
_GOES_ON = re.compile(r"\s(?:have|has|had|were|was|are|will|would|could|may|might|to)\b|,")
_AFTER = re.compile(r"\s(?P<after>or\sso|or\smore|or\sfewer|or\sless)\b", re.I)
_PHASES: tuple[tuple[Phase, re.Pattern[str]], ...] = (
    (
        "planned",
        re.compile(
            r"\b(?:decided?\sto|decision\sto|will|would|could|may|might|plan(?:s|ned|ning)?|expect(?:s|ed|ing)?|intend\w*"
            r"|is\sto|are\sto|in\stotal|promised?|pledged?|(?:to|should)\s(?:soon\s)?(?:send|deploy|dispatch|supply|deliver"
            r"|provide|receive|transfer|buy|join|go)|predict\w*|aims?\sto|ready\sto|prepar(?:es?|ing)\sto|soon)\b",
            re.I,
        ),
    ),
    (
        "under-way",
        re.compile(
            r"\b(?:on\sthe\smove|moving|en\sroute|heading|on\s(?:their|its)\sway|under\s?way|(?:are|is|were)\s(?:being|now"
            r"|training|undergoing|travell?ing|arriving)|in\stransit)\b",
            re.I,
        ),
    ),
    (
        "done",
        re.compile(
            r"\b(?:already|arrived|(?<!be\s)(?:deployed|sent|delivered|supplied|dispatched|killed|wounded|injured|captured"
            r"|destroyed|received|fired|provided|transferred|shipped|seized|arrested|evacuated)|died|lost|took\spart)\b",
            re.I,
        ),
    ),
)
_CLAUSE_END = re.compile(
    r"[,;—]"
)  # no phase word reaches over one, so that the words of a sentence are those of its clauses


class Draft(Struct):
    """A count on its way: what the number says, and where its words end."""

    start: int
    end: int
    low: int
    high: int | None
    figure: int | None
    hedge: str | None
    money: str | None
    share: bool


def annotate(report: Report, found: Sequence[Annotation] = ()) -> Iterator[Quantity]:
    """Yield every count of something, in text order, each with its hedge as a range.

    found: the times, whose figures are no counts.
    """
    taken = [one.span for one in found if isinstance(one, Time)]
    told: list[Quantity] = []
    for passage in report.parts(*KINDS):
        earlier = told[-_REMEMBERED:] if passage.kind == "body" else []
        at = 0
        for start, end in split(report.text, passage.start, passage.end):
            for match in NUMBER.finditer(report.text, start, end):
                while at < len(taken) and taken[at].end <= match.start():
                    at += 1
                if at < len(taken) and taken[at].start < match.end():
                    continue
                count = _quantity(report, match, (start, end), earlier)
                if count is not None:
                    earlier.append(count)
                    yield count
        told = earlier if passage.kind == "body" else told


def _quantity(
    report: Report, match: re.Match[str], sentence: tuple[int, int], earlier: Sequence[Quantity]
) -> Quantity | None:
    """Return the count that the number is, None when it counts nothing."""
    draft = _draft(match, report.text)
    thing = None if draft is None else _thing(match, draft, report.text, sentence[1], earlier)
    if draft is None or thing is None:
        return None
    return Quantity(
        span=Span(report=report.id, start=draft.start, end=thing.end),
        low=draft.low,
        high=draft.high,
        figure=draft.figure,
        unit=thing.unit,
        hedge=draft.hedge,
        counted=thing.counted,
        phase=_phase(report.text, (draft.start, thing.end), sentence),
        part_of=thing.part_of,
        generated_by=VERSION,
    )


class Thing(Struct):
    """What is counted, and where the words for it end."""

    unit: str
    end: int
    counted: str | None = None
    part_of: Span | None = None


def _thing(match: re.Match[str], draft: Draft, text: str, stop: int, earlier: Sequence[Quantity]) -> Thing | None:
    """Return what the number counts, None for what is no count."""
    if draft.share or draft.money:
        return Thing("percent" if draft.share else units.MONEY[draft.money or ""], draft.end)
    part = _OF_THEM.match(text, draft.end, stop)
    if part is not None:
        at = part.end() if part["whole"] is None else part.start("whole") - 1
        noun = units.noun_after(text, at, stop, one=False) if part["whole"] is not None else None
        whole = _whole(part, noun, earlier, draft.low)
        if whole is not None:
            return Thing(whole.unit, noun.end if noun else part.end(), None, whole.span)
        return Thing(noun.unit, noun.end, noun.counted) if noun and noun.listed else None
    noun = units.noun_after(text, draft.end, stop, one=draft.figure == 1)
    if (noun is None or not noun.listed) and (tolled := _tolled(draft, text, earlier)) is not None:
        return tolled
    fate = _fate(draft, noun, text, stop, earlier)
    if fate is not None:
        return fate
    if noun is not None and noun.unit not in units.LENGTHS_OF_TIME and _counts(match, draft, noun, text):
        return Thing(noun.unit, noun.end, noun.counted)
    large = draft.figure is not None and draft.figure >= _SPEAKS_ALONE and (draft.hedge or "," in match[0])
    if noun is None and large and _GOES_ON.match(text, draft.end, stop):
        before = _last_counted(earlier)
        return Thing(before.unit, draft.end) if before else None
    return None


def _tolled(draft: Draft, text: str, earlier: Sequence[Quantity]) -> Thing | None:
    """Return what the words before say that it is the number of: "the number of injured at 40", "the toll to 52"."""
    before = _SENTENCES.split(text[max(0, draft.start - _TOLL_REACH) : draft.start])[-1]
    found = _NUMBER_OF.search(before) or _TOLL.search(before)
    if found is None and _THE_FIGURE.search(before) and (last := _last_counted(earlier)) is not None:
        return Thing(last.unit, draft.end)
    if found is None:
        return None
    what = (found.groupdict().get("what") or "dead").casefold()
    fate = next((unit for word, unit in _TOLLED.items() if re.search(rf"\b{word}", what)), None)
    if fate is not None:
        return Thing(fate, draft.end)
    head = units.noun_after(f" {what}", 0, len(what) + 1, one=False)
    return Thing(head.unit, draft.end, head.counted) if head is not None and head.listed else None


def _fate(draft: Draft, noun: units.Noun | None, text: str, stop: int, earlier: Sequence[Quantity]) -> Thing | None:
    """Return the dead, injured or missing that the number counts: "killed 12 people", "six were injured"."""
    if noun is not None and noun.unit not in units.PEOPLE and not _CALLING.search(noun.unit):
        return None
    after = _FATE_AFTER.match(text, noun.end if noun else draft.end, stop)
    if after is not None and (noun is not None or draft.figure != 1 or earlier):
        counted = noun.counted if noun else None
        return Thing(_FATE[after["fate"].casefold()], after.end(), counted)
    before = _FATE_BEFORE.search(text[max(0, draft.start - 40) : draft.start])
    if before is not None and noun is not None:
        return Thing(_ENDED[before["fate"].casefold()], noun.end, noun.counted)
    return None


def _last_counted(earlier: Sequence[Quantity]) -> Quantity | None:
    return next((one for one in reversed(earlier) if one.unit not in units.MEASURES), None)


def _whole(part: re.Match[str], noun: units.Noun | None, earlier: Sequence[Quantity], low: int) -> Quantity | None:
    """Return the count that "of them" points at: the nearest larger one, of the same unit where one is named."""
    if part["whole"] is None:
        return _last_counted([one for one in earlier if (one.figure or one.low) > low])
    unit = noun.unit if noun else None
    return next((one for one in reversed(earlier) if one.unit == unit), None)


def _counts(match: re.Match[str], draft: Draft, noun: units.Noun, text: str) -> bool:
    """Return whether the number counts the noun and is not a name, a label or a year beside it."""
    before = text[max(0, match.start() - 14) : match.start()]
    if _LABEL.search(before):
        return False
    bare = draft.hedge is None and match["low"] is not None and match["low"].isdigit()
    if bare and noun.listed is False:
        if len(match["low"]) == 4 and match["low"][:2] in {"19", "20"}:
            return False
        if re.search(r"(?<![.!?]\s)\b[A-Z][\w-]*\s$", before):
            return False  # "Boeing 737 planes"
    return True


def _draft(match: re.Match[str], text: str) -> Draft | None:
    """Return what the number says with its hedge, None when it says nothing."""
    hedge = " ".join(match["hedge"].casefold().split()) if match["hedge"] else None
    start, end = match.start(), match.end()
    if match["vague"]:
        low, high = VAGUE[" ".join(match["vague"].casefold().split())]
        end = end + 3 if text[end : end + 4] == " of " else end
        return Draft(start, end, low, high, None, hedge or " ".join(match["vague"].casefold().split()), None, False)
    if match["few"]:
        few = " ".join(match["few"].casefold().split())
        scale = 12 if match["scale"].casefold() == "dozen" else numbers.SCALES[match["scale"].casefold()]
        return Draft(start, end, FEW[few][0] * scale, FEW[few][1] * scale, None, few, None, False)
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
    return Draft(start, end, low, high, figure, hedge, match["money"], match["share"] is not None)


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


class Cues(Struct, frozen=True):
    """The words of one sentence that tell how far a thing has come.

    marks: where its clauses end. found: for each phase the starts and the ends of its words, in text order.
    """

    marks: tuple[int, ...]
    found: tuple[tuple[Phase, tuple[int, ...], tuple[int, ...]], ...]


@lru_cache(maxsize=1)
def _cues(text: str, start: int, end: int) -> Cues:
    """Return the cues of a sentence; kept until the next one is asked for, as a sentence may hold many numbers."""
    found = []
    for phase, pattern in _PHASES:
        spans = [cue.span() for cue in pattern.finditer(text, start, end)]
        found.append((phase, tuple(begin for begin, _ in spans), tuple(stop for _, stop in spans)))
    return Cues(tuple(mark.start() for mark in _CLAUSE_END.finditer(text, start, end)), tuple(found))


def _phase(text: str, span: tuple[int, int], sentence: tuple[int, int]) -> Phase | None:
    """Return how far the thing has come by the nearest words in the clause, else in the sentence."""
    cues = _cues(text, *sentence)
    before, after = bisect_left(cues.marks, span[0]) - 1, bisect_left(cues.marks, span[1])
    begin = cues.marks[before] + 1 if before >= 0 else sentence[0]
    end = cues.marks[after] if after < len(cues.marks) else sentence[1]
    for low, high in ((begin, end), sentence):
        best: tuple[int, Phase] | None = None
        for phase, starts, ends in cues.found:
            distance = _distance(span, starts, ends, low, high)
            if distance is not None and (best is None or distance < best[0]):
                best = (distance, phase)
        if best is not None:
            return best[1]
    return None


def _distance(span: tuple[int, int], starts: Sequence[int], ends: Sequence[int], low: int, high: int) -> int | None:
    """Return how far the nearest of the words within text[low:high] is, None without any; those in the span are not."""
    before, after = bisect_right(ends, span[0]) - 1, bisect_left(starts, span[1])
    found = []
    if before >= 0 and starts[before] >= low:
        found.append(span[0] - ends[before])
    if after < len(starts) and ends[after] <= high:
        found.append(starts[after] - span[1])
    return min(found, default=None)
