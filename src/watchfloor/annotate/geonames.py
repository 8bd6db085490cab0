"""The places of a GeoNames dump, as entries of a gazetteer.

The format is that of https://download.geonames.org/export/dump/readme.txt: 19 fields a line, parted by tabs, UTF-8.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources

from msgspec.structs import replace

from watchfloor.annotate.place_file import Entry
from watchfloor.annotate.place_keys import key

FIELDS = 19

_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*(?: [\w'’.-]+){0,5}")
_ALIASED = 5_000  # people from which a city's other names are kept; regions and countries keep theirs (assumed)
_FEATURES = frozenset({"H", "T", "L", "V"})  # water, mountains and islands, parts of the world, forests
_SITES = frozenset({"AIRB", "AIRP", "MILB", "NSY", "PRT", "NUC", "PSN", "BDG", "DAM", "PS", "FT", "INSM", "RSTN"})
_REGION = re.compile(r"ADM1H?$")
_COUNTY = re.compile(r"ADM(?:[2-5]H?|D)$")
_GENERIC = re.compile(
    r"\s(?:Oblast['’]?|oblast|Province|Region|Governorate|Prefecture|State|Department|Kr[aiy]+|Parish|District|"
    r"Voivodeship|Municipality|Republic|Division|Regency|Raion|Autonomous Okrug)$"
)


class BadRow(ValueError):
    """A line that is none of a GeoNames dump; the message says what was found and what was expected."""


def entries(lines: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    """Yield every name and its place; raise BadRow naming the line at the first that is none of a dump.

    Kept: countries, regions, cities, water, mountains, islands, parts of the world, and sites such as airports, bases,
    ports and power stations; not shops, schools and roads.
    """
    for number, line in enumerate(lines, 1):
        fields = line.rstrip("\r\n").split("\t")
        if fields == [""]:
            continue
        if len(fields) != FIELDS:
            raise BadRow(f"line {number} has {len(fields)} fields where a GeoNames dump has {FIELDS}, parted by tabs")
        try:
            entry = _entry(fields)
        except ValueError as error:
            raise BadRow(f"line {number} is none of a GeoNames dump: {error}") from None
        if entry is not None:
            yield from _named(entry, fields)


def is_name(name: str) -> bool:
    """Return whether an English report could use the name: Latin letters, no code, no note in brackets."""
    return _LATIN.fullmatch(name) is not None and (name == "NYC" or (len(name) > 3 and not name.isupper()))


def _entry(fields: list[str]) -> Entry | None:
    number, name, _, _, latitude, longitude, kind_class, code, country, _, region = fields[:11]
    kind = _kind(kind_class, code)
    if kind is None or not name:
        return None
    north, east = float(latitude), float(longitude)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError(f"{latitude}, {longitude} is no point on the ground")
    return Entry(
        name=re.sub(r"[|\s]+", " ", name).strip(),
        country=codes().get(country),
        region=region if region not in {"", "00"} else None,
        latitude=north,
        longitude=east,
        people=int(fields[14] or 0),
        geonames_id=int(number),
        kind=kind,
        seat=code == "PPLC",
    )


def _kind(kind_class: str, code: str) -> str | None:
    if kind_class == "A":
        if code.startswith("PCL") or code == "TERR":
            return "country"
        return "region" if _REGION.match(code) else "county" if _COUNTY.match(code) else None
    if kind_class == "P":
        return None if code in {"PPLH", "PPLQ", "PPLW"} else "city"  # no longer there
    return "feature" if kind_class in _FEATURES or code in _SITES else None


def _named(entry: Entry, fields: list[str]) -> Iterator[tuple[str, Entry]]:
    firsts = {key(entry.name), key(fields[2])}
    if entry.kind == "region":
        firsts |= {_GENERIC.sub("", name) for name in firsts}
    firsts.discard("")
    for name in sorted(firsts):
        yield name, entry
    if entry.kind in {"country", "region"} or entry.people >= _ALIASED or entry.seat:
        others = {key(name) for name in fields[3].split(",") if is_name(name)}
        for name in sorted(others - firsts):
            yield name, replace(entry, alias=True)


@cache
def codes() -> dict[str, str]:
    """Return the ISO 3166-1 alpha-3 code by the alpha-2 code."""
    rows = resources.files("watchfloor.annotate").joinpath("data", "country_codes.txt").read_text(encoding="utf-8")
    return dict(row.split() for row in rows.splitlines() if row and not row.startswith("#"))
