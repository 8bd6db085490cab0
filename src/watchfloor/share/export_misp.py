"""Stories as MISP events of standard objects, for whoever works with MISP.

One event a story: a news-media object for each report, an annotation for each claim, a temporal-event for each contact,
persons, organisations and places that these name. Distribution is "your organisation only"; nothing correlates and
nothing is for detection, since names of ministers are no indicators. Marks are tags on the event; what keeps an item
from leaving is the release gate. Needs pymisp, the extra `watchfloor[misp]`, which is loaded only here.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from watchfloor.core.annotation import Place
from watchfloor.core.brief import Brief
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.share.citations import limited
from watchfloor.share.country_codes import alpha2
from watchfloor.share.document import Export
from watchfloor.share.evidence import reports_of
from watchfloor.share.gate import Released, release
from watchfloor.share.harmless import on_one_line
from watchfloor.share.release import effective
from watchfloor.share.stix_ids import stix_id
from watchfloor.share.wording import claim_words, contact_words

Object = dict[str, Any]

YOUR_ORGANISATION = 0  # distribution: nobody else's until a person at the receiver says so
INHERIT = 5  # distribution of what lies in an event
UNDEFINED = 4  # threat level
COMPLETED = 2  # analysis
_MOST_PLACES = 200  # of one event; assumed
_TEMPLATES = {"Person": ("person", "full-name")}
_BODY = ("organization", "name")


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the events, as far as the reader may have them, as MISP's own export writes them.

    Raises ConfigError without pymisp.
    """
    try:
        pymisp = importlib.import_module("pymisp")
    except ImportError:
        raise ConfigError("pymisp is not installed; pip install 'watchfloor[misp]', or take --format stix") from None
    released = release(picture, brief, reader or picture.reader)
    events = [_Event(pymisp, released, picture, reports).made() for reports in _stories(released, picture)]
    told = {"response": [{"Event": msgspec.json.decode(event.to_json())} for event in events]}
    text = msgspec.json.format(msgspec.json.encode(told, order="deterministic"), indent=1).decode()
    return Export(text=text + "\n", marking=released.marking, withheld=released.withheld)


def _stories(released: Released, picture: Picture) -> list[list[Report]]:
    """Return the released reports by story, each story's earliest first; a report without one stands alone."""
    allowed = {report.id: report for report in released.reports}
    stories = [[allowed.pop(id) for id in story.reports if id in allowed] for story in picture.stories]
    return [story for story in [*stories, *([one] for one in allowed.values())] if story]


class _Event:
    """An event that grows; objects of one name are put in once."""

    def __init__(self, pymisp: Any, released: Released, picture: Picture, reports: Sequence[Report]) -> None:
        self._pymisp, self._released, self._picture, self._reports = pymisp, released, picture, reports
        self._ids = {report.id for report in reports}
        self._whose = (released.reader.partner or "", reports[0].id)
        self._schemas = {name: one.schema for one in picture.entities for name in one.names}
        self._marks: list[Marking | None] = [released.marks.get(report.id) for report in reports]
        self._here: dict[str, Any] = {}
        self._event = pymisp.MISPEvent()

    def made(self) -> Any:
        """Return the event with everything in it."""
        event, first = self._event, self._reports[0]
        event.uuid = self._uuid("event")
        event.info = _said(next((one.headline for one in self._reports if one.headline), None) or first.text)
        event.date = (first.published.low if first.published else None) or first.collected.date()
        event.distribution, event.threat_level_id, event.analysis = YOUR_ORGANISATION, UNDEFINED, COMPLETED
        event.published = False  # a person at the receiver publishes
        for report in self._reports:
            self._report(report)
        for claim in self._released.claims:
            self._told(claim.id, reports_of(claim), self._claim, claim)
        for contact in self._released.encounters:
            self._told(contact.id, {span.report for span in contact.tellings}, self._contact, contact)
        for place in self._places():
            self._place(place)
        for name in _tags(effective(self._marks)):
            tag = self._pymisp.MISPTag()
            tag.name = name
            event.add_tag(tag)
        return event

    def _uuid(self, *parts: object) -> str:
        """Return the same UUID for the same thing for the same receiver on every run."""
        return stix_id("misp", *self._whose, *parts).partition("--")[2]

    def _object(self, template: str, key: str, values: Iterable[tuple[str, Any]], comment: str = "") -> Any:
        if key in self._here:
            return self._here[key]
        made = self._pymisp.MISPObject(template, strict=True)
        made.uuid, made.distribution, made.comment = self._uuid(template, key), INHERIT, comment
        for number, (relation, value) in enumerate(values):
            made.add_attribute(
                relation,
                value=value,
                to_ids=False,
                disable_correlation=True,
                distribution=INHERIT,
                uuid=self._uuid(template, key, relation, number),
            )
        self._event.add_object(made)
        self._here[key] = made
        return made

    def _refer(self, one: Any, relation: str, other: Any) -> None:
        made = one.add_reference(other.uuid, relation)
        made.uuid = self._uuid("reference", one.uuid, relation, other.uuid)

    def _report(self, report: Report) -> None:
        values = [
            ("title", _said(report.headline) if report.headline else None),
            ("source", _said(report.outlet) if report.outlet else None),
            ("link", report.url),
        ]
        told = [(relation, value) for relation, value in values if value]
        if not {"source", "link"} & {relation for relation, _ in told}:
            told.append(("source", "outlet not determined"))
        day = f"published {report.published.value}" if report.published and report.published.value else "no day"
        flags = f"; {', '.join(sorted({flag.name for flag in report.flags}))}" if report.flags else ""
        self._object("news-media", report.id, told, f"{report.id}; {day}{flags}")

    def _told(self, id: str, rests_on: Iterable[str], put: Callable[[Any], Any], item: Claim | Encounter) -> None:
        """Put in a claim or contact that this story tells, with the marking that follows from all it rests on."""
        cited = [one for one in rests_on if one in self._ids]
        if not cited:
            return
        self._marks.append(self._released.marks.get(id))
        made = put(item)
        for report in sorted(cited):
            self._refer(made, "derived-from", self._here[report])

    def _claim(self, claim: Claim) -> Any:
        words = f"{limited(claim.proposition)}\n{claim_words(claim)}"
        values = [("text", _lines(words)), ("type", "Annotation"), ("format", "text")]
        made = self._object("annotation", claim.id, values, claim.id)
        for name in sorted({position.party for position in claim.positions if position.party}):
            self._refer(made, "mentions", self._party(name))
        return made

    def _contact(self, contact: Encounter) -> Any:
        values = [("summary", _said(contact_words(contact)))]
        if contact.topic:
            values.append(("description", _said(limited(contact.topic))))
        made = self._object("temporal-event", contact.id, values, contact.id)
        for name in dict.fromkeys(party.name for party in contact.parties):
            self._refer(made, "mentions", self._party(name))
        return made

    def _party(self, name: str) -> Any:
        template, relation = _TEMPLATES.get(self._schemas.get(name, ""), _BODY)
        return self._object(template, f"party {name}", [(relation, _said(name))])

    def _places(self) -> list[Place]:
        found = [
            one
            for report in self._reports
            for one in self._picture.annotations.get(report.id, ())
            if isinstance(one, Place) and one.latitude is not None and one.longitude is not None
        ]
        return found[:_MOST_PLACES]

    def _place(self, place: Place) -> None:
        code = alpha2(place.country)
        values = [
            ("text", _said(place.name)),
            ("latitude", place.latitude),
            ("longitude", place.longitude),
            *([("countrycode", code.upper())] if code else []),
        ]
        self._object("geolocation", f"place {place.name} {place.latitude} {place.longitude}", values)


def _tags(marking: Marking | None) -> list[str]:
    """Return the marking as tags: the level in the words of the TLP taxonomy, what is beyond it in our own.

    What is unmarked is nobody's but this node's own and says so with the highest level.
    """
    if marking is None:
        return ["tlp:red", 'watchfloor:marking="unmarked"']
    partners = [f'watchfloor:rel-to="{_quotable(name)}"' for name in sorted(marking.releasable_to)]
    caveats = [f'watchfloor:caveat="{_quotable(caveat)}"' for caveat in marking.caveats]
    return [f"tlp:{marking.level.lower()}", *partners, *caveats]


def _quotable(text: str) -> str:
    return _said(text).replace('"', "'")


def _said(text: str) -> str:
    """Return words from outside as one line of what may be quoted, with nothing in it that a screen acts upon."""
    return on_one_line(limited(text)) or "-"


def _lines(text: str) -> str:
    return "\n".join(on_one_line(line) for line in text.splitlines())
