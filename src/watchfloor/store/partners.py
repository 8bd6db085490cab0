"""Partners and groups of them in the database; every change with its entry in the audit log."""

from collections.abc import Callable

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from watchfloor.core.audit import Note
from watchfloor.core.errors import ConfigError
from watchfloor.core.marking import LEVELS, Reader
from watchfloor.core.partner import Partner, PartnerGroup
from watchfloor.store import audit, turns
from watchfloor.store.markings import at_home, visible
from watchfloor.store.schema_sharing import partner_groups, partner_members, partners
from watchfloor.store.text import moment, storable, written
from watchfloor.store.write_records import has


class Partners:
    """The bodies that something may be released to. A partner's reader is shown none of it, not even its own."""

    def __init__(self, transaction: turns.Transaction) -> None:
        self._transaction = transaction

    def partners(self, reader: Reader) -> tuple[Partner, ...]:
        """Return the partners by name; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            rows = connection.execute(select(partners.c.document).where(at_home(reader)).order_by(partners.c.name))
            return tuple(msgspec.json.decode(row.document, type=Partner) for row in rows)

    def partner(self, reader: Reader, name: str) -> Partner | None:
        """Return the partner of a name."""
        with self._transaction(writes=False) as connection:
            return _partner(connection, reader, name)

    def groups(self, reader: Reader) -> tuple[PartnerGroup, ...]:
        """Return the groups by name; a partner's reader sees none."""
        with self._transaction(writes=False) as connection:
            names = connection.execute(
                select(partner_groups.c.name).where(visible(partner_groups, reader)).order_by(partner_groups.c.name)
            ).scalars()
            members: dict[str, set[str]] = {name: set() for name in names}
            for row in connection.execute(select(partner_members).where(visible(partner_members, reader))):
                members[row.group_name].add(row.partner)
            return tuple(PartnerGroup(name=name, members=frozenset(those)) for name, those in members.items())

    def keep_partner(self, partner: Partner, note: Note) -> bool:
        """Keep a new partner; False, and nothing is changed, when the name is taken by one. ConfigError: by a group."""
        with self._transaction(writes=True) as connection:
            turns.take(connection, "partners")
            if has(connection, partner_groups, partner.name, "name"):
                raise ConfigError(f"{partner.name!r} is a group of partners; choose another name for the partner")
            if has(connection, partners, partner.name, "name"):
                return False
            connection.execute(insert(partners), {"name": storable(partner.name), **_columns(partner)})
            audit.keep(connection, note)
            return True

    def change_partner(
        self, reader: Reader, name: str, change: Callable[[Partner], Partner], note: Note
    ) -> Partner | None:
        """Change a partner as it is kept now; return how it is then, None when there is none for this reader."""
        with self._transaction(writes=True) as connection:
            turns.take(connection, "partners")
            kept = _partner(connection, reader, name)
            if kept is None:
                return None
            changed = change(kept)
            connection.execute(update(partners).where(partners.c.name == storable(name)).values(**_columns(changed)))
            audit.keep(connection, note)
            return changed

    def keep_group(self, group: PartnerGroup, note: Note) -> None:
        """Keep a group in the place of the one of that name; all members must be partners, else ConfigError."""
        with self._transaction(writes=True) as connection:
            turns.take(connection, "partners")
            if has(connection, partners, group.name, "name"):
                raise ConfigError(f"{group.name!r} is a partner; choose another name for the group")
            missing = sorted(name for name in group.members if not has(connection, partners, name, "name"))
            if missing:
                raise ConfigError(f"found {', '.join(missing)}, expected names of partners; propose them first")
            if not has(connection, partner_groups, group.name, "name"):
                connection.execute(insert(partner_groups), {"name": storable(group.name)})
            connection.execute(delete(partner_members).where(partner_members.c.group_name == storable(group.name)))
            rows = [{"group_name": storable(group.name), "partner": storable(name)} for name in sorted(group.members)]
            if rows:
                connection.execute(insert(partner_members), rows)
            audit.keep(connection, note)


def _partner(connection: Connection, reader: Reader, name: str) -> Partner | None:
    row = connection.execute(
        select(partners.c.document).where(partners.c.name == storable(name), at_home(reader))
    ).one_or_none()
    return None if row is None else msgspec.json.decode(row.document, type=Partner)


def _columns(partner: Partner) -> dict[str, object]:
    return {
        "standing": partner.standing,
        "tlp": LEVELS.index(partner.clearance),
        "expires": moment(partner.expires),
        "document": written(partner),
    }
