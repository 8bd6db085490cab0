"""Reports that try to do something: on every page that shows them, and in every export, they are words and no more."""

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.cli.sharing import _FORMS, _written
from watchfloor.core.marking import Marking, Reader
from watchfloor.flow.admission import alone
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.reading_room import opened as opened_report
from watchfloor.flow.release import prepared
from watchfloor.flow.saved_searches import save
from watchfloor.flow.situation import Situation
from watchfloor.store.connection import open_store
from watchfloor.store.store import Store
from watchfloor.web.app import application
from watchfloor.web.node import Node

Client = TestClient[Litestar]
NOW = datetime(2024, 11, 1, 12, tzinfo=UTC)
US = Reader(name="us", partner=None, clearance="RED", at=NOW)
BY = alone("us", "RED", NOW)

HEADLINES = {
    "script": "<script>alert(1)</script> Envoy Ann Lee met Bob Roy in Oslo",
    "svg": "<svg onload=alert(1)><image href=x onerror=alert(1)> Envoy Ann Lee met Bob Roy",
    "link": "javascript:alert(1) Envoy Ann Lee met Bob Roy",
    "bidi": "Envoy \u202egnihtemos\u2066 Ann Lee met Bob Roy in Oslo",
    "css": "</style><style>*{display:none}</style> Envoy Ann Lee met Bob Roy",
    "template": "{{ 7*7 }} {% for x in y %} ${7*7} #{7*7} <%= 7*7 %> Envoy Ann Lee met",
    "quote": '" onmouseover="alert(1)" x=\'y\' Envoy Ann Lee met Bob Roy',
    "formula": '=HYPERLINK("http://evil.example","x") Envoy Ann Lee met Bob Roy',
    "comment": "--><!-- ]]> </title></textarea></noscript> Envoy Ann Lee met Bob Roy",
}
BODY = """{headline}

By Ann <b onclick=alert(1)>Author</b>

{line}

"{headline}," envoy Ann Lee of Norway told reporters on Monday. \
Some 1,200 Norwegian soldiers {headline} were sent to Sweden on Monday, @SUM(1+1) the ministry said.

Foreign Minister Ann Lee of Norway met her counterpart Bob Roy of Sweden in Oslo on Monday. {extra}
"""
SIGNS = "".join(chr(n) for n in (0, 1, 7, 8, 11, 12, 27, 127, 133, 155, 0x2028, 0xFEFF, 0xFFF9)) + "\ud800\U000e0041"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch, open_store(folder / "a.db", create=True) as made:
        patch.setenv("WATCHFLOOR_NOW", NOW.isoformat())
        opened = Situation(made, US, Configuration(), BY)
        for name, headline in HEADLINES.items():
            text = BODY.format(headline=headline, line="+cmd|' /C calc'!A0", extra=f"{SIGNS} {'A' * 500}")
            put(opened, folder / f"{name}.txt", text, outlet=headline[:60])
        put(opened, folder / "long.txt", f"Long words in Oslo\n\nBy Ann Author\n\n{'x' * 1_000_000}\n\n{BODY}", "Long")
        (folder / "<img src=x onerror=alert(1)>.txt").write_text("")
        opened.add([str(folder / "<img src=x onerror=alert(1)>.txt")])
        save(made, BY, "<script>alert(1)</script>", "<script> OR envoy", NOW)
        yield made


def put(opened: Situation, path: Path, text: str, outlet: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    marking = Marking(level="GREEN", releasable_to=frozenset({"Ally"}))
    opened.add([str(path)], outlet=outlet, published="2024-10-21", marking=marking)


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[Client]:
    node = Node(store, Configuration(), now=lambda: NOW)
    app = application(node)
    inner = app.asgi_handler

    async def from_here(scope: Any, receive: Any, send: Any) -> None:
        scope["client"] = ("127.0.0.1", 50000)
        await inner(scope, receive, send)

    app.asgi_handler = from_here
    made: Client = TestClient(app, base_url=node.address.rstrip("/"), raise_server_exceptions=False)
    with made:
        made.get(node.entrance())
        yield made


class Inert(HTMLParser):
    """Collects what on a page could do something."""

    TAGS = frozenset({"iframe", "object", "embed", "image", "style", "base", "foreignobject", "img", "marquee", "b"})

    def __init__(self) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in self.TAGS and not (tag == "b" and not attrs):
            self.alive.append(tag)
        if tag == "script" and not (given.get("src") or "").startswith("/static/"):
            self.alive.append("script")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.alive.append(f"{tag} {name}")
            if name in ("href", "src", "action", "formaction", "xlink:href") and not re.match(r"[/#]", value or "/"):
                self.alive.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def pages(store: Store) -> list[str]:
    reports = store.reports(US)
    paths = ["/", "/reports", "/search?q=envoy", "/search?q=%3Cscript%3E+onerror", "/searches", "/setaside", "/feeds"]
    paths += ["/reports?outlet=%3Csvg", "/search?q=" + "%27%22%3E%3Cimg+src=x+onerror=alert(1)%3E"]
    for report in reports:
        paths += [f"/r/{report.id}?kinds=all", f"/r/{report.id}?add=contact&start=0&end=40"]
    return paths


def test_nothing_of_a_report_is_alive_on_any_page(client: Client, store: Store) -> None:
    assert len(store.reports(US)) >= len(HEADLINES)  # one may be set aside, and is shown there
    for path in pages(store):
        answer = client.get(path)
        page = Inert()
        page.feed(answer.text)

        assert answer.status_code == 200, path
        assert page.alive == [], path
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f]", answer.text)
        assert len(answer.content) < 1_000_000, path


def test_template_syntax_is_shown_and_not_run(client: Client, store: Store) -> None:
    report = next(one for one in store.reports(US) if "{{" in one.text)
    text = client.get(f"/r/{report.id}").text

    assert "{{ 7*7 }}" in text
    assert "49" not in re.sub(r"rep_\w+|fnd_\w+|\w{20,}|data-at=\"\d+\"|start=\d+|end=\d+", "", text)


def test_a_sign_that_would_turn_the_line_round_is_shown_by_its_number(client: Client, store: Store) -> None:
    report = next(one for one in store.reports(US) if "\u202e" in one.text)
    text = client.get(f"/r/{report.id}").text

    assert "[U+202E]" in text
    assert re.search(r'<span data-at="\d+" class="odd" data-odd>\[U\+202E\]</span>', text)


def test_offsets_on_the_page_are_those_of_the_text_whatever_stands_in_it(client: Client, store: Store) -> None:
    for report in store.reports(US)[:4]:
        text = client.get(f"/r/{report.id}?kinds=all").text
        found = re.findall(r'<span data-at="(\d+)" class="f [^"]*" data-f="[^"]*">([A-Za-z ]+)</span>', text)

        assert found
        for at, words in found:
            assert report.text[int(at) : int(at) + len(words)] == words


def test_a_word_of_a_million_letters_is_shown_in_parts(client: Client, store: Store) -> None:
    report = next(one for one in store.reports(US) if "x" * 1_000_000 in one.text)
    first, second = client.get(f"/r/{report.id}"), client.get(f"/r/{report.id}?part=2")

    assert "part 1 of 17" in first.text
    assert len(first.content) < 150_000
    assert first.text != second.text
    found = opened_report(store, US, report.id)
    assert found is not None


def test_a_feed_of_a_search_is_plain_words(client: Client, store: Store) -> None:
    (kept,) = client.get("/searches?format=json").json()["data"]
    root = ElementTree.fromstring(client.get(f"/searches/{kept['id']}/feed").content)

    assert all(one.tag.startswith("{http://www.w3.org/2005/Atom}") for one in root.iter())
    assert all(one.get("type") in (None, "text/html", "application/atom+xml") for one in root.iter())
    assert "\u202e" not in "".join(root.itertext())


@pytest.mark.parametrize("form", sorted(_FORMS))
def test_every_export_is_well_formed_and_inert(form: str, store: Store) -> None:
    opened = Situation(store, US, Configuration(), BY)
    for reader in (US, Reader(name="them", partner="Ally", clearance="RED", at=NOW)):
        ready = prepared(opened, receiver=reader)
        data = _written(ready, form)
        text = data if isinstance(data, str) else document(data)
        if form == "html":
            page = Inert()
            page.feed(text)
            assert [one for one in page.alive if one != "style"] == []
        if form == "csv":
            for row in csv.reader(StringIO(text)):
                assert not [cell for cell in row if cell[:1] in tuple("=+-@\t\r|%")], row
        if form in ("json", "geojson", "stix", "ftm", "jsonl"):
            for line in text.splitlines() if form in ("ftm", "jsonl") else [text]:
                json.loads(line)
        if form == "graphml":
            ElementTree.fromstring(text)
        if form == "md":
            assert not re.search(r"(?<!\\)<[a-z!/]", text)  # a sign of HTML behind a backslash is a sign
            assert "](javascript" not in text
        if form in ("md", "html", "docx", "csv", "ics"):  # for people; programs get the words as they are
            assert "\u202e" not in text


def document(data: bytes) -> str:
    """The text of a DOCX file, of which every part is well-formed."""
    with ZipFile(BytesIO(data)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(parts.read(name))
        return "".join(ElementTree.fromstring(parts.read("word/document.xml")).itertext())
