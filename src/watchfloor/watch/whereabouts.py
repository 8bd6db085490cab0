"""Where things are said to be: the places of a picture, what is put there, and how far it is confirmed."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from watchfloor.core.annotation import Event, Place
from watchfloor.core.claim import Claim, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.span import Span
from watchfloor.core.whereabout import STANDINGS, Extent, Held, Standing, Whereabout
from watchfloor.watch.contact_log import described
from watchfloor.watch.days import said
from watchfloor.watch.naming import called, fullest
from watchfloor.watch.reading import by_id, cited, is_own, overlap, words
from watchfloor.watch.setting import is_located
from watchfloor.watch.stances import STANCE_ACTS, who
from watchfloor.watch.voices import evidence, headed
from watchfloor.watch.wording import LONGEST_QUOTE, quoted

_PLANNED = frozenset({"planned", "hypothetical"})
_HOLDING = frozenset({"asserts", "confirms", "revises"})
_AHEAD = frozenset({"promise", "predict"})

_Rows = dict[str, dict[object, Held]]
"""By place, what is there by what makes two tellings one thing."""


def place_id(place: Place) -> str:
    """Return what tells a place from every other: its number at GeoNames, else its name, country and position."""
    if place.geonames_id is not None:
        return f"geonames-{place.geonames_id}"
    bare = f"{place.name}|{place.country or ''}"
    known = place.latitude is not None and place.longitude is not None
    return f"{bare}@{place.latitude:g},{place.longitude:g}" if known else bare


def whereabouts(picture: Picture, extents: Mapping[str, Extent], side: Callable[[str], str]) -> tuple[Whereabout, ...]:
    """Return the places that reports name, those with the most solid and the most things first.

    extents: by the id of a place, how exactly it is known. side: tells on which side a party stands. A claim is at a
    place when its words put it there ("in Kursk"), not when they only name it ("North Korea has sent ..."). Text that
    is not the report's own puts nothing anywhere.
    """
    ground = _Ground(picture, side)
    held: _Rows = {}
    used: list[Span] = []
    for encounter in picture.encounters:
        _put(held, ground.places_called(encounter.place, encounter.tellings), ground.contact(encounter))
        used.extend(encounter.tellings)
    told = defaultdict[str, list[Span]](list)
    for span in used:
        told[span.report].append(span)
    for claim in picture.claims:
        spans = [*(position.span for position in claim.positions), *(figure.span for figure in claim.figures)]
        if claim.topic == "event" and any(overlap(span, other) for span in spans for other in told[span.report]):
            continue  # the contact tells it
        contents = ground.contents(claim)
        there = [id for id in ground.located(contents) if not _is_met(held.get(id, {}), contents)]
        _put(held, there, ground.claim(claim))
        used.extend(spans)
    for event in ground.events(used):
        _put(held, ground.places_called(event.place, (event.span,)), ground.event(event))
    made = [ground.whereabout(id, tuple(held.get(id, {}).values()), extents.get(id, "unknown")) for id in ground.first]
    return tuple(sorted(made, key=_rank))


def _put(held: _Rows, places: Sequence[str], thing: Held) -> None:
    """Add a thing to its places; one that is there in the same words takes its citations too, two contacts are two."""
    key = thing.about if thing.kind == "contact" else (thing.kind, thing.text, thing.when)
    for id in places:
        row = held.setdefault(id, {})
        old = row.get(key)
        row[key] = thing if old is None else replace(old, citations=cited((*old.citations, *thing.citations)))


def _is_met(row: Mapping[object, Held], contents: Sequence[Span]) -> bool:
    """Return whether a contact at the place is told in the same words: "they will meet in Ulan" is not two things."""
    met = [span for one in row.values() if one.kind == "contact" for span in one.citations]
    return any(overlap(span, other) for span in contents for other in met)


def _rank(place: Whereabout) -> tuple[int, int, int, str, str]:
    return (STANDINGS.index(place.standing), -len(place.held), -place.reports, place.name.casefold(), place.id)


class _Ground:
    """The places of a picture, looked up in several ways."""

    def __init__(self, picture: Picture, side: Callable[[str], str]) -> None:
        self.picture = picture
        self.side = side
        self.reports = by_id(picture)
        self.names = fullest(picture.entities)
        self.first: dict[str, Place] = {}
        self.mentions: dict[str, list[Span]] = {}
        self.by_report: dict[str, list[Place]] = {}
        for report in picture.reports:
            for one in picture.annotations.get(report.id, ()):
                if isinstance(one, Place) and is_own(report, one.span):
                    self.first.setdefault(place_id(one), one)
                    self.mentions.setdefault(place_id(one), []).append(one.span)
                    self.by_report.setdefault(report.id, []).append(one)

    def places_called(self, name: str | None, spans: Sequence[Span]) -> tuple[str, ...]:
        """Return the places that a name stands for in the words told, else anywhere in the same reports."""
        if not name:
            return ()
        near = [one for span in spans for one in self.by_report.get(span.report, ()) if _is_called(one, name)]
        inside = [one for one in near if any(overlap(one.span, span) for span in spans)]
        return tuple(dict.fromkeys(place_id(one) for one in inside or near[:1]))

    def located(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Return the places at which the words put what they tell."""
        found = []
        for span in spans:
            report = self.reports.get(span.report)
            inside = [one for one in self.by_report.get(span.report, ()) if overlap(one.span, span)]
            if report is not None and inside:
                found += [place_id(one) for one in inside if is_located(report.text, one, inside)]
        return tuple(dict.fromkeys(found))

    def contents(self, claim: Claim) -> list[Span]:
        """Return the words that say what is claimed, without those that say who says so, where and when."""
        found = []
        for position in claim.positions:
            report = self.reports.get(position.span.report)
            start = report.text.find(position.quote, position.span.start, position.span.end) if report else -1
            end = start + len(position.quote)
            found.append(replace(position.span, start=start, end=end) if start >= 0 else position.span)
        return found

    def contact(self, one: Encounter) -> Held:
        """Return a contact as a thing at a place; two parties that say so confirm it."""
        told = tuple(dict.fromkeys(called(name, self.names) for name in one.told_by))
        standing: Standing = "planned" if one.status in _PLANNED else "confirmed" if len(told) > 1 else "one party"
        return Held(
            kind="contact",
            text=described(one, self.names),
            standing=standing,
            parties=told,
            against=(),
            when=said(one.date),
            first=one.date.low if one.date else None,
            last=one.date.high if one.date else None,
            citations=cited(one.tellings),
            about=one.id,
        )

    def claim(self, one: Claim) -> Held:
        """Return a claim as a thing at a place; the word of another side confirms it, never that of the same one.

        A party that no report introduces confirms nothing: it may be anybody.
        """
        holding = [p for p in one.positions if p.stance in _HOLDING and p.act not in STANCE_ACTS and p.party]
        bodies = {self._body(p) for p in holding if p.resolved and not p.anonymous}
        ahead = not holding and any(p.act in _AHEAD for p in one.positions)
        standing: Standing = "planned" if ahead else "confirmed" if len(bodies) > 1 else "one party"
        dates = [p.date for p in one.positions if p.date is not None and p.date.low is not None]
        when: PartialDate | None = min(dates, key=lambda d: (d.low or date.max, d.high or date.max)) if dates else None
        denying = [p for p in one.positions if p.stance == "denies"]
        return Held(
            kind="claim",
            text=headed(one),
            standing=standing,
            parties=self._named(holding),
            against=self._named(denying),
            when=f"said {said(when)}" if when else said(when),
            first=when.low if when else None,
            last=when.high if when else None,
            citations=evidence(one),
            about=one.id,
        )

    def _named(self, positions: Sequence[Position]) -> tuple[str, ...]:
        """Return the parties in words, each once, with whom it speaks for where any report says so."""
        found: dict[str, str] = {}
        for position in positions:
            name, words_ = called(position.party or "", self.names), who(position, self.names).rstrip(",")
            found[name] = max(found.get(name, ""), words_, key=len) if position.resolved else found.get(name, words_)
        return tuple(found.values())

    def _body(self, position: Position) -> str:
        party = position.party or ""
        known = self.side(party)
        return known if known.casefold() != party.casefold() else self.side(position.speaks_for or party)

    def events(self, used: Sequence[Span]) -> Iterator[Event]:
        """Yield the events with a place that no claim or contact tells already."""
        taken: dict[str, list[Span]] = {}
        for span in used:
            taken.setdefault(span.report, []).append(span)
        for report in self.picture.reports:
            for one in self.picture.annotations.get(report.id, ()):
                if not isinstance(one, Event) or not one.place or not is_own(report, one.span):
                    continue
                if not any(overlap(one.span, span) for span in taken.get(report.id, ())):
                    taken.setdefault(report.id, []).append(one.span)
                    yield one

    def event(self, one: Event) -> Held:
        """Return an event as a thing at a place."""
        return Held(
            kind="event",
            text=quoted(words(self.reports, one.span), LONGEST_QUOTE),
            standing="planned" if one.status in _PLANNED else "one party",
            parties=tuple(dict.fromkeys(called(name, self.names) for name in one.asserted_by)),
            against=(),
            when=said(one.date),
            first=one.date.low if one.date else None,
            last=one.date.high if one.date else None,
            citations=(one.span,),
        )

    def whereabout(self, id: str, held: tuple[Held, ...], extent: Extent) -> Whereabout:
        """Return one place with what is put there, the most solid first."""
        place = self.first[id]
        row = tuple(sorted(held, key=lambda one: STANDINGS.index(one.standing)))
        mentions = self.mentions[id]
        return Whereabout(
            id=id,
            name=place.name,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            extent=extent,
            standing=row[0].standing if row else "named",
            held=row,
            mentions=tuple(mentions),
            reports=len({span.report for span in mentions}),
        )


def _is_called(place: Place, name: str) -> bool:
    left, right = place.name.casefold(), name.casefold()
    return left == right or left in right.split() or right.startswith(f"{left} ") or left.startswith(f"{right} ")


def narrowed(
    places: Sequence[Whereabout],
    *,
    standings: Collection[str] = (),
    party: str = "",
    until: date | None = None,
) -> tuple[Whereabout, ...]:
    """Return the places with what is held there by these standings, of this party, by this day.

    A place of which nothing is left is left out; those that are only named are there when their standing is asked for
    and nothing else is. until: what may have been, or was said, by this day; what has no day is left out then.
    """
    words = party.casefold().split()
    made = []
    for place in places:
        held = tuple(
            one
            for one in place.held
            if (not standings or one.standing in standings)
            and (until is None or (one.first is not None and one.first <= until))
            and all(any(word in name.casefold() for name in (*one.parties, one.text)) for word in words)
        )
        if held:
            made.append(replace(place, held=held, standing=held[0].standing))
        elif not place.held and "named" in standings and not words and until is None:
            made.append(place)
    return tuple(made)
