"""A brief as JSON for machines: format "watchfloor-brief", version 1, described in docs/share.md."""

import msgspec

from watchfloor.core.brief import Brief, Line, Moment
from watchfloor.core.claim import Claim, Figure, Position
from watchfloor.core.encounter import Encounter
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.share.citations import Citation, Cited, limited, numbered, numbers
from watchfloor.share.document import Export
from watchfloor.share.evidence import of_line
from watchfloor.share.gate import Released, release
from watchfloor.share.release import banner

FORMAT = "watchfloor-brief"
VERSION = 1


def export(picture: Picture, brief: Brief, *, reader: Reader | None = None) -> Export:
    """Return the brief as JSON, as far as the reader may have it; without a reader, the one whose picture it is."""
    released = release(picture, brief, reader or picture.reader)
    data = msgspec.json.format(msgspec.json.encode(_document(released)), indent=2)
    return Export(text=data.decode("utf-8") + "\n", marking=released.marking, withheld=released.withheld)


def _document(released: Released) -> dict[str, object]:
    cited = numbered(released)
    brief = released.brief
    return {
        "format": FORMAT,
        "version": VERSION,
        "banner": banner(released.marking),
        "marking": _marking(released.marking),
        "title": brief.title,
        "as_of": brief.as_of,
        "first": brief.first,
        "last": brief.last,
        "counts": dict(sorted(brief.counts.items())),
        "withheld": released.withheld,
        "sections": [
            {
                "heading": section.heading,
                "empty": section.empty,
                "lines": [_line(line, released, cited) for line in section.lines],
            }
            for section in brief.sections
        ],
        "timeline": [_moment(moment, released, cited) for moment in brief.timeline],
        "claims": [_claim(claim, released, cited) for claim in released.claims],
        "contacts": [_contact(encounter, released, cited) for encounter in released.encounters],
        "reports": [_report(report) for report in released.reports],
        "citations": [_citation(citation) for citation in cited.values()],
    }


def _marking(marking: Marking | None) -> dict[str, object] | None:
    if marking is None:
        return None
    return {
        "level": f"TLP:{marking.level}",
        "releasable_to": sorted(marking.releasable_to),
        "caveats": list(marking.caveats),
        "originators": sorted(marking.originators),
        "expires": marking.expires,
    }


def _date(when: PartialDate | None) -> dict[str, object] | None:
    if when is None:
        return None
    return {"value": when.value, "low": when.low, "high": when.high, "precision": when.precision, "how": when.how}


def _line(line: Line, released: Released, cited: Cited) -> dict[str, object]:
    return {
        "text": line.text,
        "weight": line.weight,
        "about": line.about,
        "citations": numbers(line.citations, cited),
        "marking": _marking(of_line(line, released.marks)),
    }


def _moment(moment: Moment, released: Released, cited: Cited) -> dict[str, object]:
    return {
        "day": moment.day,
        "label": moment.label,
        "kind": moment.kind,
        "text": moment.text,
        "parties": list(moment.parties),
        "about": moment.about,
        "citations": numbers(moment.citations, cited),
        "marking": _marking(of_line(moment, released.marks)),
    }


def _claim(claim: Claim, released: Released, cited: Cited) -> dict[str, object]:
    return {
        "id": claim.id,
        "proposition": limited(claim.proposition),
        "topic": claim.topic,
        "reports": claim.reports,
        "outlets": claim.outlets,
        "origins_min": claim.origins_min,
        "origins_max": claim.origins_max,
        "circular": claim.circular,
        "part_of": claim.part_of,
        "rivals": list(claim.rivals),
        "revises": claim.revises,
        "origins": [
            {"party": o.party, "reports": list(o.reports), "may_be": list(o.may_be), "reasons": list(o.reasons)}
            for o in claim.origins
        ],
        "positions": [_position(position, cited) for position in claim.positions],
        "figures": [_figure(figure, cited) for figure in claim.figures],
        "marking": _marking(released.marks.get(claim.id)),
    }


def _position(position: Position, cited: Cited) -> dict[str, object]:
    return {
        "party": position.party,
        "speaks_for": position.speaks_for,
        "via": position.via,
        "resolved": position.resolved,
        "stance": position.stance,
        "outlet": position.outlet,
        "date": _date(position.date),
        "citations": numbers([position.span], cited),
    }


def _figure(figure: Figure, cited: Cited) -> dict[str, object]:
    return {
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "hedge": figure.hedge,
        "verbatim": limited(figure.verbatim),
        "as_of": _date(figure.as_of),
        "citations": numbers([figure.span], cited),
    }


def _contact(encounter: Encounter, released: Released, cited: Cited) -> dict[str, object]:
    return {
        "id": encounter.id,
        "type": encounter.contact_type,
        "status": encounter.status,
        "date": _date(encounter.date),
        "place": encounter.place,
        "parties": [{"name": p.name, "country": p.country, "role": p.role} for p in encounter.parties],
        "topic": encounter.topic,
        "carried_out_by": encounter.carried_out_by,
        "planned_as": list(encounter.planned_as),
        "told_by": list(encounter.told_by),
        "citations": numbers(encounter.tellings, cited),
        "marking": _marking(released.marks.get(encounter.id)),
    }


def _report(report: Report) -> dict[str, object]:
    return {
        "id": report.id,
        "outlet": report.outlet,
        "outlet_how": report.outlet_how,
        "credited_outlets": list(report.credited_outlets),
        "headline": limited(report.headline) if report.headline else None,
        "authors": list(report.authors),
        "url": report.url,
        "published": _date(report.published),
        "language": report.language,
        "flags": [{"name": f.name, "certainty": f.certainty, "detail": limited(f.detail)} for f in report.flags],
        "marking": _marking(report.marking),
    }


def _citation(citation: Citation) -> dict[str, object]:
    return {
        "number": citation.number,
        "report": citation.report,
        "outlet": citation.outlet,
        "headline": citation.headline,
        "published": citation.published,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "marking": _marking(citation.marking),
    }
