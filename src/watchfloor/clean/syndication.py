"""Texts taken over from another outlet: who is credited, and that a credited outlet is no person."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.clean.addresses import agree, squeezed
from watchfloor.core.report import Flag


class Credit(Struct, frozen=True):
    """An outlet named as where the text comes from, and the offsets of the words that say so.

    by_line: a line of its own says "Source: ..."; else an agency stands in brackets, as agencies sign their own texts.
    """

    name: str
    start: int
    end: int
    by_line: bool


def flags(credits: Sequence[Credit], outlet: str | None) -> Iterator[Flag]:
    """Yield a flag for each credit of another outlet; an agency's own text in the agency's own pages is no copy.

    outlet: who published the text; while nobody is known, only a line that says so counts.
    """
    for credit in credits:
        if same(credit.name, outlet) or not (credit.by_line or outlet):
            continue
        words = "a line names" if credit.by_line else "the date line or signature names"
        yield Flag(
            name="syndicated",
            certainty="disclosed",
            detail=f"{words} {credit.name!r} as where it comes from",
            start=credit.start,
            end=credit.end,
        )


def signed(agencies: Sequence[str], outlet: str | None) -> Iterator[Flag]:
    """Yield a flag for each agency that signs in the place of a writer; its own text in its own pages is no copy."""
    for name in agencies:
        if outlet and not same(name, outlet):
            detail = f"the page's data name {name!r} in the place of a writer"
            yield Flag(name="syndicated", certainty="disclosed", detail=detail)


def people(names: Sequence[str], credited: Sequence[str], outlet: str | None) -> tuple[str, ...]:
    """Return the names that are not those of the outlet or of a credited one: an agency is no author."""
    return tuple(name for name in names if not any(same(name, one) for one in (*credited, outlet)))


def same(name: str, outlet: str | None) -> bool:
    """Return whether a name is that of the outlet, which may be given as a domain."""
    if outlet is None:
        return False
    return squeezed(name) == squeezed(outlet) or ("." in outlet and " " not in outlet and agree(name, outlet))
