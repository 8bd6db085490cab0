"""The proxy that a setting names."""

from ipaddress import ip_address

import httpx2
from msgspec import Struct

from watchfloor.core.errors import ConfigError


class Proxy(Struct, frozen=True, kw_only=True):
    """A proxy. url: without credentials. endpoint: host and port, which may lie inside."""

    url: str
    endpoint: tuple[str, int]
    credentials: tuple[str, str] | None = None


def read_proxy(setting: str) -> Proxy:
    """Return the proxy of a setting such as "http://user:secret@proxy.corp:3128"; raise ConfigError on anything else.

    >>> read_proxy("http://proxy.corp:3128").endpoint
    ('proxy.corp', 3128)
    """
    try:
        url = httpx2.URL(setting)
    except httpx2.InvalidURL as error:
        raise ConfigError(f"proxy is no address: {error}; expected http://host:port") from None
    if url.scheme not in {"http", "https"} or not url.host or url.path not in {"", "/"}:
        raise ConfigError(f"proxy has the scheme {url.scheme!r} and the host {url.host!r}; expected http://host:port")
    host = url.raw_host.decode("ascii")
    port = url.port or (443 if url.scheme == "https" else 80)
    shown = f"[{host}]" if ":" in host and ip_address(host) else host
    credentials = (url.username, url.password) if url.userinfo else None
    return Proxy(url=f"{url.scheme}://{shown}:{port}", endpoint=(host, port), credentials=credentials)
