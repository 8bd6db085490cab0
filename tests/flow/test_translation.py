"""Translations stand beside the original, are made once, and never leave this machine against a marking."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from watchfloor.core.errors import ConfigError, SourceError
from watchfloor.core.marking import Marking, Reader
from watchfloor.core.report import Report
from watchfloor.flow import translation
from watchfloor.flow.situation import situation
from watchfloor.flow.translation import Work

GERMAN = (
    "Der Fluss Aar stieg in der Nacht zum Montag um zwei Meter, wie das Wasseramt in einer Mitteilung erklärte.\n\n"
    "Vierzig Familien verließen vor Sonnenaufgang ihre Häuser und fanden in der Schule auf dem Hügel Schutz."
)
ENGLISH = "The river Aar rose by two metres on Sunday night, the water board of Lower Norddal said in a statement."


@pytest.fixture
def node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_translator: Any) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WATCHFLOOR_NOW", "2026-01-05T12:00:00Z")
    (tmp_path / "watchfloor.toml").write_text(f'translate = "{fake_translator.address}"\nparts = ["quantities"]\n')
    (tmp_path / "german.txt").write_text(GERMAN)
    (tmp_path / "english.txt").write_text(ENGLISH)
    with situation(create=True) as opened:
        opened.add(["german.txt", "english.txt"])
    return tmp_path


def test_a_report_in_another_language_is_translated_beside_its_text(node: Path) -> None:
    with situation() as opened:
        done = opened.translate()
        (german,) = (report for report in opened.store.reports(opened.reader) if report.language == "de")
        (made,) = opened.translations(german.id)

    assert (done.translated, done.unchanged, done.paragraphs, done.passed) == (1, 1, 2, ())
    assert [one.text for one in made.paragraphs] == [f"<{german.text[one.start : one.end]}>" for one in made.paragraphs]
    assert "<" not in german.text
    assert made.generated_by.startswith("machine translation by http://127.0.0.1")


def test_a_second_run_translates_nothing_and_again_does(node: Path, fake_translator: Any) -> None:
    with situation() as opened:
        opened.translate()
        assert opened.translate().translated == 0
        assert len(fake_translator.asked) == 1
        assert opened.translate(again=True).translated == 1
        assert opened.translate(target="fr").translated == 2


def test_a_run_that_broke_off_goes_on_where_it_stopped(node: Path, fake_translator: Any) -> None:
    (node / "more.txt").write_text(GERMAN.replace("zwei", "drei"))
    with situation() as opened:
        opened.add(["more.txt"])
        fake_translator.fail += [(200, b'{"translatedText": ["<a>", "<b>"]}'), (403, b"no")]
        with pytest.raises(ConfigError, match="refuses us"):
            opened.translate()
        assert opened.translate().translated == 1


def test_without_a_setting_nothing_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with situation(create=True) as opened, pytest.raises(ConfigError, match="no translator is set"):
        opened.translate()


def test_an_id_that_is_none_is_told(node: Path) -> None:
    with situation() as opened, pytest.raises(ConfigError, match="expected one"):
        opened.translate(["rep_nothing"])


def test_a_partner_s_reader_finds_no_translation(node: Path) -> None:
    partner = Reader(name="p", partner="Norddal Police", clearance="RED")
    with situation() as opened:
        opened.translate()
        ids = [report.id for report in opened.store.reports(opened.reader)]
        assert opened.store.translations(partner, ids) == {}


class Silent:
    """A translator that answers only to the third try."""

    address = "https://translate.example"
    is_local = False

    def __init__(self, fails: int) -> None:
        self.fails = fails

    def translate(self, texts: list[str], language: str | None, target: str) -> list[Any]:
        from watchfloor.collect.translator import Translated

        if self.fails:
            self.fails -= 1
            raise SourceError("busy")
        return [Translated("x", language) for _ in texts]


def test_a_busy_translator_is_asked_three_times(report: Callable[..., Report]) -> None:
    waits: list[float] = []
    work = Work(reports=[report("Der Fluss steigt.", language="de")], done=frozenset(), target="en")
    kept: list[Any] = []

    translation.translate(work, Silent(2), kept.append, wait=waits.append)  # type: ignore[arg-type]
    with pytest.raises(SourceError):
        translation.translate(work, Silent(3), kept.append, wait=waits.append)  # type: ignore[arg-type]

    assert (len(kept), waits) == (1, [2.0, 10.0, 2.0, 10.0])


@pytest.mark.parametrize(("level", "sent"), [("CLEAR", 1), ("GREEN", 0), ("RED", 0)])
def test_a_marked_report_goes_to_no_other_machine(report: Callable[..., Report], level: Any, sent: int) -> None:
    marked = report("Der Fluss steigt.", language="de", marking=Marking(level=level))
    work = Work(reports=[marked], done=frozenset(), target="en")
    done = translation.translate(work, Silent(0), lambda _made: None)  # type: ignore[arg-type]

    assert (done.translated, len(done.passed)) == (sent, 1 - sent)
