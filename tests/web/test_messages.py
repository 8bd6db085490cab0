"""Every word of the interface goes through the catalogue; catalogues are read as translators write them."""

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.errors import ConfigError
from watchfloor.web import messages
from watchfloor.web.messages import Catalogue

Client = TestClient[Litestar]

KOREAN = """
# a translator's comment
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

msgid "Claims"
msgstr "주장"

#, fuzzy
msgid "Help"
msgstr "도"

msgid "%(number)s report"
msgid_plural "%(number)s reports"
msgstr[0] "보도 %(number)s건"

msgid "A long "
"message"
msgstr "긴 "
"문장"
"""


def test_a_catalogue_is_read_as_translators_write_it() -> None:
    words = Catalogue("ko", KOREAN)

    assert words.gettext("Claims") == "주장"
    assert words.gettext("A long message") == "긴 문장"
    assert words.gettext("Help") == "Help"
    assert words.ngettext("%(number)s report", "%(number)s reports", 5) == "보도 %(number)s건"


def test_what_is_not_translated_stays_english_in_the_right_number() -> None:
    words = Catalogue("uk", "")

    assert [words.ngettext("report", "reports", n) for n in (1, 2)] == ["report", "reports"]


def test_a_plural_rule_that_cannot_be_read_is_told() -> None:
    with pytest.raises(ConfigError, match="plural rule"):
        Catalogue("xx", 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__(1);"\n')


class Pseudo(Catalogue):
    """Every message in brackets, so that words that went past the catalogue stand out."""

    def gettext(self, message: str) -> str:
        return f"[{message}]"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"[{msgid2}]"


class Words(HTMLParser):
    """Collects the text that is not in <bdi>, <q>, <svg>, <code> or the like: that of the interface."""

    QUIET = frozenset(
        ("bdi", "q", "svg", "code", "kbd", "script", "title", "option", "blockquote", "mark", "dd", "strong")
    )

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in self.QUIET

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in self.QUIET

    def handle_data(self, data: str) -> None:
        if not self.depth and data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("path", ["/help", "/claims", "/nowhere"])
def test_no_word_of_the_interface_goes_past_the_catalogue(
    path: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfloor.web.door.catalogue", lambda language: Pseudo("en"))
    parser = Words()
    parser.feed(client.get(path).text)
    bare = [re.sub(r"\[[^\]]*\]", "", text).strip(" ·…▾0123456789,–:-") for text in parser.found]

    allowed = {"Watchfloor", "JSON", "CSV", ""}
    assert [text for text in bare if re.search(r"[A-Za-z]{3}", text) and text not in allowed][:5] == []


def test_right_to_left_is_a_matter_of_the_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchfloor.web.door.catalogue", lambda language: Catalogue("ar"))

    assert '<html lang="ar" dir="rtl"' in client.get("/").text


def test_styles_are_safe_for_right_to_left() -> None:
    from watchfloor.web.static_files import known

    physical = re.compile(
        r"(?<![-\w])(?:margin|padding|border|inset)?-?(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    for name in ("app.css", "overview.css", "claims.css", "claim.css"):
        assert physical.findall(known()[name].data.decode()) == [], name


def test_a_language_that_the_browser_likes_and_there_is_a_catalogue_for_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "languages", lambda: ("en", "ko"))
    chosen: Callable[[str], str] = messages.chosen

    assert [chosen(text) for text in ("ko-KR,ko;q=0.9", "fr, en;q=0.5", "", "ko;q=x")] == ["ko", "en", "en", "en"]
