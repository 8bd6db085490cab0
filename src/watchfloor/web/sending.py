"""Files that a page lets one keep: named after what they are, opened by no browser by itself."""

from litestar import Response

from watchfloor.web.visit import Visit

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "geojson": "application/geo+json",
    "graphml": "application/xml",
    "ics": "text/calendar; charset=utf-8",
}
"""The forms in which pages are exported, and what browsers call them."""


def kept_as(name: str) -> dict[str, str]:
    """Return the header by which a browser keeps an answer as a file of this name, instead of opening it."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def sent(visit: Visit, name: str, form: str, text: str) -> Response[bytes]:
    """Return a file; the log says which it was."""
    day = f"-{visit.as_of.isoformat()}" if visit.as_of else ""
    visit.noted({"file": f"{name}.{form}"})
    headers = kept_as(f"{name}{day}.{form}")
    return Response(text.encode("utf-8", "replace"), media_type=TYPES[form], headers=headers)
