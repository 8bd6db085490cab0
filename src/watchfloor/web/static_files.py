"""Styles, scripts and libraries: read once from the package; what is not among them is not there."""

import gzip
import mimetypes
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json"}


class File(Struct, frozen=True):
    """One file as it is sent; version: how its content is known. packed: the same with gzip; it holds no secret."""

    data: bytes
    packed: bytes
    media_type: str
    version: str


@cache
def known() -> dict[str, File]:
    """Return every file by its path below static/."""
    return dict(_below(files("watchfloor.web").joinpath("static"), ""))


def _below(folder: Traversable, before: str) -> list[tuple[str, File]]:
    found = []
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir():
            found += _below(one, f"{before}{one.name}/")
        else:
            data = one.read_bytes()
            ending = one.name[one.name.rfind(".") :]
            media = _TYPES.get(ending) or mimetypes.guess_type(one.name)[0] or "application/octet-stream"
            found.append(
                (before + one.name, File(data, gzip.compress(data, 9, mtime=0), media, sha256(data).hexdigest()[:16]))
            )
    return found


def static(name: str) -> str:
    """Return the address of a file; it changes with the content, so browsers may keep it for good."""
    return f"/static/{name}?v={known()[name].version}"


@get("/static/{name:path}", sync_to_thread=False)
def file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
    """Send one of the files."""
    found = known().get(name.lstrip("/"))
    if found is None:
        raise NotFoundException
    tag = f'"{found.version}"'
    is_exact = request.query_params.get("v") == found.version
    kept = "public, max-age=31536000, immutable" if is_exact else "public, no-cache"
    headers = {"ETag": tag, "Cache-Control": kept, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == tag:
        return Response(b"", status_code=304, headers=headers, media_type=found.media_type)
    if "gzip" in request.headers.get("accept-encoding", "") and len(found.packed) < len(found.data):
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, headers=headers, media_type=found.media_type)
    return Response(found.data, headers=headers, media_type=found.media_type)
