"""Markings in STIX: the five official TLP 2.0 definitions, and one of our own for everything else.

TLP 2.0 came after STIX 2.1, so it is an extension with fixed ids (OASIS cti-stix-common-objects); the four old levels
are not used. To whom an item may go is a statement for people and a property of our extension for machines. Marks tell;
what keeps an item from leaving is the release gate.
"""

from collections.abc import Mapping
from typing import Any

from watchfloor.core.marking import LEVELS, Level, Marking
from watchfloor.share.release import banner
from watchfloor.share.stix_ids import EPOCH, stix_id

TLP_EXTENSION = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
EXTENSION = "extension-definition--2f9d6a3c-7c1b-4a54-8a2e-6f0c3d9b5e17"
"""Of claims, origins, grades, contacts and releasability; its definition is share.stix_extension.DEFINITION."""

_TLP_IDS: dict[Level, str] = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
_LEVEL_OF_ID: dict[str, Level] = {id: level for level, id in _TLP_IDS.items()}

_OLD: dict[str, Level] = {
    "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9": "CLEAR",
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "RED",
}
"""TLP 1.0 (STIX 2.1, section 7.2.1.4), which others still send."""

Object = dict[str, Any]


def definitions(marking: Marking | None) -> list[Object]:
    """Return the marking definitions that an item with this marking refers to."""
    if marking is None:
        return [_ours(banner(None), {"unmarked": True})]
    found = [_tlp(marking.level)]
    partners = sorted(marking.releasable_to)
    said = [f"REL TO: {', '.join(partners) or 'nobody outside the node of origin'}", *marking.caveats]
    told: Object = {"releasable_to": partners} if partners else {}
    if marking.caveats:
        told["caveats"] = list(marking.caveats)
    return [*found, _ours("; ".join(said), told or {"releasable_to_nobody": True})]


def _tlp(level: Level) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": _TLP_IDS[level],
        "created": "2022-10-01T00:00:00.000Z",
        "name": f"TLP:{level}",
        "extensions": {TLP_EXTENSION: {"extension_type": "property-extension", "tlp_2_0": level.lower()}},
    }


def _ours(statement: str, told: Object) -> Object:
    return {
        "type": "marking-definition",
        "spec_version": "2.1",
        "id": stix_id("marking-definition", statement),
        "created": EPOCH,
        "definition_type": "statement",
        "definition": {"statement": statement},
        "extensions": {EXTENSION: {"extension_type": "property-extension", **told}},
    }


def level_of(refs: object, known: Mapping[str, Object]) -> Level | None:
    """Return the highest TLP level that the references name, of either version; None when none names any.

    refs: `object_marking_refs` as received. known: the marking definitions that came with it, by id. A level that
    cannot be read counts as RED: what was marked is never made freer.
    """
    levels: list[Level] = []
    for ref in refs if isinstance(refs, list) else []:
        found = _LEVEL_OF_ID.get(ref) or _OLD.get(ref) if isinstance(ref, str) else None
        found = found or (_told_level(known.get(ref, {})) if isinstance(ref, str) else None)
        if found is not None:
            levels.append(found)
    return max(levels, key=LEVELS.index, default=None)


def _told_level(definition: Object) -> Level | None:
    """Return the level of a definition that is none of the official ones but says that it is TLP."""
    extensions = definition.get("extensions")
    official = extensions.get(TLP_EXTENSION) if isinstance(extensions, dict) else None
    inner = definition.get("definition")
    told: object = official.get("tlp_2_0") if isinstance(official, dict) else None
    told = told or (inner.get("tlp") if isinstance(inner, dict) else None)
    name = definition.get("name")
    if told is None and isinstance(name, str) and name.upper().startswith("TLP:"):
        told = name[4:]
    if not isinstance(told, str):
        return None
    plain = told.strip().upper()
    if plain == "WHITE":
        return "CLEAR"
    return next((level for level in LEVELS if level == plain), "RED")
