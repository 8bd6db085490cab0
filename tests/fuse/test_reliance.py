import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.core.report import Report
from watchfloor.core.span import Span
from watchfloor.flow.records import plain_report
from watchfloor.fuse.parties import Parties
from watchfloor.fuse.reliance import reliances

NOBODY = Parties((), ())


def whole(report: Report) -> Span:
    return Span(report=report.id, start=0, end=len(report.text))


@pytest.mark.parametrize(
    ("text", "how", "on"),
    [
        ("The stocks ran out, the institute said, citing the Grain Office.", "cites", "the Grain Office"),
        ("The count is based on figures from the Harbour Board.", "cites", "the Harbour Board"),
        ("New pits were dug, it said, using images taken by Skyview on Monday.", "material", "Skyview"),
        ("She confirmed it after a briefing by a Danish delegation in Oslo.", "briefed", "a Danish delegation"),
        ("He had been briefed by the Coast Office before he spoke.", "briefed", "the Coast Office"),
    ],
)
def test_an_account_says_what_it_rests_on(text: str, how: str, on: str) -> None:
    report = plain_report(text)
    found = [(one.how, one.on) for one in reliances(report, whole(report), (), NOBODY)]

    assert (how, on) in found


@pytest.mark.parametrize(
    "text",
    [
        "The minister met reporters on Monday.",
        "He showed pictures of the harbour.",
        "The figures were lower than expected.",
    ],
)
def test_what_rests_on_nobody_says_nothing(text: str) -> None:
    report = plain_report(text)

    assert reliances(report, whole(report), (), NOBODY) == ()


@given(st.text(max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_any_text_gives_spans_inside_it(text: str, a: int, b: int) -> None:
    report = plain_report(text)
    start, end = sorted((min(a, len(text)), min(b, len(text))))

    for one in reliances(report, Span(report=report.id, start=start, end=end), (), NOBODY):
        assert 0 <= one.span.start < one.span.end <= len(text)
