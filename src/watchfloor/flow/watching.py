"""Watching: look with the indicators, keep the alerts once each, say to whom they go; and try it out on past days."""

import logging
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import msgspec
from msgspec import Struct, structs

from watchfloor.core.alert import Acknowledgement, Alert
from watchfloor.core.audit import Note
from watchfloor.core.errors import AccessDenied, ConfigError
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.marking import LEVELS, Marking, Reader
from watchfloor.core.measure import Measure, MeasureStatus, Move
from watchfloor.core.picture import Picture
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span
from watchfloor.flow.admission import Admitted
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.delivering import planned
from watchfloor.flow.watch_searches import Searching, resolved, searching
from watchfloor.share.release import strictest
from watchfloor.store.alerts import Asked, Look
from watchfloor.store.store import Store
from watchfloor.watch.board import Board, board, days, standing
from watchfloor.watch.indicators import Looked, look
from watchfloor.watch.versions import carried_over, gone
from watchfloor.watch.watch_file import Watch

LONGEST_TEST = 400  # days that one test walks through (assumed: each is a picture)
_END = time(23, 59, 59, tzinfo=UTC)

log = logging.getLogger("watchfloor.watch")
PictureOf = Callable[[date], Picture]


class Fired(Struct, frozen=True, kw_only=True):
    """An alert that would have been raised, and the end of the day on which."""

    day: date
    alert: Alert


def recipe(indicator: Indicator) -> str:
    """Return the digest of what an indicator asks: when it changes, the indicator begins anew."""
    plain = structs.replace(indicator, title="", notify=(), urgency="routine", cool_down=timedelta(0))
    asks = msgspec.to_builtins(plain)
    for name in ("search", "saved"):  # came later: an indicator without them must not begin anew
        if not asks[name]:
            del asks[name]
    return sha256(msgspec.json.encode(asks, order="sorted")).hexdigest()


def watch_once(
    store: Store,
    reader: Reader,
    settings: Configuration,
    watch: Watch,
    picture: Picture,
    now: datetime,
    *,
    loudly: bool = False,
    changed: frozenset[str] | None = None,
) -> tuple[Alert, ...]:
    """Look at a picture with every indicator; keep and return the alerts that are new.

    An indicator that is new, or asks otherwise than before, takes note quietly of what is there already, unless loudly.
    changed: ids of the reports that came or went since the last look; None to look at everything.
    An indicator whose saved search is gone is left out, and the log says so.
    The look is the node's: a reader who is cleared for less than the node would see changes where there are none.
    """
    if reader.partner is not None or LEVELS.index(reader.clearance) < LEVELS.index(settings.clearance):
        raise AccessDenied(f"watching takes the clearance of the node, {settings.clearance}", known=True)
    markings = {report.id: report.marking for report in picture.reports}
    watch, wrong = resolved(store, reader, watch)
    for one in wrong:
        log.error("an indicator is left out", extra={"error": one})
    found = searching(store, reader)(watch.indicators, picture)
    left = gone(store.alerts.seen(reader), picture)
    earlier = store.reports_named(reader, sorted(left if changed is None else left & changed))

    def looking(before: dict[str, tuple[Seen, ...]], asked: dict[str, Asked]) -> Look:
        seen = carried_over(before, earlier, picture)
        known = [one for one in watch.indicators if one.id in asked and asked[one.id].recipe == recipe(one)]
        fresh = [one for one in watch.indicators if one not in known]
        first = look(fresh, picture, {}, now, quietly=not loudly, found=found)
        then = look(known, picture, seen, now, changed=changed, found=found)
        kept = after(_differing(before, seen, then.gone), then)
        alerts = [_marked(one, markings) for one in (*first.alerts, *then.alerts)]
        changed_ids = {one.id for one in fresh}
        return Look(
            alerts=tuple(alerts),
            seen={name: _marked_seen(those, markings) for name, those in {**kept, **first.seen}.items()},
            gone=then.gone,
            asked={one.id: recipe(one) if one.id in changed_ids else None for one in watch.indicators},
            forgotten=tuple(sorted({*asked, *seen} - {one.id for one in known})),
            deliveries=planned(store, settings, watch.indicators, alerts),
        )

    return store.alerts.keep_look(reader, now, looking)


def _differing(
    before: Mapping[str, Sequence[Seen]], now: Mapping[str, Sequence[Seen]], without: Collection[str]
) -> dict[str, tuple[Seen, ...]]:
    """Return what is seen otherwise than before."""
    old = {one.id: one for those in before.values() for one in those}
    return {
        name: tuple(one for one in those if one != old.get(one.id) and one.id not in without)
        for name, those in now.items()
    }


def past(
    store: Store, reader: Reader, settings: Configuration, watch: Watch, pictures: PictureOf, since: date, until: date
) -> tuple[Alert, ...]:
    """Look at the past days one after the other as if they were now, and keep what comes of it; return the new alerts.

    What every indicator has seen is forgotten before. Alerts that are kept already stay and are not raised twice.
    """
    _check(since, until)
    store.alerts.keep_look(reader, _end(since), lambda seen, asked: Look(alerts=(), seen={}, forgotten=(*seen, *asked)))
    raised: list[Alert] = []
    for day in (since - timedelta(days=1), *days(since, until)):
        raised += watch_once(store, reader, settings, watch, pictures(day), _end(day))
    return tuple(raised)


def tested(watch: Watch, pictures: PictureOf, since: date, until: date, searched: Searching) -> Iterator[Fired]:
    """Yield the alerts that would have been raised from one day to another; nothing is kept.

    What was known on the day before is taken note of quietly. searched: what its searches find, saved ones replaced by
    their queries. ConfigError for days in the wrong order, or too many.
    """
    _check(since, until)
    seen: dict[str, tuple[Seen, ...]] = {}
    before = since - timedelta(days=1)
    for day in (before, *days(since, until)):
        picture = pictures(day)
        found = searched(watch.indicators, picture)
        looked = look(watch.indicators, picture, seen, _end(day), quietly=day == before, found=found)
        seen = after(seen, looked)
        yield from (Fired(day=day, alert=alert) for alert in looked.alerts)


def after(seen: Mapping[str, Sequence[Seen]], looked: Looked) -> dict[str, tuple[Seen, ...]]:
    """Return what is seen after a look."""
    known = {name: {one.id: one for one in those if one.id not in looked.gone} for name, those in seen.items()}
    for name, those in looked.seen.items():
        known.setdefault(name, {}).update((one.id, one) for one in those)
    return {name: tuple(those.values()) for name, those in known.items()}


def board_of(store: Store, reader: Reader, watch: Watch) -> Board:
    """Return what is watched for as it stands for the reader: indicators, alerts, ladder."""
    alerts = [one.alert for one in store.alerts.alerts(reader, most=1_000)]
    return board(watch.indicators, watch.measures, store.alerts.seen(reader), alerts, store.alerts.moves(reader))


def acknowledge(store: Store, by: Admitted, alert: str, note: str | None, now: datetime) -> str:
    """Keep that somebody has taken note of an alert; return its id. alert: its id, or how it begins.

    Needs the right "watch" or "judge". ConfigError when the id names none, or somebody has acknowledged it before.
    """
    if "judge" not in by.may:
        by.require("watch")
    id = _named(store, by.reader, alert)
    said = Acknowledgement(alert=id, by=by.name, at=now, note=note)
    told = Note(at=now, who=by.name, verb="watch", what=id, detail={"change": "acknowledged"})
    if store.alerts.acknowledge(by.reader, said, told) == "known":
        raise ConfigError(f"{id} was acknowledged before; see: watchfloor watch alerts --all")
    return id


def move(
    store: Store,
    by: Admitted,
    watch: Watch,
    measure: str,
    status: MeasureStatus,
    reason: str,
    now: datetime,
    *,
    alerts: Sequence[str] = (),
) -> Move:
    """Give a measure a status, with a reason and the alerts that moved it, by default the latest of its indicators.

    Needs the right "watch", and where people are registered the role that owns the measure.
    """
    meant = _measure(watch, measure)
    _may_move(by, meant)
    if not reason.strip():
        raise ConfigError("found no reason; say why, it is kept: --because ...")
    moves = [one for one in store.alerts.moves(by.reader) if one.measure == meant.id]
    if standing(moves) == status:
        raise ConfigError(f"{meant.id} is {status} already")
    ids = [_named(store, by.reader, one) for one in alerts] or _moving(store, by.reader, meant, moves)
    kept = {one.alert.id: one.alert for one in store.alerts.alerts(by.reader, ids=ids)} if ids else {}
    evidence = tuple(dict.fromkeys(span for id in ids for span in kept[id].evidence[:2]))
    marking = strictest(one.marking for one in kept.values())
    return _keep_move(store, by, meant.id, status, reason.strip(), now, tuple(ids), evidence, marking=marking)


def undo(store: Store, by: Admitted, watch: Watch, measure: str, reason: str, now: datetime) -> Move:
    """Take back the last move of a measure: it stands as it did before; the history keeps both."""
    meant = _measure(watch, measure)
    _may_move(by, meant)
    moves = [one for one in store.alerts.moves(by.reader) if one.measure == meant.id]
    undone = {one.undoes for one in moves}
    standing_moves = [one for one in moves if one.undoes is None and one.id not in undone]
    if not standing_moves:
        raise ConfigError(f"nobody has moved {meant.id}, or all of it is taken back; there is nothing to undo")
    last = standing_moves[-1]
    status = standing_moves[-2].status if len(standing_moves) > 1 else None
    why = reason.strip() or "taken back"
    return _keep_move(store, by, meant.id, status, why, now, (), (), undoes=last.id, marking=last.marking)


def _keep_move(
    store: Store,
    by: Admitted,
    measure: str,
    status: MeasureStatus | None,
    reason: str,
    now: datetime,
    alerts: tuple[str, ...],
    evidence: tuple[Span, ...],
    *,
    undoes: str | None = None,
    marking: Marking | None = None,
) -> Move:
    made = Move(
        id=content_id("mov", measure, status, by.name, now.isoformat(), undoes),
        measure=measure,
        status=status,
        by=by.name,
        at=now,
        reason=reason,
        alerts=alerts,
        evidence=evidence,
        undoes=undoes,
        marking=marking,
    )
    detail = {"status": status or "none", "reason": reason, **({"undoes": undoes} if undoes else {})}
    store.alerts.keep_move(made, Note(at=now, who=by.name, verb="watch", what=measure, detail=detail))
    return made


def _may_move(by: Admitted, measure: Measure) -> None:
    by.require("watch")
    if by.person is not None and measure.owner not in by.person.roles:
        raise AccessDenied(f"{measure.id} is the {measure.owner}'s to move, and {by.name} is none", known=True)


def _measure(watch: Watch, id: str) -> Measure:
    for one in watch.measures:
        if one.id == id:
            return one
    known = ", ".join(one.id for one in watch.measures) or "none yet"
    raise ConfigError(f"there is no measure {id!r}; those of the file: {known}")


def _moving(store: Store, reader: Reader, measure: Measure, moves: Sequence[Move]) -> list[str]:
    """Return the alerts of a measure's indicators since it was moved last, the latest of each."""
    since = moves[-1].at if moves else None
    found = []
    for indicator in measure.indicators:
        latest = store.alerts.alerts(reader, indicator=indicator, most=1)
        found += [one.alert.id for one in latest if since is None or one.alert.at > since]
    return found


def _named(store: Store, reader: Reader, begins: str) -> str:
    fitting = [one.alert.id for one in store.alerts.alerts(reader, most=100_000) if one.alert.id.startswith(begins)]
    if len(fitting) != 1 or not begins:
        raise ConfigError(f"{len(fitting)} alerts have an id that begins with {begins!r}; expected one")
    return fitting[0]


def _marked(alert: Alert, markings: Mapping[str, Marking | None]) -> Alert:
    return structs.replace(alert, marking=strictest(markings.get(id) for id in alert.rests_on))


def _marked_seen(seen: Sequence[Seen], markings: Mapping[str, Marking | None]) -> tuple[Seen, ...]:
    return tuple(
        structs.replace(one, marking=strictest(markings.get(span.report) for span in one.evidence)) for one in seen
    )


def _check(since: date, until: date) -> None:
    length = (until - since).days + 1
    if length < 1:
        raise ConfigError(f"found {since} to {until}, expected a first day that is not after the last")
    if length > LONGEST_TEST:
        raise ConfigError(
            f"found {length} days, expected at most {LONGEST_TEST}; name a later --since or an earlier --until"
        )


def _end(day: date) -> datetime:
    return datetime.combine(day, _END)
