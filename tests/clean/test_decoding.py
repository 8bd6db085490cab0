import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.clean.decoding import decode
from watchfloor.core.errors import SetAside

TEXT = "Der Fluß stieg um zwei Meter, sagte Bürgermeisterin Jürgens – „sehr hoch“."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_in_every_form(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(TEXT, "cp1252"), ("강물이 이 미터나 불었다고 시장이 말했다.", "euc-kr"), ("Река поднялась.", "koi8-r")],
)
def test_a_declared_encoding_is_used(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), encoding) == text


def test_what_pages_call_latin_1_is_windows_1252() -> None:
    assert decode("zwei – drei".encode("cp1252"), "iso-8859-1") == "zwei – drei"


def test_utf_8_wins_over_a_wrong_declaration() -> None:
    assert decode(TEXT.encode(), "iso-8859-1") == TEXT


def test_an_undeclared_encoding_is_found_from_the_bytes() -> None:
    text = "Река Аар поднялась на два метра в ночь на понедельник, сообщила водная служба. " * 5

    assert decode(text.encode("cp1251")) == text


def test_utf_8_that_lost_a_few_bytes_is_still_utf_8() -> None:
    data = (TEXT * 20).encode()

    assert decode(data[:-40] + b"\xff" + data[-40:]).startswith(TEXT)


@pytest.mark.parametrize("declared", ["no-such-encoding", "hex", "rot13", "utf-8\x00", ""])
def test_a_declaration_that_means_nothing_is_passed_over(declared: str) -> None:
    assert decode(b"The river rose.", declared) == "The river rose."


def test_a_nul_becomes_a_sign_that_can_be_stored_and_moves_nothing() -> None:
    assert decode(b"The\x00river") == "The\ufffdriver"


@pytest.mark.parametrize(
    ("data", "reason"), [(bytes(range(256)) * 9, "not-text"), (b" \n\t ", "empty"), (b"", "empty")]
)
def test_what_is_no_text_is_set_aside(data: bytes, reason: str) -> None:
    with pytest.raises(SetAside) as caught:
        decode(data)

    assert caught.value.reason == reason


@given(
    st.sampled_from([b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF32_BE]),
    st.binary(max_size=200),
    st.sampled_from([None, "utf-8", "cp949", "utf-7", "iso-2022-jp"]),
)
def test_any_bytes_are_text_or_set_aside(mark: bytes, data: bytes, declared: str | None) -> None:
    try:
        text = decode(mark + data, declared)
    except SetAside:
        return
    text.encode()  # no lone surrogate
    assert "\x00" not in text
