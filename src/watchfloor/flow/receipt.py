"""What an add did, item by item."""

from msgspec import Struct

from watchfloor.core.aside import Aside


class Receipt(Struct, frozen=True, kw_only=True):
    """What became of everything that was captured: new + unchanged + new_versions + set aside = captured.

    resumed: captures that an interrupted run had left behind and that this run finished first; not part of captured.
    notes: what was asked for and not done, in words.
    renewed: reports that were annotated again because the annotators have changed since; not part of captured.
    """

    captured: int = 0
    new: int = 0
    unchanged: int = 0
    new_versions: int = 0
    set_aside: tuple[Aside, ...] = ()
    notes: tuple[str, ...] = ()
    resumed: int = 0
    renewed: int = 0
    seconds: float = 0.0
