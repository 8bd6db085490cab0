"""Routes: by which way a report's text came from another report, as edges that origins are counted over.

A person's judgement about two reports wins: "different" cuts what the machine found, "same" adds what it missed,
"unsure" leaves it to the machine again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from watchfloor.core.copy import Copy
from watchfloor.core.judgement import Judgement
from watchfloor.core.report import Report
from watchfloor.core.route import Route, RouteReason
from watchfloor.core.span import Span
from watchfloor.fuse.credits import Credit
from watchfloor.fuse.origins import Edge
from watchfloor.fuse.withdrawals import Withdrawal

ABOUT_ROUTES = "route "  # how the left side of a judgement about a route begins; one about stories has the bare id
WHOLE_FROM = 0.5  # share of a report's own words that a parent holds from which all of it rests on the parent (assumed)
_TRANSLATED = frozenset({"translated", "machine-translated"})
_SAYS_SO = re.compile(
    r"\b(?:translated\s(?:by|from|into|with)|(?:machine|automatic)\stranslation|traduit\s(?:de|du|par)|übersetzt\s(?:aus|von)"
    r"|traducido\s(?:del|de|por)|traduzido\sd[eo]|tradotto\sda|переведено\sс|перевод\sс)\b|번역|翻译|翻訳",
    re.IGNORECASE,
)

Judged = Mapping[tuple[str, str], bool]
"""By child and parent: whether a person says that the one rests on the other."""


def judged(judgements: Iterable[Judgement], reports: Iterable[Report]) -> dict[tuple[str, str], bool]:
    """Return what people decided about pairs of these reports; of several judgements the latest stands."""
    known = {report.id for report in reports}
    latest = {
        (one.left.removeprefix(ABOUT_ROUTES), one.right): one.verdict
        for one in sorted(judgements, key=lambda one: (one.at, one.id))
        if one.left.startswith(ABOUT_ROUTES) and one.left.removeprefix(ABOUT_ROUTES) in known and one.right in known
    }
    return {pair: verdict == "same" for pair, verdict in latest.items() if verdict != "unsure"}


def routes(
    reports: Sequence[Report],
    copies: Sequence[Copy],
    credited: Sequence[Credit],
    outlets: Mapping[str, str | None],
    withdrawn: Sequence[Withdrawal] = (),
    judgements: Judged | None = None,
) -> tuple[Route, ...]:
    """Return every route between the reports, one for a pair, in the order of child and parent."""
    by_id = {report.id: report for report in reports}
    found: dict[tuple[str, str], Route] = {}
    for notice in withdrawn:
        for report in notice.reports:
            if report != notice.report:
                detail = "it takes back what the outlet reported"
                found[notice.report, report] = _route(notice.report, report, "update", detail, (notice.span,))
    for copy in copies:
        found.setdefault((copy.child, copy.parent), _copied(copy, by_id[copy.child], outlets))
    for credit in credited:
        child = by_id[credit.child]
        for parent in credit.parents:
            found.setdefault((child.id, parent), _credited(credit, child, by_id[parent]))
    for pair, rests in (judgements or {}).items():
        found.pop(pair, None)
        if rests:
            found[pair] = _route(*pair, "judged", "a person said that it rests on it", ())
    return tuple(found[pair] for pair in sorted(found))


def edges(found: Sequence[Route], spans: Sequence[Span]) -> list[Edge]:
    """Return the edges that hold for a claim whose words stand at these spans."""
    return [
        (one.child, one.parent, one.reason)
        for one in found
        if not one.partly or any(_lies_in(span, run) for span in spans for run in one.spans)
    ]


def _copied(copy: Copy, child: Report, outlets: Mapping[str, str | None]) -> Route:
    share = _share(child, copy.evidence)
    longest = max((len(child.text[span.start : span.end].split()) for span in copy.evidence), default=0)
    partly = copy.kind == "partial" or (copy.kind != "translation" and share < WHOLE_FROM)
    same_outlet = outlets.get(copy.child) is not None and outlets.get(copy.child) == outlets.get(copy.parent)
    reason: RouteReason = "copy"
    if copy.kind == "translation":
        reason = "translation"
        detail = f"{copy.score:.0%} of its names and numbers stand there in the same order"
    else:
        detail = f"{copy.score:.0%} of the unquoted words of the shorter text, {longest} words in one run; {copy.kind}"
        if not partly and (copy.kind == "new-version" or same_outlet):
            reason = "update"
    return _route(copy.child, copy.parent, reason, detail, copy.evidence, partly=partly)


def _credited(credit: Credit, child: Report, parent: Report) -> Route:
    foreign = None not in (child.language, parent.language) and child.language != parent.language
    spans = (credit.span,) if credit.span else ()
    if foreign and _is_translated(child):
        return _route(child.id, parent.id, "translation", f"it is translated and credits {credit.outlet}", spans)
    return _route(child.id, parent.id, "credit", f"it credits {credit.outlet}", spans)


def _route(
    child: str, parent: str, reason: RouteReason, detail: str, spans: tuple[Span, ...], *, partly: bool = False
) -> Route:
    return Route(child=child, parent=parent, reason=reason, detail=detail, spans=spans, partly=partly)


def _is_translated(report: Report) -> bool:
    """Return whether the report says that it was translated, by a person or a machine."""
    return any(flag.name in _TRANSLATED for flag in report.flags) or _SAYS_SO.search(report.text) is not None


def _share(report: Report, evidence: Sequence[Span]) -> float:
    """Return the share of the report's body that the runs cover."""
    size = sum(part.end - part.start for part in report.parts("body", "subhead"))
    return sum(span.end - span.start for span in evidence) / max(1, size)


def _lies_in(span: Span, run: Span) -> bool:
    """Return whether most of the span lies inside the run."""
    both = min(span.end, run.end) - max(span.start, run.start)
    return span.report == run.report and 2 * both > span.end - span.start
