"""What to ask of pages: the fields that a form of theirs has, and the values that pages offer for them.

Made-up requests with nothing but made-up names are all refused at the door; these come further.
"""

import inspect
import re
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html

from watchfloor.web import app, permitted

Client = TestClient[Litestar]
Offered = Mapping[str, Sequence[str]]

_ONLY = re.compile(r"form\.only\(([^)]*)\)")
_NAME = re.compile(r"\"(\w+)\"|\*_(names\(\)|FIELDS)")
_PLACE = re.compile(r"\{(\w+)(?::\w+)?\}")
_MOST = 12  # values of one name


def fields() -> dict[str, tuple[str, ...]]:
    """Return the names that the form of each route has, by its key in the table of rights, as its handler says."""
    found = {}
    for handler in app.handlers():
        function = handler.fn  # type: ignore[union-attr]
        told = _ONLY.search(inspect.getsource(function))
        if told is not None:
            module = inspect.getmodule(function)
            names: list[str] = []
            for plain, more in _NAME.findall(told[1]):
                names += [plain] if plain else list(module._names() if more == "names()" else module._FIELDS)  # type: ignore[union-attr]
            for path in handler.paths:  # type: ignore[union-attr]
                found[permitted.key("POST", path)] = tuple(names)
    return found


def offered(client: Client, pages: Sequence[str]) -> dict[str, list[str]]:
    """Return what these pages, and some that they lead to, offer: values by the name of a field or place in a path."""
    found: dict[str, list[str]] = {}
    templates = [(_PLACE.findall(key), _matching(key)) for key in permitted.DOES]
    seen = set(pages)
    for number, path in enumerate(ahead := list(pages)):
        answer = client.get(path)
        if answer.status_code != 200 or "html" not in answer.headers.get("content-type", ""):
            continue
        tree: Any = html.fromstring(answer.content)
        for one in tree.xpath("//*[@name and @value]|//select[@name]/option[@value]"):
            _add(found, one.get("name") or one.getparent().get("name") or "", one.get("value"))
        for link in tree.xpath("//@href | //@action"):
            for names, template in templates:
                if names and (match := template.fullmatch(link.partition("?")[0])):
                    for name, value in zip(names, match.groups(), strict=True):
                        _add(found, name, value)
            way = link.partition("#")[0]
            if way.startswith("/") and way not in seen and number < len(pages) and len(ahead) < 3 * len(pages):
                seen.add(way)
                ahead.append(way)
    return found


def _matching(key: str) -> re.Pattern[str]:
    return re.compile(_PLACE.sub("([^/]+)", key.partition(" ")[2]))


def _add(found: dict[str, list[str]], name: str, value: str | None) -> None:
    values = found.setdefault(name, [])
    if value and value not in values and len(values) < _MOST and name != "token":
        values.append(value)


def filled(form: Any, offered: Offered) -> st.SearchStrategy[dict[str, str]]:
    """Return forms of a page: what stands in it, with some fields left out and some changed to what others offer."""
    told: dict[str, list[str]] = {}
    for one in form.xpath(".//*[@name]"):
        name = one.get("name")
        values = [option.get("value") or "" for option in one.xpath(".//option")] or [
            one.get("value") or one.text or ""
        ]
        told.setdefault(name, []).extend([*values, *offered.get(name, ())])
    choices = {name: st.one_of(st.sampled_from(values), st.text(max_size=40)) for name, values in told.items()}
    choices.pop("token", None)
    return st.fixed_dictionaries({}, optional=choices)
