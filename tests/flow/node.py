"""A node with people, an approved partner and reports that tell of contacts; for tests of what leaves."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from watchfloor.core.annotation import Annotation, Contact, Party
from watchfloor.core.audit import Note
from watchfloor.core.capture import Capture
from watchfloor.core.collection import Collection
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Level, Marking, Reader
from watchfloor.core.partner import Approval, Partner
from watchfloor.core.permission import Role
from watchfloor.core.person import Person
from watchfloor.core.report import Flag, Passage, Report
from watchfloor.core.span import Span
from watchfloor.flow.admission import Admitted, admitted, alone
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.partnering import receiver, receivers
from watchfloor.flow.situation import Situation
from watchfloor.store.connection import open_store

NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Node:
    """An opened database with whoever works there. shelves: the collection of each partner, by its name."""

    def __init__(self, path: Path) -> None:
        self.store = open_store(path, create=True)
        self.opened = Situation(self.store, alone("us", "RED", NOW).reader, Configuration())
        self.shelves: dict[str, str] = {}

    def close(self) -> None:
        self.store.close()

    def person(self, name: str, *roles: Role, partner: str | None = None) -> Admitted:
        """Add a person of these roles; return them as let in."""
        made = Person(name=name, roles=frozenset(roles), clearance="RED", added=NOW, partner=partner)
        self.store.people.keep_person(made, note(name))
        return admitted(self.store, made, NOW, how="password")

    def partner(self, name: str, clearance: Level = "AMBER") -> None:
        """Add an approved partner with a collection."""
        approvals = (Approval(by="one", at=NOW), Approval(by="two", at=NOW))
        made = Partner(
            name=name,
            terms="They keep it.",
            clearance=clearance,
            proposed_by="one",
            proposed=NOW,
            expires=NOW + 99 * DAY,
            approvals=approvals,
            standing="approved",
        )
        self.store.partners.keep_partner(made, note(name))
        self.shelves[name] = f"0b1a4a9e-3b6e-4e0e-9d0c-{len(self.shelves):012d}"
        self.store.keep_collection(Collection(id=self.shelves[name], title=f"For {name}", partner=name))

    def reader(self, name: str) -> Reader:
        """Return the reader that stands for an approved partner."""
        (known,) = receivers(self.store, self.opened.reader, name, NOW)
        return receiver(self.store, self.opened.reader, known, NOW)

    def report(
        self, words: str, marking: Marking | None, *, address: str, withdrawn: bool = False, day: int = 1
    ) -> str:
        """Keep a report of a page that tells of a call between two ministers; return its id."""
        made = told(words, marking, address, withdrawn=withdrawn, day=day)
        found: Sequence[Annotation] = () if withdrawn else (call(made),)
        self.store.keep_capture(captured(made, words))
        self.store.keep_report(made, found, "1")
        return made.id


def note(what: str) -> Note:
    return Note(at=NOW, who="test", verb="people", what=what)


def to(*partners: str, level: Level = "GREEN") -> Marking:
    return Marking(level=level, releasable_to=frozenset(partners))


def told(words: str, marking: Marking | None, address: str, *, withdrawn: bool = False, day: int = 1) -> Report:
    """Return a report made by hand."""
    flags = (Flag(name="withdrawn", certainty="disclosed", detail="says so", start=0, end=4),) if withdrawn else ()
    return Report(
        id=content_id("rep", "Courier", address, words),
        capture=content_id("cap", address, words),
        address=address,
        url=address,
        outlet="Courier",
        outlet_how="given",
        headline=f"Head of {words}",
        published=None,
        language="en",
        text=words,
        passages=(Passage(start=0, end=len(words), kind="body"),),
        flags=flags,
        collected=datetime(2024, 10, day, tzinfo=UTC),
        marking=marking,
        generated_by="test@1",
    )


def captured(made: Report, words: str) -> Capture:
    data = words.encode()
    return Capture(
        id=made.capture,
        locator=made.address,
        feed="f",
        sha256=sha256(data).hexdigest(),
        media_type="text/plain",
        collected=made.collected,
        data=data,
        outlet="Courier",
        marking=made.marking,
    )


def call(made: Report) -> Contact:
    """Return a contact whose parties are named after the report's words, so that it is one of its own."""
    first, last = made.text.split()[0], made.text.split()[-1].strip(".")
    return Contact(
        span=Span(report=made.id, start=0, end=len(made.text)),
        contact_type="call",
        parties=(Party(name=f"Minister {first}"), Party(name=f"Minister {last}")),
        date=None,
        place=None,
        status="actual",
        generated_by="test@1",
    )
