"""What a person allows beyond the public internet: an intranet, a test site."""

import re
from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from msgspec import Struct

from watchfloor.collect.public import Network, why_not_public
from watchfloor.core.errors import ConfigError

WEB_PORTS = frozenset({80, 443})

_ENDPOINT = re.compile(r"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9._-]+)):(?P<port>\d{1,5})")


class Allowed(Struct, frozen=True, kw_only=True):
    """The exceptions from the rule "public addresses, ports 80 and 443 only".

    networks: addresses in these may be connected to like public ones. endpoints: this host as written in the web
    address, at this port, may be connected to wherever it lies. ports: may be connected to beside 80 and 443.
    """

    networks: tuple[Network, ...] = ()
    endpoints: frozenset[tuple[str, int]] = frozenset()
    ports: frozenset[int] = WEB_PORTS


def read_allowed(entries: Iterable[str] = (), ports: Iterable[int] = ()) -> Allowed:
    """Return the exceptions that a setting names: "10.2.0.0/16", "10.2.0.9", "wiki.corp:8080", "[fd00::5]:80".

    Raise ConfigError on anything else.
    """
    networks: list[Network] = []
    endpoints: set[tuple[str, int]] = set()
    for entry in entries:
        if (match := _ENDPOINT.fullmatch(entry)) and int(match["port"]) < 65536:
            endpoints.add(((match["v6"] or match["name"]).lower(), int(match["port"])))
            continue
        try:
            networks.append(ip_network(entry))
        except ValueError:
            raise ConfigError(
                f"allowed address {entry!r}: expected a network such as 10.2.0.0/16 or a host with its port such as "
                "wiki.corp:8080"
            ) from None
    return Allowed(networks=tuple(networks), endpoints=frozenset(endpoints), ports=WEB_PORTS | frozenset(ports))


def why_not_connect(address: str, host: str, port: int, allowed: Allowed) -> str | None:
    """Return why this address may not be connected to for that host and port, None when it may."""
    if (host, port) in allowed.endpoints:
        return None
    if port not in allowed.ports:
        return f"port {port}; expected {' or '.join(str(each) for each in sorted(allowed.ports))}"
    why = why_not_public(address)
    return None if why is None or _inside(address, allowed.networks) else why


def _inside(text: str, networks: Iterable[Network]) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return any(address.version == network.version and address in network for network in networks)
