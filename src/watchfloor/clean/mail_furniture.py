"""Judges of what mail adds to a text: its subject, the header of a forwarded message, the footer of a newsletter."""

import re
from collections.abc import Iterator, Sequence

from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit

_FORWARDED = re.compile(
    r"^\W*(?:from|to|cc|sent|date|subject|reply-to|von|an|gesendet|betreff|de|à|objet|보낸\s?사람|받는\s?사람|제목)\s?:\s?\S",
    re.IGNORECASE,
)
_MIN_FORWARDED = 2  # such lines in a row
_FOOTER = re.compile(
    r"^\W*(?:(?:to )?unsubscribe\b|you(?:['’]re| are)? (?:\w+ )?(?:receiv|gett)\w* this|forward (?:this|to a friend)"
    r"|(?:change|update|manage|edit) (?:your )?(?:e-?mail )?(?:preferences|subscriptions?|settings)"
    r"|this (?:e-?mail|message|newsletter) (?:was|is|has been) sent|was this (?:e-?mail|newsletter) forwarded"
    r"|(?:if you )?no longer (?:want|wish)|(?:newsletter )?(?:abmelden|abbestellen)\b|sie erhalten diese"
    r"|se dés(?:abonner|inscrire)|vous recevez ce|darse de baja|cancelar (?:la|su) suscripción|recibe este"
    r"|отписаться|수신\s?거부|구독 ?취소)",
    re.IGNORECASE,
)
_MAX_FOOTER = 40  # weight of a line of a footer; what follows a longer one is no footer; assumed
_HEAD_UNITS = 15  # lines among which the headline stands
_PARTS = re.compile(r"[:：|–—»-]\s*$")
_MIN_HEADLINE = 2  # weight


def subject(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the first line, which is the subject; where the text repeats its end as a heading, that is the headline."""
    if not units:
        return
    line = units[0].head
    for index, unit in enumerate(units[1:_HEAD_UNITS], start=1):
        before = line[: len(line) - len(unit.head)].rstrip() if line.endswith(unit.head) else None
        if before is not None and unit.weight >= _MIN_HEADLINE and (not before or _PARTS.search(before)):
            yield 0, Label("boilerplate", "subject of the mail, which the headline repeats")
            yield index, Label("headline", "repeats the subject of the mail")
            return
    yield 0, Label("headline", "subject of the mail")


def headers(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the header lines of a forwarded message."""
    run: list[int] = []
    for index, unit in enumerate(units):
        if _FORWARDED.match(unit.head) and not unit.prose:
            run.append(index)
            if len(run) == _MIN_FORWARDED:
                yield from ((place, Label("boilerplate", "header of a forwarded mail")) for place in run)
            elif len(run) > _MIN_FORWARDED:
                yield index, Label("boilerplate", "header of a forwarded mail")
        else:
            run = []


def footers(units: Sequence[Unit], labels: Labels) -> Iterator[tuple[int, Label]]:
    """Judge the footer of a newsletter: from its first line on, if only short lines follow."""
    last_long = max((index for index, unit in enumerate(units) if unit.weight > _MAX_FOOTER), default=-1)
    for index, unit in enumerate(units):
        if index > 0 and unit.weight <= _MAX_FOOTER and _FOOTER.match(unit.head):
            end = len(units) if index > last_long else index + 1
            yield from ((place, Label("boilerplate", "footer of the mail")) for place in range(index, end))
            if end == len(units):
                return


TEXT = (headers, footers)
"""The judges of a mail's text part, before those of any text."""
