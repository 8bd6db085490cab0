import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from watchfloor.cli.feeds import seconds
from watchfloor.cli.main import app
from watchfloor.core.errors import SourceError
from watchfloor.core.exchange import Fetch
from watchfloor.flow.asks import Ask, FetchAll
from watchfloor.flow.looking import guessed, look

Shell = Callable[..., str]
ShellIn = Callable[[Path], Shell]

WORDS = "Ships left the port of Lund on Monday, the ministry said in a statement.\n\n" * 3


@pytest.fixture
def shell(tmp_path: Path, shell_in: ShellIn) -> Shell:
    return shell_in(tmp_path)


def test_without_feeds_the_list_says_how_to_begin(shell: Shell) -> None:
    shell("init")

    assert "watchfloor feed add NAME ADDRESS" in shell("feed", "list")
    assert "watchfloor feed add NAME ADDRESS" in shell("feed", "run")


def test_a_feed_is_added_with_a_guess_of_its_kind_and_listed(shell: Shell) -> None:
    said = shell(
        "feed", "add", "courier", "https://courier.example/feed/", "--every", "6h", "--tlp", "green", "--rel", "a"
    )

    assert "kind feed (guessed" in said
    assert "marked GREEN" in said
    (listed,) = json.loads(shell("feed", "list", "--json"))
    assert (listed["name"], listed["kind"], listed["every"], listed["reliability"]) == ("courier", "feed", 21_600, "F")
    assert listed["marking"]["releasable_to"] == ["a"]
    assert "never" in shell("feed", "list")


def test_a_name_that_is_taken_is_refused(shell: Shell) -> None:
    shell("feed", "add", "courier", "https://courier.example/feed")

    assert "there is a feed 'courier' already" in shell("feed", "add", "courier", "https://b.example/", code=2)


def test_an_unknown_name_is_answered_with_those_that_come_near(shell: Shell) -> None:
    shell("feed", "add", "courier", "https://courier.example/feed")

    assert "did you mean courier?" in shell("feed", "pause", "curier", code=2)
    assert "watchfloor feed list" in shell("feed", "run", "zzz", code=2)


def test_a_folder_is_collected_again_and_again(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(WORDS)
    shell("feed", "add", "desk", "in", "--outlet", "Norddal Courier")

    assert "desk: got, 1 new" in shell("feed", "run")
    assert "Nothing is due; the next is due at 2024-11-01" in shell("feed", "run")
    (ran,) = json.loads(shell("feed", "run", "--all", "--json"))["ran"]
    assert (ran["new"], ran["unchanged"]) == (0, 1)
    assert "Norddal Courier" in shell("status")


def test_a_paused_feed_is_not_run_until_it_is_resumed(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(WORDS)
    shell("feed", "add", "desk", "in")
    assert "desk is paused" in shell("feed", "pause", "desk")
    assert "Nothing is due" in shell("feed", "run")
    assert "paused" in shell("feed", "list")

    shell("feed", "pause", "desk", "--resume")

    assert "1 new" in shell("feed", "run")


def test_a_feed_that_fails_says_why_and_when_it_is_asked_again(shell: Shell) -> None:
    shell("feed", "add", "gone", "nowhere/", "--kind", "folder")

    said = shell("feed", "run", code=3)
    assert "gone: failed" in said
    assert "there is no file or folder nowhere/" in said
    assert "it is asked again at 2024-11-01" in said
    assert "there is no file or folder" in shell("feed", "list")


def test_a_grade_needs_a_reason_and_stays_in_the_history(shell: Shell) -> None:
    shell("feed", "add", "courier", "https://courier.example/feed")
    assert "is no grade" in shell("feed", "grade", "courier", "G", "--because", "x", code=2)
    assert "reason helps nobody" in shell("feed", "grade", "courier", "B", "--because", " ", code=2)
    shell("feed", "grade", "courier", "B", "--because", "It corrects itself.")
    shell("feed", "grade", "courier", "d", "--because", "It did not this time.")

    shown = json.loads(shell("feed", "show", "courier", "--json"))
    assert [(grade["reliability"], grade["reason"]) for grade in shown["grades"]] == [
        ("B", "It corrects itself."),
        ("D", "It did not this time."),
    ]
    assert "It did not this time." in shell("feed", "show", "courier")


def test_a_folder_can_be_looked_at_without_keeping_anything(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(WORDS)
    (tmp_path / "in" / "b.txt").write_bytes(b"")

    assert "1 items that can be read, 1 that would be set aside" in shell("feed", "check", "in")
    assert not (tmp_path / "watchfloor.db").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("a", "https://x.example/", "--every", "soon"), "is no time"),
        (("a", "https://x.example/", "--every", "5s"), "too often"),
        (("a", "https://x.example/", "--kind", "radio"), "is no kind of feed"),
        (("a", "folder/", "--kind", "feed"), "has a web address"),
        (("a", "https://x.example/", "--kind", "folder"), "is a path"),
        ((" a", "https://x.example/"), "is no name"),
        (("a", "https://x.example/", "--rel", "b"), "--rel needs --tlp"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)

    done = CliRunner().invoke(app, ["feed", "add", *words])

    assert done.exit_code == 2
    assert said in " ".join(done.output.replace("│", " ").split())
    assert not (tmp_path / "watchfloor.db").exists()


@pytest.mark.parametrize(("text", "expected"), [("90s", 90), ("30m", 1_800), (" 6 H ", 21_600), ("1d", 86_400)])
def test_a_time_is_read_in_its_unit(text: str, expected: int) -> None:
    assert seconds(text) == expected


def test_a_time_without_a_unit_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="30m"):
        seconds("30")


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://courier.example/feed", "feed"),
        ("https://courier.example/world.rss", "feed"),
        ("https://courier.example/rss.xml", "feed"),
        ("https://courier.example/feeds/posts/default", "feed"),
        ("https://feeds.courier.example/world", "feed"),
        ("https://courier.example/?feed=rss2", "feed"),
        ("https://courier.example/index.xml", "feed"),
        ("https://courier.example/sitemap-news.xml.gz", "sitemap"),
        ("https://courier.example/world/", "page"),
        ("https://courier.example/feedback", "page"),
        ("https://courier.example/taxii2/", "partner"),
        ("news.warc.gz", "warc"),
        ("notes.txt", "file"),
    ],
)
def test_the_kind_of_a_feed_is_guessed_from_its_address(address: str, kind: str) -> None:
    assert guessed(address) == kind


def web(**pages: tuple[str, str]) -> FetchAll:
    def fetch_all(asks: Any) -> Iterator[Fetch]:
        for ask in asks:
            found = pages.get(ask.address.rpartition("/")[2].replace(".", "_") or "front")
            if found is None:
                yield Fetch(address=ask.address, outcome="gone", detail="404")
            else:
                yield Fetch(address=ask.address, outcome="got", content=found[1].encode(), content_type=found[0])

    return fetch_all


def test_a_look_at_a_page_tells_what_it_and_its_robots_offer() -> None:
    link = '<link rel="alternate" type="application/rss+xml" title="All" href="/all">'
    page = f'{link}<a href="/2024/10/ships-left">Ships</a>'
    found = look(
        "https://courier.example/",
        None,
        web(front=("text/html", page), robots_txt=("text/plain", "Sitemap: /map.xml")),
    )

    assert found.kind == "page"
    assert [(one.kind, one.address) for one in found.candidates if one.certainty == "named"] == [
        ("feed", "https://courier.example/all"),
        ("sitemap", "https://courier.example/map.xml"),
    ]
    assert [entry.title for entry in found.entries] == ["Ships"]


def test_a_look_at_a_feed_tells_what_would_be_collected() -> None:
    item = "<item><title>One</title><link>/1</link></item>"
    feed = f"<rss version='2.0'><channel><title>Courier</title>{item}</channel></rss>"

    found = look("https://courier.example/feed", None, web(feed=("text/xml", feed)))

    assert (found.kind, found.form, found.title) == ("feed", "RSS 2.0", "Courier")
    assert [entry.url for entry in found.entries] == ["https://courier.example/1"]


def test_a_look_at_what_should_be_a_feed_and_is_none_says_what_it_is() -> None:
    with pytest.raises(SourceError, match="web page"):
        look("https://courier.example/feed", "feed", web(feed=("text/html", "<html><body>Hello</body></html>")))


def test_a_look_at_nothing_says_what_came_of_it() -> None:
    with pytest.raises(SourceError, match="gone: 404"):
        look("https://courier.example/none", None, web())


def test_a_look_that_our_own_rules_refuse_says_how_to_make_an_exception() -> None:
    def fetch_all(asks: Iterable[Ask]) -> Iterator[Fetch]:
        yield from (Fetch(address=ask.address, outcome="refused", detail="a private address") for ask in asks)

    with pytest.raises(SourceError, match=r"refused: a private address; for a host of your own: \[fetch\] allow"):
        look("https://wiki.corp/", None, fetch_all)
