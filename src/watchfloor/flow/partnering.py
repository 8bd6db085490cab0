"""Partners: proposed, approved by two different people, suspended, ended; and groups of them."""

from datetime import datetime, timedelta

from msgspec import structs

from watchfloor.core.audit import Note
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import LEVELS, Level, Reader
from watchfloor.core.partner import APPROVERS, Approval, Partner, PartnerGroup, standing
from watchfloor.flow.admission import Admitted
from watchfloor.store.store import Store

LASTS_AT_MOST = timedelta(days=3 * 366)  # an agreement is looked at again in three years at the latest (assumed)


def propose(
    store: Store,
    by: Admitted,
    name: str,
    now: datetime,
    *,
    terms: str,
    clearance: Level,
    expires: datetime,
    contact: str | None = None,
) -> Partner:
    """Propose a partner, or new terms for one: approvals begin anew, and until there are two it gets nothing.

    Raises AccessDenied, and ConfigError for no terms, a day that is past or too far, and the name of a group.
    """
    by.require("propose")
    if not name or name != name.strip() or not name.isprintable():
        raise ConfigError(f"{name!r} is no partner's name; give it without blanks around it")
    if not terms.strip():
        raise ConfigError("found no terms, expected what was agreed in words; write them into a file and name it")
    if not now < expires <= now + LASTS_AT_MOST:
        raise ConfigError(
            f"an agreement ends within {LASTS_AT_MOST.days} days from now; found {expires.date().isoformat()}"
        )
    made = Partner(
        name=name,
        terms=terms.strip(),
        clearance=clearance,
        proposed_by=by.name,
        proposed=now,
        expires=expires,
        contact=contact,
    )
    detail = {"change": "proposed", "clearance": clearance, "expires": expires.date().isoformat()}
    note = Note(at=now, who=by.name, verb="propose", what=name, detail=detail)
    if not store.partners.keep_partner(made, note):
        store.partners.change_partner(by.reader, name, lambda _: made, note)
    return made


def approve(store: Store, by: Admitted, name: str, now: datetime) -> Partner:
    """Agree to a partner and its terms; with the second, different person it is one.

    Raises AccessDenied, and ConfigError when the same person agreed before or nothing waits for approval.
    """
    by.require("admit")
    _two_are_needed(by)

    def agree(kept: Partner) -> Partner:
        if kept.standing != "proposed":
            raise ConfigError(f"{name} is {standing(kept, now)}; only what was proposed waits for approval")
        if now >= kept.expires:
            raise ConfigError(f"the agreement with {name} ended on {kept.expires.date()}; propose it anew")
        if any(one.by == by.name for one in kept.approvals):
            raise ConfigError(f"{by.name} approved {name} already; a second, different person must")
        approvals = (*kept.approvals, Approval(by=by.name, at=now))
        return structs.replace(
            kept, approvals=approvals, standing="approved" if len(approvals) >= APPROVERS else "proposed"
        )

    note = Note(at=now, who=by.name, verb="admit", what=name, detail={"change": "approved"})
    return _found(store.partners.change_partner(by.reader, name, agree, note), name)


def suspend(store: Store, by: Admitted, name: str, reason: str, now: datetime) -> Partner:
    """Give a partner nothing any more, from now on; one person is enough for that."""
    return _close(store, by, name, "suspended", reason, now)


def end(store: Store, by: Admitted, name: str, reason: str, now: datetime) -> Partner:
    """End an agreement for good; it can be proposed anew."""
    return _close(store, by, name, "ended", reason, now)


def resume(store: Store, by: Admitted, name: str, now: datetime) -> Partner:
    """Put a suspended or ended partner up for approval again under the terms that it had: two people must agree."""
    by.require("propose")

    def reopen(kept: Partner) -> Partner:
        if kept.standing not in ("suspended", "ended"):
            raise ConfigError(f"{name} is {standing(kept, now)}; only a suspended or ended partner can be resumed")
        return structs.replace(kept, standing="proposed", approvals=(), reason=None, proposed_by=by.name, proposed=now)

    note = Note(at=now, who=by.name, verb="propose", what=name, detail={"change": "resumed"})
    return _found(store.partners.change_partner(by.reader, name, reopen, note), name)


def form_group(store: Store, by: Admitted, name: str, members: frozenset[str], now: datetime) -> PartnerGroup:
    """Make a group of partners, or change its members; who joins sees what is released to the group from now on."""
    by.require("admit")
    if not name or name != name.strip() or not name.isprintable():
        raise ConfigError(f"{name!r} is no group's name; give it without blanks around it")
    group = PartnerGroup(name=name, members=members)
    detail = {"members": ", ".join(sorted(members)) or "none"}
    store.partners.keep_group(group, Note(at=now, who=by.name, verb="admit", what=name, detail=detail))
    return group


def receivers(store: Store, reader: Reader, name: str, now: datetime) -> tuple[Partner, ...]:
    """Return the approved partners that a name stands for: one, or the members of a group.

    Raises ConfigError when it is neither, or nobody of it may be given anything now; for the node's own readers.
    """
    kept = {partner.name: partner for partner in store.partners.partners(reader)}
    groups = {group.name: group for group in store.partners.groups(reader)}
    named = (
        [kept[one] for one in sorted(groups[name].members)] if name in groups else [kept[name]] if name in kept else []
    )
    if not named:
        raise ConfigError(f"{name!r} is no partner and no group with members; begin with: watchfloor partners propose")
    able = tuple(partner for partner in named if standing(partner, now) == "approved")
    if not able:
        said = ", ".join(f"{partner.name} is {standing(partner, now)}" for partner in named)
        raise ConfigError(f"nothing can go to {name!r} now: {said}")
    return able


def receiver(store: Store, reader: Reader, partner: Partner, now: datetime, clearance: Level = "RED") -> Reader:
    """Return the reader that stands for a partner as a whole: no higher than agreed, nor than asked for."""
    groups = frozenset(group.name for group in store.partners.groups(reader) if partner.name in group.members)
    level = min(partner.clearance, clearance, key=LEVELS.index)
    return Reader(name=partner.name, partner=partner.name, clearance=level, at=now, groups=groups)


def told(partner: Partner, now: datetime) -> str:
    """Return in words what a partner is at a moment, and what it waits for."""
    state = standing(partner, now)
    if state != "proposed":
        return state
    waits = APPROVERS - len(partner.approvals)
    return f"proposed, waits for {waits} approval{'s' if waits > 1 else ''}"


def _close(store: Store, by: Admitted, name: str, to: str, reason: str, now: datetime) -> Partner:
    by.require("admit")
    if not reason.strip():
        raise ConfigError("found no reason; say why, it is kept with it: --reason ...")

    def close(kept: Partner) -> Partner:
        return structs.replace(kept, standing=to, approvals=(), reason=reason.strip())

    detail = {"change": to, "reason": reason.strip()}
    note = Note(at=now, who=by.name, verb="admit", what=name, detail=detail)
    return _found(store.partners.change_partner(by.reader, name, close, note), name)


def _two_are_needed(by: Admitted) -> None:
    if by.person is None:
        raise ConfigError(
            "no people are registered here, and this takes two different ones; begin with: watchfloor people add"
        )


def _found(partner: Partner | None, name: str) -> Partner:
    if partner is None:
        raise ConfigError(f"there is no partner {name!r}; see: watchfloor partners list")
    return partner
