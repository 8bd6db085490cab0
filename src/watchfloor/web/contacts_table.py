"""The contact log as a table."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from watchfloor.core.encounter import Encounter
from watchfloor.watch.contact_log import STATUS_WORDS, TYPE_WORDS
from watchfloor.watch.days import said
from watchfloor.watch.naming import called
from watchfloor.web.ledger import Ledger, Link

SIGNS = {"actual": "●", "planned": "○", "alleged": "◐", "denied": "✕", "hypothetical": "◌"}
"""A sign for each status; the word stands beside it."""


class ContactRow(Struct, frozen=True, kw_only=True):
    """One contact. parties: name and role. reports: how many tell it."""

    id: str
    day: str
    kind: str
    sign: str
    status: str
    parties: tuple[tuple[str, str | None], ...]
    place: str | None
    reports: int
    told_by: tuple[str, ...]
    links: tuple[Link, ...]


def rows(
    encounters: Sequence[Encounter], names: Mapping[str, str], ledger: Ledger, where: str
) -> tuple[ContactRow, ...]:
    """Return one row a contact, in the order given."""
    return tuple(
        ContactRow(
            id=encounter.id,
            day=said(encounter.date),
            kind=TYPE_WORDS[encounter.contact_type],
            sign=SIGNS[encounter.status],
            status=STATUS_WORDS[encounter.status],
            parties=tuple((called(party.name, names), party.role) for party in encounter.parties),
            place=encounter.place,
            reports=len({span.report for span in encounter.tellings}),
            told_by=tuple(dict.fromkeys(called(name, names) for name in encounter.told_by)),
            links=ledger.cite(encounter.tellings, where),
        )
        for encounter in encounters
    )
