"""A file of identifiers that a user supplies: CSV, TSV or JSON lines with name, qid, and aliases, country, schema."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from watchfloor.core.errors import ConfigError
from watchfloor.resolve import states
from watchfloor.resolve.identities import Record
from watchfloor.share.country_codes import alpha3

_QID = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,11})")
_BETWEEN = re.compile(r"\s*[|;]\s*")
_SCHEMAS = frozenset(("Person", "PublicBody", "Organization", "Thing"))
_LARGEST = 256 * 1024 * 1024  # bytes
_MOST_TOLD = 20  # bad lines named


def read(file: Path) -> tuple[list[Record], tuple[str, ...]]:
    """Return the records of a file, and the lines that are none with the reason, the first of them named.

    Raise ConfigError when the file cannot be read or has no columns name and qid.
    """
    try:
        if file.stat().st_size > _LARGEST:
            raise ConfigError(f"{file} is larger than {_LARGEST >> 20} MB; cut it to the records that are needed")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not UTF-8 text; save it as UTF-8") from None
    records, bad = [], []
    for number, row in _rows(file, text):
        made = _record(row) if isinstance(row, Mapping) else row
        if isinstance(made, Record):
            records.append(made)
        else:
            bad.append(f"line {number}: {made}")
    more = (f"and {len(bad) - _MOST_TOLD} more lines",) if len(bad) > _MOST_TOLD else ()
    return records, (*bad[:_MOST_TOLD], *more)


def _rows(file: Path, text: str) -> Iterator[tuple[int, Mapping[str, object] | str]]:
    """Yield number and fields of each line, or why it has none."""
    if file.suffix.casefold() in {".jsonl", ".ndjson", ".json"}:
        for number, line in enumerate(text.splitlines(), 1):
            if line.strip():
                yield number, _json(line)
        return
    reader = csv.DictReader(io.StringIO(text), delimiter="\t" if file.suffix.casefold() in {".tsv", ".tab"} else ",")
    try:
        fields = {(name or "").strip().casefold() for name in reader.fieldnames or ()}
        if not {"name", "qid"} <= fields:
            raise ConfigError(f"{file} has the columns {sorted(fields)}; expected name and qid among them")
        for row in reader:
            yield reader.line_num, {(name or "").strip().casefold(): value for name, value in row.items()}
    except csv.Error as error:
        raise ConfigError(f"{file}, line {reader.line_num}: {error}; expected CSV") from None


def _json(line: str) -> Mapping[str, object] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return "it is no JSON"
    return {str(name).casefold(): value for name, value in row.items()} if isinstance(row, dict) else "it is no object"


def _record(row: Mapping[str, object]) -> Record | str:
    """Return the record of a line, or why there is none."""
    name, qid = str(row.get("name") or "").strip(), _QID.fullmatch(str(row.get("qid") or "").strip())
    if not name:
        return "it has no name"
    if qid is None:
        return f"{str(row.get('qid'))[:40]!r} is no Wikidata id such as Q42"
    country = str(row.get("country") or "").strip()
    code = _country(country)
    if country and code is None:
        return f"{country[:40]!r} is no country; expected a code of ISO 3166-1 or a name"
    schema = str(row.get("schema") or "").strip() or None
    if schema is not None and schema not in _SCHEMAS:
        return f"{schema[:40]!r} is no schema; expected one of {', '.join(sorted(_SCHEMAS))}"
    given = row.get("aliases") or ()
    aliases = (
        _BETWEEN.split(given)
        if isinstance(given, str)
        else [str(one) for one in given]
        if isinstance(given, list)
        else []
    )
    return Record(
        qid=qid[1], name=name, aliases=tuple(one for one in aliases if one.strip()), country=code, schema=schema
    )


def _country(words: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a code or a name."""
    return alpha3(words) or states.state(words)
