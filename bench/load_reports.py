"""Made-up reporting for measuring a large store: report n is always the same, with its capture and its annotations.

A world of outlets, people, bodies and places tells stories over two years, 137 reports a day, in six languages and five
scripts. Words follow Zipf's law: a few stand in every report, most in hardly any. A story has parties, a place and
things that are said of it; three in ten reports are copies of an earlier one, whole or cut; one in fifty corrects the
report before it. What the annotators would find is written down while a sentence is made, so every span is right and
no annotator need run. Nothing here is true, and no outlet exists.
"""

# ruff: noqa: E501 - tables of words

import random
from bisect import bisect
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate
from typing import Any, NamedTuple

from watchfloor.core.annotation import (
    Act,
    Annotation,
    Attribution,
    Contact,
    ContactType,
    Event,
    Mention,
    MentionType,
    Party,
    Place,
    Quantity,
    Time,
)
from watchfloor.core.capture import Capture
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Passage, Report
from watchfloor.core.span import Span

FIRST = date(2023, 1, 2)
PER_DAY = 137  # so that 100,000 reports are two years
STARTS = 14  # stories that begin on one day
FORMS = 30_000  # different words of a language
OUTLETS = 160
MADE = "load@1"

_FUNCTION = (
    "the of to and in a that for on said with was as by at from is it be are has an had not were this have will its "
    "which after but who their they been would more also over about could than when into other last up if out no two "
    "first against before under while there during between because since some most only"
).split()
_NEWS = (
    "talks ministry troops border government officials agreement ceasefire report minister president forces security "
    "statement military region spokesman capital meeting support parliament crisis council weapons leaders attack "
    "defence sanctions missile election convoy exports grain harbour pipeline hospital school bridge railway power "
    "station drill exercise deployment withdrawal hostages refugees camp aid fuel water market prices central bank "
    "budget vote court judge police arrest protest strike union workers factory plant reactor inspectors satellite "
    "images drone ship frigate fleet coast island strait airport flight route corridor mission observers commission "
    "inquiry evidence document letter envoy ambassador embassy summit delegation treaty article clause promise threat "
    "warning response plan proposal draft deadline delay visit tour region province village river valley mountain road "
    "winter summer week month year morning evening source newspaper channel agency editor witness family victim"
).split()
_SYLLABLES = {
    "en": [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er")],
    "ru": [a + b for a in "бвгдзклмнпрст" for b in ("а", "е", "и", "о", "у", "ан", "ор")],
    "ko": [
        chr(0xAC00 + 588 * a + 28 * b + c)
        for a in (0, 2, 3, 5, 6, 7, 9, 11, 12, 18)
        for b in (0, 4, 8, 13, 20)
        for c in (0, 4)
    ],
    "ar": [a + b for a in "بتجحدرسشعفقكلمنهي" for b in ("ا", "و", "ي", "ل", "م")],
    "zh": list(
        "政府部队边境外交声明谈判协议军事安全会议总统国防制裁导弹选举出口粮食港口管道医院学校桥梁铁路电力演习部署撤离人质难民营救援燃料市场价格银行预算投票法院警察抗议罢工工厂反应堆检查卫星图像无人机舰队海岸岛屿海峡机场航线任务观察员委员会证据文件信件特使大使使馆峰会代表团条约承诺威胁警告"
    ),
    "de": [
        a + b
        for a in ("b", "d", "f", "g", "k", "l", "m", "n", "r", "s", "t", "w", "sch")
        for b in ("a", "e", "i", "o", "ü", "en", "er")
    ],
}
_SHARE = (("en", 0.62), ("ru", 0.1), ("ko", 0.09), ("ar", 0.08), ("zh", 0.06), ("de", 0.05))

_GIVEN = "Ada Boris Carla Dmitri Elena Farid Greta Hana Igor Jana Karim Lena Marek Nadia Oskar Petra Rafiq Selma Tomas Ulla Viktor Wanda Yusuf Zora Min-jun Seo-yeon Ji-ho Anders Brigid Colm".split()
_FAMILY = "Abelson Brandvik Castell Dorvan Eskola Ferrant Gorski Halloran Ivarsen Jelinek Kostova Lindqvist Marchetti Novak Okonjo Pavlenko Quist Rasheed Sorokin Tanaka Ulmer Varga Westerby Yilmaz Zeller Hwang Paek Ryu Barzani Haddad Mansour Demir Petrescu Bondar Savic Tolmer".split()
_TITLES = (
    "Foreign Minister",
    "Defence Minister",
    "President",
    "Prime Minister",
    "spokesman",
    "Ambassador",
    "General",
    "analyst",
    "governor",
    "envoy",
)
_BODIES = (
    "Defence Ministry",
    "Foreign Ministry",
    "General Staff",
    "Interior Ministry",
    "Energy Authority",
    "Coast Guard",
    "Border Service",
    "Election Commission",
    "Central Bank",
    "Red Crescent branch",
)
_STATES = (
    ("Norway", "NOR", "Oslo", 59.91, 10.75), ("Poland", "POL", "Gdansk", 54.35, 18.65), ("Georgia", "GEO", "Batumi", 41.65, 41.64),
    ("Jordan", "JOR", "Irbid", 32.56, 35.85), ("Kenya", "KEN", "Mombasa", -4.05, 39.67), ("Chile", "CHL", "Antofagasta", -23.65, -70.4),
    ("Japan", "JPN", "Sapporo", 43.06, 141.35), ("South Korea", "KOR", "Busan", 35.18, 129.08), ("Turkey", "TUR", "Izmir", 38.42, 27.14),
    ("Morocco", "MAR", "Tangier", 35.77, -5.8), ("Vietnam", "VNM", "Haiphong", 20.86, 106.68), ("Finland", "FIN", "Oulu", 65.01, 25.47),
    ("Romania", "ROU", "Constanta", 44.18, 28.63), ("Peru", "PER", "Arequipa", -16.4, -71.54), ("Ghana", "GHA", "Kumasi", 6.69, -1.62),
    ("Oman", "OMN", "Salalah", 17.02, 54.09), ("Latvia", "LVA", "Liepaja", 56.51, 21.01), ("Serbia", "SRB", "Novi Sad", 45.25, 19.84),
    ("Kazakhstan", "KAZ", "Aktau", 43.65, 51.16), ("Mongolia", "MNG", "Darkhan", 49.49, 105.92), ("Iceland", "ISL", "Akureyri", 65.68, -18.1),
    ("Ecuador", "ECU", "Cuenca", -2.9, -79.0), ("Tunisia", "TUN", "Sfax", 34.74, 10.76), ("Sweden", "SWE", "Malmo", 55.6, 13.0),
)  # fmt: skip
_UNITS = ("soldier", "shell", "drone", "truck", "ton", "refugee", "worker", "missile", "police officer", "vessel")
_DEEDS = (
    ("sent", "MOBILIZE"), ("withdrew", "RETREAT"), ("received", "AID"), ("seized", "COERCE"), ("lost", "ASSAULT"),
    ("promised", "AGREE"), ("requested", "REQUEST"), ("refused", "REJECT"), ("detained", "COERCE"), ("evacuated", "RETREAT"),
)  # fmt: skip
_ACTS: tuple[tuple[Act, str, float], ...] = (
    ("assert", "said", 0.5), ("confirm", "confirmed", 0.12), ("deny", "denied", 0.12), ("predict", "predicted", 0.06),
    ("demand", "demanded", 0.05), ("promise", "promised", 0.05), ("condemn", "condemned", 0.05), ("justify", "explained", 0.05),
)  # fmt: skip
_CONTACTS: tuple[ContactType, ...] = ("call", "meeting", "summons", "visit", "briefing")
_FOREIGN = {  # how a language says: speaker said that content; and its names
    "ru": ("{s} заявил, что ", ".", ("Игорь Сорокин", "Елена Костова", "Виктор Бондарь", "Надия Варга", "Борис Дорван"), ("Министерство обороны", "Генштаб", "МИД")),
    "ko": ("{s}은 ", "고 밝혔다.", ("백민준", "류서연", "황지호", "박한나", "최도윤"), ("국방부", "외교부", "국가정보원")),
    "ar": ("قال {s} إن ", ".", ("كريم حداد", "سلمى منصور", "رفيق برزاني", "نادية رشيد", "يوسف دمير"), ("وزارة الدفاع", "وزارة الخارجية", "هيئة الأركان")),
    "zh": ("{s}表示，", "。", ("白敏俊", "柳瑞妍", "黄志浩", "田中花", "崔道允"), ("国防部", "外交部", "总参谋部")),
    "de": ("{s} sagte, ", ".", ("Greta Westerby", "Oskar Zeller", "Petra Lindner", "Tomas Ulmer", "Lena Brandt"), ("das Verteidigungsministerium", "das Auswärtige Amt", "der Generalstab")),
}  # fmt: skip
_WEIGHTS = list(accumulate(1 / (rank + 2) for rank in range(FORMS)))
_AGE = list(accumulate(0.6**age for age in range(8)))  # days since a story began
_HEAT = list(accumulate(1 / (rank + 1) for rank in range(STARTS)))
_OUTLET_WEIGHTS = list(accumulate(1 / (rank + 3) for rank in range(OUTLETS)))


class Made(NamedTuple):
    """One report as it would come out of the rooms."""

    capture: Capture
    report: Report
    found: tuple[Annotation, ...]


class _Story(NamedTuple):
    """What a story is about. said: deed, its event type, number, unit, the body that does it, its state's index."""

    name: str
    people: tuple[tuple[str, str, str], ...]
    said: tuple[tuple[str, str, int, str, str, int], ...]
    place: int
    topic: tuple[int, ...]


@lru_cache(maxsize=FORMS * 6)
def form(language: str, rank: int) -> str:
    """Return the word of a rank in a language: every rank has one of its own."""
    if language == "en" and rank < len(_FUNCTION) + len(_NEWS):
        return (_FUNCTION + _NEWS)[rank]
    syllables = _SYLLABLES[language]
    out, rank = "", rank + len(syllables)
    while rank:
        rank, part = divmod(rank, len(syllables))
        out += syllables[part]
    return out


def words(chance: random.Random, language: str, count: int) -> list[str]:
    """Return words as they stand in running text: few are common, most are rare."""
    return [form(language, bisect(_WEIGHTS, chance.random() * _WEIGHTS[-1])) for _ in range(count)]


def outlet(number: int) -> str:
    """Return the name of an outlet."""
    kind = ("Post", "Herald", "Daily", "Wire", "Observer", "Times", "Monitor", "Bulletin")[number % 8]
    return f"{form('en', 900 + 7 * number).title()} {kind}"


def day_of(n: int) -> date:
    """Return the day on which report n is published."""
    return FIRST + timedelta(days=n // PER_DAY)


def made(n: int, statements: int = 10, seed: int = 0) -> Made:
    """Return the n-th report with its capture and its annotations; always the same for one seed."""
    chance = random.Random(f"{seed} {n}")
    base, cut = _base(n, seed), chance.random() < 0.25
    if n % 50 == 1:  # a correction of the report before
        base, cut = n - 1, True
    where = outlet(bisect(_OUTLET_WEIGHTS, chance.random() * _OUTLET_WEIGHTS[-1]))
    address = f"https://{where.replace(' ', '-').lower()}.example/{n}"
    if n % 50 == 1:
        where, address = _published(n - 1, seed)
    teller = random.Random(f"{seed} text {base}")
    kept = statements if base == n else statements - (3 if cut else 0)
    writing = _Writing(_language(base, seed), _story(base, seed), day_of(base))
    writing.headline = writing.titled(random.Random(f"{seed} head {n}"))  # who copies writes a headline of their own
    writing.tell(teller, kept)
    if kept < statements:
        writing.tell(random.Random(f"{seed} own {n}"), statements - kept)
    text, headline = writing.text, writing.headline
    day = day_of(n)
    collected = datetime(day.year, day.month, day.day, 5 + n % 17, n % 60, n % 59, tzinfo=UTC)
    data = f"{headline}\n\n{text}".encode()
    digest = sha256(data).hexdigest()
    marking = _marking(chance)
    capture = Capture(
        id=content_id("cap", address, digest),
        locator=address,
        feed="load",
        sha256=digest,
        media_type="text/plain",
        collected=collected,
        data=data,
        outlet=where,
        url=address,
        marking=marking,
    )
    id = content_id("rep", where, address, text)
    report = Report(
        id=id,
        capture=capture.id,
        address=address,
        url=address,
        outlet=where,
        outlet_how="given",
        headline=headline,
        published=_dated(day, "given"),
        language=writing.language,
        text=text,
        passages=(Passage(start=0, end=len(text), kind="body"),),
        collected=collected,
        marking=marking,
        generated_by=MADE,
    )
    return Made(capture, report, tuple(writing.found(id)))


def _base(n: int, seed: int) -> int:
    """Return the report whose text report n prints: its own in seven of ten cases."""
    chance = random.Random(f"{seed} base {n}")
    if chance.random() > 0.3:
        return n
    earlier = n - chance.randrange(1, PER_DAY)
    is_own = random.Random(f"{seed} base {earlier}").random() > 0.3
    return earlier if earlier >= 0 and is_own else n


def _published(n: int, seed: int) -> tuple[str, str]:
    one = made(n, 1, seed).report
    return str(one.outlet), one.address


def _language(n: int, seed: int) -> str:
    drawn = random.Random(f"{seed} tongue {n}").random()
    for language, share in _SHARE:
        drawn -= share
        if drawn < 0:
            return language
    return "en"


def _story(n: int, seed: int) -> _Story:
    chance = random.Random(f"{seed} which {n}")
    began = max(n // PER_DAY - bisect(_AGE, chance.random() * _AGE[-1]), 0)
    return _told(began, bisect(_HEAT, chance.random() * _HEAT[-1]), seed)


@lru_cache(maxsize=4096)
def _told(began: int, rank: int, seed: int) -> _Story:
    chance = random.Random(f"{seed} story {began} {rank}")
    people = tuple(
        (f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)}", chance.choice(_TITLES), chance.choice(_BODIES))
        for _ in range(6)
    )
    states = chance.sample(range(len(_STATES)), 3)
    said = tuple(
        (
            *chance.choice(_DEEDS),
            chance.choice((12, 40, 150, 300, 1_500, 3_000, 12_000)) + chance.randrange(9),
            chance.choice(_UNITS),
            f"{chance.choice(_BODIES)} of {_STATES[state][0]}",
            state,
        )
        for state in (*states, *states)
    )
    topic = tuple(200 + int(3000 * chance.random() ** 2) for _ in range(12))
    return _Story(f"{began}.{rank}", people, said, chance.choice(states), topic)


def _marking(chance: random.Random) -> Marking | None:
    drawn = chance.random()
    if drawn < 0.4:
        return None
    if drawn < 0.75:
        return Marking(level="GREEN", releasable_to=frozenset({"p"} if drawn < 0.6 else {"p", "q"}))
    return Marking(level="AMBER" if drawn < 0.95 else "RED")


def _dated(day: date, how: str) -> PartialDate:
    return PartialDate(value=day.isoformat(), low=day, high=day, precision="day", how=how)


class _Writing:
    """A text while it grows, and what stands in it, by offsets until the report has its id."""

    def __init__(self, language: str, story: _Story, day: date) -> None:
        self.language, self.story, self.day = language, story, day
        self.headline = ""
        self._parts: list[str] = []
        self._at = 0
        self._found: list[tuple[int, Callable[..., Annotation], dict[str, Any]]] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def put(self, words: str) -> tuple[int, int]:
        """Write on; return where it stands."""
        start = self._at
        self._parts.append(words)
        self._at += len(words)
        return start, self._at

    def note(self, noun: Callable[..., Annotation], **facts: Any) -> None:
        self._found.append((len(self._found), noun, facts))

    def found(self, report: str) -> list[Annotation]:
        """Return the annotations, those of one kind together, in text order."""
        order: tuple[type, ...] = (Mention, Time, Place, Quantity, Attribution, Contact, Event)
        made = [
            noun(**{name: _spanned(value, report) for name, value in facts.items()}, generated_by=MADE)
            for _, noun, facts in self._found
        ]
        return sorted(made, key=lambda one: (order.index(type(one)), one.span.start))

    def titled(self, chance: random.Random) -> str:
        """Return a headline."""
        topic = [form(self.language, rank) for rank in self.story.topic]
        return self._joined([*chance.sample(topic, 4), *words(chance, self.language, 4)]).capitalize()

    def tell(self, chance: random.Random, statements: int) -> None:
        """Write a place line, statements and some running text between."""
        if not self._parts:
            self._dateline()
        for nth in range(statements):
            if self.language == "en":
                self._statement(chance, first=nth == 0)
            else:
                self._foreign(chance)
            if nth % 3 == 2:
                self._running(chance)
        if self.language == "en":
            self._contact(chance)

    def _joined(self, some: Sequence[str]) -> str:
        return ("" if self.language == "zh" else " ").join(some)

    def _place(self, state: int) -> tuple[int, int]:
        _, country, city, north, east = _STATES[state]
        at = self.put(city)
        self.note(Place, span=at, name=city, country=country, latitude=north, longitude=east, geonames_id=None)
        return at

    def _dateline(self) -> None:
        self._place(self.story.place)
        self.put(", ")
        at = self.put(f"{self.day.day} {self.day:%B}")
        self.note(Time, span=at, date=_dated(self.day, "day and month beside the date line"))
        self.put(" - ")

    def _mention(self, words: str, kind: MentionType, name: str, title: str | None = None) -> tuple[int, int]:
        at = self.put(words)
        self.note(Mention, span=at, type=kind, name=name, title=title, refers_to=name)
        return at

    def _statement(self, chance: random.Random, first: bool) -> None:
        """Write: Title Name of the Body said that the Body of Norway sent some 1,500 soldiers to Oslo, ..."""
        name, title, body = chance.choice(self.story.people)
        act, cue, _ = chance.choices(_ACTS, [share for _, _, share in _ACTS])[0]
        start = self._at
        speaker = self._mention(f"{title[0].upper()}{title[1:]} {name}", "person", name, title)
        self.put(" ")
        said = self.put(cue)
        self.put(" ")
        content = self._at
        self.put("that ")
        if first or chance.random() < 0.55:
            self._proposition(chance, name)
        else:
            topic = [form("en", rank) for rank in chance.sample(self.story.topic, 3)]
            self.put(self._joined(["the", *topic, *words(chance, "en", 9)]))
        end = self._at
        self.note(
            Attribution,
            span=(start, end),
            source=[speaker],
            cue=[said],
            content=[(content, end)],
            speaker=name,
            speaker_type="person",
            speaks_for=body,
            kind="indirect",
            act=act,
            date=_dated(self.day, "day of the report"),
        )
        self.put(".\n\n" if chance.random() < 0.4 else ". ")

    def _proposition(self, chance: random.Random, speaker: str) -> None:
        verb, kind, number, unit, body, state = chance.choice(self.story.said)
        start = self._at
        actor = self._mention(f"the {body}", "organisation", body)
        self.put(" ")
        trigger = self.put(verb)
        self.put(" ")
        hedge = chance.choice((None, None, "some ", "about "))
        count = self._at
        self.put(hedge or "")
        self.put(f"{number:,} {unit}s")
        wide = number // 10 if hedge else 0
        self.note(
            Quantity,
            span=(count, self._at),
            low=number - wide,
            high=number + wide,
            figure=number,
            unit=unit,
            hedge=hedge and hedge.strip(),
            counted=f"{unit}s",
        )
        self.put(" near ")
        there = self._place(self.story.place)
        self.note(
            Event,
            span=(start, there[1]),
            event_type=kind,
            mode=None,
            actor=[_Side(body, actor, _STATES[state][1])],
            recipient=[],
            status="alleged",
            date=_dated(self.day, "day of the report"),
            place=_STATES[self.story.place][2],
            trigger=trigger,
            asserted_by=[speaker],
            quantity=f"{number:,}",
            because=f"“{verb}” with who does it",
        )
        self.put(f", {self._joined(words(chance, 'en', 6))}")

    def _foreign(self, chance: random.Random) -> None:
        before, after, people, bodies = _FOREIGN[self.language]
        name, body = chance.choice(people), chance.choice(bodies)
        act, _, _ = chance.choices(_ACTS, [share for _, _, share in _ACTS])[0]
        start = self._at
        lead, _, rest = before.partition("{s}")
        said = [self.put(lead)] if lead.strip() else []
        speaker = self._mention(name, "person", name)
        self.put(rest)
        content = self._at
        topic = [form(self.language, rank) for rank in chance.sample(self.story.topic, 3)]
        self.put(self._joined([body, *topic, *words(chance, self.language, 8)]))
        if chance.random() < 0.4:
            self.put("" if self.language == "zh" else " ")
            number = chance.choice(self.story.said)[2]
            at = self.put(f"{number:,}")
            self.note(Quantity, span=at, low=number, high=number, figure=number, unit="person", hedge=None)
        end = self._at
        self.put(after)
        self.note(
            Attribution,
            span=(start, end),
            source=[speaker],
            cue=[(at[0], at[0] + len(lead.rstrip())) for at in said],
            content=[(content, end)],
            speaker=name,
            speaker_type="person",
            speaks_for=body,
            kind="indirect",
            act=act,
            date=_dated(self.day, "day of the report"),
        )
        self.put("" if self.language == "zh" else " ")

    def _running(self, chance: random.Random) -> None:
        topic = [form(self.language, rank) for rank in chance.sample(self.story.topic, 2)]
        sentence = self._joined([*words(chance, self.language, 16), *topic, *words(chance, self.language, 6)])
        self.put(f"{sentence.capitalize()}{'。' if self.language == 'zh' else '. '}")

    def _contact(self, chance: random.Random) -> None:
        one, other = chance.sample(self.story.people, 2)
        kind = chance.choice(_CONTACTS)
        start = self._at
        left = self._mention(f"{one[1]} {one[0]}", "person", one[0], one[1])
        self.put(f" had a {kind} with ")
        right = self._mention(f"{other[1]} {other[0]}", "person", other[0], other[1])
        self.note(
            Contact,
            span=(start, self._at),
            contact_type=kind,
            parties=[_Side(one[0], left), _Side(other[0], right)],
            date=_dated(self.day, "day of the report"),
            place=_STATES[self.story.place][2],
            status="actual",
        )
        self.put(".")


class _Side(NamedTuple):
    name: str
    at: tuple[int, int]
    country: str | None = None


def _spanned(value: object, report: str) -> object:
    """Return the value with pairs of offsets as spans of the report, and lists as tuples."""
    if isinstance(value, _Side):
        start, end = value.at
        return Party(name=value.name, country=value.country, span=Span(report=report, start=start, end=end))
    if isinstance(value, tuple) and len(value) == 2 and all(isinstance(one, int) for one in value):
        start, end = value
        return Span(report=report, start=start, end=end)
    if isinstance(value, list):
        return tuple(_spanned(one, report) for one in value)
    return value
