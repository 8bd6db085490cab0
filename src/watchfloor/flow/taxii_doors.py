"""Who comes to the TAXII server of a node with people: those registered, for what is their own body's."""

from collections.abc import Callable, Mapping
from datetime import datetime

from watchfloor.core.errors import AccessDenied
from watchfloor.core.marking import Level
from watchfloor.flow.admission import Admitted, authenticate, cleared
from watchfloor.share.doorkeeper import Access, Right
from watchfloor.share.taxii_error import TaxiiError
from watchfloor.store.store import Store


class PeopleDoorkeeper:
    """Knows the people of the store; now: the clock; clearance: what this node shows at most.

    A partner's person reads the collection of the partner with the right "receive" and adds to it with "contribute";
    this node's own people read every collection with the right "see" and write none.
    """

    def __init__(self, store: Store, now: Callable[[], datetime], clearance: Level = "RED") -> None:
        self._store, self._now, self._clearance = store, now, clearance

    def who(self, headers: Mapping[str, str]) -> Access | None:
        """Return whose key or password the headers carry; raises TaxiiError 429 after too many attempts."""
        presented = headers.get("authorization", "")
        if not presented:
            return None
        try:
            found = cleared(authenticate(self._store, presented, self._now()), self._clearance)
        except AccessDenied as denied:
            if denied.retry_after is not None:
                raise TaxiiError(
                    429, "too many attempts", f"Try again in {denied.retry_after} seconds.", denied.retry_after
                ) from None
            return None
        return Access(name=found.name, reader=found.reader, rights=self._rights(found))

    def _rights(self, found: Admitted) -> dict[str, Right]:
        if found.reader.partner is None:
            right = Right(read="see" in found.may)
        else:
            right = Right(read="receive" in found.may, write="contribute" in found.may)
        return {one.id: right for one in self._store.collections(found.reader)}
