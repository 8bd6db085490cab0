"""How results look on a terminal, and as JSON when asked."""

from watchfloor.cli.render.briefs import brief, brief_json, next_steps
from watchfloor.cli.render.commitments import commitments, transfers
from watchfloor.cli.render.lists import asides, changes, claims, contacts, events, figures, found, routes, timeline
from watchfloor.cli.render.one import one
from watchfloor.cli.render.receipts import receipt, status
from watchfloor.cli.render.stretches import stretch

__all__ = [
    "asides",
    "brief",
    "brief_json",
    "changes",
    "claims",
    "commitments",
    "contacts",
    "events",
    "figures",
    "found",
    "next_steps",
    "one",
    "receipt",
    "routes",
    "status",
    "stretch",
    "timeline",
    "transfers",
]
