"""Marking items: tightening is an analyst's work, loosening takes a release officer and a reason."""

from datetime import UTC, date, datetime, time, timedelta

from watchfloor.core.audit import Note
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking, is_no_wider
from watchfloor.flow.admission import Admitted
from watchfloor.store.store import Store


def end_of(day: date) -> datetime:
    """Return the moment at which a day ends, in UTC: until when something that lasts to that day lasts."""
    return datetime.combine(day + timedelta(days=1), time(), UTC)


def mark(
    store: Store, by: Admitted, item: str, marking: Marking, now: datetime, *, reason: str | None = None
) -> tuple[str, Marking | None]:
    """Lay a marking on a report, capture, judgement or assessment; return its id and the marking it had.

    The first marking of an item is an analyst's, as when adding it; a wider one than it has takes the right to loosen,
    and a reason. Raises ConfigError for an unknown item or no reason, AccessDenied.
    """
    by.require("mark")
    found = store.marks.find(by.reader, item)
    if len(found) != 1:
        raise ConfigError(
            f"{len(found)} items have an id that begins with {item!r}; expected that of one report, capture, judgement "
            "or assessment"
        )
    ((id, before),) = found
    loosens = before is not None and not is_no_wider(marking, before)
    if loosens:
        by.require("loosen")
        if not (reason or "").strip():
            raise ConfigError("this marking is wider than the one it has; say why, it is kept in the log: --reason ...")
    detail = {
        "from": _said(before),
        "to": _said(marking),
        "change": "loosened" if loosens else "set",
        **({"reason": reason} if reason else {}),
    }
    verb = "loosen" if loosens else "mark"
    store.marks.keep_marking(id, marking, Note(at=now, who=by.name, verb=verb, what=id, detail=detail))
    return id, before


def _said(marking: Marking | None) -> str:
    if marking is None:
        return "unmarked"
    parts = [f"TLP:{marking.level}", "to " + (", ".join(sorted(marking.releasable_to)) or "nobody")]
    if marking.expires is not None:
        parts.append(f"until {marking.expires.isoformat()}")
    return "; ".join([*parts, *marking.caveats])
