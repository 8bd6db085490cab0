import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

GERMAN = "Der Fluss Aar stieg in der Nacht zum Montag um zwei Meter, wie das Wasseramt in einer Mitteilung erklärte."


def test_translate_prints_what_it_did_and_show_prints_both(
    tmp_path: Path, shell_in: Callable[[Path], Callable[..., str]], fake_translator: Any
) -> None:
    (tmp_path / "german.txt").write_text(GERMAN)
    (tmp_path / "watchfloor.toml").write_text(f'translate = "{fake_translator.address}"\nparts = ["quantities"]\n')
    shell = shell_in(tmp_path)
    shell("add", "german.txt")

    assert shell("translate").startswith("1 translated (1 paragraphs), 0 unchanged, 0 passed over")
    assert json.loads(shell("translate", "--json"))["unchanged"] == 1
    name = json.loads(shell("search", "Wasseramt", "--json"))["hits"][0]["report"]["id"]
    shown = " ".join(shell("show", name).split())
    assert "Der Fluss Aar stieg" in shown
    assert "[en, machine-translated, no evidence] <Der Fluss Aar stieg" in shown
    assert "machine_translations" in json.loads(shell("show", name, "--json"))


def test_translate_without_a_setting_says_how_to_set_one(
    tmp_path: Path, shell_in: Callable[[Path], Callable[..., str]]
) -> None:
    shell = shell_in(tmp_path)
    shell("init")

    assert 'translate = "http://localhost:5000"' in shell("translate", code=1)
