"""Where an item can be read: the address that a text gives itself, and what a host says about its outlet."""

import functools
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from watchfloor.clean import markdown
from watchfloor.clean.labels import Labels
from watchfloor.clean.units import Unit

_WEB = re.compile(r"https?://[^\s<>\"()\[\]]{4,500}")
_BARE = re.compile(
    r"^\W*(?:url|link|permalink|address)?\W{0,3}(?P<address>https?://[^\s<>\"]{4,500})\s*$", re.IGNORECASE
)
ONLINE = re.compile(
    r"\b(?:view|read|open|see|show)\b.{0,40}\b(?:in|on|at)\b.{0,12}\b(?:browser|web ?site|site|web|online)\b"
    r"|\b(?:view|read) (?:it )?online\b|\b(?:web|online) version\b|\bpermalink\b|^\W*(?:original|read the original)\W*$"
    r"|\bim browser (?:ansehen|anzeigen|öffnen|lesen)|\bonline (?:lesen|ansehen)\b|\bversion en ligne\b"
    r"|\bdans (?:le|votre) navigateur\b|\ben (?:el|su|tu) navegador\b|\bв браузере\b|웹(?:에서|으로) 보기|원문 ?보기",
    re.IGNORECASE,
)
"""Words of a link to the same text on the web."""


def own_address(units: Sequence[Unit], labels: Labels) -> str | None:
    """Return the address that a text gives itself, None when it gives none.

    That is a bare address above the report, or a link that says it leads to the same text on the web.
    """
    for unit, label in zip(units, labels, strict=True):
        if label is None:
            break
        bare = _BARE.match(unit.head)
        if bare and (address := specific(bare["address"])):
            return address
    for unit, label in zip(units, labels, strict=True):
        if label is not None and (address := _online(unit.head)):
            return address
    return None


def specific(address: str) -> str | None:
    """Return an address that leads to one item: one with a path; a front page is no item."""
    address = address.rstrip(".,;:!?'’”»")
    try:
        parts = urlsplit(address)
        found = parts.hostname
    except ValueError:
        return None
    return address if found and "." in found and len(parts.path) > 1 else None


@functools.lru_cache(maxsize=4096)  # a page asks for the same few names many times
def host(address: str | None) -> str | None:
    """Return the host of an address without "www.", None for what is no address."""
    try:
        found = urlsplit(address or "").hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None


def same_site(left: str, right: str) -> bool:
    """Whether one host is the other or a part of it ("m.example.org"), or both share their last two labels' front."""
    one, other = host(left), host(right)
    if one is None or other is None:
        return True
    return (
        one == other
        or one.endswith(f".{other}")
        or other.endswith(f".{one}")
        or one.split(".")[-2:] == other.split(".")[-2:]
    )


def agree(name: str, domain: str) -> bool:
    """Return whether an outlet's name and a domain are the same words.

    >>> agree("The Norddal Courier", "mail.norddal-courier.example"), agree("World", "courier.example")
    (True, False)
    """
    wanted = {squeezed(name), squeezed(re.sub(r"^the\s", "", name, flags=re.IGNORECASE))} - {""}
    return any(squeezed(label) in wanted for label in domain.split("."))


@functools.lru_cache(maxsize=4096)
def squeezed(name: str) -> str:
    """Return the letters and digits of a name in lower case: "Nord-Wire" and "NORDWIRE" are one."""
    return re.sub(r"[\W_]+", "", name).lower()


def _online(line: str) -> str | None:
    for link in markdown.LINK.finditer(line):
        if ONLINE.search(link["words"]) and (address := specific(link["address"])):
            return address
    plain = markdown.LINK.sub("", line) if "](" in line else line
    found = _WEB.search(plain)
    if found and ONLINE.search(plain[: found.start()]):
        return specific(found[0])
    return None
