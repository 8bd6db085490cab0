"""Post a message to an address that the user configured: signed, with a time and a key that shows a second one.

The signature is HMAC-SHA256 with the shared secret over the time, a full stop and the body. Who receives it checks it
with `is_genuine`, refuses what is older than some minutes, and drops a key that came before.
"""

import hmac
import http.client
import ssl
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from msgspec import Struct

from watchfloor.core.errors import ConfigError, SourceError
from watchfloor.share.harmless import on_one_line
from watchfloor.share.this_machine import is_here

SECONDS = 10.0  # to wait for an answer (assumed: who needs longer should take it and work later)
OLDEST = timedelta(minutes=5)  # of a message that is still believed; what others do as well
SHORTEST_SECRET = 16  # characters (assumed: 128 bits when drawn by chance from few signs)
_READ = 1_000  # bytes of an answer that are read


class Hook(Struct, frozen=True, kw_only=True):
    """An address that is told, the secret shared with it, and certificates (PEM) trusted beside the system's."""

    address: str
    secret: str
    ca_file: str | None = None


def check(hook: Hook) -> None:
    """Raise ConfigError for an address or a secret that may not be used."""
    parts = urlsplit(hook.address)
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise ConfigError(f"found the address {_bare(hook.address)!r}, expected https://HOST/PATH without a name in it")
    if parts.scheme == "http" and not is_here(parts.hostname):
        raise ConfigError(f"what is sent to {parts.hostname} would go without TLS; use https")
    if len(hook.secret) < SHORTEST_SECRET:
        raise ConfigError(
            f"the secret for {parts.hostname} is too short; expected {SHORTEST_SECRET} characters or more"
        )


def signature(secret: str, at: int, body: bytes) -> str:
    """Return the signature of a body at a time (seconds since 1970).

    >>> signature("sixteen letters!", 0, b"{}")[:12]
    'v1=70a5f259a'
    """
    return "v1=" + hmac.new(secret.encode(), f"{at}.".encode() + body, sha256).hexdigest()


def is_genuine(secret: str, headers: dict[str, str], body: bytes, now: datetime) -> bool:
    """Return whether who sent a message knows the secret, and sent it just now."""
    given = {name.lower(): value for name, value in headers.items()}
    stamp, signed = given.get("watchfloor-timestamp", ""), given.get("watchfloor-signature", "")
    if not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        return False
    young = abs(now.timestamp() - int(stamp)) <= OLDEST.total_seconds()
    return young and hmac.compare_digest(
        signature(secret, int(stamp), body).encode(), signed.encode("utf-8", "replace")
    )


def post(hook: Hook, body: bytes, *, key: str, at: datetime) -> None:
    """Post a body; raise SourceError unless it was taken (2xx). No redirect is followed."""
    check(hook)
    parts = urlsplit(hook.address)
    stamp = int(at.timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Watchfloor",
        "Idempotency-Key": key,
        "Watchfloor-Timestamp": str(stamp),
        "Watchfloor-Signature": signature(hook.secret, stamp, body),
    }
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        line = _connected(hook, str(parts.hostname), parts.port, parts.scheme == "https")
        try:
            line.request("POST", target, body, headers)
            answer = line.getresponse()
            answer.read(_READ)
        finally:
            line.close()
    except (OSError, http.client.HTTPException) as error:
        said = on_one_line(str(error) or type(error).__name__)[:200]
        raise SourceError(f"{parts.hostname} could not be told ({said})") from None
    if not 200 <= answer.status < 300:
        raise SourceError(f"{parts.hostname} answered {answer.status} {on_one_line(answer.reason)[:80]}")


def _connected(hook: Hook, host: str, port: int | None, tls: bool) -> http.client.HTTPConnection:
    if not tls:
        return http.client.HTTPConnection(host, port, timeout=SECONDS)
    context = ssl.create_default_context(cafile=hook.ca_file)
    return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=context)


def _bare(address: str) -> str:
    """Return an address as it may be printed: without what may be a password."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
