"""Lines at the head of a text that hold who printed it or where it was written, and the day: "Post, 3 May 2026"."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean import dates, markdown
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

HEAD = 8
"""Lines of the head of a text in which its outlet signs (assumed)."""

REASON = "line with the outlet or the place and the day"

_MAX_LINE = 120  # letters
_CALLED = re.compile(
    r"\b(?:\w*news|press|times|post|herald|tribune|gazette|courier|daily|weekly|journal|ledger|dispatch|chronicle|observer"
    r"|telegraph|standard|mail|mirror|sentinel|examiner|inquirer|register|record|review|monitor|globe|echo|star|wire|agency"
    r"|magazine|radio|television|tv|broadcasting|zeitung|tageblatt|nachrichten|presse|prensa|diario|jornal|giornale|corriere)\b",
    re.IGNORECASE,
)
"""Words by which papers, stations and agencies are called."""

_WORD = r"[^\W\d_a-zà-öø-ÿ][\w.&'’-]*"
_NAME = re.compile(rf"{_WORD}(?:\s(?:of|the|de|la|el|du|di|der|des|and|&|{_WORD})){{0,5}}")
_WEEKDAY = rf"(?:(?:on\s)?(?:{'|'.join(dates.WEEKDAY_NUMBER)})\b\.?,?\s)?"
_BEFORE = re.compile(rf"^(?P<name>.+?)\s?[,|·–—-]\s{_WEEKDAY}$", re.IGNORECASE)
_AFTER = re.compile(r"^\s?[,|·–—-]\s(?P<name>.+)$")


def named(unit: Unit) -> str | None:
    """Return what stands beside the day where a line holds nothing else: a paper or a town; None otherwise."""
    if unit.end - unit.start > _MAX_LINE:
        return None
    line = markdown.words(unit.head).strip()
    found = list(dates.full(line))
    if len(found) != 1:
        return None
    before, after = line[: found[0].start], line[found[0].end :].rstrip()
    if before and not after:
        match = _BEFORE.match(before)
    else:
        match = _AFTER.match(after) if not re.sub(_WEEKDAY, "", before, flags=re.IGNORECASE) else None
    name = match["name"].strip() if match else ""
    return name if _NAME.fullmatch(name) else None


def outlet(unit: Unit) -> str | None:
    """Return the outlet that signs with the day; a town stands there as well, so it must be called as papers are."""
    name = named(unit)
    return name if name and _CALLED.search(name) else None


def mastheads(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge such lines below a headline, and above one where they name a paper; alone, a line may be the headline."""
    head = [index for index in range(min(HEAD, len(units))) if labels[index] is None]
    for place, index in enumerate(head):
        if units[index].prose:
            return  # the body has begun
        others = [units[one] for one in head[:place] if named(units[one]) is None]
        below = next((units[one] for one in head[place + 1 :] if named(units[one]) is None), None)
        if (others and named(units[index])) or (below and not below.prose and outlet(units[index])):
            yield index, Label("dateline", REASON)
