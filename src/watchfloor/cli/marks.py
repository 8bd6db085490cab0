"""Marking options as typed by a person."""

from collections.abc import Sequence
from datetime import datetime

import typer

from watchfloor.cli.asked import day
from watchfloor.core.marking import LEVELS, Level, Marking


def marking(
    tlp: str | None,
    releasable_to: Sequence[str],
    caveats: Sequence[str] = (),
    originators: Sequence[str] = (),
    until: str | None = None,
) -> Marking | None:
    """Return the marking that the options name, None when there is none: unmarked, unseen by partners.

    until: the last day on which it is released to anybody.
    """
    if tlp is None:
        if releasable_to or caveats or originators or until:
            raise typer.BadParameter("--rel needs --tlp: say at which level they are released")
        return None
    return Marking(
        level=level(tlp),
        releasable_to=frozenset(named_partner(name) for name in releasable_to),
        caveats=tuple(dict.fromkeys(caveats)),
        originators=frozenset(originators),
        expires=None if until is None else end_of(until),
    )


def end_of(text: str) -> datetime:
    """Return the moment at which a day ends, in UTC."""
    from watchfloor.flow.marking import end_of as end

    return end(day(text))


def named_partner(name: str) -> str:
    """Return the partner's name; a usage error when it is blank, as an unset variable leaves it, or padded."""
    if not name or name != name.strip():
        raise typer.BadParameter(f"{name!r} is no partner's name; give it without blanks around it")
    return name


def level(text: str) -> Level:
    """Return the TLP 2.0 level that the text names, however it is cased, with or without "TLP:"."""
    wanted = text.upper().removeprefix("TLP:").strip()
    for known in LEVELS:
        if known == wanted:
            return known
    raise typer.BadParameter(f"{text!r} is no TLP 2.0 level; expected one of {', '.join(LEVELS)}")
