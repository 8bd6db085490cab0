"""Drawings of a made-up situation: how long each takes, and the pictures to look at.

usage: python bench/drawings.py [--reports 2000] [--contacts 500] [--out FOLDER]
Hundreds of places in all parts of the world, long names, names from right to left, names that would be a program if one
let them, dates of every precision. CPU seconds on one core.
"""

import argparse
import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from watchfloor.annotate import gazetteer
from watchfloor.annotate.place_file import Entry
from watchfloor.core.annotation import Annotation, Party, Place
from watchfloor.core.claim import Claim, Origin, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span
from watchfloor.flow import charting
from watchfloor.web import lanes_svg, map_svg, matrix_svg, network_svg
from watchfloor.web.ink import dressed
from watchfloor.web.lanes_columns import window

CITIES = """
Warsaw Gdansk Lublin Helsinki Tampere Oulu Tallinn Narva Riga Vilnius Minsk Brest Gomel Kyiv Lviv Odesa Kharkiv
Dnipro Sumy Chernihiv Kherson Chisinau Bucharest Iasi Varna Burgas Ankara Istanbul Izmir Trabzon Erzurum Tbilisi
Batumi Yerevan Baku Moscow Kursk Belgorod Voronezh Bryansk Smolensk Volgograd Krasnodar Sochi Grozny Kazan Samara
Ufa Perm Vladivostok Magadan Anadyr Tokyo Sapporo Seoul Busan Pyongyang Wonsan Chongjin Beijing Shanghai Harbin
Dalian Berlin Hamburg Munich Prague Vienna Budapest Belgrade Zagreb Rome Milan Naples Paris Lyon Marseille Brussels
Antwerp Amsterdam Copenhagen Stockholm Oslo Bergen Tromso London Glasgow Dublin Lisbon Porto Madrid Seville Cairo
Alexandria Khartoum Nairobi Mombasa Kampala Kigali Goma Kinshasa Lagos Abuja Accra Dakar Bamako Niamey Tripoli
Benghazi Tunis Algiers Rabat Beirut Damascus Aleppo Amman Baghdad Basra Mosul Tehran Tabriz Kabul Herat Karachi
Lahore Delhi Mumbai Dhaka Yangon Bangkok Hanoi Manila Jakarta Sydney Perth Darwin Suva Honolulu Anchorage Nome
Vancouver Seattle Chicago Boston Miami Houston Havana Caracas Bogota Quito Lima Santiago
""".split()
GIVEN = "Ana Boris Chen Dalia Emeka Fatima Gonçalo Haruto Ines Jamal".split()
FAMILY = "Lindqvist Okoro Petrov Haddad Kim Novak Nascimento-Vasconcelos Thammasat Óskarsdóttir Wickramasinghe".split()
BODIES = (
    "Veldia",
    "Tarsia",
    "Ostmark",
    "The Alliance",
    "Rhovia",
    "Ministry of Foreign Affairs and International Cooperation of the Confederated Provinces of Upper and Lower Veldia",
)
PEOPLE = (
    *(f"{given} {family}" for given in GIVEN for family in FAMILY),
    "محمد بن عبد الرحمن الهاشمي",
    "שרה כהן־לוי",
    "한강민",
    "<script>alert(1)</script>",
    "evil\u202egnp.exe",
)
MARKING = Marking(level="AMBER", releasable_to=frozenset({"Partner A"}))
TYPES = ("call", "meeting", "summons", "visit", "briefing", "letter", "envoy")
STATUSES = ("actual", "actual", "actual", "planned", "denied", "alleged")
FIRST = date(2031, 3, 1)

T = TypeVar("T")


def main() -> None:
    """Make the situation, draw it, say how long it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--reports", type=int, default=2_000)
    asked.add_argument("--contacts", type=int, default=500)
    asked.add_argument("--out", type=Path)
    options = asked.parse_args()
    picture = situation(options.reports, options.contacts)
    print(f"{len(picture.reports):,} reports, {len(picture.encounters):,} contacts, {len(picture.claims):,} claims")
    moments = timed("moments, once for a picture", lambda: charting.moments(picture))
    places = timed("places, once for a picture", lambda: charting.places(picture))
    lanes = timed("lanes by party", lambda: charting.in_lanes(picture, moments, "party"))
    pairs = timed("pairs", lambda: charting.in_pairs(picture, picture.encounters))
    drawn = {
        "timeline": timed("timeline", lambda: lanes_svg.draw(lanes, window(lanes, "day"), _nowhere, _nowhere)),
        "network": timed("graph", lambda: network_svg.draw(pairs, _nowhere, _nowhere).picture),
        "matrix": timed("matrix", lambda: matrix_svg.draw(pairs, _nowhere)),
        "map": timed("map", lambda: map_svg.draw(places, _nowhere).picture),
    }
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
        for name, text in drawn.items():
            (options.out / f"{name}.svg").write_text(dressed(text, "TLP:AMBER"), encoding="utf-8")


def _nowhere(_: object) -> str:
    return "#"


def timed(name: str, made: Callable[[], T]) -> T:
    """Return what is made, and print how long it took."""
    begun = time.process_time()
    found = made()
    print(f"{name:28} {time.process_time() - begun:7.3f} s")
    return found


def situation(reports: int, contacts: int) -> Picture:
    """Return a made-up picture; the same numbers give the same one."""
    chance = random.Random(5)
    cities = [found[0] for name in CITIES if (found := gazetteer.readings(name))]
    made, annotations, claims = [], {}, []
    for number in range(reports):
        report, named, told = _report(number, reports, cities, chance)
        made.append(report)
        annotations[report.id] = named
        claims += told
    return Picture(
        reader=Reader(name="bench", partner=None, clearance="RED"),
        as_of=None,
        reports=tuple(made),
        annotations=annotations,
        copies=(),
        stories=(),
        entities=(),
        claims=tuple(claims),
        encounters=tuple(_contact(number, made, cities, chance) for number in range(contacts)),
    )


def _report(
    number: int, every: int, cities: list[Entry], chance: random.Random
) -> tuple[Report, tuple[Annotation, ...], list[Claim]]:
    day = FIRST + timedelta(days=20 * number // every)
    said = PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how="printed")
    places = chance.sample(cities, 12)
    lines = [(chance.choice(PEOPLE), f"engineers of {chance.choice(BODIES)} are in {one.name}") for one in places]
    text = "\n\n".join(f"{who} said that {what}." for who, what in lines)
    name, outlet = f"rep_{number}", f"The Harbour Courier {number % 9}"
    report = Report(
        id=name,
        capture=f"cap_{number}",
        address="memory",
        url=None,
        outlet=outlet,
        outlet_how="given",
        headline=f"Engineers in many towns, {number}",
        published=said,
        language="en",
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=datetime(2031, 4, 1, tzinfo=UTC),
        generated_by="bench",
        marking=MARKING,
    )
    found, claims, at = [], [], 0
    for place, (who, what) in zip(places, lines, strict=True):
        line = f"{who} said that {what}."
        end = at + len(line) - 1
        span = Span(report=name, start=end - len(place.name), end=end)
        where = {"country": place.country, "latitude": place.latitude, "longitude": place.longitude}
        found.append(Place(span=span, name=place.name, geonames_id=place.geonames_id, generated_by="bench", **where))  # type: ignore[arg-type]
        claims.append(
            _claim(f"clm_{number}_{at}", who, what, Span(report=name, start=at, end=end), said, outlet, chance)
        )
        at += len(line) + 2
    return report, tuple(found), claims


def _claim(name: str, who: str, what: str, span: Span, said: PartialDate, outlet: str, chance: random.Random) -> Claim:
    asserted = Position(party=who, stance="asserts", act=None, span=span, quote=what, outlet=outlet, date=said)
    positions = [asserted]
    for stance, share in (("confirms", 0.25), ("denies", 0.15)):
        if chance.random() < share:
            other = chance.choice(BODIES)
            positions.append(
                Position(party=other, stance=stance, act=None, span=span, quote=what, outlet=outlet, date=said)  # type: ignore[arg-type]
            )
    return Claim(
        id=name,
        proposition=what,
        topic="statement",
        positions=tuple(positions),
        reports=1,
        outlets=1,
        origins_min=1,
        origins_max=2,
        origins=(Origin(party=who, reports=(span.report,)),),
        marking=MARKING,
    )


def _contact(number: int, reports: list[Report], cities: list[Entry], chance: random.Random) -> Encounter:
    report = chance.choice(reports)
    parties = {chance.choice(PEOPLE[:12] + BODIES), chance.choice(PEOPLE + BODIES)}
    return Encounter(
        id=f"enc_{number}",
        contact_type=chance.choice(TYPES),  # type: ignore[arg-type]
        parties=tuple(Party(name=name) for name in sorted(parties)),
        date=_date(number, report.published, chance),
        place=chance.choice([None, chance.choice(cities).name]),
        status=chance.choice(STATUSES),  # type: ignore[arg-type]
        tellings=(Span(report=report.id, start=0, end=90),),
        told_by=(chance.choice(PEOPLE),),
        topic=chance.choice([None, "how to respond to the dispatch of engineers to the northern ports"]),
        marking=MARKING,
    )


def _date(number: int, said: PartialDate | None, chance: random.Random) -> PartialDate | None:
    low = said.low if said is not None and said.low is not None else FIRST
    draw = chance.random()
    if number % 12 == 0:  # one full day
        return PartialDate(
            value="2031-03-10", low=date(2031, 3, 10), high=date(2031, 3, 10), precision="day", how="given"
        )
    if draw < 0.7:
        return said
    if draw < 0.8:
        return PartialDate(value="2031-W12", low=low, high=low + timedelta(days=6), precision="week", how="next week")
    if draw < 0.85:
        return PartialDate(value="2031-03", low=FIRST, high=date(2031, 3, 31), precision="month", how="March")
    return (
        PartialDate(value="XXXX-WXX-1", low=None, high=None, precision="weekday", how="no date line")
        if draw < 0.9
        else None
    )


if __name__ == "__main__":
    main()
