"""An identity provider (OpenID Connect) that this node trusts to say who somebody is, and what that opens to them."""

from msgspec import Struct

from watchfloor.core.marking import Level
from watchfloor.core.permission import Role


class Grant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one value of the claim opens. What no grant names opens nothing.

    value: of the claim, such as a group's name. team: the team they belong to, None for none. clearance: the highest
    TLP level; of several grants of one person the lowest holds.
    """

    value: str
    roles: tuple[Role, ...]
    clearance: Level
    team: str | None = None


class Issuer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The settings of an identity provider.

    address: its issuer, as it calls itself, with https. client, secret: what it knows this node by; without a secret
    the node is a public client and PKCE alone protects the code. redirect: the address of /sign-in/issuer/back of this
    node as browsers see it. claim: where its groups stand in the token. name: where the person's name stands.
    scopes: asked for. ca_file: certificates (PEM) trusted beside the system's.
    """

    address: str
    client: str
    redirect: str
    grants: tuple[Grant, ...]
    secret: str | None = None
    claim: str = "groups"
    name: str = "preferred_username"
    scopes: tuple[str, ...] = ("openid", "profile")
    ca_file: str | None = None
