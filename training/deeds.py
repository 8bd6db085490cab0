"""Sentences made from a table of deeds: what A did to B, will do, threatens, refuses, asks for, each with its type.

The table (training/events/deeds.tsv) says deeds, this file the ways to tell them; together they teach the event model
what a codebook says and a few hundred marked sentences do not: that "will meet" is a promise and "met" a meeting,
whatever the deed. Seeded: the same table gives the same sentences.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SEED = 5
TABLE = Path(__file__).parent / "events" / "deeds.tsv"
_DOUBLED = frozenset(
    "stop ban stab ram step swap slam plan beg drop scrap commit expel put set cut run sit shut let quit begin bid "
    "bar mob".split()
)
"""Verbs that double their last letter before "-ed" or "-ing"."""
_STATES = (
    "Norway;Peru;Kenya;Ghana;Laos;Tajikistan;Bolivia;Portugal;Mongolia;Oman;Malawi;Chile;Slovenia;Nepal;Senegal;Fiji;Tunisia;"
    "Ireland;Guyana;Cambodia;Uzbekistan;Paraguay;Namibia;Latvia;Bahrain;Honduras;Zambia;Finland;Morocco;Belarus"
).split(";")
_BODIES = (
    "the Kenyan government;the Peruvian army;Ghanaian police;the European Commission;the Senate;a court in Lima;"
    "the Danish foreign ministry;President Odera;Foreign Minister Lund;the rebels;the ruling party;the central bank;"
    "the United Nations;the prosecutor's office;Prime Minister Tamm;the regional council;the navy;the African Union;"
    "an opposition party;the Bolivian parliament;security forces in Malawi;the king of Lesotho;"
    "Defence Secretary Hale;the insurgents"
).split(";")
_PEOPLE = (
    "a journalist from Quito;two activists;the opposition leader Sana Diallo;a former minister;twelve fishermen;the "
    "editor Jon Vik;migrants;the banker Peter Okafor;hundreds of villagers;a human rights group;the union leader;a "
    "Norwegian citizen;three students;an aid agency;a television channel;the mayor of Sucre"
).split(";")
_CROWDS = (
    "Thousands of students;Farmers;Hundreds of teachers;Opposition supporters;Nurses in Dakar;Members of the dockers' "
    "union;Tens of thousands of people;Protesters;Residents of Cusco;Lorry drivers;Activists;Prisoners"
).split(";")
_BEFORE = ("", "", "", "On Monday, ", "Last week, ", "State television said ", "Officials said ", "In a statement, ")
_BEHIND = (
    "", "", "", " on Tuesday", " last month", ", officials said", " amid a row over fishing rights",
    " after weeks of talks", ", according to local media",
    " in spite of criticism at home", " over the weekend", ", a spokesman said on Friday",
)  # fmt: skip
_PROMISED = (
    "will {plain}", "agreed to {plain}", "promised to {plain}", "plans to {plain}", "is to {plain}",
    "offered to {plain}", "is expected to {plain}", "said it would {plain}", "is ready to {plain}",
    "has pledged to {plain}", "announced it will {plain}", "intends to {plain}",
)  # fmt: skip
_REFUSED = (
    "refused to {plain}", "will not {plain}", "ruled out {going}", "said it would not {plain}", "declined to {plain}",
    "has no intention to {plain}", "rejected a call to {plain}", "opposes a plan to {plain}",
)  # fmt: skip
_THREATENED = (
    "threatened to {plain}", "warned it would {plain}", "will {plain}", "said it was prepared to {plain}",
    "is threatening to {plain}", "has vowed to {plain}", "plans to {plain}",
)  # fmt: skip
_ASKED = (
    "urged B to {plain}",
    "called on B to {plain}",
    "demanded that B {plain}",
    "asked B to {plain}",
    "told B to {plain}",
)
_BLAMED = ("accused B of {going}", "condemned B for {going}", "criticised B for {going}", "blamed B for {going}")


class Deed(NamedTuple):
    """A deed in its forms: "meet B", "met B", "met B", "meeting B"."""

    plain: str
    past: str
    done: str
    going: str


class Taught(NamedTuple):
    """A sentence, where its sides stand in it, and its type."""

    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]
    label: str


def sentences(table: Path = TABLE) -> Iterator[Taught]:
    """Yield the sentences of a table of deeds, in its order."""
    chance = random.Random(SEED)
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        label, kind, *deeds = line.split("\t")
        for one in deeds:
            deed = inflected(one)
            for told, way in _ways(deed, label, kind, chance):
                yield _filled(way, told, kind, chance)


def inflected(written: str) -> Deed:
    """Return the forms of a deed as the table writes it.

    >>> inflected("hold/held/held talks with B")
    Deed(plain='hold talks with B', past='held talks with B', done='held talks with B', going='holding talks with B')
    >>> inflected("deny B entry").past, inflected("bar B").going
    ('denied B entry', 'barring B')
    """
    first, _, rest = written.partition(" ")
    verb, *irregular = first.split("/")
    past, done = irregular or (_with_end(verb, "ed"), _with_end(verb, "ed"))
    going = "being" if verb == "be" else _with_end(verb, "ing")
    return Deed(*(f"{form} {rest}".strip() for form in (verb, past, done, going)))


def _with_end(verb: str, end: str) -> str:
    if verb in _DOUBLED:
        return f"{verb}{verb[-1]}{end}"
    if end == "ed" and verb.endswith("e"):
        return f"{verb}d"
    if end == "ed" and verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ied"
    if end == "ing" and verb.endswith("e") and not verb.endswith("ee"):
        return f"{verb[:-1]}ing"
    return f"{verb}{end}"


def _ways(deed: Deed, label: str, kind: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a few ways to tell a deed, each with the type that it then has."""
    yield label, f"A {deed.past}"
    yield label, f"A has {deed.done}"
    verb, _, rest = deed.done.partition(" B")
    if deed.plain.count(" B") == 1 and " " not in verb and (not rest or rest[0] == " ") and label != "CONSULT":
        yield label, f"B was {verb}{rest} by A"
    else:
        yield label, f"A {deed.past}"
    if kind in {"good", "yield"}:
        yield from (("AGREE", f"A {_put(way, deed)}") for way in chance.sample(_PROMISED, 2))
        yield "REJECT", f"A {_put(chance.choice(_REFUSED), deed)}"
        yield "REQUEST", f"A {_put(chance.choice(_ASKED), _of_another(deed, chance))}"
    if kind == "bad":
        yield from (("THREATEN", f"A {_put(way, deed)}") for way in chance.sample(_THREATENED, 2))
        if label == "ASSAULT" or chance.random() < 1 / 3:
            yield "ACCUSE", f"A {_put(chance.choice(_BLAMED), _of_another(deed, chance))}"


def _put(way: str, deed: Deed) -> str:
    return way.format(plain=deed.plain, going=deed.going)


def _of_another(deed: Deed, chance: random.Random) -> Deed:
    """Return a deed done to a third side."""
    third = chance.choice(_STATES)
    return Deed(*(" ".join(third if word == "B" else word for word in form.split(" ")) for form in deed))


def _filled(way: str, label: str, kind: str, chance: random.Random) -> Taught:
    """Return a way to tell a deed as a sentence with names for A and B."""
    actors = _CROWDS if label == "PROTEST" else (*_STATES, *_BODIES)
    suffered = (*_PEOPLE, *_BODIES[:8]) if label == "COERCE" else (*_STATES, *_BODIES, *_PEOPLE[:6])
    actor = chance.choice(actors)
    recipient = chance.choice([one for one in suffered if one != actor])
    text = chance.choice(_BEFORE)
    spans: dict[str, tuple[int, int]] = {}
    for number, word in enumerate(way.split(" ")):
        text += " " if number else ""
        if word in {"A", "B"}:
            name = actor if word == "A" else recipient
            name = name[0].upper() + name[1:] if not text else name
            spans[word] = (len(text), len(text) + len(name))
            text += name
        else:
            text += word
    return Taught(f"{text}{chance.choice(_BEHIND)}.", spans["A"], spans["B"], label)
