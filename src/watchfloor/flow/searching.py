"""Search: the store finds words and fields, the picture says how many stand behind a claim and what people noted."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from watchfloor.core.claim import Claim
from watchfloor.core.marking import Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.picture import REPORTS_AT_ONCE, picture
from watchfloor.store.query_fields import Field
from watchfloor.store.search import Found, Tally
from watchfloor.store.search import stands as holds
from watchfloor.store.store import Store


def search(
    store: Store,
    reader: Reader,
    typed: str,
    *,
    limit: int = 20,
    offset: int = 0,
    as_of: date | None = None,
    newest: bool = False,
    since: datetime | None = None,
    at_once: int = REPORTS_AT_ONCE,
    seen: Picture | None = None,
    look: Callable[[], Picture] | None = None,
) -> Found:
    """Return a page of the current reports that fit what was typed, the best first; every string is a query.

    newest: the last that came in first. since: only what came in later. A picture is put together only for a query
    that asks how many stand behind a claim, or for a note: of at_once reports, the newest. seen: one that is at hand.
    look: gives one that is kept somewhere.
    """
    known = _Known(store, reader, as_of, at_once, seen, look)
    return store.search(
        reader,
        typed,
        limit=limit,
        offset=offset,
        as_of=as_of,
        known=known.reports,
        newest=newest,
        since=since,
    )


def tally(
    store: Store,
    reader: Reader,
    typed: str,
    *,
    as_of: date | None = None,
    at_once: int = REPORTS_AT_ONCE,
    look: Callable[[], Picture] | None = None,
) -> Tally:
    """Return how what fits is spread over outlets, languages, months and markings. look: as for `search`."""
    return store.tally(reader, typed, as_of=as_of, known=_Known(store, reader, as_of, at_once, look=look).reports)


class _Known:
    """What one reader can know as of a day, put together once and only when asked."""

    def __init__(
        self,
        store: Store,
        reader: Reader,
        as_of: date | None,
        at_once: int,
        seen: Picture | None = None,
        look: Callable[[], Picture] | None = None,
    ) -> None:
        self._store, self._reader, self._as_of, self._at_once = store, reader, as_of, at_once
        self._picture, self._look = seen, look

    def reports(self, field: Field) -> frozenset[str]:
        """Return the ids of the reports that carry a claim which has what the field asks for."""
        if self._picture is None:
            self._picture = self._look() if self._look else self._put_together()
        if field.name == "note":
            return frozenset(_noted(self._picture, self._store, self._reader, field))
        return frozenset(id for claim in self._picture.claims if _counts(claim, field) for id in _carriers(claim))

    def _put_together(self) -> Picture:
        return picture(self._store, self._reader, self._as_of, most=self._at_once)


def _counts(claim: Claim, field: Field) -> bool:
    """Return whether a claim has surely as many as asked for: of origins all that it may have lie in the range."""
    counted = {
        "origins": (claim.origins_min, claim.origins_max),
        "outlets": (claim.outlets, claim.outlets),
        "reports": (claim.reports, claim.reports),
    }
    low, high = counted[field.name]
    return (field.low is None or low >= int(str(field.low))) and (field.high is None or high <= int(str(field.high)))


def _carriers(claim: Claim) -> Iterator[str]:
    for position in claim.positions:
        yield position.span.report
    for figure in claim.figures:
        yield figure.span.report


def _noted(seen: Picture, store: Store, reader: Reader, field: Field) -> Iterator[str]:
    """Yield the reports about which, or about a claim of which, a person wrote the words."""
    by_id = {claim.id: claim for claim in seen.claims}
    for id, assessment in seen.assessments.items():
        if field.words is not None and holds(assessment.reason or "", field.words):
            yield from _carriers(by_id[id])
    here = {report.id for report in seen.reports}
    for judgement in store.judgements(reader):
        if field.words is not None and holds(judgement.reason or "", field.words):
            yield from ({judgement.left.removeprefix("route "), judgement.right} & here)
