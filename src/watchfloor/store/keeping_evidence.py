"""Where in web archives bytes lie: a part of `Store`."""

from watchfloor.core.evidence import Evidence
from watchfloor.core.marking import Reader
from watchfloor.store import evidence
from watchfloor.store.opened import Opened


class EvidenceKeeping(Opened):
    """The methods of `Store` about evidence."""

    def keep_checked(self, file: str, offset: int) -> None:
        """Keep up to which offset an archive of the node's own is known to be in the database."""
        with self._transaction(writes=True, changes="nothing") as connection:
            evidence.keep_checked(connection, file, offset)

    def evidence(self, reader: Reader, report: str) -> tuple[Evidence, ...]:
        """Return where in web archives the bytes lie that gave a report, the earliest first."""
        with self._transaction(writes=False) as connection:
            return evidence.of_report(connection, reader, report)

    def evidence_of_digest(self, reader: Reader, digest: str) -> Evidence | None:
        """Return the first record that holds a payload itself; None for a partner's reader."""
        with self._transaction(writes=False) as connection:
            return evidence.of_digest(connection, reader, digest)

    def evidence_of_record(self, reader: Reader, record: str) -> Evidence | None:
        """Return where the record of a name lies."""
        with self._transaction(writes=False) as connection:
            return evidence.of_record(connection, reader, record)

    def evidence_of_url(self, reader: Reader, url: str) -> tuple[Evidence, ...]:
        """Return where all lies that was received from an address, the earliest first."""
        with self._transaction(writes=False) as connection:
            return evidence.of_url(connection, reader, url)

    def evidence_offsets(self, reader: Reader, file: str, after: int) -> frozenset[int]:
        """Return the offsets, from one on, of the records of a file whose captures are kept."""
        with self._transaction(writes=False) as connection:
            return evidence.offsets(connection, reader, file, after)

    def checked_archives(self, reader: Reader) -> dict[str, int]:
        """Return up to which offset each of the node's own archives is known to be in the database."""
        with self._transaction(writes=False) as connection:
            return evidence.checked(connection, reader)

    def archive_ends(self, reader: Reader) -> dict[str, int]:
        """Return by archive the last offset at which a whole record is known to end."""
        with self._transaction(writes=False) as connection:
            return evidence.ends(connection, reader)
