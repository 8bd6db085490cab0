import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchfloor.collect.media_type import sniff


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7", "a.txt", "application/pdf"),
        (b"<!DOCTYPE html><html>", "a.txt", "text/html"),
        (b"\xef\xbb\xbf<html>", "page", "text/html"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "a.xhtml", "text/html"),
        (b"The river rose.", "a.htm", "text/html"),
        (b"# Flood", "a.md", "text/markdown"),
        (b"The river rose.", "a", "text/plain"),
        (b"The river rose.", "a.eml", "message/rfc822"),
        (b"From: a@b.example\nTo: c@d.example\nSubject: Flood\n\nText", "a", "message/rfc822"),
        (b"From: the desk\n\nText", "a.txt", "text/plain"),
        ("The river rose.".encode("utf-16"), "a.txt", "text/plain"),
        ("The river rose.".encode("utf-16-le"), "a.txt", "text/plain"),
        ("Der Fluß stieg.".encode("latin-1"), "a.txt", "text/plain"),
        (b"PK\x03\x04rest", "a.txt", "application/zip"),
        (b"import os", "a.py", None),
    ],
)
def test_the_bytes_say_first_what_they_are_and_then_the_name(data: bytes, name: str, expected: str | None) -> None:
    assert sniff(data, name) == expected


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_an_answer(data: bytes, name: str) -> None:
    sniff(data, name)
