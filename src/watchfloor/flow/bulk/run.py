"""A bulk run from its inputs to what it leaves: Parquet files by week, or a filled database. It can be broken off.

Two stages. Each piece is read by itself and written as a file. Then each week is put together of the pieces that hold
reports of it and of the two weeks before, in which originals of its copies may lie. So neither how many work nor who
is done first changes anything.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct

from watchfloor.core.aside import Aside, aside_of
from watchfloor.core.errors import SetAside, StoreError
from watchfloor.flow.bulk.into_store import Keeping
from watchfloor.flow.bulk.manifest import Lost, Manifest
from watchfloor.flow.bulk.part_file import path_of, put
from watchfloor.flow.bulk.planning import plan
from watchfloor.flow.bulk.progress import Pace, Progress
from watchfloor.flow.bulk.week_copies import WEEKS_BEFORE
from watchfloor.flow.bulk.work import (
    Doubled,
    Doubles,
    GivenUp,
    Group,
    Grouped,
    Inputs,
    Part,
    Read,
    Torn,
    Unit,
    Week,
    Written,
    digest_of,
    encode,
    weeks_before,
)
from watchfloor.flow.bulk.workers import Workers

GROUP = 1000  # pieces whose ids are sorted together
STRETCH = 2_000_000  # ids that are compared at once (assumed: 30 MB)
_ROUNDS = 3  # times that a piece whose file is torn is read again before the disk is given up

Told = Callable[[Progress], None]


class BulkReceipt(Struct, frozen=True, kw_only=True):
    """What a run has done, with what was done before it was resumed.

    items: pages and files met. doubled: reports that came again and were left out of a later week. given_up: pieces
    that could not be read, tried again when the run is resumed. restarts: schedulers lost and found again. seconds,
    items_per_second: of this run alone. cpu_reading, cpu_weeks: seconds of a core that all pieces and all weeks took.
    untranslated: weeks in which translations were not looked for.
    """

    pieces: int
    items: int
    reports: int
    annotations: int
    copies: int
    set_aside: int
    reasons: dict[str, int]
    doubled: int
    weeks: int
    untranslated: tuple[str, ...]
    new: int
    new_versions: int
    unchanged: int
    given_up: tuple[GivenUp, ...]
    read_again: int
    restarts: int
    seconds: float
    items_per_second: float
    cpu_reading: float
    cpu_weeks: float


class Run:
    """One run; keeping: what fills a database, None for Parquet files."""

    def __init__(self, manifest: Manifest, workers: Workers, keeping: Keeping | None, told: Told) -> None:
        self._manifest, self._workers, self._keeping, self._told = manifest, workers, keeping, told
        self._began = time.monotonic()
        self._read_again = 0
        self._items = 0
        self._order: list[str] = []
        self._next = 0

    def run(self, inputs: Sequence[str], pages: int, own: Sequence[Path]) -> BulkReceipt:
        """Plan what is not planned, do what is not done, and return the receipt."""
        self._read_again += self._manifest.forget_absent()
        self._plan(inputs, pages, own)
        again = True
        for _ in range(_ROUNDS):
            self._pieces(again=again)
            again = False
            torn = False if self._keeping is not None else self._groups() or self._doubles() or self._weeks()
            if not torn and not self._manifest.left(again=False):
                return self._receipt()
        raise StoreError(f"files of pieces in {self._manifest.folder} change after they were written; look at the disk")

    def _plan(self, inputs: Sequence[str], pages: int, own: Sequence[Path]) -> None:
        pace = Pace(0)
        plan(inputs, self._manifest, self._workers, pages, own, lambda said: self._told(pace.at("planning", 0, said)))

    def _pieces(self, *, again: bool) -> None:
        """Read the pieces that are left; with a database keep them, each after all that stand before it."""
        left = self._manifest.left(again=again)
        for piece in left:
            self._manifest.given_up.pop(piece.id, None)
        self._order, self._next = list(self._manifest.pieces), 0
        pace = Pace(len(left))
        self._keep_ready()
        for number, (unit, outcome) in enumerate(self._workers.work(left), 1):
            if isinstance(outcome, Part):
                self._items += outcome.items
                self._manifest.add(outcome)
            elif isinstance(outcome, GivenUp):
                self._manifest.add(outcome)
            self._keep_ready()
            where = unit.locator if isinstance(unit, Read) else unit.key
            self._told(pace.at("reading", number, where, self._items))

    def _keep_ready(self) -> None:
        """Keep in the database what can be: the pieces in their order, as far as they are read."""
        if self._keeping is None:
            return
        for id in islice(self._order, self._next, None):
            if id in self._manifest.given_up:
                self._keeping.refuse([_given_up(self._manifest.given_up[id], self._manifest)])
            elif id not in self._manifest.kept:
                if id not in self._manifest.parts:
                    break
                kept = self._keeping.keep(id)
                if isinstance(kept, Torn):
                    self._lose(kept)
                    break
                self._manifest.add(kept)
                path_of(self._manifest.folder, id).unlink(missing_ok=True)
            self._next += 1
        self._keeping.refuse(self._manifest.refusals.values())

    def _groups(self) -> bool:
        """Put pieces together, some at a time; return whether one was torn."""
        pieces = [id for id in self._manifest.pieces if id in self._manifest.parts or id in self._manifest.given_up]
        units = []
        for number, first in enumerate(range(0, len(pieces), GROUP)):
            some = pieces[first : first + GROUP]
            more = [
                _given_up(self._manifest.given_up[id], self._manifest) for id in some if id in self._manifest.given_up
            ]
            more += self._manifest.refusals.values() if number == 0 else ()
            read = tuple(id for id in some if id in self._manifest.parts)
            of = digest_of([*(self._manifest.parts[id].digest for id in read), *(one.id for one in more)])
            units.append(Group(number=number, of=of, pieces=read, more=tuple(more)))
        held = self._manifest.groups
        return self._all("grouping", [one for one in units if one.number not in held or held[one.number].of != one.of])

    def _doubles(self) -> bool:
        groups = [group for _, group in sorted(self._manifest.groups.items())]
        stretches = self._stretches()
        of = digest_of([str(stretches), *(group.of for group in groups)])
        units = [Doubles(number=n, of=of, stretches=stretches, groups=len(groups)) for n in range(stretches)]
        held = self._manifest.doubles
        return self._all("comparing", [one for one in units if one.number not in held or held[one.number].of != of])

    def _stretches(self) -> int:
        return 1 + sum(group.ids for group in self._manifest.groups.values()) // STRETCH

    def _weeks(self) -> bool:
        """Write the weeks that are not written yet or are made of other things now; return whether a piece was torn."""
        holding: dict[str, list[str]] = defaultdict(list)
        for id in self._manifest.pieces:
            if id in self._manifest.parts:
                for week in self._manifest.parts[id].weeks:
                    holding[week].append(id)
        order = {id: number for number, id in enumerate(self._manifest.pieces)}
        units = []
        for monday in sorted(holding):
            around = weeks_before(monday, WEEKS_BEFORE)
            pieces = sorted({id for week in around for id in holding.get(week, ())}, key=order.__getitem__)
            left_out = [
                f"{one.number}:{one.of}" for one in self._manifest.doubles.values() if set(around) & set(one.found)
            ]
            of = digest_of([*(self._manifest.parts[id].digest for id in pieces), *left_out])
            held = self._manifest.weeks.get(monday)
            if held is not None and held.of == of:
                continue
            path = self._manifest.folder / "weeks" / f"{monday}.in"
            put(path, encode(Inputs(pieces=tuple(pieces), doubles=self._stretches())))
            units.append(Week(monday=monday, of=of, inputs=str(path)))
        return self._all("writing weeks", units)

    def _all(self, phase: str, units: Sequence[Unit]) -> bool:
        """Do work of one kind and write down what came of it; return whether a piece was found torn."""
        pace, torn = Pace(len(units)), False
        for number, (unit, outcome) in enumerate(self._workers.work(units), 1):
            if isinstance(outcome, Grouped | Doubled | Written):
                self._manifest.add(outcome)
            elif isinstance(outcome, Torn):
                self._lose(outcome)
                torn = True
            elif isinstance(outcome, GivenUp):
                raise StoreError(f"{outcome.key} could not be made: {outcome.detail}; --resume tries it again")
            self._told(pace.at(phase, number, unit.key))
        return torn

    def _lose(self, torn: Torn) -> None:
        if torn.piece in self._manifest.parts:
            self._read_again += 1
            self._manifest.add(Lost(id=torn.piece, detail=torn.detail))

    def _receipt(self) -> BulkReceipt:
        held = self._manifest
        seconds = time.monotonic() - self._began
        reasons: Counter[str] = Counter()
        weeks, kept, parts = held.weeks.values(), held.kept.values(), held.parts.values()
        for part in parts:
            reasons.update(part.reasons)
        reasons.update(one.reason for one in held.refusals.values())
        reasons.update(one.reason for one in held.given_up.values())
        return BulkReceipt(
            pieces=len(held.pieces),
            items=sum(part.items for part in parts),
            reports=sum(week.reports for week in weeks)
            if self._keeping is None
            else sum(part.reports for part in parts),
            annotations=sum(week.annotations for week in weeks),
            copies=sum(week.copies for week in weeks),
            set_aside=reasons.total(),
            reasons=dict(sorted(reasons.items())),
            doubled=sum(part.reports for part in parts) - sum(week.reports for week in weeks) if weeks else 0,
            weeks=len(weeks),
            untranslated=tuple(sorted(week.monday for week in weeks if not week.translations)),
            new=sum(one.new for one in kept),
            new_versions=sum(one.new_versions for one in kept),
            unchanged=sum(one.unchanged for one in kept),
            given_up=tuple(held.given_up.values()),
            read_again=self._read_again,
            restarts=self._workers.restarts,
            seconds=round(seconds, 3),
            items_per_second=round(self._items / seconds, 3) if seconds else 0.0,
            cpu_reading=round(sum(part.cpu for part in parts), 3),
            cpu_weeks=round(sum(week.cpu for week in weeks), 3),
        )


def _given_up(one: GivenUp, manifest: Manifest) -> Aside:
    return aside_of(SetAside(one.reason, one.detail), "collect", one.locator, manifest.header.now)
