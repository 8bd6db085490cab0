"""The sentence around a span, for showing: evidence is read in its sentence, not as a snippet."""

import re

from watchfloor.core.report import Report
from watchfloor.core.span import Span

LONGEST = 600  # characters of a sentence that are shown; assumed
_STOP = re.compile(r"(?<=[.!?…。！？])[\"”’»)\]]*\s+(?=[\"“‘«(\[]?[^\sa-z])|\n+")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Rep|Sen|Gen|Lt|Col|Gov|St|No|vs|U\.S|U\.N|[A-Z]))\.$")


def around(report: Report, span: Span) -> tuple[int, int]:
    """Return start and end of the sentence or sentences that hold the span, within its passages."""
    text = report.text
    start, end = max(0, min(span.start, len(text))), max(0, min(span.end, len(text)))
    touched = [p for p in report.passages if p.start < max(end, start + 1) and start < p.end]
    low = min([start, *(p.start for p in touched)]) if touched else _paragraph(text, start)
    high = max([end, *(p.end for p in touched)]) if touched else _next_break(text, end)
    low, high = max(low, start - LONGEST), min(high, end + LONGEST)
    first, last = low, high
    for match in _STOP.finditer(text, low, high):
        if _ABBREVIATED.search(text, max(low, match.start() - 8), match.start()):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end - 1:
            last = match.start() + len(match[0].rstrip())
            break
    return _trimmed(text, first, max(last, end))


def _paragraph(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _next_break(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
