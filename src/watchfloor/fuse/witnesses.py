"""Witnesses: an outlet's own people saw it themselves."""

import re

from watchfloor.core.claim import Position
from watchfloor.core.report import Report
from watchfloor.fuse.credits import outlet_names

_PEOPLE = r"(?:reporters?|correspondents?|journalists?|photographers?|camera\s(?:crew|team)s?|news\steam|stringers?)"
_SAW = re.compile(
    rf"\b{_PEOPLE}\b[^.;\n]{{0,60}}?\b(?:saw|seen|watched|witnessed|counted|heard|observed|filmed|photographed|visited)\b"
    rf"|\b(?:seen|witnessed|counted|heard|filmed|photographed|observed)\sby\s(?:an?|our|two|three|several|the)\s[^.;\n]{{0,60}}?{_PEOPLE}\b",
    re.IGNORECASE,
)
_OURS = re.compile(
    rf"\b(?:our|this\s(?:newspaper|paper|agency|station|site|magazine)['’]s)\s(?:own\s)?{_PEOPLE}\b", re.IGNORECASE
)
_FAR = 300  # characters around the words in which the witness stands (assumed)


def witness(report: Report, stated: Position) -> bool:
    """Return whether the sentence says that the outlet's own people saw what it tells.

    "A Lens Agency correspondent saw" in Lens Agency's report does; in another's report it is a credit.
    """
    start = report.text.rfind("\n", 0, stated.span.start) + 1
    begin = max(start, stated.span.start - _FAR)
    end = min(len(report.text), stated.span.end + _FAR)
    for match in _SAW.finditer(report.text, begin, end):
        if match.start() > stated.span.end + 80 or match.end() < stated.span.start - 80:
            continue
        words = re.sub(r"[-_]", " ", report.text[max(begin, match.start() - 60) : match.end() + 60].casefold())
        if _OURS.search(match[0]) or any(name in words for name in outlet_names(report.outlet)):
            return True
    return False
