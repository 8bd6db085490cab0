"""A web address taken apart, or why it is none that may be asked for."""

import re

import httpx2
from msgspec import Struct

from watchfloor.collect.allowed import Allowed
from watchfloor.core.errors import SetAside

LONGEST_ADDRESS = 8_192  # characters; RFC 9110 asks for 8,000 at least, and no address of a report comes near
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_-]{0,62}(?<!-))?(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}(?<!-))?)*")
_LAST_IS_NUMBER = re.compile(r"(?:.*\.)?(?:\d+|0x[0-9a-f]*)")  # how browsers tell numbers from names (WHATWG URL)
_DOTTED = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!\Z)|\Z)){4}")
_INSIDE_NAMES = re.compile(r"[^.]+|.*\.(?:localhost|local|localdomain|internal|intranet|lan|home\.arpa|corp|home)")


class WebAddress(Struct, frozen=True, kw_only=True):
    """An address that may be asked for, in its normal form, without a fragment.

    host: lower case, ASCII, no trailing dot; version 6 without brackets. target: path and query as sent.
    """

    url: str
    scheme: str
    host: str
    port: int
    target: str

    @property
    def host_header(self) -> str:
        """Return the host as it stands in the request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port_said is None else f"{host}:{self.port}"

    @property
    def port_said(self) -> int | None:
        """Return the port where it has to be said, None for the usual one of the scheme."""
        return None if self.port == _DEFAULT_PORTS[self.scheme] else self.port

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what one robots.txt speaks for."""
        return f"{self.scheme}://{self.host_header}"


def read_address(text: str, allowed: Allowed, seen_from: WebAddress | None = None) -> WebAddress:
    """Return the address, relative to another when it is the target of a redirect.

    Raise SetAside, reason "refused", for what may not be asked for: another scheme than http and https, a user name
    or password, a port that is not allowed, a number that is no dotted address, a name of inside networks, a host that
    is no host name, control characters. Nothing is looked up.
    """
    url = _parse(text.strip(" "), seen_from)
    scheme, host = url.scheme, url.raw_host.decode("ascii").removesuffix(".")
    if scheme not in _DEFAULT_PORTS:
        raise _refused(f"scheme {scheme!r}; expected http or https")
    if url.userinfo:
        raise _refused("a user name or password in the address")
    port = url.port if url.port is not None else _DEFAULT_PORTS[scheme]
    _check_host(host, port, allowed)
    target = url.raw_path.decode("ascii")
    made = WebAddress(url="", scheme=scheme, host=host, port=port, target=target)
    return WebAddress(url=made.origin + target, scheme=scheme, host=host, port=port, target=target)


def _parse(text: str, seen_from: WebAddress | None) -> httpx2.URL:
    if len(text) > LONGEST_ADDRESS:
        raise _refused(f"{len(text)} characters; at most {LONGEST_ADDRESS}")
    if _CONTROL.search(text):
        raise _refused("control characters or line breaks in the address")
    if "\\" in text.partition("?")[0]:
        raise _refused("a backslash in the address, which programs read differently")
    try:
        return httpx2.URL(text) if seen_from is None else httpx2.URL(seen_from.url).join(text)
    except (httpx2.InvalidURL, ValueError, TypeError) as error:  # ValueError: urljoin on a broken version 6 address
        raise _refused(f"not a web address: {error}") from None


def _check_host(host: str, port: int, allowed: Allowed) -> None:
    if not host:
        raise _refused("no host in the address")
    if "%" in host:
        raise _refused("an escaped character or a zone in the host")
    if ":" not in host and not _HOST.fullmatch(host):
        raise _refused(f"{host[:80]!r} is no host name")
    if ":" not in host and _LAST_IS_NUMBER.fullmatch(host) and not _DOTTED.fullmatch(host):
        raise _refused(f"{host!r} is a number in disguise; expected four numbers with dots, or a name")
    if (host, port) in allowed.endpoints:
        return
    if port not in allowed.ports:
        raise _refused(f"port {port}; expected {' or '.join(str(each) for each in sorted(allowed.ports))}")
    if not allowed.networks and ":" not in host and _INSIDE_NAMES.fullmatch(host):
        raise _refused(f"{host!r} is a name of inside networks")


def _refused(why: str) -> SetAside:
    return SetAside("refused", why)
