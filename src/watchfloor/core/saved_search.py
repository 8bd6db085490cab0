"""A search that somebody keeps."""

from datetime import datetime

from msgspec import Struct


class SavedSearch(Struct, frozen=True, kw_only=True):
    """A query kept under a name: for its owner alone, or for their team.

    owner: name of the person. partner: the body that they belong to, None for this node's own staff. team: None when
    it is the owner's alone. seen: when whoever asks last looked at it; None for never.
    """

    id: str
    owner: str
    partner: str | None = None
    team: str | None = None
    name: str
    query: str
    made: datetime
    seen: datetime | None = None
