"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read as people write it: numbers for ids, one author or many."""

from typing import Any

import msgspec

from watchfloor.collect.entries import Channel, Entry, absolute
from watchfloor.collect.feed_xml import MOST_ENTRIES, plain
from watchfloor.core.errors import SourceError


def read(data: bytes, address: str) -> Channel:
    """Return the feed; raises SourceError when it is no JSON Feed."""
    try:
        found = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SourceError(f"found something like JSON that cannot be read ({error}), expected a JSON feed") from None
    if not isinstance(found, dict) or not isinstance(found.get("items"), list):
        raise SourceError("found JSON without a list of items, expected a JSON feed (jsonfeed.org)")
    items = [item for item in found["items"] if isinstance(item, dict)]
    version = _text(found.get("version")) or ""
    return Channel(
        form=f"JSON Feed {version.rpartition('/')[2][:8]}" if "jsonfeed.org" in version else "JSON Feed",
        read_by="msgspec",
        title=_line(found.get("title")),
        language=_text(found.get("language")),
        entries=tuple(_entry(item, address) for item in items[:MOST_ENTRIES]),
        note=f"only the first {MOST_ENTRIES:,} entries were read" if len(items) > MOST_ENTRIES else None,
    )


def _entry(item: dict[str, Any], address: str) -> Entry:
    return Entry(
        id=_text(item.get("id")),
        url=absolute(address, _text(item.get("url"))) or absolute(address, _text(item.get("external_url"))),
        title=_line(item.get("title")),
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
        author=_author(item),
        summary=_text(item.get("summary")),
        content=_text(item.get("content_html")) or _text(item.get("content_text")),
        language=_text(item.get("language")),
    )


def _author(item: dict[str, Any]) -> str | None:
    many = item.get("authors")
    people = many if isinstance(many, list) else [item.get("author")]
    names = [name for person in people if isinstance(person, dict) and (name := _text(person.get("name")))]
    return ", ".join(names) or None


def _text(value: object) -> str | None:
    """Return a string, or a number as one; None for everything else and for nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip() or None


def _line(value: object) -> str | None:
    said = _text(value)
    return plain(said) if said else None
