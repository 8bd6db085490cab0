"""Reports that want to do something stay inert on every page."""

from collections.abc import Callable
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from watchfloor.core.picture import Picture
from watchfloor.flow.pictures import Pictures
from watchfloor.web.node import Node

Client = TestClient[Litestar]

HOSTILE = (
    "<script>window.hit=1</script>",
    '"><img src=x onerror=window.hit=1>',
    "<svg onload=window.hit=1>",
    "javascript:window.hit=1",
    "{{ 7*7 }}{% raw %}",
    "%(number)s %s %d",
    "\u202egpj.exe",
    "</style><style>*{display:none}",
    "' onmouseover='window.hit=1",
    "=cmd|' /C calc'!A0",
)


def poisoned(picture: Picture) -> Picture:
    """The picture with hostile words wherever a report could put words, and one endless word."""
    bad = " ".join(HOSTILE)
    endless = bad + "Wide" * 250_000
    claims = tuple(
        replace(
            claim,
            proposition=endless if at == 0 else bad,
            positions=tuple(
                replace(p, party=f"{bad}{n}", outlet=bad, quote=bad, via=bad, because=bad, speaks_for=bad)
                for n, p in enumerate(claim.positions)
            ),
            figures=tuple(replace(figure, verbatim=bad, unit=bad) for figure in claim.figures),
            origins=tuple(replace(o, party=bad, reasons=(bad,), may_be=(bad,)) for o in claim.origins),
        )
        for at, claim in enumerate(picture.claims)
    )
    reports = tuple(
        replace(one, headline=endless, outlet=bad, text=(bad + one.text)[: len(one.text)]) for one in picture.reports
    )
    return replace(
        picture,
        claims=claims,
        reports=reports,
        outlets={one.id: bad for one in reports},
        routes=tuple(replace(route, detail=bad) for route in picture.routes),
    )


@pytest.fixture
def hostile(node: Node, monkeypatch: pytest.MonkeyPatch) -> Node:
    given: Callable[..., Picture] = Pictures.picture

    def picture(self: Pictures, *arguments: Any, **options: Any) -> Picture:
        return poisoned(given(self, *arguments, **options))

    monkeypatch.setattr(Pictures, "picture", picture)
    return node


def test_hostile_words_are_words_on_every_page(hostile: Node, client: Client) -> None:
    claim = client.get("/claims?format=json").json()["data"][0]["id"]
    for path in ("/", "/claims", f"/claims/{claim}", "/claims?party=%3Cscript%3E&words=%22%3E%3Cimg%20src=x%3E"):
        text = client.get(path).text

        assert "<script>window" not in text, path
        assert "<img" not in text
        assert "<svg onload" not in text
        assert 'href="javascript:' not in text
        assert "\u202e" not in text, text[text.index("\u202e") - 200 : text.index("\u202e") + 50]
        assert "onmouseover='" not in text
        assert ">49<" not in text
        assert len(text) < 1_500_000, (path, len(text))


def test_a_sheet_holds_no_formulas(hostile: Node, client: Client) -> None:
    text = client.get("/claims.csv").text

    assert not [line for line in text.splitlines() if line.startswith(("=", "+", "@"))]
    assert ",=cmd" not in text


def test_nothing_in_an_address_runs_in_a_browser(watched: Any) -> None:
    page = watched().goto(
        "/claims?words=%3Cscript%3Ewindow.hit=1%3C/script%3E&party=%22%3E%3Csvg%20onload=window.hit=1%3E"
    )

    assert page.evaluate("window.hit === undefined")
