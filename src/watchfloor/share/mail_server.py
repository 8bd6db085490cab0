"""Which server takes our mail, as a person sets it."""

from typing import Literal

from msgspec import Struct


class MailServer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The server that takes our mail. sender: the address in From.

    tls: "starttls" (port 587) or "tls" from the first byte (port 465); "none" only for a server on this machine.
    user, password: as it knows us; sent over TLS only. ca_file: certificates (PEM) trusted beside the system's.
    """

    host: str
    sender: str
    port: int = 587
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password: str | None = None
    ca_file: str | None = None
