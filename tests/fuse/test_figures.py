"""Figures: which counts can be one."""

from collections.abc import Callable

from watchfloor.core.annotation import Mention, Quantity
from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.fuse import figures


def test_two_dead_here_and_two_dead_where_nothing_else_is_the_same_are_two_figures(
    report: Callable[..., Report],
) -> None:
    def seen(text: str, *named: str) -> list[figures.Sighting]:
        made = report(text, outlet=named[0])
        at = text.index("two")
        places = [
            Mention(
                span=Span(report=made.id, start=text.index(one), end=text.index(one) + len(one)),
                type="place",
                name=one,
                generated_by="test@1",
            )
            for one in named
        ]
        dead = Quantity(
            span=Span(report=made.id, start=at, end=at + 8),
            low=2,
            high=2,
            figure=2,
            unit="dead",
            hedge=None,
            generated_by="test@1",
        )
        return figures.sightings(made, [*places, dead])

    harbour = seen("In Oranje two died.", "Oranje")
    again = seen("At Oranje, near Smit, two died.", "Oranje", "Smit")
    desert = seen("Beyond Tessit two died.", "Tessit")

    assert [len(group) for group in figures.clusters([*harbour, *again, *desert])] == [2, 1]
