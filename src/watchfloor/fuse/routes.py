"""Routes: by which way a report's text came from another report, as edges that origins are counted over."""

import re
from collections.abc import Mapping, Sequence

from watchfloor.core.copy import Copy
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse.credits import Credit
from watchfloor.fuse.origins import Edge
from watchfloor.fuse.withdrawals import Withdrawal

WHOLE_FROM = 0.5  # share of a report's own words that a parent holds from which all of it rests on the parent (assumed)
_TRANSLATED = frozenset({"translated", "machine-translated"})
_SAYS_SO = re.compile(
    r"\b(?:translated\s(?:by|from|into|with)|(?:machine|automatic)\stranslation|traduit\s(?:de|du|par)|übersetzt\s(?:aus|von)"
    r"|traducido\s(?:del|de|por)|traduzido\sd[eo]|tradotto\sda|переведено\sс|перевод\sс)\b|번역|翻译|翻訳",
    re.IGNORECASE,
)
_REASONS = {"translation": "translation", "new-version": "update"}


class Routes:
    """The edges between reports, child first; some hold for a claim only whose words lie in what was taken over."""

    def __init__(
        self,
        reports: Sequence[Report],
        copies: Sequence[Copy],
        credited: Sequence[Credit],
        outlets: Mapping[str, str | None],
        withdrawn: Sequence[Withdrawal] = (),
    ) -> None:
        self._whole: dict[tuple[str, str], str] = {}
        self._partly: dict[tuple[str, str], tuple[Span, ...]] = {}
        by_id = {report.id: report for report in reports}
        for notice in withdrawn:
            for report in notice.reports:
                if report != notice.report:
                    self._whole[notice.report, report] = "update"
        for copy in copies:
            pair = (copy.child, copy.parent)
            if pair in self._whole:
                continue
            if copy.kind == "partial" or _share(by_id[copy.child], copy.evidence) < WHOLE_FROM:
                self._partly[pair] = copy.evidence
            else:
                same = outlets.get(copy.child) is not None and outlets.get(copy.child) == outlets.get(copy.parent)
                self._whole[pair] = "update" if same else _REASONS.get(copy.kind, "copy")
        for credit in credited:
            child = by_id[credit.child]
            translated = _is_translated(child)
            for parent in credit.parents:
                foreign = (
                    None not in (child.language, by_id[parent].language) and child.language != by_id[parent].language
                )
                self._whole.setdefault((child.id, parent), "translation" if translated and foreign else "credit")

    def edges(self, spans: Sequence[Span]) -> list[Edge]:
        """Return the edges that hold for a claim whose words stand at these spans, in a fixed order."""
        found = dict(self._whole)
        for pair, evidence in self._partly.items():
            if any(_lies_in(span, run) for span in spans for run in evidence):
                found.setdefault(pair, "copy")
        return sorted((child, parent, reason) for (child, parent), reason in found.items())


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
