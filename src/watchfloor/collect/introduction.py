"""Who we say we are."""

from watchfloor import __version__
from watchfloor.core.errors import ConfigError

PRODUCT = "Watchfloor"
"""The name in the User-Agent header, by which robots.txt files may call us."""


def user_agent(contact: str | None) -> str:
    """Return our own name and whom to write to, never another program's.

    Raise ConfigError when the contact cannot stand in a header.

    >>> user_agent("https://watch.example/about").partition(" ")[2]
    '(+https://watch.example/about)'
    """
    if contact is None:
        return f"{PRODUCT}/{__version__}"
    if not (contact.isascii() and contact.isprintable() and contact.strip()) or "(" in contact or ")" in contact:
        raise ConfigError(f"contact {contact!r}: expected an address or a web page in plain ASCII, without brackets")
    return f"{PRODUCT}/{__version__} (+{contact.strip()})"
