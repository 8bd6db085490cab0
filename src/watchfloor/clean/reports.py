"""A capture becomes a report, or is set aside."""

from collections.abc import Callable
from datetime import date
from typing import Literal

from watchfloor.clean import mixture, plain, published, syndication
from watchfloor.clean.decoding import decode
from watchfloor.clean.draft import Draft
from watchfloor.clean.host_memory import Recall
from watchfloor.clean.language import language
from watchfloor.core.capture import Capture
from watchfloor.core.errors import SetAside
from watchfloor.core.identity import content_id
from watchfloor.core.report import Passage, Report

Quality = Literal["best", "bulk"]
"""How pages are read: "best" by trafilatura and all of the markup, "bulk" ten times as fast, for archives."""


def clean(
    capture: Capture, *, quality: Quality = "best", recall: Recall | None = None, expected: str | None = None
) -> Report:
    """Return the report that the capture holds; raises SetAside when it holds none.

    What the capture was told (outlet, address, date) wins over what the item says of itself. recall: answers what is
    known of the lines of a page's host (host_memory); without it nothing is. expected: the language (BCP 47) of the
    feed, believed where the text leaves its language open.
    """
    part = _PARTS.get(capture.media_type.partition(";")[0].strip().lower())
    if part is None:
        detail = f"found {capture.media_type}; expected one of {', '.join(sorted(_PARTS))}"
        raise SetAside("unsupported-type", detail, capture.locator)
    try:
        draft = part(capture, quality, recall)
    except SetAside as aside:
        raise SetAside(aside.reason, aside.detail, capture.locator) from None
    return _report(capture, draft, (expected or "").replace("_", "-").partition("-")[0].strip().lower())


def _report(capture: Capture, draft: Draft, expected: str) -> Report:
    url = draft.canonical or capture.url
    outlet = capture.outlet or draft.outlet
    credited = (*(credit.name for credit in draft.credits), *draft.signed_by, *filter(None, (draft.copied_from,)))
    told = published.read(capture.published, "the collector", _day(capture)) if capture.published else None
    hint = expected if len(expected) == 2 else None
    main = draft.language or language(_sample(draft.text, draft.passages), hint)
    passages = mixture.told(draft.text, draft.passages, main, quick=draft.language is not None)
    return Report(
        id=content_id("rep", outlet, url, draft.text),
        capture=capture.id,
        address=url or capture.locator,
        url=url,
        outlet=outlet,
        outlet_how="given when it was added" if capture.outlet else draft.outlet_how,
        credited_outlets=tuple(dict.fromkeys(credited)),
        headline=draft.headline,
        authors=syndication.people(draft.authors, credited, None if draft.authors_own else outlet),
        published=told or draft.published,
        language=main,
        text=draft.text,
        passages=passages,
        entries=draft.entries,
        flags=(
            *draft.flags,
            *syndication.flags(draft.credits, outlet),
            *syndication.signed(draft.signed_by, outlet),
            *mixture.flags(passages, main),
        ),
        collected=capture.collected,
        marking=capture.marking,
        generated_by=draft.generated_by,
    )


def _sample(text: str, passages: tuple[Passage, ...]) -> str:
    """The first of the body, on which the language is told."""
    body = (
        text[passage.start : min(passage.end, passage.start + 4000)] for passage in passages if passage.kind == "body"
    )
    return "\n".join(piece for _, piece in zip(range(20), body, strict=False))


def _day(capture: Capture) -> date:
    return capture.collected.date()


def _text(capture: Capture, _quality: Quality, _recall: Recall | None) -> Draft:
    return plain.draft(decode(capture.data), _day(capture))


def _page(capture: Capture, quality: Quality, recall: Recall | None) -> Draft:
    from watchfloor.clean import page_bulk, pages  # lxml: only when there is a page
    from watchfloor.clean.page_tree import declared_charset

    markup = decode(capture.data, declared_charset(capture.data))
    if quality == "bulk":
        return page_bulk.draft(markup, _day(capture), capture.url, recall)
    return pages.draft(markup, _day(capture), capture.url, recall=recall)


def _mail(capture: Capture, _quality: Quality, _recall: Recall | None) -> Draft:
    from watchfloor.clean import mail

    return mail.draft(capture.data, _day(capture))


def _pdf(capture: Capture, _quality: Quality, _recall: Recall | None) -> Draft:
    from watchfloor.clean import pdf

    return pdf.draft(capture.data, _day(capture))


_PARTS: dict[str, Callable[[Capture, Quality, Recall | None], Draft]] = {
    "text/plain": _text,
    "text/markdown": _text,
    "text/html": _page,
    "application/xhtml+xml": _page,
    "message/rfc822": _mail,
    "application/pdf": _pdf,
}
