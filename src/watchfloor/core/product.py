"""What leaves: products, the asking and deciding, who got what, and what had to be called back."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from watchfloor.core.marking import Marking

Way = Literal["show", "release"]
"""show: may read it here, keeps no copy. release: keeps a copy (disclosure and release in ICD 403)."""


class Product(Struct, frozen=True, kw_only=True):
    """A document made to leave, kept byte for byte as it was decided upon.

    id: content id of series, version and sha256. series: what its versions have in common. version: counts from 1.
    form: "md", "json", "html", "ftm", or "taxii" for what goes into a partner's collection. sha256, size: of its bytes.
    prepared_for: the partner whose picture it tells, None for this node's own. marking: effective marking of all that
    it cites. cites: ids of the reports it rests on.
    """

    id: str
    series: str
    version: int
    title: str
    form: str
    sha256: str
    size: int
    made: datetime
    made_by: str
    prepared_for: str | None
    marking: Marking | None
    cites: tuple[str, ...]


class Request(Struct, frozen=True, kw_only=True):
    """Somebody asks for a product to go to a partner.

    asked_because, decided_because: reasons in words. state: "recalled" was approved and called back since.
    override: the release officer let it go although the marking does not name the partner.
    """

    id: str
    product: str
    partner: str
    way: Way
    asked_by: str
    asked: datetime
    asked_because: str
    state: Literal["asked", "approved", "refused", "withdrawn", "recalled"] = "asked"
    decided_by: str | None = None
    decided: datetime | None = None
    decided_because: str | None = None
    override: bool = False


class Dissemination(Struct, frozen=True, kw_only=True):
    """A partner got a version of a product. how: by hand, TAXII, in the browser. to: who of the partner, if known."""

    id: str
    request: str
    product: str
    partner: str
    version: int
    sha256: str
    at: datetime
    how: str
    by: str
    to: str | None = None
    acknowledged: datetime | None = None
    acknowledged_by: str | None = None


class Recall(Struct, frozen=True, kw_only=True):
    """A correction for one partner about one product.

    report: id of the report that no longer stands; kind: what happened to it; reason: in words.
    successor: id of the report that takes its place; told only where the partner may see it.
    text: what the partner is sent.
    """

    id: str
    product: str
    partner: str
    report: str
    kind: Literal["corrected", "withdrawn"]
    reason: str
    queued: datetime
    queued_by: str
    text: str
    successor: str | None = None
    state: Literal["queued", "sent", "acknowledged"] = "queued"
    sent: datetime | None = None
    sent_by: str | None = None
    acknowledged: datetime | None = None
    acknowledged_by: str | None = None
