"""One picture as indicators look at it: its claims, contacts, events and transfers as things, and where each is told.

Events and transfers are told sentence by sentence; those of one kind between the same sides are one thing here, with
as many origins as the claims that the sentences belong to have, else as the texts that are no copies of one another.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from msgspec import structs

from watchfloor.core.annotation import Event, Mention, Party, Place, Transfer
from watchfloor.core.claim import Claim
from watchfloor.core.encounter import Encounter
from watchfloor.core.identity import content_id
from watchfloor.core.indicator import Over
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.watch.contact_log import described
from watchfloor.watch.naming import called, fullest
from watchfloor.watch.reading import by_id, overlap, words
from watchfloor.watch.things import Side, Thing, Value, Voice, known_on
from watchfloor.watch.voices import worded

_OWN = frozenset({"new-version", "partial"})  # kinds of copies that also say something of their own
_HOLDING = frozenset({"asserts", "confirms", "repeats", "justifies", "revises"})

_LONGEST_SENTENCE = 400  # characters that are looked through for its ends; assumed
_STOP = re.compile(r"[.!?。]['\"’”)]?\s+(?=[A-Z'\"“‘(가-힣])|\n+")

Kind = TypeVar("Kind", Event, Transfer)

Found = Mapping[str, Mapping[str, Span]]
"""By query what a search finds: reports by id, and in each the words that it is found by, or its beginning."""


class Scene:
    """One picture, looked at by many indicators: what several of them need is made once.

    found: what the searches of indicators find.
    """

    def __init__(self, picture: Picture, found: Found | None = None) -> None:
        self.picture = picture
        self._found = found or {}
        self.names = fullest(picture.entities)
        self.reports = by_id(picture)
        self._copied = {
            one.child: one.parent for one in picture.copies if one.kind not in _OWN and one.parent in self.reports
        }
        self._parents = {one.child: one.parent for one in picture.routes if one.parent in self.reports}
        self._made: dict[Over, tuple[Thing, ...]] = {}
        self._claims_in: dict[str, list[tuple[Span, Claim]]] | None = None

    def things(self, over: Over) -> tuple[Thing, ...]:
        """Return what there is of a kind."""
        over = "claims" if over == "figures" else over
        if over not in self._made:
            made = {"claims": self._claims, "contacts": self._contacts, "events": self._events}
            self._made[over] = tuple(made.get(over, self._transfers)())
        return self._made[over]

    def found(self, query: str) -> frozenset[str]:
        """Return the ids of the reports here that a search finds."""
        return frozenset(self._found.get(query, ())) & frozenset(self.reports)

    def searched(self, query: str, *, apart: bool, since: date) -> tuple[Thing, ...]:
        """Return what a search finds: as one thing, or apart, each text with its copies and what rests on it.

        since: the first day of reports that are counted. Nothing found is no thing.
        """
        spans = self._found.get(query, {})
        ids = [one.id for one in self.picture.reports if one.id in spans and known_on(one) >= since]
        groups: dict[str, list[str]] = defaultdict(list)
        for id in ids:
            groups[self._root(id) if apart else ""].append(id)
        return tuple(self._finding(query, root, [spans[id] for id in those]) for root, those in groups.items())

    def _finding(self, query: str, root: str, spans: Sequence[Span]) -> Thing:
        """Return reports that a search finds as one thing.

        They have surely as many origins as the claim in them that has most, and at most as many as there are texts that
        rest on no other one among them.
        """
        here = {span.report for span in spans}
        roots = dict.fromkeys(self._root(span.report) for span in spans)
        claims = {claim.id: claim for id in here for _, claim in self._claims_of(id)}.values()
        sure = [min(one.origins_min, sum(bool(here & set(by.reports)) for by in one.origins)) for one in claims]
        told = [(span, "actual", None) for span in spans]
        made = self._told(
            content_id("sch", query, root), f"found by: {query}", kinds=(), parties=(), place=None, tellings=told
        )
        return structs.replace(
            made,
            origins=tuple(dict.fromkeys(f"report of {self._publisher(one) or one}" for one in roots)),
            low=min(len(roots), max((1, *sure))),
            high=len(roots),
        )

    def words(self, span: Span) -> str:
        """Return the words of a span on one line."""
        return words(self.reports, span)

    def sentence(self, span: Span) -> str:
        """Return the sentence in which a span stands, on one line."""
        report = self.reports.get(span.report)
        if report is None:
            return ""
        start, end = max(0, span.start - _LONGEST_SENTENCE), min(len(report.text), span.end + _LONGEST_SENTENCE)
        found = _STOP.finditer(report.text, start, span.start + 1)
        begins = [match.end() for match in found if match.end() <= span.start]
        ends = _STOP.search(report.text, max(span.start, span.end - 1), end)
        return words(
            self.reports, Span(report=span.report, start=(begins or [start])[-1], end=ends.start() + 1 if ends else end)
        )

    def mentioned(self, thing: Thing) -> tuple[Side, ...]:
        """Return everybody who is named where the thing is told."""
        return tuple(
            Side(one.refers_to or one.name, one.country) for one in self._inside(thing) if isinstance(one, Mention)
        )

    def located(self, thing: Thing) -> tuple[Side, ...]:
        """Return all places that are named where the thing is told."""
        return (*thing.places, *(Side(one.name, one.country) for one in self._inside(thing) if isinstance(one, Place)))

    def _inside(self, thing: Thing) -> Iterator[Mention | Place]:
        for voice in thing.voices:
            for one in self.picture.annotations.get(voice.span.report, ()):
                if isinstance(one, Mention | Place) and overlap(one.span, voice.span):
                    yield one

    def _claims(self) -> Iterator[Thing]:
        known = {claim.id: claim for claim in self.picture.claims}
        for claim in self.picture.claims:
            voices = [
                Voice(
                    side=None if one.party is None else Side(called(one.party, self.names), one.country),
                    represents=one.speaks_for,
                    stance=one.stance,
                    span=one.span,
                    day=self._said_on(one.date, one.span),
                    is_copy=False,
                    outlet=self._outlet(one.span),
                )
                for one in claim.positions
            ]
            revised = known.get(claim.revises or "")
            yield Thing(
                about=claim.id,
                said=worded(claim),
                texts=(claim.proposition, *dict.fromkeys(one.quote for one in claim.positions)),
                kinds=(claim.topic,),
                sides=(),
                places=(),
                voices=self._without_copies(voices),
                values=tuple(self._values(claim)),
                before=tuple(one.span for one in revised.positions) if revised else (),
                origins=tuple(one.party for one in claim.origins),
                low=claim.origins_min,
                high=claim.origins_max,
            )

    def _values(self, claim: Claim) -> Iterator[Value]:
        for figure in claim.figures:
            holding = [one for one in claim.positions if overlap(one.span, figure.span)]
            best = min(holding, key=lambda one: one.span.end - one.span.start, default=None)
            if best is not None and best.stance not in _HOLDING:
                continue
            party = None if best is None or best.party is None else called(best.party, self.names)
            yield Value(
                party=party,
                low=figure.low,
                high=figure.high,
                verbatim=figure.verbatim,
                unit=figure.unit,
                span=figure.span,
                day=self._said_on(figure.as_of, figure.span),
            )

    def _contacts(self) -> Iterator[Thing]:
        known = {row.id: row for row in self.picture.encounters}
        for row in self.picture.encounters:
            plans = [known[id] for id in row.planned_as if id in known]
            yield self._told(
                row.id,
                described(row, self.names),
                kinds=(row.contact_type,),
                parties=row.parties,
                place=row.place,
                tellings=[(span, row.status, None) for span in row.tellings],
                before=tuple(span for plan in plans for span in plan.tellings),
                topic=_topic(row),
            )

    def _events(self) -> Iterator[Thing]:
        found: dict[tuple[object, ...], list[Event]] = defaultdict(list)
        for one in self._annotated(Event):
            day = one.date.low if one.date and one.date.low == one.date.high else None
            found[one.event_type, self._key(one.actor), self._key(one.recipient), day].append(one)
        for key, told in found.items():
            first = told[0]
            kinds = tuple(
                dict.fromkeys(kind for one in told for kind in (one.event_type, one.mode, one.underlying) if kind)
            )
            yield self._told(
                content_id("evt", *key),
                f"{self._named(first.actor)} – {first.event_type.lower()} – {self._named(first.recipient)}",
                kinds=kinds,
                parties=(*first.actor, *first.recipient),
                place=first.place,
                tellings=[(one.span, one.status, ", ".join(one.asserted_by) or None) for one in told],
            )

    def _transfers(self) -> Iterator[Thing]:
        found: dict[tuple[object, ...], list[Transfer]] = defaultdict(list)
        for one in self._annotated(Transfer):
            found[one.kind, self._key(one.giver), self._key(one.receiver)].append(one)
        for key, told in found.items():
            first = told[0]
            yield self._told(
                content_id("tra", *key),
                f"{first.kind} from {self._named(first.giver)} to {self._named(first.receiver)}",
                kinds=(first.kind,),
                parties=(*first.giver, *first.receiver),
                place=None,
                tellings=[(one.span, one.status, one.asserted_by) for one in told],
            )

    def _annotated(self, kind: type[Kind]) -> Iterator[Kind]:
        for report in self.picture.reports:
            for one in self.picture.annotations.get(report.id, ()):
                if isinstance(one, kind):
                    yield one

    def _told(
        self,
        about: str,
        said: str,
        *,
        kinds: tuple[str, ...],
        parties: Sequence[Party],
        place: str | None,
        tellings: Sequence[tuple[Span, str, str | None]],
        before: tuple[Span, ...] = (),
        topic: str = "",
    ) -> Thing:
        """Return a thing that is told sentence by sentence."""
        voices = tuple(
            Voice(
                side=None if by is None else Side(called(by, self.names)),
                stance=status,
                span=span,
                day=self._day(span),
                is_copy=False,
                outlet=self._outlet(span),
            )
            for span, status, by in tellings
            if span.report in self.reports
        )
        voices = self._without_copies(voices)
        origins, low, high = self._origins(voices)
        return Thing(
            about=about,
            said=said,
            texts=(said, topic, *dict.fromkeys(self.words(voice.span) for voice in voices)),
            kinds=kinds,
            sides=tuple(Side(called(one.name, self.names), one.country) for one in parties),
            places=(Side(place),) if place else (),
            voices=voices,
            before=before,
            origins=origins,
            low=low,
            high=high,
        )

    def _without_copies(self, voices: Sequence[Voice]) -> tuple[Voice, ...]:
        """Return the voices with those marked that a copy has from the text it comes from.

        What a copied text says otherwise than that text, by another party or with another stance, is its own.
        """
        told = {(voice.span.report, _held_by(voice)) for voice in voices}
        return tuple(
            structs.replace(voice, is_copy=True)
            if any((parent, _held_by(voice)) in told for parent in self._originals(voice.span.report))
            else voice
            for voice in voices
        )

    def _originals(self, report: str) -> Iterator[str]:
        met = {report}
        while (parent := self._copied.get(report)) is not None and parent not in met:
            yield parent
            report = parent
            met.add(report)

    def _origins(self, voices: Sequence[Voice]) -> tuple[tuple[str, ...], int, int]:
        """Return who is behind what these sentences tell: the origins of their claims, else of their texts."""
        behind: dict[str, None] = {}
        claims: dict[str, Claim] = {}
        alone: dict[str, None] = {}
        for voice in voices:
            of = [claim for span, claim in self._claims_of(voice.span.report) if overlap(span, voice.span)]
            claims.update((claim.id, claim) for claim in of)
            names = [one.party for claim in of for one in claim.origins if voice.span.report in one.reports]
            behind.update(dict.fromkeys(names))
            if not names:
                alone[self._root(voice.span.report)] = None
        if behind:
            low = min(next(iter(claims.values())).origins_min, len(behind)) if len(claims) == 1 else 1
            return tuple(behind), low, len(behind)
        roots = dict.fromkeys(f"report of {self._publisher(root) or root}" for root in alone)
        return tuple(roots), min(1, len(roots)), len(roots)

    def _root(self, report: str) -> str:
        met = {report}
        while (parent := self._parents.get(report)) is not None and parent not in met:
            report = parent
            met.add(report)
        return report

    def _claims_of(self, report: str) -> Iterable[tuple[Span, Claim]]:
        if self._claims_in is None:
            self._claims_in = defaultdict(list)
            for claim in self.picture.claims:
                for position in claim.positions:
                    self._claims_in[position.span.report].append((position.span, claim))
        return self._claims_in.get(report, ())

    def _key(self, parties: Sequence[Party]) -> tuple[str, ...]:
        return tuple(sorted({called(one.name, self.names).casefold() for one in parties}))

    def _named(self, parties: Sequence[Party]) -> str:
        return " and ".join(dict.fromkeys(called(one.name, self.names) for one in parties)) or "nobody named"

    def _outlet(self, span: Span) -> str | None:
        return self._publisher(span.report)

    def _publisher(self, id: str) -> str | None:
        report = self.reports.get(id)
        return self.picture.outlets.get(id) or (report.outlet if report else None)

    def _said_on(self, when: PartialDate | None, span: Span) -> date:
        """Return the last day on which it can have been said: no later than the report."""
        day = self._day(span)
        return min(day, when.high) if when is not None and when.high is not None else day

    def _day(self, span: Span) -> date:
        report = self.reports.get(span.report)
        return date.min if report is None else known_on(report)


def _held_by(voice: Voice) -> tuple[str | None, str]:
    return None if voice.side is None else voice.side.name, voice.stance


def _topic(row: Encounter) -> str:
    return row.topic or ""
