"""Reports made by a program: always the same ones, with copies and things to set aside among them."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

_PLACES = ("Port Lund", "Ostvale", "Kerrin", "Tarn Bay", "Mirova")
_BODIES = ("Harbour Ministry", "Coastal Service", "Valley Council", "Grain Board")
_PEOPLE = ("Ann Lee", "Bob Roy", "Kim Tae-sun", "Olena Marchuk", "Pavel Orlov")

Generate = Callable[[Path, int], None]


@pytest.fixture(scope="session")
def generate() -> Generate:
    """Write so many reports into a folder; every tenth is a copy, every twentieth cannot be used."""

    def write(folder: Path, count: int) -> None:
        chance = random.Random(7)
        folder.mkdir(parents=True, exist_ok=True)
        before = ""
        for number in range(count):
            path = folder / f"{number:04d}.txt"
            if number % 20 == 19:
                path.write_bytes(b"" if number % 40 == 19 else bytes(range(256)) * 4)
                continue
            before = before if number % 10 == 9 else _text(chance, number)
            path.write_text(before, encoding="utf-8")

    return write


def _text(chance: random.Random, number: int) -> str:
    place, body, person = chance.choice(_PLACES), chance.choice(_BODIES), chance.choice(_PEOPLE)
    day = 1 + number % 27
    troops, soldiers = chance.randrange(2, 90) * 100, chance.randrange(10, 400)
    sentences = [
        f"{body} chief {person} said on Monday that around {troops:,} troops had arrived in {place}.",
        f"“We will take measures step by step,” {person.split()[-1]} told reporters.",
        f"The {body} called for the immediate withdrawal of all {soldiers} soldiers, report {number}.",
        f"{person} spoke with {chance.choice(_PEOPLE)} on the phone on October {day} and discussed the harbour.",
    ]
    chance.shuffle(sentences)
    return f"{place} notes, item {number}\n\nBy {person}\n2024-10-{day:02d}\n\n" + "\n\n".join(sentences) + "\n"
