"""What one reader can know at one moment."""

from datetime import date

from msgspec import Struct

from watchfloor.core.annotation import Annotation
from watchfloor.core.assessment import Assessment
from watchfloor.core.claim import Claim, ClaimDoubt
from watchfloor.core.copy import Copy
from watchfloor.core.encounter import Encounter
from watchfloor.core.entity import Entity, Identity, Relation
from watchfloor.core.feed import Grade
from watchfloor.core.marking import Reader
from watchfloor.core.report import Report
from watchfloor.core.route import Route
from watchfloor.core.story import Story


class Picture(Struct, frozen=True, kw_only=True):
    """Everything that one reader can know as of one day, put together when read.

    as_of: last day whose reports are in it; None is everything.
    since: first day whose reports are in it; None is everything. earlier: how many reports of the days before it the
        reader could know; nothing is counted on them.
    reports: earliest first, current versions only. annotations: by report id, in text order.
    outlets: name of the outlet by report id, one name for an outlet under several; None when it is not known.
    routes: by which way reports' texts came from one another, people's judgements applied.
    claim_doubts: words that were taken for one claim, or held apart, narrowly.
    assessments: by claim id, the latest that a person made of it.
    relations: who belongs to what and speaks for whom. identities: links to identifiers that the node's user supplied.
    grades: how far an outlet is trusted, by its name, the oldest grade first; one without a grade is not in it.
    set_aside: how many items could not be used (their number only; no content).
    """

    reader: Reader
    as_of: date | None
    since: date | None = None
    earlier: int = 0
    reports: tuple[Report, ...]
    annotations: dict[str, tuple[Annotation, ...]]
    copies: tuple[Copy, ...]
    stories: tuple[Story, ...]
    entities: tuple[Entity, ...]
    claims: tuple[Claim, ...]
    encounters: tuple[Encounter, ...]
    claim_doubts: tuple[ClaimDoubt, ...] = ()
    outlets: dict[str, str | None] = {}
    routes: tuple[Route, ...] = ()
    assessments: dict[str, Assessment] = {}
    relations: tuple[Relation, ...] = ()
    identities: tuple[Identity, ...] = ()
    grades: dict[str, tuple[Grade, ...]] = {}
    set_aside: int = 0
