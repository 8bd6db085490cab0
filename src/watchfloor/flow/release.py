"""Letting something out: the picture as its receiver sees it, through the gate."""

from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from watchfloor.core.brief import Brief
from watchfloor.core.marking import Level, Reader
from watchfloor.core.picture import Picture
from watchfloor.flow.situation import Situation
from watchfloor.share.gate import release
from watchfloor.watch.brief import brief


class Prepared(Struct, frozen=True, kw_only=True):
    """What a receiver may have, ready for any form, and for the one who sends it how much was withheld, by reason."""

    reader: Reader
    picture: Picture
    brief: Brief
    withheld: Mapping[str, int]


def prepared(
    opened: Situation,
    *,
    partner: str | None = None,
    clearance: Level = "GREEN",
    as_of: date | None = None,
    title: str | None = None,
) -> Prepared:
    """Return picture and brief for a partner, or for this node.

    A partner's picture is put together from what the partner may see, so that no count betrays a report that is not
    theirs; then every item passes the gate again. withheld counts what this node's own picture holds beyond that.
    """
    receiver = opened.reader if partner is None else Reader(name=partner, partner=partner, clearance=clearance)
    seen = opened.picture(as_of, receiver)
    told = release(seen, brief(seen, title=title), receiver)
    withheld = told.withheld
    if partner is not None:
        whole = opened.picture(as_of)
        withheld = release(whole, brief(whole), receiver).withheld
    return Prepared(reader=receiver, picture=seen, brief=told.brief, withheld=withheld)
