"""Promised and demanded: what each party says it will do, and what it wants of others."""

from collections.abc import Iterator, Mapping

from watchfloor.core.annotation import Attribution
from watchfloor.core.brief import Line
from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.watch.days import bracketed
from watchfloor.watch.naming import called
from watchfloor.watch.reading import is_own
from watchfloor.watch.wording import listed, number, quoted, sentence

MOST_QUOTES = 3  # quotations of one party in one sentence; assumed
MOST_PARTIES = 10  # parties; assumed
_QUOTE = 140  # characters of one quotation; assumed


def lines(picture: Picture, names: Mapping[str, str]) -> tuple[Line, ...]:
    """Return one line for each party and act, the party with the most to say first."""
    found: dict[tuple[str, str], dict[str, tuple[Attribution, Span]]] = {}
    for report, one in _pledges(picture):
        if one.speaker is None:
            continue
        content = " ".join(" ".join(report.text[span.start : span.end].split()) for span in one.content)
        if content:
            said_by = found.setdefault((called(one.speaker, names), one.act), {})
            said_by.setdefault(content, (one, one.span))
    order = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(_line(party, act, told) for (party, act), told in order[:MOST_PARTIES])


def _pledges(picture: Picture) -> Iterator[tuple[Report, Attribution]]:
    for report in picture.reports:
        for one in picture.annotations.get(report.id, ()):
            if isinstance(one, Attribution) and _counts(one) and is_own(report, one.span):
                yield report, one


def _counts(one: Attribution) -> bool:
    return one.act in ("promise", "demand") and one.introduced and not one.machine_generated


def _line(party: str, act: str, told: Mapping[str, tuple[Attribution, Span]]) -> Line:
    kept = list(told.items())[:MOST_QUOTES]
    words = [f"{quoted(content, _QUOTE)}{bracketed(one.date)}" for content, (one, _) in kept]
    more = f"; and {number(len(told) - len(kept))} more" if len(told) > len(kept) else ""
    text = f"{party} {'promises' if act == 'promise' else 'demands'}: {listed(words, mark=';')}{more}"
    return Line(text=sentence(text), citations=tuple(span for _, span in dict(told).values())[:8])
