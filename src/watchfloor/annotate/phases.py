"""How far what is counted has come: planned, under way or done, by the words of its clause, else of its sentence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from msgspec import Struct

Phase = Literal["planned", "under-way", "done"]

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


def phase(text: str, span: tuple[int, int], sentence: tuple[int, int]) -> Phase | None:
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
