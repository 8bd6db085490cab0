"""TAXII collections and what lies in them: a part of `Store`."""

from collections.abc import Mapping, Sequence

from watchfloor.core.collection import Collection, Page, Selection, StixObject
from watchfloor.core.marking import Reader
from watchfloor.store import taxii
from watchfloor.store.opened import Opened


class ShelfKeeping(Opened):
    """The methods of `Store` about collections."""

    def keep_collection(self, collection: Collection) -> None:
        """Keep a TAXII collection, or change what is said of the one with its id."""
        with self._transaction(writes=True, changes="nothing") as connection:
            taxii.keep_collection(connection, collection)

    def collections(self, reader: Reader) -> tuple[Collection, ...]:
        """Return the TAXII collections that are there for the reader, always in the same order."""
        with self._transaction(writes=False) as connection:
            return taxii.collections(connection, reader)

    def shelve(
        self,
        collection: str,
        given: Sequence[StixObject],
        now: int,
        *,
        sender: str | None = None,
        fixed: Sequence[int | None] = (),
    ) -> list[str | None]:
        """Add objects to a collection in one transaction; return for each None, or why it was not added.

        now: microseconds since 1970. sender: who sent them, None when this node publishes them. fixed: when each is to
        have been added, for fixtures.
        """
        with self._transaction(writes=True, changes="nothing") as connection:
            return taxii.add(connection, collection, given, now, sender=sender, fixed=fixed)

    def keep_grounds(self, collection: str, grounds: Mapping[str, Sequence[str]]) -> None:
        """Write down on which further reports the last versions of objects rest: report ids by object id."""
        with self._transaction(writes=True, changes="nothing") as connection:
            taxii.keep_grounds(connection, collection, grounds)

    def published(
        self, reader: Reader, collection: str, *, resting_on: str | None = None
    ) -> dict[str, tuple[int, str]]:
        """Return the last version of what this node published in a collection: instant and body by id.

        resting_on: id of a report; only what rests on it.
        """
        with self._transaction(writes=False) as connection:
            return taxii.published(connection, reader, collection, resting_on=resting_on)

    def shelved(self, reader: Reader, collection: str, wanted: Selection, *, bodies: bool = True) -> Page:
        """Return what is asked for of a collection, the earliest added first."""
        with self._transaction(writes=False) as connection:
            return taxii.find(connection, reader, collection, wanted, bodies=bodies)

    def is_shelved(self, reader: Reader, collection: str, id: str) -> bool:
        """Return whether any version of an object lies in a collection."""
        with self._transaction(writes=False) as connection:
            return taxii.has(connection, reader, collection, id)

    def count_shelved(self, reader: Reader, collection: str) -> int:
        """Return how many versions of objects lie in a collection."""
        with self._transaction(writes=False) as connection:
            return taxii.count(connection, reader, collection)

    def unshelve(self, collection: str, id: str, wanted: Selection) -> int:
        """Take versions of an object out of a collection; return how many."""
        with self._transaction(writes=True, changes="nothing") as connection:
            return taxii.remove(connection, collection, id, wanted)

    def keep_taxii_status(self, id: str, owner: str, at: int, body: str) -> None:
        """Keep, for the one who sent objects, what became of them."""
        with self._transaction(writes=True, changes="nothing") as connection:
            taxii.keep_status(connection, id, owner, at, body)

    def taxii_status(self, owner: str, id: str) -> str | None:
        """Return what became of objects that this one sent; None when there is no such status."""
        with self._transaction(writes=False) as connection:
            return taxii.status(connection, owner, id)
