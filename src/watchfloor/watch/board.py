"""What is watched for and how far it has gone: indicators, and the ladder with what moved it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from watchfloor.core.alert import Alert
from watchfloor.core.indicator import Indicator
from watchfloor.core.measure import Measure, MeasureStatus, Move
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.watch.things import strongest

_STATE = {"actual": "seen", "planned": "planned", "alleged": "alleged", "hypothetical": "possible", "denied": "denied"}
MOST_ALERTS = 5  # of one indicator on the board, the latest; assumed


class Row(Struct, frozen=True, kw_only=True):
    """One indicator as it stands.

    state: "not seen", "seen", "planned", "possible", "alleged", "denied", or "N of M origins" below those asked for.
    things: how many things it has seen. last: when something of it last changed. alerts: the latest first.
    """

    indicator: Indicator
    state: str
    things: int
    last: datetime | None
    alerts: tuple[Alert, ...]
    evidence: tuple[Span, ...]


class Rung(Struct, frozen=True, kw_only=True):
    """One measure as it stands.

    status: None while nobody has moved it. moves: its history, the latest first, those taken back among them.
    called_for: the indicators that have fired and call for it; alerts: theirs, the latest first.
    waits: it is called for and nobody has moved it since the latest alert.
    """

    measure: Measure
    status: MeasureStatus | None
    moves: tuple[Move, ...]
    called_for: tuple[str, ...]
    alerts: tuple[Alert, ...]
    waits: bool


class Board(Struct, frozen=True, kw_only=True):
    """All indicators and the whole ladder."""

    rows: tuple[Row, ...]
    ladder: tuple[Rung, ...]


def board(
    indicators: Sequence[Indicator],
    measures: Sequence[Measure],
    seen: Mapping[str, Sequence[Seen]],
    alerts: Sequence[Alert],
    moves: Sequence[Move],
) -> Board:
    """Return what is watched for as it stands; moves in the order in which they were made."""
    latest = sorted(alerts, key=lambda one: (one.at, one.id), reverse=True)
    rows = tuple(_row(one, seen.get(one.id, ()), [a for a in latest if a.indicator == one.id]) for one in indicators)
    ladder = tuple(_rung(one, latest, [move for move in moves if move.measure == one.id]) for one in measures)
    return Board(rows=rows, ladder=ladder)


def standing(moves: Sequence[Move]) -> MeasureStatus | None:
    """Return the status of a measure after these moves of it."""
    return moves[-1].status if moves else None


def _row(indicator: Indicator, seen: Sequence[Seen], alerts: Sequence[Alert]) -> Row:
    current = [one for one in seen if not one.gone and one.evidence]
    last = max((one.last for one in current), default=None)
    newest = max(current, key=lambda one: (one.last, one.id), default=None)
    evidence = alerts[0].evidence if alerts else newest.evidence[:3] if newest else ()
    return Row(
        indicator=indicator,
        state=_state(indicator, current),
        things=len(current),
        last=last,
        alerts=tuple(alerts[:MOST_ALERTS]),
        evidence=evidence,
    )


def _state(indicator: Indicator, seen: Sequence[Seen]) -> str:
    if not seen:
        return "not seen"
    if indicator.when == "independent origins" and not any(one.reached for one in seen):
        most = max(one.origins_min if indicator.certain else one.origins_max for one in seen)
        return f"{most} of {indicator.at_least} origins"
    if indicator.when == "reports" and not any(one.reached for one in seen):
        return f"{max(one.reports for one in seen)} of {indicator.at_least} reports"
    if indicator.when == "figure above" and not any(is_above for one in seen for is_above in one.above.values()):
        return "below"
    if indicator.when == "silence broken":
        return "spoken" if any(one.spoke for one in seen) else "silent"
    told = strongest(status for one in seen for status in one.stances.get("", "").split("|") if status)
    return _STATE.get(told or "actual", "seen")


def _rung(measure: Measure, latest: Sequence[Alert], moves: Sequence[Move]) -> Rung:
    alerts = [one for one in latest if one.indicator in measure.indicators]
    called_for = tuple(id for id in measure.indicators if any(one.indicator == id for one in alerts))
    waits = bool(alerts) and (not moves or moves[-1].at < alerts[0].at)
    return Rung(
        measure=measure,
        status=standing(moves),
        moves=tuple(reversed(moves)),
        called_for=called_for,
        alerts=tuple(alerts[:MOST_ALERTS]),
        waits=waits,
    )


def days(since: date, until: date) -> tuple[date, ...]:
    """Return the days from one to another, both among them; none when the first is the later.

    >>> len(days(date(2024, 10, 30), date(2024, 11, 1)))
    3
    """
    return tuple(date.fromordinal(number) for number in range(since.toordinal(), until.toordinal() + 1))
