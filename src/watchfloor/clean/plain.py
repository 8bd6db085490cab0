"""A report from plain text or Markdown, whose offsets stay those of the decoded file."""

from collections.abc import Sequence
from datetime import date

from watchfloor.clean import bylines, captions, flags, front_matter, headings, outlets, published, residue
from watchfloor.clean.draft import Draft
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit, units
from watchfloor.core.errors import SetAside
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Flag

PART = "clean.residue@1"

_BODY_AFTER_ALL = frozenset({"headline", "dek", "subhead"})


def draft(text: str, collected: date, judges: Sequence[residue.Judge] = residue.TEXT, part: str = PART) -> Draft:
    """Return what plain text says of itself; raises SetAside "no-body" when nothing in it is a report."""
    found = units(text)
    labels, block = residue.judged(found, judges)
    _needs_body(found, labels)
    said = front_matter.fields(found)
    headline = said.get("title") or _headline(text, found, labels)
    written = tuple(
        byline
        for unit, label in zip(found, labels, strict=True)
        if label and label.kind == "byline" and (byline := bylines.parse(unit))
    )
    owner = outlets.publisher(found, labels, written, block.outlet if block else None)
    credited = outlets.credited(found, labels)
    agency = published.agency_of(found, labels)
    return Draft(
        text=text,
        passages=residue.passages(found, labels),
        headline=headline,
        authors=_authors(said) or bylines.authors(written),
        published=_dated(said, collected) or published.published(found, labels, collected),
        outlet=said.get("outlet") or (owner.name if owner else None),
        outlet_how="front matter" if said.get("outlet") else owner.how if owner else None,
        credited_outlets=tuple(dict.fromkeys([name for name, _, _ in credited] + ([agency] if agency else []))),
        canonical=said.get("url"),
        flags=(*flags.flags(text, found, labels, headline, block), *_syndicated(credited)),
        generated_by=part,
    )


def _needs_body(found: tuple[Unit, ...], labels: Labels) -> None:
    """A text of a headline alone, or of one paragraph twice: then that is the body. Changes the labels in place."""
    if any(label is None or label.prefix is not None for label in labels):
        return
    flash = [
        i
        for i, label in enumerate(labels)
        if label and (label.kind in _BODY_AFTER_ALL or label.reason == captions.TWICE)
    ]
    if not flash:
        kinds = sorted({label.reason or label.kind for label in labels if label})
        raise SetAside("no-body", f"found {len(found)} lines and no report in them, only: {', '.join(kinds)[:300]}")
    for index in flash:
        labels[index] = None


def _headline(text: str, found: tuple[Unit, ...], labels: list[Label | None]) -> str | None:
    for unit, label in zip(found, labels, strict=True):
        if label and label.kind == "headline":
            return headings.title_of(" ".join(text[unit.start : unit.end].split()))
    return None


def _authors(said: dict[str, str]) -> tuple[str, ...]:
    named = said.get("authors") or said.get("author") or ""
    return tuple(dict.fromkeys(part.strip(" \"'") for part in named.strip("[]").split(",") if part.strip(" \"'")))


def _dated(said: dict[str, str], collected: date) -> PartialDate | None:
    told = said.get("published") or said.get("date")
    return published.read(told, "front matter", collected) if told else None


def _syndicated(credited: tuple[tuple[str, int, int], ...]) -> tuple[Flag, ...]:
    return tuple(
        Flag(
            name="syndicated",
            certainty="disclosed",
            detail=f"a line names {name!r} as where it comes from",
            start=start,
            end=end,
        )
        for name, start, end in credited
    )
