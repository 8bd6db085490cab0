"""Thirty simulated days of reports with known ground truth: does each alert that should fire fire once, at its report?

    python bench/watch_replay.py --reports 1000 [--seed 1] [--show]

Every report is a short text that the product's own annotators read. A story is about soldiers, ships or other things
that are moved to one place: a first telling by a party; reprints of it; the same party in other words; independent
parties; denials and their reprints; revised figures; a planned meeting and the meeting; reports of something else.
After every report its story is put together anew by the product (copies, claims, origins, contacts) and looked at with
the indicators, with what they have seen of that story so far: as the service does, which looks at what changed.
Which reports belong to one story is known here, and not found: this measures watching, not the finding of stories.

Printed: alerts that should fire and did (once, at the right report), that did not, that should not have; per indicator.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from watchfloor.core.annotation import Annotation
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Indicator
from watchfloor.core.marking import Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.core.seen import Seen
from watchfloor.flow.parts import parts
from watchfloor.flow.picture import fused
from watchfloor.flow.pipeline import annotated
from watchfloor.flow.watching import after
from watchfloor.watch.indicators import look

START = datetime(2024, 10, 1, 6, tzinfo=UTC)
DAYS = 30
LIMIT = 5_000
HOME = Reader(name="bench", partner=None, clearance="RED")

INDICATORS = (
    Indicator(id="counted", title="A figure, and each further origin of it", over="figures", when="first seen",
              units=("troop", "ship", "tank", "missile", "drone", "aircraft", "container")),
    Indicator(id="two-origins", title="Two independent origins", over="figures", when="independent origins",
              units=("troop", "ship", "tank", "missile", "drone", "aircraft", "container"), at_least=2),
    Indicator(id="above", title="More than 5,000", over="figures", when="figure above", above=LIMIT,
              units=("troop", "ship", "tank", "missile", "drone", "aircraft", "container")),
    Indicator(id="changes", title="A party changes what is said", over="claims", when="stance changed",
              kinds=("figure",)),
    Indicator(id="plans", title="A planned meeting takes place", over="contacts", when="stance changed",
              kinds=("meeting",)),
)  # fmt: skip

PARTIES = (
    ("the Norwegian Defence Ministry", "Norway"), ("the Swedish Foreign Ministry", "Sweden"),
    ("the Polish Defence Ministry", "Poland"), ("the Turkish Foreign Ministry", "Turkey"),
    ("the Japanese Defence Ministry", "Japan"), ("the Canadian Foreign Ministry", "Canada"),
    ("the Romanian Defence Ministry", "Romania"), ("the Greek Foreign Ministry", "Greece"),
    ("the Egyptian Foreign Ministry", "Egypt"), ("the Indian Defence Ministry", "India"),
    ("the Brazilian Foreign Ministry", "Brazil"), ("the Chilean Defence Ministry", "Chile"),
)  # fmt: skip
THINGS = ("soldiers", "ships", "tanks", "missiles", "drones", "containers")
PLACES = (
    "Gdansk", "Bergen", "Constanta", "Izmir", "Valparaiso", "Alexandria", "Thessaloniki", "Gothenburg", "Chennai",
    "Halifax", "Nagasaki", "Santos", "Szczecin", "Trondheim", "Trabzon", "Patras", "Antofagasta", "Kochi", "Rostock",
    "Genoa", "Marseille", "Antwerp", "Aarhus", "Turku", "Tallinn", "Klaipeda", "Varna", "Odesa", "Batumi", "Haifa",
)  # fmt: skip
TREES = ("Alder", "Birch", "Cedar", "Elm", "Fir", "Hazel", "Larch", "Maple", "Oak", "Pine")
OUTLETS = tuple(f"{name} {kind}" for name in TREES for kind in ("Herald", "Post", "Courier", "Dispatch"))
LEADERS = (
    ("Norwegian Prime Minister Jonas Lien", "Jonas Lien"), ("Swedish Prime Minister Karin Holm", "Karin Holm"),
    ("Polish President Adam Wrona", "Adam Wrona"), ("Turkish President Kemal Aslan", "Kemal Aslan"),
    ("Greek Prime Minister Nikos Vlahos", "Nikos Vlahos"), ("Canadian Prime Minister Claire Roy", "Claire Roy"),
    ("Japanese Prime Minister Kenji Mori", "Kenji Mori"), ("Romanian President Ion Dobre", "Ion Dobre"),
)  # fmt: skip
FILLERS = (
    "Rain fell on the town for most of the morning.", "The road along the coast stayed open to cars.",
    "Shops near the harbour opened at the usual hour.", "A market was held on the main square as in every week.",
    "The railway ran with small delays until the evening.", "Schools in the district had their autumn break.",
    "The bridge in the north of the town is being repaired.", "Fishing boats went out before dawn.",
    "The local museum showed photographs of the old port.", "A cold wind blew from the sea in the afternoon.",
    "The town has grown slowly over the last ten years.", "Hotels on the coast were nearly full.",
    "The old lighthouse was painted this summer.", "Buses to the airport left from another street.",
    "The library stayed open until late.", "Water in the river was higher than usual for the season.",
    "A new ferry line begins in the spring.", "The harbour was built more than a century ago.",
    "Farmers in the valley brought in the last of the harvest.", "Street lamps were lit early because of the fog.",
)  # fmt: skip
VERBS = ("had been moved to", "had arrived in", "had been brought to", "had reached")


class Made(Struct, frozen=True, kw_only=True):
    """One report, its story, and the alerts that it should raise: indicator and trigger."""

    report: Report
    story: int
    kind: str
    expected: frozenset[tuple[str, str]]


class Story:
    """Writes the reports of one story."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number, self.chance = number, chance
        self.place = chance.choice(PLACES)
        self.thing = chance.choice(THINGS)
        self.parties = chance.sample(PARTIES, len(PARTIES))
        self.outlets = chance.sample(OUTLETS, len(OUTLETS))
        self.leaders = chance.sample(LEADERS, 2)
        self.figure = chance.choice((300, 800, 1_500, 3_000, 8_000, 12_000, 20_000))
        self.at = START + timedelta(hours=chance.uniform(0, 24 * (DAYS - 8)))
        self.origins = self.written = 0

    def reports(self, number: int) -> Iterator[Made]:
        """Yield so many reports in the order of time."""
        todo = self._plan(number)
        last: dict[str, Made] = {}
        for kind in todo:
            self.at += timedelta(hours=self.chance.uniform(0.5, 10))
            if kind == "revision":
                self.at += timedelta(days=1)  # of two figures of one day nobody can say which is the later
            made = self._made(kind, last)
            if made is not None:
                last[kind] = made
                yield made

    def _plan(self, number: int) -> list[str]:
        """Return what comes when: what rests on something comes after it."""
        rest = ["copy"] * 5 + ["same"] * 2 + ["origin"] * 2 + ["noise"] * 3
        if self.chance.random() < 0.6:
            rest += ["denial", "denial copy"]
        if self.chance.random() < 0.5:
            rest += ["revision", "revision copy"]
        if self.chance.random() < 0.5:
            rest += ["plan", "meeting", "meeting copy"]
        order = ["root", *self.chance.sample(rest, min(len(rest), number - 1))]
        for before, later in (
            ("denial", "denial copy"),
            ("revision", "revision copy"),
            ("plan", "meeting"),
            ("meeting", "meeting copy"),
        ):
            if before in order and later in order and order.index(before) > order.index(later):
                at, to = order.index(before), order.index(later)
                order[at], order[to] = later, before
        return order

    def _made(self, kind: str, last: Mapping[str, Made]) -> Made | None:
        copied = {"copy": "root", "denial copy": "denial", "revision copy": "revision", "meeting copy": "meeting"}
        if kind in copied:
            return self._copy(kind, last[copied[kind]]) if copied[kind] in last else None
        if kind == "meeting" and "plan" not in last:
            return None
        text, expected = self._words(kind)
        return self._write(kind, text, expected)

    def _words(self, kind: str) -> tuple[str, set[tuple[str, str]]]:
        """Return the sentence of a report of a kind, and what it should raise."""
        of = {
            "root": self._root,
            "same": self._same,
            "origin": self._origin,
            "denial": self._denial,
            "revision": self._revision,
            "plan": self._planned,
            "meeting": self._meeting,
            "noise": self._noise,
        }
        return of[kind]()

    def _root(self) -> tuple[str, set[tuple[str, str]]]:
        self.origins = 1
        return self._telling(self.parties[0][0], self.figure), {("counted", "first seen"), *self._above(self.figure)}

    def _same(self) -> tuple[str, set[tuple[str, str]]]:
        return self._telling(self.parties[0][0], self.figure), set()

    def _origin(self) -> tuple[str, set[tuple[str, str]]]:
        self.origins += 1
        again = "origins reached" if self.origins == 2 else "new origin"
        party = self.parties[self.origins - 1][0]
        expected = {("counted", "new origin"), ("two-origins", again), *self._above(self.figure)}
        return self._telling(party, self.figure), expected

    def _denial(self) -> tuple[str, set[tuple[str, str]]]:
        party = self.parties[-1][0]
        said = f"about {self.figure:,} {self.thing} {self._verb()} {self.place}"
        return f"{_capital(party)} denied on {self._day} that {said}.", {("changes", "stance changed")}

    def _revision(self) -> tuple[str, set[tuple[str, str]]]:
        party, other = self.parties[0][0], self.figure * 2
        text = (
            f"{_capital(party)} said on {self._day} that about {other:,} {self.thing} had been moved to {self.place}, "
            f"more than the {self.figure:,} it had named before."
        )
        above = {("above", "figure above")} if self.figure * 0.9 <= LIMIT < other * 0.9 else set()
        return text, {("counted", "first seen"), ("changes", "stance changed"), *above}

    def _planned(self) -> tuple[str, set[tuple[str, str]]]:
        one, two = self.leaders
        return f"{one[0]} will meet {two[0]} in {self.place} in the coming days, officials said on {self._day}.", set()

    def _meeting(self) -> tuple[str, set[tuple[str, str]]]:
        one, two = self.leaders
        return f"{one[0]} met {two[0]} in {self.place} on {self._day}.", {("plans", "status changed")}

    def _noise(self) -> tuple[str, set[tuple[str, str]]]:
        return f"The mayor of {self.place} opened a new swimming pool on {self._day}.", set()

    def _telling(self, party: str, figure: int) -> str:
        said = f"about {figure:,} {self.thing} {self._verb()} {self.place}"
        if self.chance.random() < 0.5:
            return f"{_capital(party)} said on {self._day} that {said}."
        return f"{_capital(said)}, {party} said on {self._day}."

    def _above(self, figure: int) -> set[tuple[str, str]]:
        return {("above", "figure above")} if figure * 0.9 > LIMIT else set()

    def _verb(self) -> str:
        return self.chance.choice(VERBS)

    @property
    def _day(self) -> str:
        return self.at.strftime("%A")

    def _write(self, kind: str, sentence: str, expected: set[tuple[str, str]]) -> Made:
        fill = " ".join(self.chance.sample(FILLERS, 3))
        return self._report(kind, f"{sentence} {fill}", expected)

    def _copy(self, kind: str, of: Made) -> Made:
        return self._report(kind, f"{of.report.text} ({of.report.outlet})", set())

    def _report(self, kind: str, text: str, expected: set[tuple[str, str]]) -> Made:
        outlet = self.outlets[self.written % len(self.outlets)]
        self.written += 1
        day = self.at.date()
        made = Report(
            id=content_id("rep", self.number, outlet, self.written, text),
            capture=f"cap_{self.number}_{self.written}",
            address=f"https://{outlet.lower().replace(' ', '-')}.example/{self.number}/{self.written}",
            url=None,
            outlet=outlet,
            outlet_how="given",
            headline=None,
            published=PartialDate(value=self.at.isoformat()[:16], low=day, high=day, precision="minute", how="given"),
            language="en",
            text=text,
            passages=(Passage(start=0, end=len(text), kind="body"),),
            collected=self.at,
            generated_by="bench@1",
        )
        return Made(report=made, story=self.number, kind=kind, expected=frozenset(expected))


def generated(number: int, seed: int) -> list[Made]:
    """Return so many reports of thirty days with what each should raise, in the order of time."""
    chance = random.Random(seed)
    made: list[Made] = []
    story = 0
    while len(made) < number:
        made += Story(story, chance).reports(min(16, number - len(made)))
        story += 1
    return sorted(made[:number], key=lambda one: one.report.collected)


def replayed(made: Sequence[Made]) -> Iterator[tuple[Made, tuple[tuple[str, str], ...]]]:
    """Yield each report with the alerts that fired at it, indicator and trigger."""
    annotators = parts()
    so_far: dict[int, list[Report]] = defaultdict(list)
    found: dict[str, tuple[Annotation, ...]] = {}
    seen: dict[int, Mapping[str, Sequence[Seen]]] = defaultdict(dict)
    for one in made:
        so_far[one.story].append(one.report)
        found[one.report.id] = annotated(one.report, annotators)
        reports = so_far[one.story]
        picture = fused(reports, {report.id: found[report.id] for report in reports}, HOME)
        changed = frozenset({one.report.id})
        looked = look(INDICATORS, picture, seen[one.story], one.report.collected, changed=changed)
        seen[one.story] = after(seen[one.story], looked)
        yield one, tuple((alert.indicator, alert.trigger) for alert in looked.alerts)


def main() -> None:
    """Run and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=1_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--show", action="store_true", help="print what was missed and what should not have fired")
    options = asked.parse_args()
    made = generated(options.reports, options.seed)
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    began = time.process_time()
    for one, fired in replayed(made):
        expected = Counter(one.expected)
        for key in fired:
            (right if expected[key] > 0 else wrong)[key[0]] += 1
            if expected[key] <= 0 and options.show:
                print("should not have fired:", key, one.kind, one.story, one.report.text[:150])
            expected[key] -= 1
        for key, left in expected.items():
            if left > 0:
                missed[key[0]] += left
                if options.show:
                    print("did not fire:", key, one.kind, one.story, one.report.text[:150])
    seconds = time.process_time() - began
    kinds = Counter(one.kind for one in made)
    stories = len({one.story for one in made})
    print(f"{len(made)} reports, {stories} stories, {DAYS} days, seed {options.seed}")
    print(", ".join(f"{kind} {number}" for kind, number in sorted(kinds.items())))
    print(f"{'indicator':14} {'fired right':>11} {'missed':>7} {'wrong':>6} {'precision':>9} {'recall':>7}")
    for name in (*(one.id for one in INDICATORS), "all"):
        a, b, c = (sum(count.values()) if name == "all" else count[name] for count in (right, missed, wrong))
        print(f"{name:14} {a:11} {b:7} {c:6} {a / max(1, a + c):9.3f} {a / max(1, a + b):7.3f}")
    print(f"{1000 * seconds / len(made):.1f} ms of processor a report, all of it: reading, putting together, looking")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


if __name__ == "__main__":
    main()
