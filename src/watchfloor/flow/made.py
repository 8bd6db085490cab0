"""What is made of one capture, or once more of one report, on its way to the store: clean, annotate, fingerprint.

Nothing here writes. What the store knows is asked for by two questions, so that it may be done in another process.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct, structs

from watchfloor.clean.host_memory import Recall
from watchfloor.clean.reports import Quality, clean
from watchfloor.core.annotation import Annotation
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside, WatchfloorError
from watchfloor.core.report import Report
from watchfloor.flow.copying import fingerprinted
from watchfloor.flow.deadline import deadline
from watchfloor.flow.memory import printed
from watchfloor.flow.parts import Part
from watchfloor.flow.readings import Known, fresh, recall
from watchfloor.resolve import within
from watchfloor.store.fingerprints import Fingerprint
from watchfloor.store.host_lines import HostLines
from watchfloor.store.readings import Readings

ENGLISH = "en"


class Order(Struct, frozen=True, kw_only=True, tag=True):
    """What is to be made anew of bytes. expected: the language of the feed. seconds: after which it is too slow."""

    capture: Capture
    quality: Quality
    expected: str | None
    seconds: float


class Again(Struct, frozen=True, kw_only=True, tag=True):
    """A report that is to be annotated once more."""

    report: Report
    seconds: float


class Made(Struct, frozen=True, kw_only=True, tag=True):
    """All that is kept of one report. read: what was read in its paragraphs for the first time."""

    report: Report
    found: tuple[Annotation, ...]
    read: Readings
    printed: HostLines | None
    fingerprint: Fingerprint


class Failed(Struct, frozen=True, kw_only=True, tag=True):
    """Why nothing was made, and in which room; as in the error SetAside."""

    room: str
    reason: str
    detail: str


class Asked(Struct, frozen=True, kw_only=True):
    """Whom to ask what the store knows.

    host: of lines of a host. readings: of paragraphs, by version and keys. cleaned: told the lines of the page as soon
    as they are known, None when it has none.
    """

    host: Recall
    readings: Known
    cleaned: Callable[[HostLines | None], None] = lambda _: None


def make(order: Order, parts: Sequence[Part], asked: Asked) -> Made | Failed:
    """Return the report that the capture holds with all that is said of it, or why there is none.

    Raises what stops the whole run: any WatchfloorError but SetAside.
    """
    room = "clean"
    lines: HostLines | None = None
    try:
        with deadline(order.seconds):
            report = clean(order.capture, quality=order.quality, recall=asked.host, expected=order.expected)
            refuse_other_pages(report)
            lines = printed(order.capture, report)
            asked.cleaned(lines)
            room = "annotate"
            return _annotated(report, parts, asked, lines)
    except SetAside as error:
        return Failed(room=room, reason=error.reason, detail=error.detail)
    except WatchfloorError:
        raise
    except Exception as error:  # noqa: BLE001 - the one place that records what nobody foresaw, and goes on
        told = f"{type(error).__name__}: {error}; please report it with this file"
        return Failed(room=room, reason="internal-error", detail=told)


def make_again(again: Again, parts: Sequence[Part], asked: Asked) -> Made | Failed:
    """Return the report with what is said of it now, or why not; raises as `make` does."""
    try:
        with deadline(again.seconds):
            return _annotated(again.report, parts, asked, None)
    except SetAside as error:
        return Failed(room="annotate", reason=error.reason, detail=error.detail)
    except WatchfloorError:
        raise
    except Exception as error:  # noqa: BLE001 - one report that a new part cannot read must not stop the batch
        return Failed(room="annotate", reason="internal-error", detail=f"{type(error).__name__}: {error}")


def annotated(report: Report, parts: Sequence[Part]) -> tuple[Annotation, ...]:
    """Return all that the parts say about a report, names resolved within it, in text order.

    A page that is no report (a listing, a stub before a paywall) says nothing, and nothing is read in paragraphs of
    another language than the report's.
    """
    if any(flag.name == "not-a-report" for flag in report.flags):
        return ()
    read = readable(report)
    found: list[Annotation] = []
    for part in parts:
        found += part.annotate(read, tuple(found))
    return within.resolve(read, found)


def readable(report: Report) -> Report:
    """Return what the annotators are shown of a report: without its paragraphs in another language, English excepted.

    They read English. In a paragraph that is surely in another language names would come with its common nouns, dates
    and figures by halves ("000 soldats"), and no statement at all; so nothing is said of it.
    """
    kept = tuple(part for part in report.passages if part.language in (None, ENGLISH))
    return report if len(kept) == len(report.passages) else structs.replace(report, passages=kept)


def _annotated(report: Report, parts: Sequence[Part], asked: Asked, lines: HostLines | None) -> Made:
    missing = recall(asked.readings, readable(report))
    found = annotated(report, parts)
    return Made(
        report=report,
        found=found,
        read=fresh(missing),
        printed=lines,
        fingerprint=fingerprinted([report])[0],
    )


def refuse_other_pages(report: Report) -> None:
    """Raise SetAside for a page that is no report; its bytes stay kept, so that a better reading can replay it."""
    for flag in report.flags:
        if flag.name == "not-a-report":
            raise SetAside("not-a-report", f"{flag.detail} ({flag.certainty})")
