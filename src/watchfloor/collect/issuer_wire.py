"""The wire to an identity provider: JSON from its own host and from no other, within limits."""

import ssl
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx2
import msgspec

from watchfloor.core.errors import ConfigError, SourceError

MOST_BYTES = 1_000_000  # of one answer; assumed: a set of keys has some thousands
SECONDS = 10.0  # for one answer; assumed
_HERE = frozenset({"127.0.0.1", "::1", "localhost"})


def origin(address: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address; raises ConfigError for anything that is no web address.

    >>> origin("https://login.example/realm")
    ('https', 'login.example', 443)
    """
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    except (ValueError, KeyError):
        raise ConfigError(f"{address!r} is no web address; expected one with https://") from None
    if not parts.hostname or parts.username is not None:
        raise ConfigError(f"{address!r} is no web address; expected one with https:// and without a name before @")
    return parts.scheme, parts.hostname.lower(), port


class IssuerWire:
    """Asks one host, with TLS unless it is this machine; follows no redirect and asks no proxy of the environment.

    address: the issuer. Whatever lies elsewhere is refused before anything is sent.
    """

    def __init__(self, address: str, *, ca_file: str | None = None) -> None:
        self._origin = origin(address)
        if self._origin[0] != "https" and self._origin[1] not in _HERE:
            raise ConfigError(f"the issuer {address!r} is asked over https only")
        context = ssl.create_default_context()
        if ca_file is not None:
            context.load_verify_locations(ca_file)
        self._client = httpx2.Client(verify=context, trust_env=False, follow_redirects=False, timeout=SECONDS)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def is_theirs(self, address: str) -> bool:
        """Return whether an address lies at the issuer's own host."""
        try:
            return origin(address) == self._origin
        except ConfigError:
            return False

    def get(self, address: str) -> dict[str, Any]:
        """Return the JSON object at an address; raises SourceError for anything else."""
        return self._asked("GET", address, None, None)

    def post(self, address: str, form: Mapping[str, str], secret: tuple[str, str] | None) -> dict[str, Any]:
        """Send a form, with name and password where there are any; return the JSON object that comes back."""
        return self._asked("POST", address, form, secret)

    def _asked(
        self, method: str, address: str, form: Mapping[str, str] | None, secret: tuple[str, str] | None
    ) -> dict[str, Any]:
        if not self.is_theirs(address):
            raise SourceError(f"{address!r} does not lie at the issuer's own host; nothing was asked there")
        auth = httpx2.BasicAuth(*secret) if secret else None
        try:
            with self._client.stream(
                method, address, data=dict(form) if form else None, auth=auth, headers={"Accept": "application/json"}
            ) as answer:
                body = bytearray()
                for piece in answer.iter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise SourceError(f"the issuer sent more than {MOST_BYTES} bytes")
                status = answer.status_code
        except httpx2.HTTPError as error:
            raise SourceError(f"the issuer does not answer: {type(error).__name__}") from None
        if status != 200:
            raise SourceError(f"the issuer answered {status}, expected 200")
        try:
            return msgspec.json.decode(bytes(body), type=dict[str, Any])
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
            raise SourceError("the issuer sent no JSON object") from None
