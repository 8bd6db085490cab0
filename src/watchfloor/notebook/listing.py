"""A picture as rows: for each table the function that lists them, with the marking of what each row rests on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from watchfloor.core.annotation import Attribution, Event, Place
from watchfloor.core.claim import Claim
from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.notebook import rows
from watchfloor.notebook.row import Row
from watchfloor.share.evidence import Marks, marks
from watchfloor.share.release import effective
from watchfloor.watch.contact_log import contact_log
from watchfloor.watch.ranking import ranked
from watchfloor.watch.series import series

Lister = Callable[[Picture], Iterator[Row]]

One = TypeVar("One", Attribution, Event, Place)


def reports(picture: Picture) -> Iterator[rows.ReportRow]:
    """Yield the reports, earliest first."""
    copied = {copy.child: copy for copy in picture.copies}
    story = {id: one.id for one in picture.stories for id in one.reports}
    for one in picture.reports:
        outlet = picture.outlets.get(one.id) or one.outlet
        grades = picture.grades.get(outlet or "", ())
        copy = copied.get(one.id)
        yield rows.ReportRow(
            id=one.id,
            outlet=outlet,
            headline=one.headline,
            authors=one.authors,
            language=one.language,
            url=one.url,
            flags=tuple(dict.fromkeys(flag.name for flag in one.flags)),
            reliability=grades[-1].reliability if grades else None,
            story=story.get(one.id),
            copy_of=copy.parent if copy else None,
            copy_kind=copy.kind if copy else None,
            characters=len(one.text),
            collected=one.collected,
            marking=one.marking,
            **dated(one.published),
        )


def statements(picture: Picture) -> Iterator[rows.StatementRow]:
    """Yield what somebody said, report by report in text order."""
    for report, one in _said(picture, Attribution):
        yield rows.StatementRow(
            speaker=one.speaker,
            speaker_type=one.speaker_type,
            speaks_for=one.speaks_for,
            act=one.act,
            kind=one.kind,
            polarity=one.polarity,
            modality=one.modality,
            tense=one.tense,
            cue=" … ".join(_words(report, span) for span in one.cue) or None,
            via=one.reported_via,
            machine_generated=one.machine_generated,
            outlet=picture.outlets.get(report.id) or report.outlet,
            words=" … ".join(_words(report, span) for span in one.content),
            marking=report.marking,
            **_place(one.span),
            **dated(one.date),
        )


def claims(picture: Picture) -> Iterator[rows.ClaimRow]:
    """Yield the claims, the weightiest first."""
    known = marks(picture)
    for one in ranked(picture.claims):
        held = picture.assessments.get(one.id)
        days = [position.date for position in one.positions if position.date]
        yield rows.ClaimRow(
            id=one.id,
            proposition=one.proposition,
            topic=one.topic,
            reports=one.reports,
            outlets=one.outlets,
            origins_min=one.origins_min,
            origins_max=one.origins_max,
            circular=one.circular,
            parties=_once(position.party for position in one.positions),
            stances=_once(position.stance for position in one.positions),
            first=min((day.low for day in days if day.low), default=None),
            last=max((day.high for day in days if day.high), default=None),
            part_of=one.part_of,
            rivals=one.rivals,
            revises=one.revises,
            credibility=held.credibility if held else None,
            likelihood=held.likelihood if held else None,
            confidence=held.confidence if held else None,
            assessed_by=held.by if held else None,
            report_ids=_once(position.span.report for position in one.positions),
            marking=known[one.id],
        )


def positions(picture: Picture) -> Iterator[rows.PositionRow]:
    """Yield the positions, claim by claim, the weightiest claim first."""
    known = marks(picture)
    for claim in ranked(picture.claims):
        for one in claim.positions:
            yield rows.PositionRow(
                claim=claim.id,
                party=one.party,
                speaks_for=one.speaks_for,
                via=one.via,
                country=one.country,
                stance=one.stance,
                act=one.act,
                resolved=one.resolved,
                anonymous=one.anonymous,
                outlet=one.outlet,
                because=one.because,
                words=one.quote,
                marking=_over([one.span], known, claim),
                **_place(one.span),
                **dated(one.date),
            )


def figures(picture: Picture) -> Iterator[rows.FigureRow]:
    """Yield the figures: indicators with most values first, party by party, by day."""
    known = marks(picture)
    by_id = {claim.id: claim for claim in picture.claims}
    for line in series(picture):
        for one in line.points:
            yield rows.FigureRow(
                indicator=line.indicator,
                unit=line.unit,
                country=line.country,
                party=line.party,
                low=one.low,
                high=one.high,
                figure=one.figure,
                hedge=one.hedge,
                phase=one.phase,
                checked=one.checked,
                claim=one.claim,
                outlet=one.outlet,
                words=one.verbatim,
                marking=_over([one.span], known, by_id[one.claim]),
                **_place(one.span),
                **dated(one.as_of),
            )


def contacts(picture: Picture) -> Iterator[rows.ContactRow]:
    """Yield the contact log, by day."""
    known = marks(picture)
    for one in contact_log(picture):
        yield rows.ContactRow(
            id=one.id,
            contact_type=one.contact_type,
            parties=tuple(party.name for party in one.parties),
            countries=tuple(party.country or "" for party in one.parties),
            roles=tuple(party.role or "" for party in one.parties),
            status=one.status,
            place=one.place,
            topic=one.topic,
            told_by=one.told_by,
            carried_out_by=one.carried_out_by,
            planned_as=one.planned_as,
            reports=len({span.report for span in one.tellings}),
            report_ids=tuple(span.report for span in one.tellings),
            starts=tuple(span.start for span in one.tellings),
            ends=tuple(span.end for span in one.tellings),
            marking=known[one.id],
            **dated(one.date),
        )


def events(picture: Picture) -> Iterator[rows.EventRow]:
    """Yield the events, report by report in text order."""
    for report, one in _said(picture, Event):
        yield rows.EventRow(
            event_type=one.event_type,
            mode=one.mode,
            actors=tuple(party.name for party in one.actor),
            recipients=tuple(party.name for party in one.recipient),
            status=one.status,
            place=one.place,
            quantity=one.quantity,
            contexts=one.contexts,
            cameo=one.cameo,
            asserted_by=one.asserted_by,
            because=one.because,
            words=_words(report, one.span),
            marking=report.marking,
            **_place(one.span),
            **dated(one.date),
        )


def places(picture: Picture) -> Iterator[rows.PlaceRow]:
    """Yield the places named, report by report in text order."""
    for report, one in _said(picture, Place):
        yield rows.PlaceRow(
            name=one.name,
            country=one.country,
            latitude=one.latitude,
            longitude=one.longitude,
            geonames_id=one.geonames_id,
            words=_words(report, one.span),
            marking=report.marking,
            **_place(one.span),
            **dated(report.published),
        )


def entities(picture: Picture) -> Iterator[rows.EntityRow]:
    """Yield the persons, bodies and places, the most mentioned first."""
    known = marks(picture)
    for one in sorted(picture.entities, key=lambda one: (-len(one.mentions), one.name)):
        yield rows.EntityRow(
            id=one.id,
            schema=one.schema,
            name=one.name,
            names=one.names,
            titles=one.titles,
            country=one.country,
            mentions=len(one.mentions),
            reports=len({span.report for span in one.mentions}),
            score=one.score,
            named=one.named,
            reasons=one.reasons,
            marking=_over(one.mentions, known),
        )


def stories(picture: Picture) -> Iterator[rows.StoryRow]:
    """Yield the stories, those with most reports first."""
    known = marks(picture)
    by_id = {report.id: report for report in picture.reports}
    for one in sorted(picture.stories, key=lambda one: (-len(one.reports), one.id)):
        told = [by_id[id] for id in one.reports]
        days = [report.published for report in told if report.published]
        named = Counter(picture.outlets.get(report.id) or report.outlet or report.id for report in told)
        yield rows.StoryRow(
            id=one.id,
            title=one.title,
            reports=len(told),
            outlets=len(named),
            languages=_once(report.language for report in told),
            first=min((day.low for day in days if day.low), default=None),
            last=max((day.high for day in days if day.high), default=None),
            report_ids=one.reports,
            marking=effective(known[id] for id in one.reports),
        )


def origins(picture: Picture) -> Iterator[rows.OriginRow]:
    """Yield where the claims come from, claim by claim, the weightiest claim first."""
    known = marks(picture)
    for claim in ranked(picture.claims):
        for one in claim.origins:
            yield rows.OriginRow(
                claim=claim.id,
                party=one.party,
                reports=len(one.reports),
                report_ids=one.reports,
                may_be=one.may_be,
                reasons=one.reasons,
                marking=known[claim.id],
            )


def _said(picture: Picture, kind: type[One]) -> Iterator[tuple[Report, One]]:
    for report in picture.reports:
        for one in picture.annotations.get(report.id, ()):
            if isinstance(one, kind):
                yield report, one


def _words(report: Report, span: Span) -> str:
    return report.text[span.start : span.end]


def _place(span: Span) -> Mapping[str, Any]:
    return {"report": span.report, "start": span.start, "end": span.end}


def dated(when: PartialDate | None) -> Mapping[str, Any]:
    """Return the columns of a date as far as it is known."""
    if when is None:
        return {}
    return {
        "date": when.low,
        "date_until": when.high,
        "date_precision": when.precision,
        "date_said": when.value,
    }


def _once(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name is not None))


def _over(spans: Iterable[Span], known: Marks, claim: Claim | None = None) -> Marking | None:
    own = [] if claim is None else [known.get(claim.id)]
    return effective([*(known.get(report) for report in dict.fromkeys(span.report for span in spans)), *own])
