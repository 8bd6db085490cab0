"""What an export gives back."""

from msgspec import Struct

from watchfloor.core.marking import Marking


class Export(Struct, frozen=True, kw_only=True):
    """One exported document.

    text: the whole document, UTF-8 with a newline at its end. marking: its effective marking.
    withheld: how many items the reader may not have, by reason.
    """

    text: str
    marking: Marking | None
    withheld: dict[str, int]


class ExportedFile(Struct, frozen=True, kw_only=True):
    """One exported document that is no text; its fields are those of an Export."""

    data: bytes
    marking: Marking | None
    withheld: dict[str, int]
