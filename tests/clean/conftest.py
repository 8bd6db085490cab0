"""Make captures by hand."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from watchfloor.clean.reports import Quality, clean
from watchfloor.core.capture import Capture
from watchfloor.core.report import Report


@pytest.fixture(scope="session")
def cleaned() -> Callable[..., Report]:
    """Clean a text or bytes as if they had been collected on 5 January 2026."""

    def make(data: str | bytes, media_type: str = "text/plain", quality: Quality = "best", **told: str) -> Report:
        capture = Capture(
            id="cap_1",
            locator="memory",
            feed="test",
            sha256="0",
            media_type=media_type,
            collected=datetime(2026, 1, 5, 12, 0, tzinfo=UTC),
            data=data.encode() if isinstance(data, str) else data,
            **told,  # type: ignore[arg-type]
        )
        return clean(capture, quality=quality)

    return make
