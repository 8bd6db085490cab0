"""Whatever is asked of any page, it is an answer and never an error of ours; the table of rights names the pages.

The requests are made up by schemathesis, half of them against the description; WATCHFLOOR_EXAMPLES asks for more.
"""

import os
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from litestar import Litestar
from litestar.testing import TestClient
from lxml import html
from schemathesis.generation import GenerationMode
from tests.web import made_up

from watchfloor.web import permitted
from watchfloor.web.door import TOKEN_HEADER
from watchfloor.web.node import Node

EXAMPLES = int(os.environ.get("WATCHFLOOR_EXAMPLES", "8"))  # of each page, half of them against what is described
WALKS = max(EXAMPLES // 4, 1)
STEPS = 12  # of one walk
ASKED = sorted(permitted.OPEN | permitted.DOES.keys())
WORDS = ("next", "as_of", "from", "format", "q", "t", "sort", "page", "limit", "id", "since", "kind", "lang", "state")
"""What addresses may say; whatever else they say is passed over."""

Client = TestClient[Litestar]
PLAIN = [key.partition(" ")[2] for key in sorted(permitted.DOES) if key.startswith("GET ") and "{" not in key]
FIELDS = made_up.fields()
OFFERED: dict[str, list[str]] = {}
_QUIET: dict[str, Any] = {"phases": [Phase.generate], "suppress_health_check": list(HealthCheck)}


def offered(client: Client) -> dict[str, list[str]]:
    """Return what the pages of the sample offer; they are asked once."""
    if not OFFERED:
        OFFERED.update(made_up.offered(client, PLAIN))
    return OFFERED


def _told(name: str, known: made_up.Offered, least: int = 0) -> dict[str, Any]:
    text = {"type": "string", "minLength": least}
    return {"anyOf": [{"enum": list(known[name])}, text]} if known.get(name) else text


def described(key: str, known: made_up.Offered) -> Any:
    """Return the one operation of a page: what pages offer, or anything, in its path, its address and its form."""
    method, _, template = key.partition(" ")
    path = re.sub(r"\{(\w+)(?::\w+)?\}", r"{\1}", template)
    names = re.findall(r"\{(\w+)\}", path)
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _told(name, known, 1)} for name in names
    ]
    parameters += [{"name": name, "in": "query", "schema": _told(name, known)} for name in WORDS]
    asked: dict[str, Any] = {"parameters": parameters, "responses": {"default": {"description": "an answer"}}}
    if method != "GET":
        form = {
            "type": "object",
            "properties": {name: _told(name, known) for name in FIELDS.get(key, ())},
            "additionalProperties": False,
        }
        asked["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    whole = {"openapi": "3.1.0", "info": {"title": "pages", "version": "1"}, "paths": {path: {method.lower(): asked}}}
    return schemathesis.openapi.from_dict(whole)[path][method]


@pytest.mark.parametrize("key", ASKED)
def test_any_request_is_answered(key: str, client: Client, form_token: Callable[..., str]) -> None:
    known, secret = offered(client), form_token(client)
    operation, is_form = described(key, known), not key.startswith("GET ")

    @settings(max_examples=EXAMPLES, **_QUIET)
    @given(st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode)))
    def ask(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url=str(client.base_url).rstrip("/"))
        more: dict[str, Any] = {"headers": {TOKEN_HEADER: secret}}
        if is_form and isinstance(case.body, dict):
            more["data"] = {str(name): str(value) for name, value in case.body.items()}
        elif is_form:
            more["content"] = str(case.body).encode("utf-8", "replace")
            more["headers"]["content-type"] = "application/x-www-form-urlencoded"
        answer = client.request(sent["method"], sent["url"], params=sent.get("params"), **more)

        assert answer.status_code < 500, (sent["url"], sent.get("params"), more)
        assert "content-security-policy" in answer.headers

    ask()


def test_any_walk_through_pages_and_their_forms_is_answered(client: Client) -> None:
    """A walk begins anywhere, follows any link and sends any form, however filled in: what one did the next meets."""
    known = offered(client)

    @settings(max_examples=WALKS, **_QUIET)
    @given(st.data())
    def walk(data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(PLAIN))
        trail: list[Any] = []
        for _ in range(STEPS):
            answer = client.get(path)
            trail.append(path)
            assert answer.status_code < 500, trail
            is_page = answer.status_code == 200 and "html" in answer.headers.get("content-type", "")
            tree: Any = html.fromstring(answer.content) if is_page else None
            forms = [] if tree is None else tree.xpath("//form[@method='post' and not(contains(@action, 'sign-out'))]")
            if forms and data.draw(st.booleans()):
                form = data.draw(st.sampled_from(forms))
                said = data.draw(made_up.filled(form, known)) | {
                    "token": str(form.xpath("string(.//*[@name='token']/@value)"))
                }
                answer = client.post(form.get("action") or path, data=said)
                trail.append((form.get("action"), said))
                assert answer.status_code < 500, trail
            links = [] if tree is None else [one for one in tree.xpath("//a/@href") if one.startswith("/")]
            onward = answer.headers.get("location", "")
            path = onward if onward.startswith("/") else data.draw(st.sampled_from(links or PLAIN))

    walk()


_TOLD = st.one_of(st.text(max_size=60), st.sampled_from(["wf_0_0", "wf_", "Og==", "cm9vdDo=", "a" * 4_000]))
_SCHEME = st.sampled_from(["Basic ", "basic ", "Bearer ", "Digest ", "wf_", "", "Basic  ", "Bearer\t"])


def test_nobody_comes_in_by_a_header_or_cookie_that_is_made_up(peopled: Node, stranger: Client) -> None:
    name = peopled.cookie

    @settings(max_examples=4 * EXAMPLES, **_QUIET)
    @given(
        scheme=_SCHEME,
        told=_TOLD,
        cookie=_TOLD,
        which=st.sampled_from([name, f"{name}-before", f"{name}-visit", "look"]),
        key=st.sampled_from([one for one in ASKED if one in permitted.DOES]),
    )
    def knock(scheme: str, told: str, cookie: str, which: str, key: str) -> None:
        method, _, template = key.partition(" ")
        path = re.sub(r"\{[^}]*\}", quote(told, safe="") or "x", template)
        written = f"{scheme}{told}".encode("utf-8", "replace")
        headers = [
            (b"authorization", _sendable(written)),
            (b"cookie", _sendable(f"{which}={cookie}".encode("utf-8", "replace"))),
        ]
        answer = stranger.request(method, path, headers=headers)

        assert answer.status_code in (303, 400, 401, 403, 404, 405, 429), (key, headers, answer.status_code)
        assert answer.status_code != 303 or answer.headers["location"].startswith("/sign-in")

    knock()


def _sendable(told: bytes) -> bytes:
    return bytes(byte for byte in told if byte not in b"\r\n\x00")
