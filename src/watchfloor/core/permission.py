"""What a role may do: one table, and what is not in it is refused."""

from collections.abc import Iterable
from typing import Literal, get_args

Role = Literal["reader", "analyst", "watch officer", "release officer", "administrator"]

ROLES: tuple[Role, ...] = get_args(Role)

Verb = Literal[
    "see",
    "export",
    "collect",
    "judge",
    "watch",
    "mark",
    "loosen",
    "ask",
    "decide",
    "deliver",
    "recall",
    "propose",
    "admit",
    "people",
    "keys",
    "audit",
    "receive",
    "acknowledge",
    "contribute",
]
"""
see: read, search, count. export: write out for this node. collect: add reports, run feeds, translate.
judge: say what a claim, a route or a name is worth. watch: keep indicators and measures. mark: set or tighten markings.
loosen: make a marking freer. ask: ask for something to be released. decide: approve or refuse that.
deliver: hand a released product over. recall: send corrections. propose: propose partners and their terms, make groups.
admit: approve or suspend partners. people: add people, give roles, end their keys. keys: make and end one's own keys.
audit: read the audit log. receive: fetch what was released to one's own body. acknowledge: say that it has
arrived, or note that the partner said so.
contribute: hand reports in from another node.
"""

VERBS: tuple[Verb, ...] = get_args(Verb)

HERE: dict[Role, frozenset[Verb]] = {
    "reader": frozenset({"see", "keys"}),
    "analyst": frozenset({"see", "export", "collect", "judge", "mark", "ask", "keys"}),
    "watch officer": frozenset({"see", "export", "judge", "watch", "mark", "ask", "keys"}),
    "release officer": frozenset(
        {
            "see",
            "export",
            "mark",
            "loosen",
            "ask",
            "decide",
            "deliver",
            "recall",
            "acknowledge",
            "propose",
            "admit",
            "keys",
            "audit",
        }
    ),
    "administrator": frozenset({"people", "propose", "admit", "keys", "audit"}),
}
"""This node's own staff. Roles add up; an administrator sees no content without a second role."""

AT_A_PARTNER: dict[Role, frozenset[Verb]] = {
    "reader": frozenset({"see", "receive", "acknowledge", "keys"}),
    "analyst": frozenset({"see", "receive", "acknowledge", "contribute", "keys"}),
}
"""People of a partner, whatever else their roles are called: they never decide anything here."""

IN_PERSON: frozenset[Verb] = frozenset({"decide", "admit", "loosen", "people"})
"""What nobody does in the name of another: it needs proof of who is acting, not a name alone."""


def allowed(roles: Iterable[Role], *, partner: str | None = None) -> frozenset[Verb]:
    """Return what the roles allow together, here or for a partner's person.

    >>> sorted(allowed(["reader"]))
    ['keys', 'see']
    >>> allowed(["release officer"], partner="Ally")
    frozenset()
    """
    table = HERE if partner is None else AT_A_PARTNER
    return frozenset().union(*(table.get(role, frozenset()) for role in roles))
