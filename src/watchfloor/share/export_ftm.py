"""Entities as FollowTheMoney JSON lines: people, bodies, posts, memberships, and where each is mentioned."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from watchfloor.core.entity import Entity, Identity, Relation, Role
from watchfloor.core.identity import content_id
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.share.citations import limited
from watchfloor.share.country_codes import alpha2
from watchfloor.share.document import Export
from watchfloor.share.release import effective, refusal

Properties = dict[str, list[str]]
Links = Mapping[str, Sequence[Identity]]

_WEAK = frozenset(("part", "nickname", "slip", "description"))
"""Forms that other people share or nobody chose: FollowTheMoney has them as weak aliases, not used for matching."""

_SCHEMAS = frozenset(("Person", "PublicBody", "Organization"))


def export(picture: Picture, *, reader: Reader | None = None, links: Links | None = None) -> Export:
    """Return the entities as FollowTheMoney, one JSON object a line, as far as the reader may have them.

    Each line carries its effective marking beside the properties. An entity is told only from places that the reader
    may see; one of which none is left is withheld and counted. links: identifiers of entities by id; a partner gets
    none, as what the node's own people decided stays at home.
    """
    receiver = reader or picture.reader
    told = _Told(picture, receiver, (links or {}) if receiver.partner is None else {})
    lines = list(told.lines())
    ordered = sorted(lines, key=lambda line: (_ORDER.index(line["schema"]), line["id"]))  # type: ignore[arg-type]
    text = "".join(msgspec.json.encode(line).decode() + "\n" for line in ordered)
    return Export(text=text, marking=effective(told.used), withheld=dict(sorted(told.withheld.items())))


_ORDER = [
    "Article",
    "Person",
    "PublicBody",
    "Organization",
    "Position",
    "Occupancy",
    "Membership",
    "Representation",
    "Mention",
]


class _Told:
    """What of a picture one reader may be told, and what was kept back."""

    def __init__(self, picture: Picture, reader: Reader, links: Links) -> None:
        self._picture = picture
        self._links = links
        self._partner = reader.partner
        self.withheld: Counter[str] = Counter()
        self._reports: dict[str, Report] = {}
        for report in picture.reports:
            reason = refusal(report.marking, reader)
            if reason is None:
                self._reports[report.id] = report
            else:
                self.withheld[reason] += 1
        self._entities = {one.id: one for one in picture.entities if self._may(one.mentions) and one.named}
        kept_back = sum(one.named and not self._may(one.mentions) for one in picture.entities)
        if kept_back:
            self.withheld["entities of which nothing is released"] += kept_back
        self.used: list[Marking | None] = [self._reports[id].marking for id in sorted(self._cited())]

    def lines(self) -> Iterator[dict[str, object]]:
        """Yield every line: the reports, then what they say."""
        cited = self._cited()
        for id in sorted(cited):
            yield _line(id, "Article", _article(self._reports[id]), self._seen(self._reports[id].marking))
        for one in self._entities.values():
            yield self._entity(one)
            yield from self._mentions(one)
        yield from self._posts()
        for relation in self._picture.relations:
            yield from self._relation(relation)

    def _may(self, spans: Iterable[Span]) -> list[Span]:
        """Return the places that stand in reports the reader may have."""
        return [span for span in spans if span.report in self._reports]

    def _cited(self) -> set[str]:
        return {span.report for one in self._entities.values() for span in self._may(one.mentions)}

    def _seen(self, marking: Marking | None) -> Marking | None:
        """Return a marking as the reader may read it: who else has the item is not a partner's to know."""
        if marking is None or self._partner is None:
            return marking
        return msgspec.structs.replace(marking, releasable_to=marking.releasable_to & {self._partner})

    def _over(self, reports: Iterable[str]) -> Marking | None:
        return self._seen(effective(self._reports[id].marking for id in sorted(set(reports))))

    def _entity(self, one: Entity) -> dict[str, object]:
        surfaces = [surface for surface in one.surfaces if any(id in self._reports for id in surface.reports)]
        names = [surface for surface in surfaces if surface.kind not in _WEAK and surface.text != one.name]
        spans = self._may(one.mentions)
        seen = [surface.text for surface in surfaces]
        properties: Properties = {
            "name": [one.name] if one.name in seen else seen[:1],
            "alias": [surface.text for surface in names if surface.kind != "acronym"],
            "abbreviation": [surface.text for surface in names if surface.kind == "acronym"],
            "weakAlias": [surface.text for surface in surfaces if surface.kind in _WEAK and surface.text != one.name],
            "country": [code] if (code := alpha2(one.country)) else [],
            "wikidataId": sorted({link.qid for link in self._links.get(one.id, ())}),
            **_evidence(spans, self._reports),
        }
        if one.schema == "Person":
            properties["position"] = sorted({role.title for role in one.roles if role.span.report in self._reports})
        schema = one.schema if one.schema in _SCHEMAS else "Organization"
        return _line(one.id, schema, properties, self._over(span.report for span in spans))

    def _mentions(self, one: Entity) -> Iterator[dict[str, object]]:
        """Yield one line for every form in every report."""
        for surface in one.surfaces:
            for id in surface.reports:
                if id in self._reports:
                    properties: Properties = {
                        "document": [id],
                        "resolved": [one.id],
                        "name": [surface.text],
                        "detectedSchema": [one.schema],
                        "contextCountry": [code] if (code := alpha2(one.country)) else [],
                    }
                    key = content_id("mnt", id, one.id, surface.text)
                    yield _line(key, "Mention", properties, self._over([id]))

    def _posts(self) -> Iterator[dict[str, object]]:
        """Yield the posts of states and bodies, each once, and who holds or held them, as each report words it."""
        posts: dict[str, list[tuple[Entity, Role]]] = {}
        for one in self._entities.values():
            for role in one.roles:
                if role.span.report in self._reports and (role.country or role.body):
                    posts.setdefault(_position(role), []).append((one, role))
        for id, held in posts.items():
            roles = [role for _, role in held]
            place = next((role.body for role in roles if role.body), None)
            bodies = {body for holder, role in held if (body := self._body(holder.id, role))}
            properties = {
                "name": [f"{roles[0].title}, {place}" if place else roles[0].title],
                "country": sorted({code for role in roles if (code := alpha2(role.country))}),
                "organization": sorted(bodies),
                **_evidence((role.span for role in roles), self._reports),
            }
            yield _line(id, "Position", properties, self._over(role.span.report for role in roles))
            for holder, role in held:
                yield self._occupancy(holder.id, id, role)

    def _occupancy(self, holder: str, post: str, role: Role) -> dict[str, object]:
        properties = {
            "holder": [holder],
            "post": [post],
            "startDate": _day(role.since),
            "endDate": _day(role.until),
            "status": [_STATUS[role.tense]] if role.tense in _STATUS else [],
            "summary": _quotes([role.span], self._reports),
            **_evidence([role.span], self._reports),
        }
        key = content_id("occ", holder, post, role.span.report, str(role.span.start), str(role.span.end))
        return _line(key, "Occupancy", properties, self._over([role.span.report]))

    def _body(self, holder: str, role: Role) -> str | None:
        """Return the body of a post, if it is an entity that the reader may have."""
        for relation in self._picture.relations:
            if relation.subject == holder and relation.object in self._entities and role.span in relation.evidence:
                target = self._entities[relation.object]
                return target.id if role.body and target.schema in ("PublicBody", "Organization") else None
        return None

    def _relation(self, one: Relation) -> Iterator[dict[str, object]]:
        """Yield a membership or a representation between two entities that the reader may have."""
        spans = self._may(one.evidence)
        ends = (self._entities.get(one.subject), self._entities.get(one.object or ""))
        if not spans or None in ends or one.kind == "part-of":
            return
        subject, target = ends
        if subject is None or target is None or target.schema not in ("PublicBody", "Organization"):
            return
        member = one.kind == "member-of"
        properties = {
            "member" if member else "agent": [subject.id],
            "organization" if member else "client": [target.id],
            "role": [one.role] if one.role else [],
            "summary": _quotes(spans, self._reports),
            **_evidence(spans, self._reports),
        }
        key = content_id("rel", one.kind, one.subject, one.object, one.role)
        schema = "Membership" if member else "Representation"
        yield _line(key, schema, properties, self._over(span.report for span in spans))


_STATUS = {"former": "ended", "then": "ended", "acting": "acting", "designate": "designate"}


def _line(id: str, schema: str, properties: Mapping[str, Sequence[str]], marking: Marking | None) -> dict[str, object]:
    """Return a line; properties without a value are left out, values stand once."""
    kept = {name: list(dict.fromkeys(values)) for name, values in sorted(properties.items()) if values}
    told = (
        None
        if marking is None
        else {
            "level": f"TLP:{marking.level}",
            "releasable_to": sorted(marking.releasable_to),
            "caveats": list(marking.caveats),
            "originators": sorted(marking.originators),
            "expires": marking.expires,
        }
    )
    for name in _REFERENCES & kept.keys():
        kept[name] = [_plain(value) for value in kept[name]]
    return {"id": _plain(id), "schema": schema, "properties": kept, "marking": told}


_REFERENCES = frozenset("document resolved holder post organization member agent client proof".split())
"""Properties whose values are ids of other lines."""


def _plain(id: str) -> str:
    """Return an id as FollowTheMoney allows it: without the underscore."""
    return id.replace("_", "-")


def _article(report: Report) -> Properties:
    return {
        "title": [limited(report.headline)] if report.headline else [],
        "name": [limited(report.headline)] if report.headline else [],
        "author": list(report.authors),
        "publisher": [report.outlet] if report.outlet else [],
        "publishedAt": _day(report.published),
        "sourceUrl": [report.url] if report.url and report.url.startswith(("http://", "https://")) else [],
    }


def _evidence(spans: Iterable[Span], reports: Mapping[str, Report]) -> Properties:
    """Return the reports that a line rests on, as documents and as addresses."""
    ids = sorted({span.report for span in spans})
    urls = [url for id in ids if (url := reports[id].url) and url.startswith(("http://", "https://"))]
    return {"proof": ids, "sourceUrl": urls}


def _quotes(spans: Iterable[Span], reports: Mapping[str, Report]) -> list[str]:
    return [limited(reports[span.report].text[span.start : span.end]) for span in spans]


def _position(role: Role) -> str:
    return content_id("pos", role.title.casefold(), role.body, role.country, role.host)


def _day(date: PartialDate | None) -> list[str]:
    """Return a date as far as it is known: year, month or day; nothing for one without a year."""
    if date is None or date.value is None or not date.value[:4].isdigit():
        return []
    day = date.value[:10]
    return [day] if len(day) in (4, 7, 10) and day.replace("-", "").isdigit() else [day[:4]]
