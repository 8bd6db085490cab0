"""Letting something out: the picture as its receiver sees it, through the gate."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from msgspec import Struct

from watchfloor.core.brief import Brief
from watchfloor.core.errors import ReleaseDenied
from watchfloor.core.marking import Level, Reader
from watchfloor.core.picture import Picture
from watchfloor.flow import clock
from watchfloor.flow.at_hand import composed
from watchfloor.flow.partnering import receiver as receiver_of
from watchfloor.flow.situation import Situation
from watchfloor.share.gate import release

Written = Callable[[Picture], tuple[Picture, Brief]]
"""Gives of a picture the brief that people wrote, and the picture with all that it cites."""


class Prepared(Struct, frozen=True, kw_only=True):
    """What a receiver may have, ready for any form, and for the one who sends it how much was withheld, by reason."""

    reader: Reader
    picture: Picture
    brief: Brief
    withheld: Mapping[str, int]


def prepared(
    opened: Situation,
    *,
    receiver: Reader | None = None,
    as_of: date | None = None,
    title: str | None = None,
    since: date | None = None,
    written: Written | None = None,
) -> Prepared:
    """Return picture and brief for a receiver, by default for this node.

    since: the brief tells what changed from this day on. written: puts another brief of a picture, as people wrote it.

    A partner's picture is put together from what the partner may see, so that no count betrays a report that is not
    theirs; then every item passes the gate again. withheld counts what this node's own picture holds beyond that.
    """
    receiver = receiver or opened.reader

    def told_of(reader: Reader) -> tuple[Picture, Brief]:
        seen = opened.picture(as_of, reader)
        if written is not None:
            return written(seen)
        before = opened.picture(since - timedelta(days=1), reader) if since else None
        return seen, composed(seen, before, since, title=title)

    picture, made = told_of(receiver)
    told = release(picture, made, receiver)
    withheld = told.withheld
    if receiver.partner is not None:
        withheld = release(*told_of(opened.reader), receiver).withheld
    return Prepared(reader=receiver, picture=picture, brief=told.brief, withheld=withheld)


def receiver_named(opened: Situation, partner: str, clearance: Level) -> Reader:
    """Return the reader that stands for a partner: as it is registered, else by its name alone."""
    now = clock.now()
    kept = opened.store.partners.partner(opened.reader, partner)
    if kept is not None:
        return receiver_of(opened.store, opened.reader, kept, now, clearance)
    return Reader(name=partner, partner=partner, clearance=clearance, at=now)


def draft_for(opened: Situation, partner: str, clearance: Level) -> Reader:
    """Return the reader for whom something is written out at once, without asking: the node has one person only.

    Where people are registered this raises ReleaseDenied: who asks for a release does not decide it.
    """
    if opened.by.person is not None:
        raise ReleaseDenied(
            "people are registered here, so releases are asked for and decided by another: "
            f"watchfloor release ask {partner!r} --reason ..."
        )
    return receiver_named(opened, partner, clearance)
