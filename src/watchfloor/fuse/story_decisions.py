"""Story decisions: what people said of which reports and stories belong together and which do not."""

from collections import defaultdict
from collections.abc import Sequence

from watchfloor.core.identity import content_id
from watchfloor.core.judgement import Judgement, in_order
from watchfloor.core.report import Report


class Decisions:
    """Judgements on stories and reports, in terms of reports: a story stands for the report that gave it its id.

    together, apart: by report id the reports it must, and must not, share a story with. different: pairs kept apart.
    named: the reports that any of them is about. Of several judgements on one pair the last one counts; "unsure" takes
    an earlier one back.
    """

    def __init__(self, reports: Sequence[Report] = (), judgements: Sequence[Judgement] = ()) -> None:
        self.together: dict[str, list[str]] = defaultdict(list)
        self.apart: dict[str, set[str]] = defaultdict(set)
        self.different: list[tuple[str, str]] = []
        self.named: set[str] = set()
        if not judgements:
            return
        known = {report.id: report.id for report in reports}
        known |= {content_id("sto", report.id): report.id for report in reports}
        last: dict[tuple[str, str], Judgement] = {}
        for judgement in sorted(judgements, key=lambda one: (one.at, one.id)):
            left, right = known.get(judgement.left), known.get(judgement.right)
            if left is not None and right is not None and left != right:
                last[in_order(left, right)] = judgement
        for (left, right), judgement in sorted(last.items()):
            self.named |= {left, right}
            if judgement.verdict == "same":
                self.together[left].append(right)
                self.together[right].append(left)
            elif judgement.verdict == "different":
                self.apart[left].add(right)
                self.apart[right].add(left)
                self.different.append((left, right))
