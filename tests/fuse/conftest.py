"""Annotations by hand, found in the text by their words."""

from collections.abc import Callable

import pytest

from watchfloor.core.annotation import Attribution, Contact, Party, Quantity
from watchfloor.core.partial_date import PartialDate
from watchfloor.core.report import Report
from watchfloor.core.span import Span


def words(report: Report, text: str) -> Span:
    start = report.text.index(text)
    return Span(report=report.id, start=start, end=start + len(text))


@pytest.fixture
def said() -> Callable[..., Attribution]:
    def make(report: Report, speaker: str | None, content: str, act: str = "assert", **more: object) -> Attribution:
        span = words(report, content)
        values: dict[str, object] = {
            "span": span,
            "source": (),
            "cue": (),
            "content": (span,),
            "speaker": speaker,
            "speaker_type": "person" if speaker else "anonymous",
            "kind": "indirect",
            "act": act,
            "generated_by": "test@1",
        }
        return Attribution(**(values | more))  # type: ignore[arg-type]

    return make


@pytest.fixture
def counted() -> Callable[..., Quantity]:
    def make(report: Report, text: str, figure: int, unit: str = "troop", **more: object) -> Quantity:
        values: dict[str, object] = {
            "span": words(report, text),
            "low": figure,
            "high": figure,
            "figure": figure,
            "unit": unit,
            "hedge": None,
            "generated_by": "test@1",
        }
        return Quantity(**(values | more))  # type: ignore[arg-type]

    return make


@pytest.fixture
def met() -> Callable[..., Contact]:
    def make(
        report: Report, kind: str, *names: tuple[str, str], date: PartialDate | None = None, status: str = "actual"
    ) -> Contact:
        return Contact(
            span=Span(report=report.id, start=0, end=len(report.text)),
            contact_type=kind,  # type: ignore[arg-type]
            parties=tuple(Party(name=name, country=country) for name, country in names),
            date=date,
            place=None,
            status=status,  # type: ignore[arg-type]
            generated_by="test@1",
        )

    return make
