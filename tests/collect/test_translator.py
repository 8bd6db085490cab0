from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect import translator
from watchfloor.collect.translator import Translator
from watchfloor.core.errors import ConfigError, SetAside, SourceError


@pytest.fixture
def fake(fake_translator: Any) -> Any:
    return fake_translator


@pytest.fixture
def asking(fake: Any) -> Iterator[Translator]:
    with Translator(fake.address + "/", "a-key") as opened:
        yield opened


def test_every_text_comes_back_in_its_place(fake: Any, asking: Translator) -> None:
    found = asking.translate(["Der Fluss steigt.", "Die Brücke ist zu."], "de", "en")

    assert [(one.text, one.language) for one in found] == [
        ("<Der Fluss steigt.>", "de"),
        ("<Die Brücke ist zu.>", "de"),
    ]
    (question,) = fake.asked
    assert (question["path"], question["source"], question["target"]) == ("/translate", "de", "en")
    assert (question["format"], question["api_key"]) == ("text", "a-key")


def test_a_language_that_is_not_known_is_found_by_the_translator(fake: Any, asking: Translator) -> None:
    (found,) = asking.translate(["Der Fluss steigt."], None, "en")

    assert (found.language, fake.asked[0]["source"]) == ("de", "auto")


def test_a_server_that_takes_one_text_at_a_time_is_asked_so(fake: Any, asking: Translator) -> None:
    fake.one_by_one = True

    assert [one.text for one in asking.translate(["a", "b"], "de", "en")] == ["<a>", "<b>"]


def test_many_texts_are_sent_in_several_requests(fake: Any, asking: Translator) -> None:
    texts = [f"{number} " + "x" * 990 for number in range(9)]

    assert [one.text for one in asking.translate(texts, "de", "en")] == [f"<{text}>" for text in texts]
    assert [len(question["q"]) for question in fake.asked] == [4, 4, 1]


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, b'{"error": "de-xx is not supported"}', SetAside),
        (403, b'{"error": "Invalid API key"}', ConfigError),
        (404, b"<html>nothing here</html>", ConfigError),
        (302, b"", ConfigError),
        (429, b'{"error": "Too many requests"}', SourceError),
        (500, b"", SourceError),
        (200, b"<html>hello</html>", ConfigError),
        (200, b"[]", ConfigError),
        (200, b'{"translatedText": [1]}', ConfigError),
        (200, b'{"translatedText": ["a", "b"]}', ConfigError),
        (200, b'{"translatedText": "' + b"a" * 5_000_000 + b'"}', SetAside),
    ],
)
def test_an_answer_that_cannot_be_used_is_an_error_that_says_what_to_do(
    fake: Any, asking: Translator, status: int, body: bytes, error: type[Exception]
) -> None:
    fake.fail.append((status, body))

    with pytest.raises(error):
        asking.translate(["Der Fluss steigt."], "de", "en")
    assert len(fake.asked) == 1


def test_nobody_there_is_a_reason_to_try_again() -> None:
    with Translator("http://127.0.0.1:9") as nobody, pytest.raises(SourceError, match="did not answer"):
        nobody.translate(["Der Fluss steigt."], "de", "en")


@pytest.mark.parametrize("address", ["localhost:5000", "ftp://x", "", "http://", "http://[x"])
def test_what_is_no_web_address_is_no_translator(address: str) -> None:
    with pytest.raises(ConfigError, match="expected an address"):
        Translator(address)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://localhost:5000", True),
        ("http://127.0.0.2:5000", True),
        ("http://[::1]:5000", True),
        ("https://translate.example", False),
        ("http://10.0.0.7:5000", False),
        ("http://localhost.example", False),
    ],
)
def test_only_this_machine_is_local(address: str, local: bool) -> None:
    with Translator(address) as made:
        assert made.is_local is local


@given(st.lists(st.text(max_size=6000), max_size=40))
def test_batches_hold_every_text_once_in_order(texts: list[str]) -> None:
    batches = list(translator._batches(texts))

    assert [text for batch in batches for text in batch] == texts
    assert all(len(batch) == 1 or sum(map(len, batch)) <= translator._MOST_LETTERS for batch in batches)
