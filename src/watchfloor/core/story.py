"""Reports about one happening."""

from msgspec import Struct


class Story(Struct, frozen=True, kw_only=True):
    """Reports about one happening, copies folded under their parents.

    id: content id of its earliest report. title: headline of the report that stands for it, None when none has one.
    reports: report ids, earliest first.
    """

    id: str
    title: str | None
    reports: tuple[str, ...]
