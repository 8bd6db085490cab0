"""Whether a host is this machine: to it alone something may go without TLS."""

from ipaddress import ip_address


def is_here(host: str) -> bool:
    """Return whether a name or an address is this machine's own.

    >>> is_here("localhost"), is_here("127.0.0.2"), is_here("::1"), is_here("mail.example")
    (True, True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
