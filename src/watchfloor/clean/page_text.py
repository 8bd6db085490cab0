"""The text of a page: headline, body and the entries of a live blog, one paragraph a line."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from watchfloor.clean.decoding import whole
from watchfloor.clean.page_body import Body
from watchfloor.clean.page_live import Live
from watchfloor.core.report import Entry

_LOST = 12  # words of a line between entries that is kept though no entry has it


class Line(Struct, frozen=True):
    """One line of the text; entry: the number of the live blog's entry that it stands in; the rest as in page_body."""

    text: str
    heading: bool
    entry: int | None = None
    linked: bool | None = None
    item: bool | None = None


def lines(headline: str | None, body: Body, live: Sequence[Live]) -> tuple[Line, ...]:
    """Return the lines of a page's text; the headline is not said twice, and each entry stands together."""
    own = [Line(whole(line.text), line.heading, None, line.linked, line.item) for line in body.lines]
    if live:
        own = _with_entries(own, live)
    first = [Line(headline, False)] if headline else []
    return (*first, *(line for line in own if line.text and line.text != headline))


def text(kept: Sequence[Line]) -> tuple[str, frozenset[int]]:
    """Return the text and which of its lines are headings."""
    return "\n".join(line.text for line in kept), frozenset(at for at, line in enumerate(kept) if line.heading)


def entries(kept: Sequence[Line], live: Sequence[Live]) -> tuple[Entry, ...]:
    """Return where the entries stand in the text, each with its time."""
    places: dict[int, tuple[int, int]] = {}
    start = 0
    for line in kept:
        end = start + len(line.text)
        if line.entry is not None:
            places[line.entry] = (places.get(line.entry, (start, end))[0], end)
        start = end + 1
    return tuple(
        Entry(start=start, end=end, published=live[number].published) for number, (start, end) in places.items()
    )


def _with_entries(own: list[Line], live: Sequence[Live]) -> list[Line]:
    """Put the entries in the place where the body has the first of their lines; what stands before and after stays."""
    known = {text for entry in live for text in (*entry.paragraphs, entry.heading or "")}
    places = [at for at, line in enumerate(own) if line.text in known]
    first, last = (places[0], places[-1]) if places else (len(own), len(own) - 1)
    between = [line for line in own[first : last + 1] if line.text not in known and len(line.text.split()) >= _LOST]
    unsaid = [line for line in between if not any(line.text in text or text in line.text for text in known if text)]
    return [*own[:first], *unsaid, *_of_entries(live), *own[last + 1 :]]


def _of_entries(live: Sequence[Live]) -> Iterator[Line]:
    for number, entry in enumerate(live):
        if entry.heading:
            yield Line(whole(entry.heading), True, number)
        yield from (Line(whole(text), False, number) for text in entry.paragraphs)
