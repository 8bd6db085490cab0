"""That something has arrived: said by a person of the partner, or noted by this node with whose word it is."""

from datetime import datetime
from typing import Any

from watchfloor.flow.admission import Admitted


def arrival(by: Admitted, now: datetime, whose: str | None) -> dict[str, Any]:
    """Return the fields of what has arrived; a partner is told the name of a person of theirs, of nobody here."""
    return {"acknowledged": now, "acknowledged_by": whose or (by.name if by.reader.partner is not None else None)}
