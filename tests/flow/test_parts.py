import pytest

from watchfloor.annotate import engine
from watchfloor.flow.configuration import Configuration
from watchfloor.flow.parts import ORDER, configured, recipe


def test_the_threads_of_the_settings_reach_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_threads", 1)

    configured(Configuration(threads=2))

    assert engine._threads == 2


def test_settings_without_parts_give_the_built_in_ones_in_their_order() -> None:
    assert tuple(part.name for part in configured(Configuration()))[: len(ORDER)] == ORDER


def test_another_model_is_another_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe((), "1")

    monkeypatch.setattr(engine, "DIGESTS", dict.fromkeys(engine.DIGESTS, "0" * 64))

    assert recipe((), "1") != before
