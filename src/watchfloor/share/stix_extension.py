"""The definition of our STIX extension: which properties it adds to reports, notes, groupings and markings."""

from typing import Any

from watchfloor.share.stix_ids import EPOCH
from watchfloor.share.stix_markings import EXTENSION

PROJECT = "identity--8d3c1a52-44f6-4b0e-9a35-1f7e2c6b0d94"

AUTHOR: dict[str, Any] = {
    "type": "identity",
    "spec_version": "2.1",
    "id": PROJECT,
    "created": EPOCH,
    "modified": EPOCH,
    "name": "Watchfloor",
    "description": "The software that wrote this bundle.",
    "identity_class": "system",
}

DEFINITION: dict[str, Any] = {
    "type": "extension-definition",
    "spec_version": "2.1",
    "id": EXTENSION,
    "created_by_ref": PROJECT,
    "created": EPOCH,
    "modified": EPOCH,
    "name": "Watchfloor claims, origins and releasability",
    "description": (
        "Facts behind a report, note or grouping: a report without its text; a claim with positions, figures and the "
        "range of its independent origins; a contact with its parties; to whom an item may go."
    ),
    "schema": "docs/share.md, section STIX, of the Watchfloor sources",
    "version": "1.0.0",
    "extension_types": ["property-extension"],
}
