"""A whole invented situation, so that a page can be looked at: two countries, engineers, and a war next door."""

import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from watchfloor.core.annotation import Annotation, Attribution, Party
from watchfloor.core.audit import Note
from watchfloor.core.claim import Claim, Figure, Origin, Position, Stance
from watchfloor.core.copy import Copy
from watchfloor.core.encounter import Encounter
from watchfloor.core.entity import Entity
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.partner import Approval, Partner
from watchfloor.core.person import Person
from watchfloor.core.picture import Picture
from watchfloor.core.report import Flag, Passage, Report
from watchfloor.core.span import Span
from watchfloor.flow import passwords
from watchfloor.flow.admission import alone
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.people import add
from watchfloor.flow.sample import reports as sample_reports
from watchfloor.flow.situation import situation as opened_situation
from watchfloor.store.connection import open_store
from watchfloor.web.app import application
from watchfloor.web.node import Node

MONDAY = PartialDate(value="XXXX-WXX-1", low=None, high=None, precision="weekday", how="no date line")
GREEN = Marking(level="GREEN", releasable_to=frozenset({"Partner A", "Partner B"}))

COURIER = """\
Veldia summoned the Tarsian ambassador, Goran Petkov, on Monday over the dispatch of army engineers to Ostmark.

The State Information Service said on Friday that Tarsia had decided to send around 4,000 engineers, and that about \
600 of them were already in the northern ports of Ostmark. “They will lay track and clear mines,” the service said.

Petkov insisted that the cooperation is lawful and is not directed against Veldia. He would not be drawn on numbers.

President Ana Lindqvist and Alliance chief Tomas Brandt spoke by phone on Monday. “We will take measured steps, one \
at a time, as the situation develops,” Lindqvist said. “We demand the immediate withdrawal of the engineers,” Deputy \
Foreign Minister Per Holm told the ambassador.

Tarsia has remained silent on the deployment."""
MERIDIAN = """\
The Veldian information service expects some 4,000 engineers in total, a first group of 600 being already on the spot.

“Tarsia is our neighbour and partner, and this is our sovereign right,” Ostmark's spokesman Ilya Marek told reporters, \
declining to comment on the engineers.

The ambassador answered that the cooperation was “not directed against the security interests of Veldia”."""
LEDGER = """\
“Today I can confirm that Tarsian engineers have been sent to the Skarn district,” Brandt said after a delegation from \
Veldia had briefed the Alliance council.

Some 4,000 engineers have been on the move, Haugen said, and 1,200 of them are believed to be in Skarn.

Lindqvist spoke with Brandt by phone again on Monday evening. A special envoy of Ostmark's neighbour Rhovia will \
travel to Veldia next week."""
WORLD = """\
Minister Holm meeted his colleague of Rhovia in the city on the 25th and agreed measures gradual.

Interview between the Editor and Dr. Lee. Editor: How many engineers are there? Dr. Lee: Perhaps ten thousand."""
HANBIT = """\
한빛일보 특파원: 타르시아 공병 4천 명 파견. The Veldian presidential office said Lindqvist will “take step-by-step \
measures”."""


class Desk:
    """Makes the parts of a picture from words that stand in its reports."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}

    def span(self, key: str, words: str) -> Span:
        start = self.reports[key].text.index(words)
        return Span(report=self.reports[key].id, start=start, end=start + len(words))

    def position(
        self,
        key: str,
        party: str | None,
        stance: Stance,
        words: str,
        date: PartialDate | None = None,
        *,
        speaks_for: str | None = None,
        resolved: bool = True,
    ) -> Position:
        return Position(
            party=party,
            speaks_for=speaks_for,
            resolved=resolved,
            stance=stance,
            act=None,
            span=self.span(key, words),
            quote=words,
            outlet=self.reports[key].outlet,
            date=date,
        )

    def figure(
        self, key: str, words: str, low: int, high: int | None, date: PartialDate | None, hedge: str | None
    ) -> Figure:
        return Figure(
            low=low, high=high, unit="engineer", hedge=hedge, verbatim=words, span=self.span(key, words), as_of=date
        )

    def said(self, key: str, speaker: str, act: str, words: str, date: PartialDate | None) -> Attribution:
        return Attribution(
            span=self.span(key, words),
            source=(),
            cue=(),
            content=(self.span(key, words),),
            speaker=speaker,
            speaker_type="person",
            kind="direct",
            act=act,  # type: ignore[arg-type]
            date=date,
            generated_by="test@1",
        )


def _reports(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> dict[str, Report]:
    courier = report(
        COURIER,
        outlet="The Harbour Courier",
        published=day("2024-10-21"),
        headline="Envoy summoned over Tarsian engineers",
        marking=GREEN,
    )
    meridian = report(
        MERIDIAN,
        outlet="Radio Meridian",
        published=day("2024-10-21"),
        headline="Veldia warns both its neighbours",
        marking=GREEN,
    )
    ledger = report(
        LEDGER,
        outlet="Morning Ledger",
        published=PartialDate(
            value="2024-10-28T18:01",
            low=day("2024-10-28").low,
            high=day("2024-10-28").high,
            precision="minute",
            how="printed",
        ),
        headline="Alliance confirms Tarsian engineers in Skarn",
        marking=Marking(level="AMBER", releasable_to=frozenset({"Partner A"})),
    )
    world = report(
        WORLD,
        passages=(
            Passage(start=0, end=WORLD.index("\n"), kind="body"),
            Passage(start=WORLD.index("Interview"), end=len(WORLD), kind="embedded", reason="an interview follows"),
        ),
        flags=(
            Flag(name="machine-translated", certainty="suspected", detail="meeted", start=14, end=20),
            Flag(
                name="embedded-non-report",
                certainty="structural",
                detail="an interview follows the report",
                start=WORLD.index("Interview"),
                end=len(WORLD),
            ),
        ),
    )
    hanbit = report(
        HANBIT,
        outlet="한빛일보 (Hanbit Daily)",
        published=day("2024-10-30"),
        headline="타르시아 공병 파견 — 대통령실 “단계적 조치”",
        language="ko",
        flags=(Flag(name="machine-translated", certainty="disclosed", detail="the report says so"),),
        marking=GREEN,
    )
    return {"courier": courier, "meridian": meridian, "ledger": ledger, "world": world, "hanbit": hanbit}


@pytest.fixture
def desk(report: Callable[..., Report], day: Callable[[str], PartialDate]) -> Desk:
    made = Desk()
    made.reports = _reports(report, day)
    return made


def _claims(desk: Desk, day: Callable[[str], PartialDate]) -> tuple[Claim, ...]:
    service, friday, first, last = "State Information Service", day("2024-10-18"), day("2024-10-21"), day("2024-10-28")
    ids = {key: report.id for key, report in desk.reports.items()}
    whole = Claim(
        id="clm_whole",
        proposition="About 4000 Tarsian engineers to be sent to Ostmark",
        topic="figure",
        positions=(
            desk.position("courier", service, "asserts", "had decided to send around 4,000 engineers", friday),
            desk.position("meridian", service, "confirms", "expects some 4,000 engineers in total", first),
            desk.position(
                "ledger", "Haugen", "asserts", "Some 4,000 engineers have been on the move", last, resolved=False
            ),
            desk.position(
                "meridian", "Ilya Marek", "declines to comment", "declining to comment", first, speaks_for="Ostmark"
            ),
            desk.position("courier", "Tarsia", "silent", "Tarsia has remained silent on the deployment."),
        ),
        figures=(
            desk.figure("courier", "around 4,000 engineers", 3600, 4400, friday, "around"),
            desk.figure("meridian", "some 4,000 engineers", 3600, 4400, first, "some"),
            desk.figure("ledger", "Some 4,000 engineers", 3600, 4400, last, "some"),
        ),
        reports=3,
        outlets=3,
        origins_min=1,
        origins_max=2,
        origins=(
            Origin(party=service, reports=(ids["courier"], ids["meridian"]), may_be=("Haugen",)),
            Origin(party="Haugen", reports=(ids["ledger"],), may_be=(service,)),
        ),
    )
    part = Claim(
        id="clm_part",
        proposition="Part of them already in Ostmark",
        topic="figure",
        positions=(
            desk.position("courier", service, "asserts", "about 600 of them were already", friday),
            desk.position("meridian", service, "asserts", "a first group of 600 being already on the spot", first),
            desk.position("ledger", "Haugen", "asserts", "1,200 of them are believed", last, resolved=False),
        ),
        figures=(
            desk.figure("courier", "about 600", 540, 660, friday, "about"),
            desk.figure("meridian", "600", 600, 600, first, None),
            desk.figure("ledger", "1,200 of them", 1200, None, last, "at least"),
        ),
        reports=3,
        outlets=3,
        origins_min=1,
        origins_max=2,
        origins=(Origin(party=service, reports=(ids["courier"],)), Origin(party="Haugen", reports=(ids["ledger"],))),
        part_of="clm_whole",
    )
    skarn = Claim(
        id="clm_skarn",
        proposition="Today I can confirm that Tarsian engineers have been sent to the Skarn district",
        topic="statement",
        positions=(
            desk.position(
                "ledger",
                "Tomas Brandt",
                "confirms",
                "Today I can confirm that Tarsian engineers have been sent to the Skarn district",
                last,
                speaks_for="Alliance",
            ),
            desk.position("ledger", None, "asserts", "1,200 of them are believed to be in Skarn", last),
        ),
        reports=1,
        outlets=1,
        origins_min=1,
        origins_max=1,
        origins=(Origin(party="Tomas Brandt", reports=(ids["ledger"],)),),
    )
    lawful = Claim(
        id="clm_lawful",
        proposition="The cooperation is lawful and is not directed against Veldia",
        topic="statement",
        positions=(
            desk.position(
                "courier",
                "Goran Petkov",
                "justifies",
                "the cooperation is lawful and is not directed against Veldia",
                first,
                speaks_for="Tarsia",
            ),
            desk.position(
                "meridian",
                "Goran Petkov",
                "justifies",
                "“not directed against the security interests of Veldia”",
                first,
                speaks_for="Tarsia",
            ),
            desk.position(
                "meridian", "Ilya Marek", "justifies", "this is our sovereign right", first, speaks_for="Ostmark"
            ),
        ),
        reports=2,
        outlets=2,
        origins_min=1,
        origins_max=2,
        origins=(Origin(party="Goran Petkov", reports=(ids["courier"],)), Origin(party="Ilya Marek", reports=())),
    )
    return whole, part, skarn, lawful


def _encounters(desk: Desk, day: Callable[[str], PartialDate]) -> tuple[Encounter, ...]:
    lindqvist, brandt = Party(name="Lindqvist", country="VEL"), Party(name="Brandt", country="IGO")
    first = desk.span("courier", "President Ana Lindqvist and Alliance chief Tomas Brandt spoke by phone on Monday.")
    second = desk.span("ledger", "Lindqvist spoke with Brandt by phone again on Monday evening.")
    summons = desk.span("courier", COURIER.split("\n")[0])
    envoy = desk.span("ledger", "A special envoy of Ostmark's neighbour Rhovia will travel to Veldia next week.")
    met = desk.span("world", WORLD.split("\n")[0])
    return (
        Encounter(
            id="enc_1",
            contact_type="call",
            parties=(lindqvist, brandt),
            date=day("2024-10-21"),
            place=None,
            status="actual",
            tellings=(first,),
            told_by=("presidential office",),
        ),
        Encounter(
            id="enc_2",
            contact_type="call",
            parties=(lindqvist, brandt),
            date=MONDAY,
            place=None,
            status="actual",
            tellings=(second,),
        ),
        Encounter(
            id="enc_3",
            contact_type="summons",
            parties=(Party(name="Goran Petkov", role="summoned ambassador"), Party(name="Per Holm", role="summoner")),
            date=day("2024-10-21"),
            place="Foreign Ministry",
            status="actual",
            tellings=(summons,),
        ),
        Encounter(
            id="enc_4",
            contact_type="envoy",
            parties=(Party(name="Rhovia", role="sender"), Party(name="Veldia", role="host")),
            date=PartialDate(
                value="2024-W45",
                low=day("2024-11-04").low,
                high=day("2024-11-10").high,
                precision="week",
                how="next week after the date line",
            ),
            place=None,
            status="planned",
            tellings=(envoy,),
        ),
        Encounter(
            id="enc_5",
            contact_type="meeting",
            parties=(Party(name="Holm"), Party(name="Rhovia")),
            date=PartialDate(value="XXXX-XX-25", low=None, high=None, precision="day", how="no date line"),
            place=None,
            status="actual",
            tellings=(met,),
        ),
    )


@pytest.fixture
def situation(desk: Desk, day: Callable[[str], PartialDate]) -> Picture:
    courier, hanbit = desk.reports["courier"], desk.reports["hanbit"]
    pledged = desk.said("courier", "Lindqvist", "promise", "We will take measured steps", day("2024-10-21"))
    demanded = desk.said("courier", "Per Holm", "demand", "We demand the immediate withdrawal", day("2024-10-21"))
    again = desk.said("hanbit", "Lindqvist", "promise", "take step-by-step measures", day("2024-10-30"))
    annotations: dict[str, tuple[Annotation, ...]] = {courier.id: (pledged, demanded), hanbit.id: (again,)}
    return Picture(
        reader=Reader(name="desk", partner=None, clearance="RED"),
        as_of=None,
        reports=tuple(desk.reports.values()),
        annotations=annotations,
        copies=(Copy(child=desk.reports["meridian"].id, parent=courier.id, kind="partial", score=0.4),),
        stories=(),
        entities=(
            Entity(id="ent_1", schema="Person", name="Ana Lindqvist", names=("Ana Lindqvist", "Lindqvist")),
            Entity(id="ent_2", schema="Person", name="Tomas Brandt", names=("Tomas Brandt", "Brandt")),
            Entity(id="ent_3", schema="Person", name="Per Holm", names=("Per Holm", "Holm")),
        ),
        claims=_claims(desk, day),
        encounters=_encounters(desk, day),
        set_aside=2,
    )


# The application over the sample situation: what tests of pages need.

NOW = datetime(2024, 11, 5, 12, tzinfo=UTC)
PASSWORD = "a long enough sentence"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample situation; made once, to be copied."""
    path = tmp_path_factory.mktemp("sample") / "situation.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WATCHFLOOR_NOW", "2024-11-01T12:00:00Z")
        with opened_situation(path, create=True) as opened:
            marking = Marking(level="CLEAR", releasable_to=frozenset({"partner-a"}))
            opened.add([str(sample_reports())], marking=marking)
    return path


@pytest.fixture
def node(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Node]:
    """A node over a copy of the sample situation in which nobody is registered; its clock stands still."""
    monkeypatch.setenv("WATCHFLOOR_NOW", NOW.isoformat())
    path = shutil.copy(sample, tmp_path / "situation.db")
    with open_store(path, create=False) as store:
        yield Node(store, Configuration())


@pytest.fixture
def client(node: Node) -> Iterator[TestClient[Litestar]]:
    """A browser on this machine that the terminal let in; it follows no redirects."""
    with asking(node) as made:
        made.get(node.entrance())
        yield made


@pytest.fixture
def stranger(node: Node) -> Iterator[TestClient[Litestar]]:
    """A browser on this machine that nobody let in."""
    with asking(node) as made:
        yield made


@pytest.fixture
def peopled(node: Node, monkeypatch: pytest.MonkeyPatch) -> Node:
    """The node with people: root, ann (analyst), rita (reader), olga (release officer), pat (analyst of partner-a)."""
    for name, value in (("TIME_COST", 1), ("MEMORY_COST", 8)):
        monkeypatch.setattr(passwords, name, value)
    passwords._hasher.cache_clear()
    by = alone("tests", "RED", NOW)
    for name, roles in {
        "root": ["administrator"],
        "ann": ["analyst"],
        "rita": ["reader"],
        "olga": ["release officer"],
    }.items():
        person = Person(name=name, roles=frozenset(roles), clearance="RED", added=NOW)  # type: ignore[arg-type]
        add(node.store, by, person, NOW, password=PASSWORD)
    note = Note(at=NOW, who="tests", verb="admit", what="partner-a")
    partner = Partner(
        name="partner-a",
        terms="of the tests",
        clearance="GREEN",
        proposed_by="root",
        proposed=NOW,
        expires=NOW + timedelta(days=1),
        approvals=(Approval(by="olga", at=NOW),),
        standing="approved",
    )
    node.store.partners.keep_partner(partner, note)
    pat = Person(name="pat", roles=frozenset({"analyst"}), clearance="GREEN", added=NOW, partner="partner-a")
    add(node.store, by, pat, NOW, password=PASSWORD)
    return node


def asking(node: Node, client: str = "127.0.0.1") -> TestClient[Litestar]:
    """Return a client that asks from this machine, or another one, by the name of this machine."""
    app = application(node)
    inner = app.asgi_handler

    async def from_here(scope: Any, receive: Any, send: Any) -> None:
        scope["client"] = (client, 50000)
        await inner(scope, receive, send)

    app.asgi_handler = from_here
    made = TestClient(app, base_url=node.address.rstrip("/"), raise_server_exceptions=False)
    made.follow_redirects = False
    return made


def token(client: TestClient[Litestar], path: str = "/help") -> str:
    """Return what a form of this browser must carry."""
    return client.get(path).text.split('name="token" value="', 1)[1].split('"', 1)[0]


def signed_in(client: TestClient[Litestar], name: str) -> None:
    """Sign somebody in."""
    fields = {"name": name, "password": PASSWORD, "next": "/", "token": token(client, "/sign-in")}
    assert client.post("/sign-in", data=fields).status_code == 303


@pytest.fixture
def sign_in() -> Callable[[TestClient[Litestar], str], None]:
    return signed_in


@pytest.fixture
def from_elsewhere(node: Node) -> Iterator[TestClient[Litestar]]:
    """A browser on another machine."""
    with asking(node, "192.0.2.7") as made:
        yield made


@pytest.fixture
def form_token() -> Callable[..., str]:
    return token


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no chromium is installed, so no page can be looked at")
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="module")
def served(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node over a copy of the sample situation, served at a free port of this machine for the tests of a file."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WATCHFLOOR_NOW", NOW.isoformat())
        path = shutil.copy(sample, tmp_path_factory.mktemp("served") / "situation.db")
        with open_store(path, create=False) as store, socket.create_server(("127.0.0.1", 0)) as bound:
            made = Node(store, Configuration(), port=bound.getsockname()[1])
            config = uvicorn.Config(application(made), log_level="error", lifespan="off", ws="none")
            server = uvicorn.Server(config)
            thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]})
            thread.start()
            yield made
            server.should_exit = True
            thread.join()


class Watched:
    """A page of a real browser that was let in, with all that it complained of and asked for."""

    def __init__(self, node: Node, context: BrowserContext) -> None:
        self.node, self.context = node, context
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def goto(self, path: str) -> Page:
        """Open a page of the node."""
        self.page.goto(self.node.address.rstrip("/") + path)
        return self.page

    def is_content(self) -> bool:
        """Return whether the browser had nothing to complain of and asked nobody but the node."""
        return not self.said and all(url.startswith(self.node.address) for url in self.asked)


@pytest.fixture
def watched(served: Node, browser: Browser) -> Iterator[Callable[..., Watched]]:
    """Make watched pages: options are those of a browser's context (color_scheme, viewport, java_script_enabled)."""
    contexts = []

    def make(**options: Any) -> Watched:
        contexts.append(browser.new_context(**options))
        made = Watched(served, contexts[-1])
        made.page.goto(served.entrance())
        return made

    yield make
    for context in contexts:
        context.close()
