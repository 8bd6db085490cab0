"""A report from plain text or Markdown, whose offsets stay those of the decoded file."""

from collections.abc import Sequence
from datetime import date

from watchfloor.clean import (
    addresses,
    bylines,
    captions,
    flags,
    front_matter,
    headings,
    outlets,
    published,
    residue,
    walls,
    whole_page,
)
from watchfloor.clean.draft import Draft
from watchfloor.clean.labels import Label, Labels
from watchfloor.clean.units import Unit, units
from watchfloor.core.errors import SetAside
from watchfloor.core.partial_date import PartialDate

PART = "clean.residue@3"

_BODY_AFTER_ALL = frozenset({"headline", "dek", "subhead"})


def draft(text: str, collected: date, judges: Sequence[residue.Judge] = residue.TEXT, part: str = PART) -> Draft:
    """Return what plain text says of itself; raises SetAside "no-body" or "not-a-report" when it is no report."""
    found = units(text)
    is_page = judges is residue.TEXT and whole_page.is_whole(found)
    labels, block = residue.judged(found, residue.WHOLE if is_page else judges)
    why = walls.stub(found, labels)
    if why:
        walls.close(labels, why)
    else:
        _needs_body(found, labels)
    said = front_matter.fields(found)
    headline = said.get("title") or _headline(text, found, labels)
    written = tuple(
        byline
        for unit, label in zip(found, labels, strict=True)
        if label and label.kind == "byline" and (byline := bylines.parse(unit))
    )
    address = said.get("url") or addresses.own_address(found, labels)
    owner = outlets.publisher(found, labels, written, block.outlet if block else None, address)
    return Draft(
        text=text,
        passages=residue.passages(found, labels),
        headline=headline,
        authors=_authors(said) or bylines.authors(written),
        published=_dated(said, collected) or published.published(found, labels, collected),
        outlet=said.get("outlet") or (owner.name if owner else None),
        outlet_how="front matter" if said.get("outlet") else owner.how if owner else None,
        credits=(*outlets.credits(found, labels), *outlets.agency(found, labels)),
        canonical=address,
        flags=flags.flags(text, found, labels, headline, block, why),
        generated_by="+".join(
            (part, *(["whole-page"] if is_page else []), *([] if residue.whole(found) else ["ends"]))
        ),
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
