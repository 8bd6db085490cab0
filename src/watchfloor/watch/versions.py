"""What was seen in a version of a page that another one has taken the place of: where its words stand now."""

from collections.abc import Mapping, Sequence

from msgspec import structs

from watchfloor.core.picture import Picture
from watchfloor.core.report import Report
from watchfloor.core.seen import Seen
from watchfloor.core.span import Span


def gone(seen: Mapping[str, Sequence[Seen]], picture: Picture) -> frozenset[str]:
    """Return the ids of reports in which something was seen and that are not in the picture any more."""
    here = {report.id for report in picture.reports}
    return frozenset(span.report for those in seen.values() for one in those for span in one.evidence) - here


def carried_over(
    seen: Mapping[str, Sequence[Seen]], earlier: Mapping[str, Report], picture: Picture
) -> dict[str, tuple[Seen, ...]]:
    """Return what was seen, with the places of the same words in the versions that stand now beside those of earlier.

    earlier: by id the reports that are gone. So a page that is changed and still tells the same is nothing new.
    """
    by_address = {report.address: report for report in picture.reports}
    return {name: tuple(_carried(one, earlier, by_address) for one in those) for name, those in seen.items()}


def _carried(one: Seen, earlier: Mapping[str, Report], now: Mapping[str, Report]) -> Seen:
    more = []
    for span in one.evidence:
        old = earlier.get(span.report)
        new = now.get(old.address) if old is not None else None
        if old is None or new is None:
            continue
        words = old.text[span.start : span.end]
        at = new.text.find(words) if words else -1
        if at >= 0:
            more.append(Span(report=new.id, start=at, end=at + len(words)))
    fresh = [span for span in dict.fromkeys(more) if span not in one.evidence]
    return structs.replace(one, evidence=(*one.evidence, *fresh)) if fresh else one
