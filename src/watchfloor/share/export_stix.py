"""A brief with its claims, contacts and reports as a STIX 2.1 bundle of standard objects.

A claim and a contact are notes on the reports that tell them, because every reader of STIX knows notes; what a note
cannot say stands in a property extension. Objects are written by hand: the stix2 library refuses TLP 2.0 (decision 21).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from watchfloor.core.annotation import Place
from watchfloor.core.brief import Brief
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.share import stix_facts
from watchfloor.share.citations import limited
from watchfloor.share.country_codes import alpha2
from watchfloor.share.document import Export
from watchfloor.share.evidence import reports_of
from watchfloor.share.gate import Released, release
from watchfloor.share.instants import millis
from watchfloor.share.json_text import encoded
from watchfloor.share.stix_extension import AUTHOR, DEFINITION
from watchfloor.share.stix_ids import EPOCH, observable_id, stix_id
from watchfloor.share.stix_markings import EXTENSION, definitions
from watchfloor.share.wording import claim_words, contact_words

Object = dict[str, Any]

_CLASSES = {"Person": "individual", "PublicBody": "organization", "Organization": "organization"}
_MOST_PLACES = 200  # of one report; assumed


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the bundle, as far as the reader may have it; without a reader, the one whose picture it is."""
    released = release(picture, brief, reader or picture.reader)
    bundled = objects(released, picture) or [AUTHOR]  # some readers stumble over a bundle without objects
    ids = [(one["id"], one.get("modified")) for one in bundled]
    whole = {"type": "bundle", "id": stix_id("bundle", *ids), "objects": bundled}
    text = msgspec.json.format(encoded(whole), indent=1).decode()
    return Export(text=text + "\n", marking=released.marking, withheld=released.withheld)


def objects(released: Released, picture: Picture) -> list[Object]:
    """Return the STIX objects of what passed the gate, sorted by id; none when nothing did."""
    return [one for one, _ in grounded(released, picture)]


def grounded(released: Released, picture: Picture) -> list[tuple[Object, tuple[str, ...]]]:
    """Return the STIX objects, sorted, each with the ids of the reports that it rests on.

    What is nothing but a name (identities, places, definitions) rests on none.
    """
    if not released.reports:
        return []
    bundle = _Bundle(released, picture)
    found = sorted(bundle.objects.values(), key=lambda one: (one["type"], one["id"]))
    return [(one, tuple(sorted(bundle.rests_on.get(one["id"], ())))) for one in found]


class _Bundle:
    """A bundle that grows; objects of one id are put in once. rests_on: ids of reports, by object id."""

    def __init__(self, released: Released, picture: Picture) -> None:
        self.objects: dict[str, Object] = {}
        self.rests_on: dict[str, frozenset[str]] = {}
        self._released = released
        self._reports = {report.id: report for report in released.reports}
        self._ids = _report_ids(released.reports)
        self._classes = {
            name: _CLASSES[one.schema] for one in picture.entities if one.schema in _CLASSES for name in one.names
        }
        self._plain(AUTHOR)
        self._plain(DEFINITION)
        for report in released.reports:
            self._report(report, picture)
        for claim in released.claims:
            self._claim(claim)
        for contact in released.encounters:
            self._contact(contact)
        self._grouping(released.brief)

    def _plain(self, one: Object) -> str:
        id: str = one["id"]
        self.objects.setdefault(id, one)
        return id

    def _marked(self, one: Object, marking: Marking | None, rests_on: Iterable[str]) -> str:
        """Put an object in with the definitions of its marking and the reports that it rests on."""
        self.rests_on.setdefault(one["id"], frozenset(rests_on))
        refs = [self._plain(definition) for definition in definitions(marking)]
        return self._plain({**one, "object_marking_refs": refs})

    def _report(self, report: Report, picture: Picture) -> None:
        marking = self._released.marks.get(report.id)
        refs = [self._identity(report.outlet, "organization") if report.outlet else AUTHOR["id"]]
        refs += self._places(picture, report)
        seen = millis(report.collected)
        if report.url and report.url.isascii():
            refs.append(self._observed(report, seen, marking))
        one: Object = {
            "type": "report",
            "spec_version": "2.1",
            "id": self._ids[report.id],
            "created": seen,
            "modified": seen,
            "name": limited(report.headline) if report.headline else f"Report {report.id} without a headline",
            "published": _published(report),
            "object_refs": list(dict.fromkeys(refs)),
            "extensions": _extension(stix_facts.of_report(report, marking)),
        }
        if report.language:
            one["lang"] = report.language
        if report.flags:
            one["labels"] = sorted({flag.name for flag in report.flags})
        one["external_references"] = [_reference(report)]
        self._marked(one, marking, [report.id])

    def _identity(self, name: str, kind: str | None) -> str:
        """Put in an identity, which is nothing but a name; so it carries no marking and is the same everywhere."""
        return self._plain(
            {
                "type": "identity",
                "spec_version": "2.1",
                "id": stix_id("identity", kind or "", name),
                "created": EPOCH,
                "modified": EPOCH,
                "name": name,
                **({"identity_class": kind} if kind else {}),
            }
        )

    def _party(self, name: str) -> str:
        return self._identity(name, self._classes.get(name))

    def _places(self, picture: Picture, report: Report) -> list[str]:
        found = [one for one in picture.annotations.get(report.id, ()) if isinstance(one, Place)]
        return [self._plain(one) for one in map(_location, found[:_MOST_PLACES]) if one is not None]

    def _observed(self, report: Report, seen: str, marking: Marking | None) -> str:
        """Put in that the report's address was seen to hold something, and when."""
        url = observable_id("url", value=report.url or "")
        self._plain({"type": "url", "spec_version": "2.1", "id": url, "value": report.url})
        one = {
            "type": "observed-data",
            "spec_version": "2.1",
            "id": stix_id("observed-data", report.id),
            "created": seen,
            "modified": seen,
            "first_observed": seen,
            "last_observed": seen,
            "number_observed": 1,
            "object_refs": [url],
        }
        return self._marked(one, marking, [report.id])

    def _claim(self, claim: Claim) -> None:
        marking = self._released.marks.get(claim.id)
        cited = self._cited(sorted(reports_of(claim)))
        if not cited:
            return
        authors = sorted({position.party for position in claim.positions if position.party})
        one = {
            "type": "note",
            "spec_version": "2.1",
            "id": stix_id("note", claim.id),
            **_times(cited),
            "abstract": limited(claim.proposition),
            "content": claim_words(claim),
            **({"authors": authors} if authors else {}),
            "object_refs": [*self._refs(cited), *(self._party(name) for name in authors)],
            "labels": [f"claim-{claim.topic}"],
            "extensions": _extension(stix_facts.of_claim(claim, marking)),
        }
        self._marked(one, marking, reports_of(claim))

    def _contact(self, contact: Encounter) -> None:
        marking = self._released.marks.get(contact.id)
        cited = self._cited([span.report for span in contact.tellings])
        if not cited:
            return
        parties = [self._party(one.name) for one in contact.parties]
        words = contact_words(contact)
        one = {
            "type": "note",
            "spec_version": "2.1",
            "id": stix_id("note", contact.id),
            **_times(cited),
            "abstract": words,
            "content": words + "".join(f"\nTold by {name}." for name in contact.told_by),
            "object_refs": list(dict.fromkeys([*self._refs(cited), *parties])),
            "labels": ["contact"],
            "extensions": _extension(stix_facts.of_contact(contact, marking)),
        }
        self._marked(one, marking, [report.id for report in cited])
        for other in dict.fromkeys(parties[1:]):
            if other != parties[0]:
                self._relationship(contact, (parties[0], other), cited, marking)

    def _relationship(
        self, contact: Encounter, pair: tuple[str, str], cited: Sequence[Report], marking: Marking | None
    ) -> None:
        one, other = pair
        self._marked(
            {
                "type": "relationship",
                "spec_version": "2.1",
                "id": stix_id("relationship", contact.id, one, other),
                **_times(cited),
                "relationship_type": "related-to",
                "description": contact_words(contact),
                "source_ref": one,
                "target_ref": other,
            },
            marking,
            [report.id for report in cited],
        )

    def _grouping(self, brief: Brief) -> None:
        """Put in the brief, which holds everything else together."""
        members = [one for one in self.objects.values() if one["type"] in ("report", "note", "relationship")]
        lines = [line.text for section in brief.sections for line in section.lines]
        receiver = self._released.reader.partner or ""
        one = {
            "type": "grouping",
            "spec_version": "2.1",
            "id": stix_id("grouping", brief.title, receiver),
            **_times(list(self._reports.values())),
            "name": brief.title,
            **({"description": "\n".join(lines)} if lines else {}),
            "context": "unspecified",
            "object_refs": sorted(one["id"] for one in members),
        }
        self._marked(one, self._released.marking, self._reports)

    def _cited(self, ids: Iterable[str]) -> list[Report]:
        """Return the reports of these ids; all of them passed the gate with what rests on them."""
        return [self._reports[id] for id in dict.fromkeys(ids) if id in self._reports]

    def _refs(self, reports: Sequence[Report]) -> list[str]:
        return [self._ids[report.id] for report in reports]


def _report_ids(reports: Sequence[Report]) -> dict[str, str]:
    """Return the STIX id of each report by its own.

    An address on the web stands for the report over its corrections: a corrected text is a new version of the same
    object. A file's name may be another report's on another node, so there every text is an object of its own.
    """
    at_address = Counter((report.outlet, report.address) for report in reports)

    def named(report: Report) -> str:
        is_web = report.address.startswith(("http://", "https://"))
        if is_web and at_address[report.outlet, report.address] == 1:
            return stix_id("report", report.outlet or "", report.address)
        return stix_id("report", report.id)

    return {report.id: named(report) for report in reports}


def _times(reports: Sequence[Report]) -> Object:
    """Return when what rests on these reports was first known here, and when it last changed."""
    collected = sorted(report.collected for report in reports)
    return {"created": millis(collected[0]), "modified": millis(collected[-1])} if collected else {}


def _extension(fact: stix_facts.Fact) -> Object:
    kind = {"ReportFact": "report", "ClaimFact": "claim", "ContactFact": "contact"}[type(fact).__name__]
    told = msgspec.to_builtins(fact)
    return {EXTENSION: {"extension_type": "property-extension", f"{kind}_fact": told}}


def _published(report: Report) -> str:
    """Return the first instant of the day; STIX has no other dates. The extension says what is known of it."""
    low: date | None = report.published.low if report.published else None
    return f"{low.isoformat()}T00:00:00.000Z" if low else millis(report.collected)


def _reference(report: Report) -> Object:
    """Return where the report stood. A `url` would need the digest of what is there now, so it is a description."""
    where = {"description": report.url} if report.url else {}
    return {"source_name": report.outlet or "outlet not determined", **where, "external_id": report.id}


def _location(place: Place) -> Object | None:
    code = alpha2(place.country)
    if code is None and (place.latitude is None or place.longitude is None):
        return None
    where: Object = {"country": code.upper()} if code else {}
    if place.latitude is not None and place.longitude is not None:
        where |= {"latitude": place.latitude, "longitude": place.longitude}
    return {
        "type": "location",
        "spec_version": "2.1",
        "id": stix_id("location", place.name, where),
        "created": EPOCH,
        "modified": EPOCH,
        "name": place.name,
        **where,
    }
