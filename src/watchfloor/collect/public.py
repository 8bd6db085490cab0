"""Which addresses of the internet protocol belong to the public internet, by an explicit list.

The standard library's `is_global` is not relied on: on some Pythons that we support it says yes to 192.0.0.8 and to
6to4 addresses of the loopback. The list follows the IANA special-purpose registries (RFC 6890 and its updates); in
version 6 only 2000::/3 is given out for the public internet, so everything outside it is not public.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# Networks of version 4 that are not public, and what a person calls them.
_NOT_PUBLIC_4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared by a carrier (CGNAT)",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's metadata service",
    "169.254.0.0/16": "link-local, where clouds keep their metadata service",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
# The same inside 2000::/3, and names for the commonest outside it.
_NOT_PUBLIC_6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "version 4 mapped into version 6",
    "64:ff9b:1::/48": "local translation to version 4",
    "100::/64": "a black hole",
    "2001::/32": "Teredo",
    "2001::/23": "protocol assignments",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}
_LISTED: tuple[tuple[Network, str], ...] = tuple(
    (ip_network(network), words) for network, words in (_NOT_PUBLIC_4 | _NOT_PUBLIC_6).items()
)
_GIVEN_OUT_6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: how a network without version 4 reaches version 4
_ISATAP = (0x00005EFE, 0x02005EFE)  # RFC 5214: the middle of an interface identifier before an embedded version 4


def why_not_public(text: str) -> str | None:
    """Return what kind of address this is when it is not public, None for a public one.

    >>> why_not_public("192.168.0.1"), why_not_public("64:ff9b::7f00:1"), why_not_public("9.9.9.9")
    ('private', 'loopback by way of NAT64', None)
    """
    if "%" in text:
        return "bound to a network interface (zone)"
    try:
        address = ip_address(text)
    except ValueError:
        return "not an address"
    return _why_not(address)


def _why_not(address: Address) -> str | None:
    if isinstance(address, IPv6Address) and address in _NAT64:
        inner = _why_not(_embedded(address))
        return f"{inner} by way of NAT64" if inner else None
    for network, words in _LISTED:
        if address.version == network.version and address in network:
            return words
    if isinstance(address, IPv4Address):
        return None
    if address not in _GIVEN_OUT_6:
        return "not given out to anybody"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        inner = _why_not(_embedded(address))
        return f"{inner} by way of ISATAP" if inner else None
    return None


def _embedded(address: IPv6Address) -> IPv4Address:
    """The version 4 address in the last four bytes."""
    return IPv4Address(address.packed[-4:])
