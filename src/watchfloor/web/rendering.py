"""A page: a template filled for one visit, or its data as JSON for programs."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Response
from markupsafe import Markup

from watchfloor.core.marking import Marking
from watchfloor.core.partial_date import PartialDate
from watchfloor.share.release import banner, effective
from watchfloor.watch.days import said, short
from watchfloor.watch.wording import capital
from watchfloor.web import forms, navigation
from watchfloor.web.inert import finalized, shown
from watchfloor.web.messages import NAMES, Catalogue, languages
from watchfloor.web.packing import packed
from watchfloor.web.static_files import static
from watchfloor.web.visit import Visit
from watchfloor.web.work_words import WORK_WORDS

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
        finalize=finalized,
    )
    made.filters["shown"] = shown
    made.filters["number"] = _number
    made.filters["day"] = _day
    made.filters["said"] = _said
    made.filters["in_form"] = _in_form
    made.filters["moment"] = _moment
    made.filters["first_capital"] = capital
    made.globals["static"] = static
    made.globals["work_words"] = WORK_WORDS
    return made


@pass_context
def _number(context: Context, value: float) -> str:
    return forms.number(value, context["language"])


@pass_context
def _day(context: Context, value: date) -> str:
    return forms.dated(short(value), context["language"])


@pass_context
def _said(context: Context, value: PartialDate | None) -> str:
    return forms.dated(said(value), context["language"])


@pass_context
def _in_form(context: Context, value: str) -> str:
    """Return a date that was put in words before."""
    return forms.dated(value, context["language"])


@pass_context
def _moment(context: Context, value: datetime) -> str:
    return forms.moment(value, context["language"])


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
    return environment_.get_template(template).render(
        **_words(visit.words),
        language=visit.words.language,
        visit=visit,
        title=title,
        banner=banner(marking),
        level=marking.level.lower().replace("+", "-") if marking else "unmarked",
        entries=entries(visit),
        languages=languages(),
        language_names=NAMES,
        **{"has_twin": False, **values},
    )


def _words(words: Catalogue) -> dict[str, Any]:
    """Return what templates call: _("…", name=value) and plural("one …", "%(number)s …", number)."""

    def say(message: str, **values: Any) -> Markup:
        """Values are made inert and escaped; the message is ours."""
        said_ = Markup(words.gettext(message))
        return said_ % {name: finalized(value) for name, value in values.items()} if values else said_

    def plural(one: str, many: str, number: int, **values: Any) -> Markup:
        shown_ = {"number": forms.number(number, words.language), **values}
        return Markup(words.ngettext(one, many, number)) % {name: finalized(value) for name, value in shown_.items()}

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
