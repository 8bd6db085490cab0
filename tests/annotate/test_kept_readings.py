"""What the annotator hands out to be kept, and takes back; what the network answers does not matter here."""

from collections.abc import Callable, Iterator

import pytest

from watchfloor.annotate import reading
from watchfloor.core.errors import ConfigError
from watchfloor.core.report import Report

TEXT = "Ann Lee said on Monday that troops had left. Nobody else did.\n\nThe harbour didn't close.\n"

Make = Callable[..., Report]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    reading.forget()
    yield
    reading.forget()


@pytest.fixture
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        raise ConfigError("the engine was asked for")

    monkeypatch.setattr("watchfloor.annotate.reading.engine", absent)


def read(report: Report) -> list[tuple[int, reading.Reading]]:
    return list(reading.read(report.text, 0, len(report.text)))


def test_a_kept_reading_is_the_reading_that_was_made(report: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = report(TEXT)
    first = read(made)
    bodies = reading.fresh(reading.keys(made))
    reading.forget()

    assert reading.put(reading.keys(made), bodies) == set(bodies)
    monkeypatch.setattr("watchfloor.annotate.reading.engine", lambda: pytest.fail("the engine was asked for"))

    assert read(made) == first


def test_one_paragraph_has_one_key_wherever_it_stands(report: Make) -> None:
    assert set(reading.keys(report("Troops left."))) < set(reading.keys(report("Others came.\n\n  Troops left. \n")))


def test_a_paragraph_that_was_not_read_has_nothing_to_keep(report: Make) -> None:
    assert reading.fresh(reading.keys(report(TEXT))) == {}


def test_a_body_that_is_damaged_or_of_another_paragraph_is_left_out(report: Make) -> None:
    made = report(TEXT)
    read(made)
    lines = reading.keys(made)
    first, second = lines
    bodies = reading.fresh(lines)
    reading.forget()

    assert reading.put(lines, {first: b"damaged", second: bodies[first]}) == set()
    assert reading.fresh(lines) == {}


def test_what_is_kept_holds_no_word_of_the_text(report: Make) -> None:
    import zlib

    made = report("Secretive Zanzibar harbours twelve submarines.")
    read(made)
    (body,) = reading.fresh(reading.keys(made)).values()
    plain = zlib.decompress(body).lower()

    assert not [word for word in (b"zanzibar", b"harbour", b"twelve", b"submarine", b"secret") if word in plain]


def test_sentences_are_stretches_of_the_body_that_cover_its_words(report: Make) -> None:
    made = report(TEXT)
    found = list(reading.sentences(made))

    assert "".join("".join(made.text[start:end] for start, end in found).split()) == "".join(TEXT.split())


@pytest.mark.usefixtures("without_engine")
def test_the_engine_is_asked_for_when_a_paragraph_is_new(report: Make) -> None:
    with pytest.raises(ConfigError, match="asked for"):
        read(report(TEXT))
