"""Bodies that something may be released to."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Level

APPROVERS = 2  # different people who must agree before a partner is one (issue: two-person rule)

Standing = Literal["proposed", "approved", "suspended", "ended", "expired"]


class Approval(Struct, frozen=True, kw_only=True):
    """One person's consent to a partner and the terms as they stood."""

    by: str
    at: datetime


class Partner(Struct, frozen=True, kw_only=True):
    """A body that something may be released to.

    terms: what was agreed, in words. clearance: the highest TLP level it ever gets. expires: when the agreement ends.
    contact: whom to reach. approvals: of two different people; changing the terms begins anew.
    standing: as last set by people; `standing(partner, at)` says what holds at a moment.
    reason: why it is suspended or ended.
    """

    name: str
    terms: str
    clearance: Level
    proposed_by: str
    proposed: datetime
    expires: datetime
    contact: str | None = None
    approvals: tuple[Approval, ...] = ()
    standing: Literal["proposed", "approved", "suspended", "ended"] = "proposed"
    reason: str | None = None


def standing(partner: Partner, at: datetime) -> Standing:
    """Return what a partner is at a moment; only an "approved" one is given anything."""
    return "expired" if partner.standing == "approved" and at >= partner.expires else partner.standing


class PartnerGroup(Struct, frozen=True, kw_only=True):
    """Partners that are named together in markings. name: never that of a partner."""

    name: str
    members: frozenset[str]
