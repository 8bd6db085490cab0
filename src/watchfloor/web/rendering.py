"""A page: a template filled for one visit, or its data as JSON for programs."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import Response
from markupsafe import Markup

from watchfloor.core.marking import Marking
from watchfloor.share.release import banner, effective
from watchfloor.watch.days import said, short
from watchfloor.web import navigation
from watchfloor.web.inert import inert, shown
from watchfloor.web.messages import Catalogue, languages
from watchfloor.web.packing import packed
from watchfloor.web.static_files import static
from watchfloor.web.visit import Visit

NOTHING = Marking(level="CLEAR")
"""Of a page that shows nothing that was collected: the words of the interface are open."""


@cache
def environment() -> Environment:
    """Return the templates; every text that is put into one is escaped, and inert before."""
    made = Environment(
        loader=PackageLoader("watchfloor.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    made.filters["shown"] = shown
    made.filters["number"] = "{:,}".format
    made.filters["day"] = short
    made.filters["said"] = said
    made.globals["static"] = static
    return made


def _finalized(value: object) -> object:
    return inert(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def page(
    visit: Visit,
    template: str,
    *,
    title: str,
    data: object = None,
    marking: Marking | None = NOTHING,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> Response[bytes]:
    """Return a page. marking: the effective marking of all that it shows, None for unmarked: see `marked`.

    data: what the page shows, as plain values, or a function that gives them: `?format=json` does. values: what the
    template is filled with.
    """
    sent = {"Vary": "Accept, Accept-Encoding, Cookie, HX-Request, Sec-Fetch-Site", **(headers or {})}
    if visit.wants_json and data is not None:
        body = {
            "title": title,
            "as_of": visit.as_of.isoformat() if visit.as_of else None,
            "marking": banner(marking),
            "data": data() if callable(data) else data,
        }
        return _answer(visit, encoded(body), status, sent, "application/json")
    with visit.timed("template"):
        text = filled(visit, template, title=title, marking=marking, has_twin=data is not None, **values)
    return _answer(visit, text.encode("utf-8", "replace"), status, sent, "text/html")


def _answer(visit: Visit, body: bytes, status: int, headers: dict[str, str], kind: str) -> Response[bytes]:
    sent, how = packed(body, packs=visit.packs)
    return Response(sent, status_code=status, headers={**headers, **how}, media_type=kind)


def filled(visit: Visit, template: str, *, title: str, marking: Marking | None = NOTHING, **values: Any) -> str:
    """Return a template filled for a visit."""
    environment_ = environment()
    made = environment_.get_template(
        template,
        globals=_words(visit.words),
    )
    return made.render(
        visit=visit,
        title=title,
        banner=banner(marking),
        level=marking.level.lower().replace("+", "-") if marking else "unmarked",
        entries=entries(visit),
        languages=languages(),
        **{"has_twin": False, **values},
    )


def _words(words: Catalogue) -> dict[str, Any]:
    """Return what templates call: _("…", name=value) and plural("one …", "%(number)s …", number)."""

    def say(message: str, **values: Any) -> Markup:
        """Values are made inert and escaped; the message is ours."""
        said_ = Markup(words.gettext(message))
        return said_ % {name: _finalized(value) for name, value in values.items()} if values else said_

    def plural(one: str, many: str, number: int, **values: Any) -> Markup:
        shown_ = {"number": f"{number:,}", **values}
        return Markup(words.ngettext(one, many, number)) % {name: _finalized(value) for name, value in shown_.items()}

    return {"_": say, "plural": plural}


def entries(visit: Visit) -> tuple[navigation.Entry, ...]:
    """Return where whoever asks can go."""
    return tuple(one for one in navigation.ENTRIES if one.path in visit.node.paths and visit.may(one.verb))


def marked(markings: Iterable[Marking | None]) -> Marking | None:
    """Return the effective marking of what a page shows; one that shows nothing is open."""
    found = list(markings)
    return effective(found) if found else NOTHING


def encoded(data: object) -> bytes:
    """Return plain values as JSON for people and programs."""
    return msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=2) + b"\n"
