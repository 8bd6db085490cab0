"""Alerts as an Atom feed (RFC 4287): for any feed reader, and only what its reader may have."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from watchfloor.core.alert import Alert
from watchfloor.core.marking import Reader
from watchfloor.share.harmless import on_one_line
from watchfloor.share.instants import seconds
from watchfloor.share.release import banner, refusal

_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def export(
    alerts: Sequence[Alert],
    *,
    reader: Reader,
    title: str,
    address: str,
    outlets: Mapping[str, str] = {},
    page: str | None = None,
) -> bytes:
    """Return the feed of the alerts that the reader may have, in the order given.

    address: of the feed itself, its id. outlets: by report id who published it. page: where alerts are shown, to link.
    """
    feed = Element("feed", xmlns=_ATOM)
    _text(feed, "id", address)
    _text(feed, "title", title)
    may = [one for one in alerts if refusal(one.marking, reader) is None]
    _text(feed, "updated", seconds(max((one.at for one in may), default=_NEVER)))
    SubElement(feed, "link", rel="self", href=on_one_line(address))
    SubElement(SubElement(feed, "author"), "name").text = "Watchfloor"
    for alert in may:
        _entry(feed, alert, outlets, page)
    written: bytes = tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _entry(feed: Element, alert: Alert, outlets: Mapping[str, str], page: str | None) -> None:
    entry = SubElement(feed, "entry")
    _text(entry, "id", f"urn:watchfloor:{alert.id}")
    _text(entry, "title", f"{alert.title}: {alert.trigger}")
    _text(entry, "updated", seconds(alert.at))
    _text(entry, "published", seconds(alert.at))
    SubElement(entry, "category", term=alert.indicator)
    if page is not None:
        SubElement(entry, "link", rel="alternate", href=f"{page.rstrip('/')}?alert={alert.id}")
    rights = banner(alert.marking)
    _text(entry, "rights", rights)
    cited = "; ".join(
        f"{outlets.get(span.report, 'outlet unknown')} ({span.report}, {span.start}-{span.end})"
        for span in alert.evidence
    )
    parts = (
        f"“{alert.sentence}”",
        f"Why now: {alert.because}",
        f"Why not before: {alert.not_before}",
        f"Reports {alert.reports}, outlets {alert.outlets}, independent origins "
        f"{alert.origins_min} to {alert.origins_max}.",
        f"Rests on: {cited}.",
        rights,
    )
    _text(entry, "content", "\n".join(on_one_line(part) for part in parts), kind="text")


def _text(parent: Element, name: str, text: str, kind: str | None = None) -> None:
    made = SubElement(parent, name, {} if kind is None else {"type": kind})
    made.text = text if kind is not None else on_one_line(text)
