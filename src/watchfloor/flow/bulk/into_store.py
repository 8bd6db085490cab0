"""Pieces into a database: each in one transaction, in their order, so that the same input fills it the same."""

from collections import Counter
from collections.abc import Iterable

from watchfloor.core.aside import Aside
from watchfloor.flow.bulk.manifest import Kept
from watchfloor.flow.bulk.part_file import PartFile, TornError, path_of
from watchfloor.flow.bulk.work import Header, Torn
from watchfloor.flow.copying import day_of
from watchfloor.store.fingerprints import Fingerprint
from watchfloor.store.store import Store


class Keeping:
    """Fills one database."""

    def __init__(self, store: Store, header: Header) -> None:
        self._store, self._header = store, header
        self._refused: set[str] = set()

    def keep(self, piece: str) -> Kept | Torn:
        """Keep all of a piece, and return what became of it; keeping it twice changes nothing."""
        try:
            part = PartFile(path_of(self._header.folder, piece), piece)
            items, refused = part.all_items(), part.refused()
        except TornError as torn:
            return Torn(piece=torn.piece, detail=torn.detail)
        captures = [(one.number, one.capture) for one in items]
        captures += [(one.number, one.capture) for one in refused if one.capture is not None]
        outcomes: Counter[str] = Counter(
            self._store.keep_piece(
                [capture for _, capture in sorted(captures, key=lambda one: one[0])],
                [(one.report, one.found) for one in items],
                [Fingerprint(one.report.id, day_of(one.report), one.hashes) for one in items],
                [one.aside for one in refused],
                self._header.recipe,
            )
        )
        new, versions = outcomes["new"], outcomes["new-version"]
        unchanged = len(items) - new - versions
        return Kept(id=piece, new=new, new_versions=versions, unchanged=unchanged, set_aside=len(refused))

    def refuse(self, asides: Iterable[Aside]) -> None:
        """Keep what the run itself set aside, each once."""
        new = [one for one in asides if one.id not in self._refused]
        if new:
            self._store.keep_asides(new)
            self._refused.update(one.id for one in new)
