"""What a judge of residue says about one unit."""

from msgspec import Struct

from watchfloor.core.report import PassageKind


class Label(Struct, frozen=True):
    """The kind of a unit and why; prefix: only its first letters are that, the rest is body (a date line)."""

    kind: PassageKind
    reason: str | None
    prefix: int | None = None


Labels = list[Label | None]
"""One place per unit; None while no judge has spoken: what stays None is body."""
