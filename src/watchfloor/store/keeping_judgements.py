"""What people decided and hold, and which entities of others' files are ours: a part of `Store`."""

from collections.abc import Sequence

from watchfloor.core.assessment import Assessment
from watchfloor.core.entity import Identity
from watchfloor.core.judgement import Judgement
from watchfloor.core.marking import Reader
from watchfloor.store import assessments, identities, reading, write_records
from watchfloor.store.opened import Opened
from watchfloor.store.write_records import Kept


class JudgementKeeping(Opened):
    """The methods of `Store` about what people decided."""

    def keep_judgement(self, judgement: Judgement) -> Kept:
        """Keep what a person decided."""
        with self._transaction(writes=True) as connection:
            return write_records.keep_judgement(connection, judgement)

    def judgements(self, reader: Reader) -> tuple[Judgement, ...]:
        """Return what people decided, oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return reading.judgements(connection, reader)

    def keep_assessment(self, assessment: Assessment) -> None:
        """Keep what a person holds of a claim."""
        with self._transaction(writes=True) as connection:
            assessments.keep(connection, assessment)

    def assessments(self, reader: Reader) -> tuple[Assessment, ...]:
        """Return what people hold of claims, oldest first; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return assessments.read(connection, reader)

    def keep_identities(self, given: Sequence[Identity], file: str) -> int:
        """Keep the links that a file gives in place of what it gave before; return how many there are now."""
        with self._transaction(writes=True) as connection:
            return identities.keep(connection, given, file)

    def identities(self, reader: Reader) -> tuple[Identity, ...]:
        """Return the links of entities to a user's identifiers; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            return identities.find(connection, reader)
