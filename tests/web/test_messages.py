"""Every word of the interface goes through the catalogue; catalogues are read as translators write them."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from watchfloor.core.errors import ConfigError
from watchfloor.web import forms, messages
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


@pytest.mark.parametrize(
    "path", sorted(Path(str(files("watchfloor.web"))).glob("locale/*.po")), ids=lambda path: path.stem
)
def test_a_message_has_one_entry_in_a_catalogue(path: Path) -> None:
    entries = path.read_text(encoding="utf-8").split("\n\n")
    named = [re.findall(r'^(?:msgctxt|msgid) ((?:".*"\n?)+)', entry, re.MULTILINE) for entry in entries]
    twice = [name for name, count in Counter(tuple(one) for one in named if one).items() if count > 1]

    assert twice == []


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

    allowed = {"Watchfloor", "JSON", "CSV", "English", "Deutsch", ""}
    assert [text for text in bare if re.search(r"[A-Za-z]{3}", text) and text not in allowed][:5] == []


def test_right_to_left_is_a_matter_of_the_language(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("watchfloor.web.door.catalogue", lambda language: Catalogue("ar"))

    assert '<html lang="ar" dir="rtl"' in client.get("/").text


def test_styles_are_safe_for_right_to_left() -> None:
    from watchfloor.web.static_files import known

    physical = re.compile(
        r"(?<![-\w])(?:margin|padding|border|inset)?-?(?:left|right)\s*:|text-align:\s*(?:left|right)"
    )
    four = re.compile(r"(?<![-\w])(?:padding|margin|inset)\s*:\s*([^;}]+)")
    value = re.compile(r"[\w-]+\([^()]*(?:\([^()]*\)[^()]*)*\)|\S+")  # a length, or a function of some
    styles = [name for name in known() if name.endswith(".css") and "leaflet" not in name]
    assert len(styles) > 6
    for name in styles:
        text = known()[name].data.decode()
        sides = [value.findall(one) for one in four.findall(text)]

        assert physical.findall(text) == [], name
        assert [one for one in sides if len(one) == 4 and one[1] != one[3]] == [], name


def test_a_language_that_the_browser_likes_and_there_is_a_catalogue_for_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(messages, "languages", lambda: ("en", "ko"))
    chosen: Callable[[str], str] = messages.chosen

    assert [chosen(text) for text in ("ko-KR,ko;q=0.9", "fr, en;q=0.5", "", "ko;q=x")] == ["ko", "en", "en", "en"]


def sources() -> set[tuple[str, ...]]:
    """All that the pages say, as the program that makes empty catalogues finds it."""
    path = Path(__file__).resolve().parents[2] / "bench" / "messages.py"
    spec = spec_from_file_location("bench_messages", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return set(module.messages())


def test_every_catalogue_has_every_message_and_only_those_with_the_same_places_for_values() -> None:
    wanted = sources()
    place = re.compile(r"%\(\w+\)s")
    for language in [one for one in messages.languages() if one != messages.SOURCE]:
        text = files("watchfloor.web").joinpath("locale", f"{language}.po").read_text("utf-8")
        single, plurals = messages.read(text)
        single.pop("", None)

        assert single.keys() == {one[0] for one in wanted if len(one) == 1}, language
        assert plurals.keys() == {one[0] for one in wanted if len(one) == 2}, language
        pairs = [*single.items(), *((one[1], form) for one in wanted if len(one) == 2 for form in plurals[one[0]][1:])]
        assert [both for both in pairs if sorted(place.findall(both[0])) != sorted(place.findall(both[1]))] == []


@pytest.mark.parametrize("path", ["/", "/claims?group=story", "/review", "/health", "/reports", "/watch", "/nowhere"])
def test_a_page_in_german_says_so_and_keeps_no_english_word_of_the_interface(path: str, client: Client) -> None:
    page = client.get(path, headers={"Accept-Language": "de-AT, en;q=0.5"}).text
    german = messages.catalogue("de")
    english = {one[0] for one in sources() if len(one) == 1 and german.gettext(one[0]) != one[0]}
    parser = Words()
    parser.feed(page)

    assert '<html lang="de" dir="ltr"' in page
    assert [text for text in parser.found if text in english] == []


def test_the_language_is_kept_in_the_browser_with_dates_and_numbers_in_its_form(
    client: Client, form_token: Callable[[Client], str]
) -> None:
    answer = client.post("/look", data={"token": form_token(client), "language": "de", "next": "/claims"})
    assert answer.status_code == 303
    page = client.get("/contacts").text

    assert '<html lang="de"' in page
    assert re.search(r"\d{1,2}\. (?:Okt\.|Nov\.) 2024 \((?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|\(Mittwoch", page)
    assert not re.search(r"\d (?:Oct|Nov) 2024", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
    assert forms.number(1234567, "de") == "1.234.567"


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("21 Oct 2024 (Monday), 19:05", "21. Okt. 2024 (Montag), 19:05"),
        ("30 Oct – 2 Nov 2024", "30. Okt. – 2. Nov. 2024"),
        ("18–30 Oct 2024", "18.–30. Okt. 2024"),
        ("the 25th, month not given", "der 25., Monat nicht genannt"),
        ("a Monday, date not given", "ein Montag, Datum nicht genannt"),
        ("week of 4 Mar 2026", "Woche vom 4. März 2026"),
        ("October 2024", "Oktober 2024"),
        ("summer 2025", "Sommer 2025"),
        ("the 1990s", "1990er Jahre"),
        ("3 May 2026 or later", "3. Mai 2026 oder später"),
    ],
)
def test_a_date_is_put_in_german(english: str, german: str) -> None:
    assert forms.dated(english, "de") == german
