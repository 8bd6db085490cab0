"""The annotators that run, in their order: built-in parts and a stranger's are the same line of packaging data."""

from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from msgspec import Struct

from watchfloor.annotate import engine
from watchfloor.annotate.place_file import PlaceFile
from watchfloor.core.annotation import Annotation
from watchfloor.core.errors import ConfigError
from watchfloor.core.report import Report
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.gazetteers import opened

GROUP = "watchfloor.annotate"

ORDER = ("mentions", "times", "places", "quantities", "attributions", "contacts", "events", "transfers", "commitments")
"""The built-in annotators; each sees what the ones before it found."""


class Annotate(Protocol):
    """Yields what one part has to say about a report; `found` is what the parts before it said."""

    def __call__(self, report: Report, found: Sequence[Annotation]) -> Iterator[Annotation]:
        """Yield annotations in text order."""
        ...


class Part(Struct, frozen=True, kw_only=True):
    """One annotator ready to run, and the name under which it is recorded in the recipe."""

    name: str
    annotate: Annotate


def configured(settings: Configuration) -> tuple[Part, ...]:
    """Return the annotators that the settings ask for, with their gazetteer, and let them have their threads."""
    engine.use_threads(settings.threads)
    return parts(settings.parts, opened(settings.gazetteer))


def parts(names: Sequence[str] = (), gazetteer: PlaceFile | None = None) -> tuple[Part, ...]:
    """Return the named annotators, or the built-in ones followed by any others installed, by name.

    gazetteer: a full one of the user's for the built-in places; it is recorded in the recipe.
    """
    installed = {point.name: point for point in entry_points(group=GROUP)}
    wanted = tuple(names) or (*ORDER, *sorted(set(installed) - set(ORDER)))
    loaded = [_loaded(name, installed) for name in wanted]
    return tuple(_with(part, gazetteer) if gazetteer else part for part in loaded)


def recipe(chosen: Sequence[Part], version: str) -> str:
    """Return what tells one way of annotating from another: the release, the model, the parts in their order."""
    return f"watchfloor {version}, model {engine.version()}: " + " ".join(part.name for part in chosen)


def _with(part: Part, gazetteer: PlaceFile) -> Part:
    from watchfloor.annotate import places

    if part.annotate is not places.annotate:
        return part
    return Part(name=f"{part.name}({gazetteer.mark})", annotate=partial(places.annotate, full=gazetteer))


def _loaded(name: str, installed: dict[str, EntryPoint]) -> Part:
    point = installed.get(name)
    if point is None:
        known = ", ".join(sorted(installed)) or "none"
        raise ConfigError(f"no annotator is called {name!r}; installed are: {known}")
    try:
        return Part(name=name, annotate=point.load())
    except (ImportError, AttributeError) as error:
        raise ConfigError(f"the annotator {name!r} ({point.value}) cannot be loaded: {error}") from error
