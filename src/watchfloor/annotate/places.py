"""Where: places named in the text, and which place of that name is meant."""

from collections import Counter
from collections.abc import Iterator, Sequence

from watchfloor.annotate import gazetteer, place_spans
from watchfloor.annotate.place_choice import apart
from watchfloor.annotate.place_file import Entry, PlaceFile
from watchfloor.annotate.place_spans import KINDS
from watchfloor.annotate.place_words import Look, Spans, choose, short_state
from watchfloor.core.annotation import Annotation, Mention, Place
from watchfloor.core.report import Report
from watchfloor.core.span import Span

_NEAR = 80.0  # km from a place surely named, within which a name that few know is held for a place (assumed)
_DEGREES = 1.0  # of latitude: more than _NEAR
_LONGEST_HOME = 3  # words
_SHORTEST_HOME = 3  # letters: the "Al" of "Al Jazeera" is no town

VERSION = "annotate.places@2"


def annotate(report: Report, found: Sequence[Annotation] = (), full: PlaceFile | None = None) -> Iterator[Place]:
    """Yield every place the gazetteer knows, in text order, with its likeliest reading.

    found: the mentions. Names inside a person's or a body's name are no places; a mentioned place that the gazetteer
    does not know is yielded without coordinates. full: a larger gazetteer of the user's.
    """

    def look(words: str) -> tuple[Entry, ...]:
        return readings(words, full)

    def known(words: str) -> tuple[Entry, ...]:
        return gazetteer.readings(words, full)

    mentions = [one for one in found if isinstance(one, Mention)]
    certain, possible = place_spans.spans(report, mentions, known)
    countries = _countries(report, certain)
    home = _home(report.outlet, look)
    chosen = choose(report.text, certain, look, countries, home)
    more = _near(report.text, possible, chosen, look)
    if more:
        certain = sorted({*certain, *more})
        chosen = choose(report.text, certain, look, countries, home)
    for span, entry in zip(certain, chosen, strict=True):
        yield _place(report, span, entry)


def _home(outlet: str | None, look: Look) -> tuple[Entry, ...]:
    """Return the places that an outlet's name begins with: "The Houston Chronicle", "Kyiv Post"."""
    words = (outlet or "").removeprefix("The ").split()
    for size in range(min(len(words) - 1, _LONGEST_HOME), 0, -1):
        name = " ".join(words[:size])
        if len(name) > _SHORTEST_HOME and name[0].isupper() and (found := look(name)):
            return found
    return ()


def _near(text: str, possible: Spans, chosen: Sequence[Entry | None], look: Look) -> list[tuple[int, int]]:
    """Return the spans of which a reading lies near a place that the report surely names."""
    around = [entry for entry in chosen if entry is not None and entry.kind in {"city", "county"}]
    known: dict[str, bool] = {}
    for name in {text[start:end] for start, end in possible}:
        known[name] = any(
            one.kind != "county" and abs(one.latitude - other.latitude) < _DEGREES and apart(one, other) < _NEAR
            for one in look(name)
            for other in around
        )
    return [span for span in possible if known[text[slice(*span)]]]


def readings(words: str, full: PlaceFile | None = None) -> tuple[Entry, ...]:
    """Return all places that the words can mean; "Tex." is the state."""
    short = short_state(words)
    if short is not None:
        return tuple(one for one in gazetteer.readings(short[1]) if (one.country, one.kind) == (short[0], "region"))
    found = gazetteer.readings(words, full)
    shouted = not found and words.isupper() and len(words) > _SHORTEST_HOME
    return gazetteer.readings(words.title(), full) if shouted else found


def _place(report: Report, span: tuple[int, int], entry: Entry | None) -> Place:
    return Place(
        span=Span(report=report.id, start=span[0], end=span[1]),
        name=entry.name if entry else " ".join(report.text[span[0] : span[1]].split()),
        country=entry.country if entry else None,
        latitude=entry.latitude if entry else None,
        longitude=entry.longitude if entry else None,
        geonames_id=entry.geonames_id if entry else None,
        generated_by=VERSION,
    )


def _countries(report: Report, spans: Sequence[tuple[int, int]]) -> Counter[str]:
    """Count the countries that words other than the places name: "Polish", "the Kremlin"."""
    covered = {at for start, end in spans for at in range(start, end)}
    return Counter(
        code
        for passage in report.parts(*KINDS)
        for start, _, code in gazetteer.countries_in(report.text[passage.start : passage.end])
        if passage.start + start not in covered
    )
