"""Whatever is asked of any page, it is an answer and never an error of ours; the table of rights names the pages.

The requests are made up by schemathesis; WATCHFLOOR_EXAMPLES asks for more of them.
"""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from hypothesis import Phase, given, settings
from litestar import Litestar
from litestar.testing import TestClient
from schemathesis.generation import GenerationMode

from watchfloor.web import permitted

EXAMPLES = int(os.environ.get("WATCHFLOOR_EXAMPLES", "8"))
ASKED = sorted(permitted.OPEN | permitted.DOES.keys())
WORDS = ("next", "as_of", "from", "format", "q", "t", "sort", "page", "limit", "id", "since", "kind", "lang", "state")
"""What addresses may say; whatever else they say is passed over."""

_TEXT = {"type": "string", "minLength": 1}


def described(key: str) -> Any:
    """Return the one operation of a page, with anything in its path, its address and its form."""
    method, _, template = key.partition(" ")
    path = re.sub(r"\{(\w+)(?::\w+)?\}", r"{\1}", template)
    names = re.findall(r"\{(\w+)\}", path)
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _TEXT} for name in names
    ]
    parameters += [{"name": name, "in": "query", "schema": {"type": "string"}} for name in WORDS]
    asked: dict[str, Any] = {"parameters": parameters, "responses": {"default": {"description": "an answer"}}}
    if method != "GET":
        form = {"type": "object", "additionalProperties": {"type": "string"}}
        asked["requestBody"] = {"content": {"application/x-www-form-urlencoded": {"schema": form}}}
    whole = {"openapi": "3.1.0", "info": {"title": "pages", "version": "1"}, "paths": {path: {method.lower(): asked}}}
    return schemathesis.openapi.from_dict(whole)[path][method]


@pytest.mark.parametrize("key", ASKED)
def test_any_request_is_answered(key: str, client: TestClient[Litestar], form_token: Callable[..., str]) -> None:
    asked = described(key).as_strategy(generation_mode=GenerationMode.POSITIVE)
    is_form, secret = not key.startswith("GET "), form_token(client)

    @settings(max_examples=EXAMPLES, phases=[Phase.generate])
    @given(asked)
    def ask(case: Any) -> None:
        sent = case.as_transport_kwargs(base_url=str(client.base_url).rstrip("/"))
        form = {**(case.body if isinstance(case.body, dict) else {}), "token": secret}
        answer = client.request(sent["method"], sent["url"], params=sent.get("params"), data=form if is_form else None)

        assert answer.status_code < 500, (sent["url"], sent.get("params"), form)
        assert "content-security-policy" in answer.headers

    ask()
